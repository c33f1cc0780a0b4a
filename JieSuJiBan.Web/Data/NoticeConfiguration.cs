using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeSend>, IEntityTypeConfiguration<NoticeSettings>,
    IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("Notices");
        notice.Property(n => n.Id).ValueGeneratedNever();
        notice.Property(n => n.UserId).HasMaxLength(60);
        notice.Property(n => n.Key).HasMaxLength(120);
        notice.Property(n => n.Number).HasMaxLength(60);
        notice.Property(n => n.From).HasMaxLength(100);
        notice.Property(n => n.Link).HasMaxLength(200);

        // Two nodes that plan, or tell the deputy of, the same notice: the second finds it changed and looks again.
        notice.Property(n => n.PlanAt).IsConcurrencyToken();
        notice.Property(n => n.DeputyAt).IsConcurrencyToken();
        notice.Property(n => n.SeenAt).IsConcurrencyToken();
        notice.Property(n => n.Count).IsConcurrencyToken();

        notice.HasIndex(n => new { n.Key, n.UserId }).IsUnique();           // who has been told this?
        notice.HasIndex(n => new { n.UserId, n.SummedIn, n.Id });           // one's list, the newest first
        notice.HasIndex(n => new { n.UserId, n.SeenAt, n.SummedIn });       // how many unseen?
        notice.HasIndex(n => n.PlanAt);                                     // which are new?
        notice.HasIndex(n => n.DeputyAt);                                   // which may have to go to the deputy?
        notice.HasIndex(n => n.At);                                         // which are old?
    }

    public void Configure(EntityTypeBuilder<NoticeSend> send)
    {
        send.ToTable("NoticeSends");
        send.HasKey(s => s.No);
        send.HasOne<Notice>().WithMany().HasForeignKey(s => s.NoticeId).OnDelete(DeleteBehavior.Cascade);
        send.HasIndex(s => new { s.NoticeId, s.Way, s.Target }).IsUnique(); // each way once
        send.HasIndex(s => new { s.State, s.NextAt });                      // what waits to be sent
    }

    public void Configure(EntityTypeBuilder<NoticeSettings> settings)
    {
        settings.ToTable("NoticeSettings");
        settings.HasKey(s => s.UserId);
        settings.Property(s => s.UserId).HasMaxLength(60);
        settings.Property(s => s.Mail).HasMaxLength(NoticeSettings.MaxMail);
    }

    public void Configure(EntityTypeBuilder<PushSubscription> push)
    {
        push.ToTable("PushSubscriptions");
        push.Property(p => p.Id).ValueGeneratedNever();
        push.Property(p => p.UserId).HasMaxLength(60);
        push.Property(p => p.Endpoint).HasMaxLength(PushSubscription.MaxEndpoint);
        push.HasIndex(p => p.Endpoint).IsUnique();                          // whose browser is it?
        push.HasIndex(p => p.UserId);                                       // his browsers
    }
}
