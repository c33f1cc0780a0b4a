using JieSuJiBan.Domain.Mutual;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class MutualConfiguration : IEntityTypeConfiguration<MutualScheme>
{
    public void Configure(EntityTypeBuilder<MutualScheme> scheme)
    {
        scheme.IsAggregate();
        scheme.Property(s => s.Versions).HasConversion(JsonText.Of<IReadOnlyList<MutualVersion>>()!, JsonText.Comparer<IReadOnlyList<MutualVersion>>());
        scheme.HasIndex(s => s.District).IsUnique();                       // a district has one
    }
}
