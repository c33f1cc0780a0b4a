using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Web.Dispatch;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class DispatchConfiguration :
    IEntityTypeConfiguration<DispatchPolicy>, IEntityTypeConfiguration<Triage>, IEntityTypeConfiguration<DispatchDay>, IEntityTypeConfiguration<Lesson>, IEntityTypeConfiguration<Crowd>
{
    public void Configure(EntityTypeBuilder<DispatchPolicy> policy)
    {
        policy.IsAggregate();
        policy.Ignore(p => p.Values);
        policy.HasIndex(p => p.District).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Triage> triage)
    {
        triage.ToTable("Triage");
        triage.HasKey(t => t.CaseId);
        triage.Property(t => t.Class).HasMaxLength(100);
        triage.Property(t => t.PlaceName).HasMaxLength(20);
        triage.Property(t => t.Crowd).IsConcurrencyToken();                // a demand is counted in one crowd
        triage.Property(t => t.Proposal).HasConversion(JsonText.Of<DispatchProposal>());
        triage.HasIndex(t => t.PendingSince).HasFilter("\"PendingSince\" IS NOT NULL");      // nobody has looked at these yet
        triage.HasIndex(t => new { t.District, t.PlaceName, t.Class, t.RaisedAt });     // how many demand the same here; where this name is
        triage.HasIndex(t => new { t.District, t.RaisedAt }).HasFilter("\"Crowd\" IS NOT NULL");  // all that is in some crowd
        triage.HasIndex(t => new { t.Crowd, t.RaisedAt });                              // the demands of a crowd
        triage.HasIndex(t => new { t.District, t.DispatchedAt }).HasFilter("\"IsRight\" = 0");  // where the matcher was wrong
    }

    public void Configure(EntityTypeBuilder<DispatchDay> day)
    {
        day.ToTable("DispatchDays");
        day.HasKey(d => new { d.District, d.Day, d.Step, d.IsAutomatic, d.Verdict });  // how well it does, from a few days
    }

    public void Configure(EntityTypeBuilder<Lesson> lesson)
    {
        lesson.ToTable("Lessons");
        lesson.Property(l => l.Id).ValueGeneratedOnAdd();
        lesson.HasIndex(l => new { l.District, l.Id });                                 // what is new since the last one
    }

    public void Configure(EntityTypeBuilder<Crowd> crowd)
    {
        crowd.IsAggregate();
        crowd.Property(c => c.Class).HasMaxLength(100);
        crowd.Property(c => c.Place).HasMaxLength(150);
        crowd.Property(c => c.WhistleNumber).HasMaxLength(40);
        crowd.HasIndex(c => new { c.District, c.State, c.LastAt });                     // the command centre's list
        crowd.HasIndex(c => new { c.Street, c.State, c.LastAt });                       // the street's list
        crowd.HasIndex(c => new { c.District, c.RaisedAt });                            // what was found between two reviews
        crowd.HasIndex(c => new { c.District, c.Class, c.Place, c.RaisedAt });       // is this one known already
    }
}
