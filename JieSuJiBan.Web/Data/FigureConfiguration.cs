using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class FigureConfiguration : IEntityTypeConfiguration<TallyRow>, IEntityTypeConfiguration<FigureChange>
{
    public void Configure(EntityTypeBuilder<TallyRow> tally)
    {
        tally.ToTable("Tallies");
        tally.HasKey(t => new { t.District, t.Dimension, t.Stretch, t.Start, t.Subject });
        tally.Property(t => t.Stretch).HasConversion<int>();
        Count(tally);
    }

    public void Configure(EntityTypeBuilder<FigureChange> change)
    {
        change.ToTable("FigureChanges");
        Count(change);
    }

    private static void Count<TRow>(EntityTypeBuilder<TRow> row)
        where TRow : CountedRow
    {
        row.Property(r => r.Subject).HasMaxLength(200);
        foreach (var measure in Tally.Measures)
        {
            row.IndexerProperty<long>(measure.ToString());
        }
    }
}
