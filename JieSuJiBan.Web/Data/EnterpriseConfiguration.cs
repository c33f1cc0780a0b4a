using JieSuJiBan.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class EnterpriseConfiguration : IEntityTypeConfiguration<EnterpriseReport>
{
    public void Configure(EntityTypeBuilder<EnterpriseReport> report)
    {
        report.ToTable("EnterpriseReports");
        report.IsAggregate();
        report.Property(r => r.Key).HasMaxLength(7);
        report.Property(r => r.Month).HasConversion((ValueConverter)JsonText.Of<EnterpriseMonth>(), JsonText.Comparer<EnterpriseMonth>());
        report.Property(r => r.Findings).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<ReportFinding>>(), JsonText.Comparer<IReadOnlyList<ReportFinding>>());
        report.Property(r => r.Reason).HasMaxLength(EnterpriseReport.MaxReason);
        report.HasIndex(r => new { r.District, r.Key }).IsUnique();        // one of each month
    }
}
