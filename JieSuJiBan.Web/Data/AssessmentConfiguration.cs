using JieSuJiBan.Domain.Assessment;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class AssessmentConfiguration : IEntityTypeConfiguration<AssessmentScheme>, IEntityTypeConfiguration<PublishedRanking>
{
    public void Configure(EntityTypeBuilder<AssessmentScheme> scheme)
    {
        scheme.ToTable("AssessmentSchemes");
        scheme.IsAggregate();
        scheme.Property(s => s.Terms).HasConversion(JsonText.Of<SchemeTerms>(), JsonText.Comparer<SchemeTerms>());
        scheme.HasIndex(s => s.District).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PublishedRanking> ranking)
    {
        ranking.ToTable("PublishedRankings");
        ranking.IsAggregate();
        ranking.Property(r => r.Key).HasMaxLength(7);
        ranking.Property(r => r.PublishedBy).HasMaxLength(100);
        ranking.Property(r => r.Reason).HasMaxLength(AssessmentScheme.MaxReason);
        ranking.Property(r => r.WithdrawnFor).HasMaxLength(AssessmentScheme.MaxReason);
        ranking.Property(r => r.Scheme).HasConversion((ValueConverter)JsonText.Of<SchemeVersion>(), JsonText.Comparer<SchemeVersion>());
        ranking.Property(r => r.Rows).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<RankingRow>>(), JsonText.Comparer<IReadOnlyList<RankingRow>>());
        ranking.Ignore(r => r.Period);
        ranking.Ignore(r => r.Span);

        ranking.HasIndex(r => new { r.District, r.List, r.Key }).IsUnique();  // a list and a period have one table
        ranking.HasIndex(r => new { r.District, r.PublishedAt });          // what was published last
    }
}
