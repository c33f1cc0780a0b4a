using JieSuJiBan.Domain.Delegations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class DelegationConfiguration : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> delegation)
    {
        delegation.IsAggregate();
        delegation.Ignore(d => d.Terms);
        delegation.Property(d => d.Leader).HasMaxLength(60);
        delegation.Property(d => d.Deputy).HasMaxLength(60);
        delegation.Property(d => d.LeaderName).HasMaxLength(100);
        delegation.Property(d => d.DeputyName).HasMaxLength(100);
        delegation.Property(d => d.Reason).HasMaxLength(Delegation.MaxReason);

        delegation.HasIndex(d => d.EndsAt);                       // the ones that still count
        delegation.HasIndex(d => new { d.Leader, d.EndsAt });     // what somebody gave
        delegation.HasIndex(d => new { d.Deputy, d.EndsAt });     // and what he was lent
    }
}
