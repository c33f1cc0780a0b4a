using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class ForeseenConfiguration : IEntityTypeConfiguration<ForeseenProblem>, IEntityTypeConfiguration<ForeseenStep>, IEntityTypeConfiguration<StandBy>, IEntityTypeConfiguration<CalendarYear>
{
    public void Configure(EntityTypeBuilder<ForeseenProblem> problem)
    {
        problem.ToTable("Foreseen");
        problem.IsAggregate();
        problem.Ignore(p => p.Terms);
        problem.Ignore(p => p.Season);
        problem.Property(p => p.Title).HasMaxLength(ForeseenTerms.MaxTitle);
        problem.Property(p => p.WhistleNumber).HasMaxLength(40);
        problem.Property(p => p.CoUnits).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<OrgPath>>(), JsonText.Comparer<IReadOnlyList<OrgPath>>());
        problem.HasMany(p => p.Steps).WithOne().HasForeignKey(step => step.ProblemId);
        problem.HasMany(p => p.StandBys).WithOne().HasForeignKey(unit => unit.ProblemId);

        problem.HasIndex(p => new { p.District, p.Title }).IsUnique().HasFilter("\"IsListed\" = 1");  // one problem, one entry
        problem.HasIndex(p => new { p.District, p.State, p.FromDay });                           // the calendar, by the year
        problem.HasIndex(p => p.ClockAt);                                                        // whom the clock has to tell
    }

    public void Configure(EntityTypeBuilder<ForeseenStep> step)
    {
        step.ToTable("ForeseenSteps");
        step.HasKey(s => new { s.ProblemId, s.No });
        step.Ignore(s => s.Terms);
        step.Property(s => s.Person).HasMaxLength(100);
        step.HasIndex(s => new { s.Unit, s.IsInForce });  // what a unit has to prepare
    }

    public void Configure(EntityTypeBuilder<StandBy> unit)
    {
        unit.ToTable("ForeseenStandBys");
        unit.HasKey(u => new { u.ProblemId, u.Unit });
        unit.HasIndex(u => new { u.Unit, u.IsInForce });  // which seasons a unit is to expect
    }

    public void Configure(EntityTypeBuilder<CalendarYear> year)
    {
        year.ToTable("CalendarYears");
        year.IsAggregate();
        year.Property(y => y.Days).HasConversion((ValueConverter)JsonText.Of<CalendarDays>(), JsonText.Comparer<CalendarDays>());
        year.Property(y => y.Basis).HasMaxLength(CalendarYear.MaxBasis);
    }
}
