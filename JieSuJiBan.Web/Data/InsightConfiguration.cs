using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Web.Insight;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class InsightConfiguration : IEntityTypeConfiguration<MonthlyAnalysis>, IEntityTypeConfiguration<RepeatReading>, IEntityTypeConfiguration<RepeatCaller>
{
    public void Configure(EntityTypeBuilder<MonthlyAnalysis> analysis)
    {
        analysis.ToTable("Analyses");
        analysis.IsAggregate();
        analysis.Property(a => a.Findings).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<Finding>>(), JsonText.Comparer<IReadOnlyList<Finding>>());
        analysis.Property(a => a.Reason).HasMaxLength(MonthlyAnalysis.MaxReason);
        analysis.HasIndex(a => new { a.District, a.Month }).IsUnique();    // one of each month
    }

    public void Configure(EntityTypeBuilder<RepeatReading> reading)
    {
        reading.ToTable("RepeatReadings");
        reading.IsAggregate();
        reading.Property(r => r.Purpose).HasMaxLength(RepeatReading.MaxPurpose);
        reading.Property(r => r.ReadBy).HasMaxLength(100);
        reading.HasIndex(r => new { r.District, r.ReadAt });               // who looked lately
    }

    public void Configure(EntityTypeBuilder<RepeatCaller> caller)
    {
        caller.ToTable("RepeatCallers");
        caller.HasKey(c => c.Trace);
        caller.HasIndex(c => new { c.Cases, c.Trace });                    // the most first
    }
}
