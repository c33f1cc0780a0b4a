using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class IntakeConfiguration :
    IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportMapping>
{
    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.FileName).HasMaxLength(200);
        run.Property(r => r.StoredAs).HasMaxLength(64);
        run.Property(r => r.StartedBy).HasMaxLength(60);
        run.Property(r => r.StartedByName).HasMaxLength(100);
        run.Property(r => r.Format).HasMaxLength(40);
        run.Property(r => r.Headings).HasConversion(JsonText.Of<IReadOnlyList<string>>(), JsonText.Comparer<IReadOnlyList<string>>());
        run.Property(r => r.Columns).HasConversion(JsonText.Of<IReadOnlyList<string>>(), JsonText.Comparer<IReadOnlyList<string>>());
        run.Property(r => r.Refusal).HasConversion(JsonText.Of<Refusal>(), JsonText.Comparer<Refusal>());
        run.Ignore(r => r.Map).Ignore(r => r.Finished).Ignore(r => r.Time).Ignore(r => r.RowsPerSecond);
        run.HasIndex(r => new { r.District, r.CreatedAt });                // a district's imports, the last first
        run.HasIndex(r => new { r.Status, r.UpdatedAt });                  // which have been interrupted, or were left lying
    }

    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.HasKey(r => new { r.RunId, r.Row });
        row.HasIndex(r => new { r.RunId, r.Result, r.Row });               // the refused ones, in order
        row.Property(r => r.Number).HasMaxLength(Demand.MaxSourceNumber);
        row.Property(r => r.Title).HasMaxLength(Demand.MaxTitle);
        row.HasOne<ImportRun>().WithMany().HasForeignKey(r => r.RunId);
    }

    public void Configure(EntityTypeBuilder<ImportMapping> mapping)
    {
        mapping.HasKey(m => new { m.District, m.Signature });
        mapping.Property(m => m.Signature).HasMaxLength(64);
        mapping.Property(m => m.Columns).HasConversion(JsonText.Of<IReadOnlyList<string>>(), JsonText.Comparer<IReadOnlyList<string>>());
    }
}
