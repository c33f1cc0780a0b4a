using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class PlanConfiguration : IEntityTypeConfiguration<TimePlan>
{
    public void Configure(EntityTypeBuilder<TimePlan> plan)
    {
        plan.IsAggregate();
        plan.Property(p => p.Terms).HasConversion((ValueConverter)JsonText.Of<PlanTerms>(), JsonText.Comparer<PlanTerms>());
        plan.HasIndex(p => new { p.District, p.IsInForce });
    }
}
