using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

/// <summary>The tables that the full-text indexes CaseSearch and OrderSearch read from. The migrations that make each two have the triggers between them.</summary>
internal sealed class SearchConfiguration : IEntityTypeConfiguration<CaseWords>, IEntityTypeConfiguration<OrderWords>
{
    public void Configure(EntityTypeBuilder<CaseWords> words) => Configure(words, "CaseWords", "CaseId");

    public void Configure(EntityTypeBuilder<OrderWords> words) => Configure(words, "OrderWords", "OrderId");

    private static void Configure<T>(EntityTypeBuilder<T> words, string table, string stream)
        where T : SearchWords
    {
        words.ToTable(table);
        words.HasKey(w => w.No);
        words.Property(w => w.No).ValueGeneratedOnAdd();
        words.Property(w => w.Stream).HasColumnName(stream);
        words.HasIndex(w => w.Stream).IsUnique();                          // what is to be written anew
        words.HasIndex(w => new { w.No, w.Stream });                       // whose words they are, without reading them
    }
}
