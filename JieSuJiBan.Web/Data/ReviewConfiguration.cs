using JieSuJiBan.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>, IEntityTypeConfiguration<ReviewDecision>
{
    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable("Reviews");
        review.IsAggregate();
        review.Property(r => r.Number).HasMaxLength(40);
        review.Property(r => r.Attendance).HasConversion((ValueConverter)JsonText.Of<Attendance>(), JsonText.Comparer<Attendance>());
        review.Property(r => r.Figures).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<Figure>>(), JsonText.Comparer<IReadOnlyList<Figure>>());
        review.HasMany(r => r.Decisions).WithOne().HasForeignKey(decision => decision.ReviewId);

        review.HasIndex(r => r.Number).IsUnique();
        review.HasIndex(r => new { r.Unit, r.Rhythm }).IsUnique().HasFilter("\"IsOpen\" = 1");  // one of each rhythm at a time
        review.HasIndex(r => new { r.Unit, r.Rhythm, r.To });              // where the last one ended
        review.HasIndex(r => new { r.Unit, r.OpenedAt });                  // the list of all rhythms
    }

    public void Configure(EntityTypeBuilder<ReviewDecision> decision)
    {
        decision.ToTable("ReviewDecisions");
        decision.HasKey(d => new { d.ReviewId, d.No });
        decision.Property(d => d.Text).HasMaxLength(DecisionTerms.MaxText);
        decision.Property(d => d.Person).HasMaxLength(DecisionTerms.MaxPerson);
        decision.Property(d => d.OrderNumber).HasMaxLength(40);
        decision.HasIndex(d => d.Order).IsUnique();                        // which meeting gave a task
    }
}
