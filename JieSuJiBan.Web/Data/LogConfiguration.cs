using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class LogConfiguration : IEntityTypeConfiguration<LogEntry>
{
    public void Configure(EntityTypeBuilder<LogEntry> entry)
    {
        entry.ToTable("Log");
        entry.HasKey(e => new { e.Stream, e.Sequence });                   // two writers cannot both take the next number
        entry.HasIndex(e => new { e.Stream, e.Key }).IsUnique();           // the same message sent twice is recorded once
        entry.HasIndex(e => new { e.CaseId, e.At });                       // a case file reads its case and whistles by time
        entry.Property(e => e.Type).HasMaxLength(60);
        entry.Property(e => e.Key).HasMaxLength(120);
        entry.Property(e => e.Hash).HasMaxLength(LogEntry.HashLength);
        entry.Ignore(e => e.Event);
        entry.ComplexProperty(e => e.By, by =>
        {
            by.Property(b => b.UserId).HasMaxLength(60);
            by.Property(b => b.Name).HasMaxLength(100);
            by.Property(b => b.UnitName).HasMaxLength(200);
        });
    }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<OrgUnit>, IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<OrgUnit> unit)
    {
        unit.ToTable("Units");
        unit.HasKey(u => u.Path);
        unit.Property(u => u.Name).HasMaxLength(200);
        unit.Property(u => u.ShortName).HasMaxLength(100);
        unit.Ignore(u => u.Kind);
    }

    public void Configure(EntityTypeBuilder<Post> post)
    {
        post.HasOne<PortalUser>().WithMany().HasForeignKey(p => p.UserId);
        post.HasIndex(p => p.Unit);
        post.Property(p => p.Title).HasMaxLength(100);
    }
}

internal sealed class FileConfiguration : IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<AttachmentUse>, IEntityTypeConfiguration<Seal>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.Property(a => a.Id).ValueGeneratedNever();
        attachment.Property(a => a.Name).HasMaxLength(200);
        attachment.Property(a => a.ContentType).HasMaxLength(100);
        attachment.Property(a => a.Sha256).HasMaxLength(64);
        attachment.Property(a => a.StoredAs).HasMaxLength(64);
        attachment.HasIndex(a => a.UploadedAt);                            // yesterday's uploads that nothing came to use
    }

    public void Configure(EntityTypeBuilder<AttachmentUse> use)
    {
        use.HasKey(u => new { u.AttachmentId, u.Stream });
        use.HasOne<Attachment>().WithMany().HasForeignKey(u => u.AttachmentId);
        use.HasIndex(u => u.Stream);
    }

    public void Configure(EntityTypeBuilder<Seal> seal)
    {
        seal.HasKey(s => s.Code);
        seal.Property(s => s.Code).HasMaxLength(40);
        seal.HasIndex(s => s.CaseId);
    }
}
