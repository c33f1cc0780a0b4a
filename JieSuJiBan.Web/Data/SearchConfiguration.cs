using JieSuJiBan.Web.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

/// <summary>The table that the full-text index CaseSearch reads from. The migration that makes both has the triggers between them.</summary>
internal sealed class SearchConfiguration : IEntityTypeConfiguration<CaseWords>
{
    public void Configure(EntityTypeBuilder<CaseWords> words)
    {
        words.ToTable("CaseWords");
        words.HasKey(w => w.No);
        words.Property(w => w.No).ValueGeneratedOnAdd();
        words.HasIndex(w => w.CaseId).IsUnique();                          // what is to be written anew
        words.HasIndex(w => new { w.No, w.CaseId });                       // whose words they are, without reading them
    }
}
