using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class WhistleConfiguration :
    IEntityTypeConfiguration<Whistle>, IEntityTypeConfiguration<WhistleUnit>, IEntityTypeConfiguration<Resolution>,
    IEntityTypeConfiguration<LeaderRequest>, IEntityTypeConfiguration<AskReader>
{
    public void Configure(EntityTypeBuilder<Whistle> whistle)
    {
        whistle.IsAggregate();
        whistle.Property(w => w.Number).HasMaxLength(40);
        whistle.Property(w => w.CaseNumber).HasMaxLength(40);
        whistle.Property(w => w.Title).HasMaxLength(WhistleBrief.MaxTitle);
        whistle.Property(w => w.Plan).HasConversion(JsonText.Of<WhistlePlan>(), JsonText.Comparer<WhistlePlan>());
        whistle.Property(w => w.SignatureFor).HasMaxLength(60);
        whistle.Property(w => w.SignatureForName).HasMaxLength(100);
        whistle.Property(w => w.SubmittedBy).HasMaxLength(60);
        whistle.Ignore(w => w.Brief);
        whistle.Ignore(w => w.CanBeSignedWithOthers);
        whistle.Property(w => w.AssessBasis).HasMaxLength(PlanTerms.MaxBasis);
        whistle.HasMany(w => w.Units).WithOne().HasForeignKey(unit => unit.WhistleId);
        whistle.HasMany(w => w.Resolutions).WithOne().HasForeignKey(resolution => resolution.WhistleId);
        whistle.HasMany(w => w.Requests).WithOne().HasForeignKey(request => request.WhistleId);
        whistle.HasMany(w => w.Readers).WithOne().HasForeignKey(reader => reader.WhistleId);

        whistle.HasIndex(w => w.Number).IsUnique();
        whistle.HasIndex(w => w.CaseId);                                   // the whistles of a case
        whistle.HasIndex(w => new { w.District, w.IsOpen, w.DraftedAt });  // the district's list
        whistle.HasIndex(w => new { w.District, w.SoundedAt });            // what sounded between two reviews
        whistle.HasIndex(w => new { w.Whistler, w.IsOpen, w.DraftedAt });  // the whistler's list
        whistle.HasIndex(w => new { w.Whistler, w.SoundedAt });            // a whistler's month
        whistle.HasIndex(w => new { w.Signer, w.NeedsSignature });         // the leader's inbox
        whistle.HasIndex(w => w.ClockAt).HasFilter("\"ClockAt\" IS NOT NULL");  // what the clock has to look at
    }

    public void Configure(EntityTypeBuilder<WhistleUnit> unit)
    {
        unit.ToTable("WhistleUnits");
        unit.HasKey(u => new { u.WhistleId, u.Unit });
        unit.HasIndex(u => new { u.Unit, u.State });                       // what a unit is summoned to
        unit.HasIndex(u => u.Answering);
        unit.HasIndex(u => new { u.Unit, u.SummonedAt });                  // a unit's month: what it was summoned to
        unit.HasIndex(u => new { u.Unit, u.AssessedAt }).HasFilter("\"AssessedAt\" IS NOT NULL");  // and how it was rated
        unit.HasIndex(u => new { u.Unit, u.HasAssessedAt }).HasFilter("\"HasAssessedAt\" IS NOT NULL");  // and how it rated
        unit.HasIndex(u => new { u.Whistler, u.AssessedAt }).HasFilter("\"AssessedAt\" IS NOT NULL");  // the same for whoever blew
        unit.HasIndex(u => new { u.Whistler, u.HasAssessedAt }).HasFilter("\"HasAssessedAt\" IS NOT NULL");
        unit.HasIndex(u => new { u.Unit, u.RateBy }).HasFilter("\"RateBy\" IS NOT NULL");  // the whistles that a unit may rate
        unit.Property(u => u.Late).HasConversion(JsonText.Of<Lateness>(), JsonText.Comparer<Lateness>());
        unit.HasIndex(u => u.ResponseLapsedAt).HasFilter("\"ResponseLapsedAt\" IS NOT NULL");  // who was late between two reviews
        unit.HasIndex(u => u.ArrivalLapsedAt).HasFilter("\"ArrivalLapsedAt\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Resolution> resolution)
    {
        resolution.ToTable("Resolutions");
        resolution.HasKey(r => new { r.WhistleId, r.No });
        resolution.HasIndex(r => new { r.Unit, r.State, r.DueAt });        // a unit's commitments by date
        resolution.Property(r => r.Person).HasMaxLength(100);
        resolution.Property(r => r.Late).HasConversion(JsonText.Of<Lateness>(), JsonText.Comparer<Lateness>());
    }

    public void Configure(EntityTypeBuilder<LeaderRequest> request)
    {
        request.ToTable("LeaderRequests");
        request.HasKey(r => new { r.WhistleId, r.No });
        request.Property(r => r.Evidence).HasConversion(JsonText.Of<TimeEvidence>(), JsonText.Comparer<TimeEvidence>());
        request.Property(r => r.For).HasMaxLength(60);
        request.Property(r => r.AskedById).HasMaxLength(60);
        request.Property(r => r.ForName).HasMaxLength(100);
        request.HasIndex(r => new { r.AddressedTo, r.Decision, r.DecideBy });  // the leader's inbox
    }

    public void Configure(EntityTypeBuilder<AskReader> reader)
    {
        reader.ToTable("AskReaders");
        reader.HasKey(r => new { r.WhistleId, r.UserId, r.Unit });
        reader.Property(r => r.Name).HasMaxLength(100);
    }
}
