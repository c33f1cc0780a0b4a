using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class PlanConfiguration : IEntityTypeConfiguration<TimePlan>
{
    public void Configure(EntityTypeBuilder<TimePlan> plan)
    {
        plan.IsAggregate();
        plan.Property(p => p.Terms).HasConversion(JsonText.Of<PlanTerms>(), JsonText.Comparer<PlanTerms>());
        plan.Property(p => p.Whistles).HasConversion(JsonText.Of<WhistleTerms>(), JsonText.Comparer<WhistleTerms>());
        plan.HasIndex(p => new { p.District, p.IsInForce });
    }
}
