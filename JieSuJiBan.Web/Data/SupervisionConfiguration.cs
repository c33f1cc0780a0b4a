using JieSuJiBan.Domain.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class SupervisionConfiguration : IEntityTypeConfiguration<SupervisionOrder>, IEntityTypeConfiguration<OrderParty>
{
    public void Configure(EntityTypeBuilder<SupervisionOrder> order)
    {
        order.IsAggregate();
        order.Property(o => o.Number).HasMaxLength(40);
        order.Property(o => o.Title).HasMaxLength(OrderTerms.MaxTitle);
        order.Property(o => o.Basis).HasMaxLength(OrderTerms.MaxBasis);
        order.Property(o => o.SubjectNumber).HasMaxLength(40);
        order.Property(o => o.Rule).HasMaxLength(200);
        order.Property(o => o.RuleKey).HasMaxLength(120);
        order.HasMany(o => o.Parties).WithOne().HasForeignKey(party => party.OrderId);

        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => new { o.SubjectId, o.RuleKey }).IsUnique().HasFilter("\"RuleKey\" IS NOT NULL");  // a rule gives an order once
        order.HasIndex(o => new { o.SubjectId, o.Id });                    // the orders about a case
        order.HasIndex(o => new { o.District, o.IsOpen, o.DueAt });        // the district's list
        order.HasIndex(o => new { o.District, o.State, o.DueAt, o.ReportedUnit });  // what waits to be judged,
        order.HasIndex(o => new { o.District, o.State, o.IssuedFrom, o.DueAt, o.ReportedUnit });  // by whoever gave it
        order.HasIndex(o => new { o.District, o.IssuedAt });               // what was given out between two reviews
        order.HasIndex(o => new { o.District, o.Id });                     // the same with finished ones, the newest first
        order.HasIndex(o => new { o.Unit, o.State, o.DueAt });             // what a unit has to answer
        order.HasIndex(o => o.ClockAt).HasFilter("\"ClockAt\" IS NOT NULL");  // what the clock has to look at
    }

    public void Configure(EntityTypeBuilder<OrderParty> party)
    {
        party.ToTable("SupervisionParties");
        party.HasKey(p => new { p.OrderId, p.Unit, p.Part });
        party.HasIndex(p => new { p.Unit, p.IsOpen, p.OrderId });          // which orders a unit may see
    }
}
