using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Web.Callbacks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class CallbackConfiguration : IEntityTypeConfiguration<CallbackPlan>, IEntityTypeConfiguration<CallbackTurn>, IEntityTypeConfiguration<CallbackMessage>
{
    public void Configure(EntityTypeBuilder<CallbackPlan> plan)
    {
        plan.IsAggregate();
        plan.Property(p => p.Terms).HasConversion(JsonText.Of<CallbackTerms>(), JsonText.Comparer<CallbackTerms>());
    }

    public void Configure(EntityTypeBuilder<CallbackTurn> turn)
    {
        turn.HasKey(t => t.CaseId);
        turn.Property(t => t.CaseId).ValueGeneratedNever();
        turn.Property(t => t.UserId).HasMaxLength(60);
        turn.Property(t => t.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<CallbackMessage> message)
    {
        message.HasKey(m => m.Id);
        message.Property(m => m.Id).ValueGeneratedNever();
        message.HasIndex(m => m.NextAt);                                   // what is to be sent
    }
}
