using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.PublicDoor;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class CaseConfiguration :
    IEntityTypeConfiguration<CaseFile>, IEntityTypeConfiguration<CaseParty>, IEntityTypeConfiguration<DispatchObjection>, IEntityTypeConfiguration<CaseRequest>, IEntityTypeConfiguration<CaseContest>, IEntityTypeConfiguration<PetitionerRow>,
    IEntityTypeConfiguration<FollowUp>
{
    private const string OfEnterprises = "\"Channel\" = 'Enterprise'";

    public void Configure(EntityTypeBuilder<CaseFile> file)
    {
        file.IsAggregate();
        file.Property(f => f.Number).HasMaxLength(40);
        file.Property(f => f.Title).HasMaxLength(Demand.MaxTitle);
        file.Property(f => f.Category).HasMaxLength(Demand.MaxCategory);
        file.Property(f => f.Place).HasMaxLength(Demand.MaxPlace);
        file.Property(f => f.SourceNumber).HasMaxLength(Demand.MaxSourceNumber);
        file.Property(f => f.SafetyWord).HasMaxLength(20);
        file.Property(f => f.Rating).HasConversion(JsonText.Of<PetitionerRating>());
        file.Property(f => f.RegisteredBy).HasMaxLength(60);
        file.Property(f => f.Position).HasConversion(JsonText.Of<Position>());
        file.Property(f => f.Details).HasConversion(JsonText.Of<IReadOnlyDictionary<string, string>>(), JsonText.Comparer<IReadOnlyDictionary<string, string>>());
        file.Property(f => f.SourceFacts).HasConversion(JsonText.Of<IReadOnlyDictionary<string, string>>(), JsonText.Comparer<IReadOnlyDictionary<string, string>>());
        file.Property(f => f.Schedule).HasConversion(JsonText.Of<Schedule>(), JsonText.Comparer<Schedule>());
        file.Property(f => f.Leader).HasConversion(JsonText.Of<InCharge>());
        file.Property(f => f.Worker).HasConversion(JsonText.Of<InCharge>());
        file.Property(f => f.LeaderId).HasMaxLength(60);
        file.Property(f => f.WorkerId).HasMaxLength(60);
        file.Property(f => f.CalledBy).HasMaxLength(60);
        file.Property(f => f.FirstCalledBy).HasMaxLength(60);
        file.Ignore(f => f.OpenObjection);
        file.Ignore(f => f.OpenContest);
        file.Ignore(f => f.IsDesignation);
        file.HasMany(f => f.Parties).WithOne().HasForeignKey(party => party.CaseId);
        file.HasMany(f => f.Requests).WithOne().HasForeignKey(request => request.CaseId);
        file.HasMany(f => f.Contests).WithOne().HasForeignKey(contest => contest.CaseId);
        file.HasMany(f => f.Objections).WithOne().HasForeignKey(objection => objection.CaseId);

        file.HasIndex(f => f.Number).IsUnique();
        file.HasIndex(f => new { f.District, f.IsOpen, f.DueAt, f.Id, f.ReportedUnit, f.SuspendedAt, f.Status, f.DispatchedAt, f.NodesLapsed, f.Urged }).HasDatabaseName("IX_Cases_Open");  // the command centre's list, how many are late, and every lamp on the wall
        file.HasIndex(f => new { f.District, f.DueAt, f.Id });             // the same with finished ones,
        file.HasIndex(f => new { f.District, f.Id });                      // and the newest first
        file.HasIndex(f => new { f.NextUnit, f.NextStep, f.DueAt, f.District, f.ReportedUnit, f.CallAt, f.ReporterSaysSolved }).HasDatabaseName("IX_Cases_WaitsForUnit");  // what waits for a unit: every page counts it
        file.HasIndex(f => new { f.District, f.IsProactive, f.IsOpen, f.DueAt, f.Id });  // the pool of what was found before anybody complained,
        file.HasIndex(f => new { f.District, f.IsProactive, f.Id });       // the same with finished ones, the newest first
        file.HasIndex(f => new { f.District, f.IsProactive, f.Id }, "IX_Cases_OpenPoolNewest").HasFilter("\"IsOpen\" = 1");  // the open ones, the newest first,
        file.HasIndex(f => new { f.District, f.Home, f.ReportedUnit }, "IX_Cases_OpenPoolPlaces").HasFilter("\"IsOpen\" = 1 AND \"IsProactive\" = 1");  // and how many lie where
        file.HasIndex(f => new { f.ReportedFrom, f.AwaitsReporter, f.Id }).HasFilter("\"ReportedFrom\" IS NOT NULL");  // what a unit has found, what it must look at first
        file.HasIndex(f => new { f.NextUnit, f.NextStep, f.SafetyWord, f.Id });  // what is no danger, in its order,
        file.HasIndex(f => new { f.NextUnit, f.NextStep, f.Id }).HasFilter("\"SafetyWord\" IS NOT NULL");  // and what is: every page asks
        file.HasIndex(f => new { f.District, f.Channel, f.SourceNumber }).IsUnique();  // what comes twice is known
        file.HasIndex(f => new { f.RegisteredBy, f.RegisteredAt }).HasFilter("\"Channel\" = 'System'");  // what another system sent
        file.HasIndex(f => new { f.HasOpenObjection, f.District, f.DueAt, f.Id }).HasFilter("\"HasOpenObjection\" = 1").HasDatabaseName("IX_Cases_OpenObjections");  // objections to review: the flag leads, or any index of the district seems as good
        file.HasIndex(f => new { f.Id, f.District, f.ReportedUnit, f.Status, f.IsOpen, f.IsProactive, f.FirstReceiver, f.DueAt, f.SuspendedAt }).HasDatabaseName("IX_Cases_Found");  // what a search led to
        file.HasIndex(f => f.ClockAt).HasFilter("\"ClockAt\" IS NOT NULL");  // what the clock has to look at
        file.HasIndex(f => new { f.District, f.Urged, f.DueAt }).HasFilter("\"Urged\" IS NOT NULL");  // what the ladder has reached
        file.HasIndex(f => new { f.District, f.RegisteredAt, f.ReportedUnit });  // how many came in between two reviews,
        file.HasIndex(f => new { f.District, f.Solved, f.IsOpen }).HasFilter("\"Solved\" IS NOT NULL");  // not solved and not satisfied
        file.HasIndex(f => new { f.District, f.DueAt, f.Id, f.ReportedUnit }).HasFilter("\"LeaderId\" IS NOT NULL AND \"IsOpen\" = 1").HasDatabaseName("IX_Cases_InCharge");  // whatever somebody answers for by name,
        file.HasIndex(f => new { f.LeaderId, f.IsOpen, f.DueAt }).HasFilter("\"LeaderId\" IS NOT NULL");  // what he answers for,
        file.HasIndex(f => new { f.WorkerId, f.IsOpen, f.DueAt }).HasFilter("\"WorkerId\" IS NOT NULL");  // or carries
        file.HasIndex(f => new { f.District, f.Solved, f.Satisfaction, f.Id }).HasFilter("\"Solved\" IS NOT NULL");  // neither solved nor satisfying
        file.HasIndex(f => new { f.District, f.IsOpen, f.JoinedCount });   // what is demanded again and again
        file.HasIndex(f => new { f.District, f.IsOpen, f.RaisedAt });      // what has been long under way
        // The cases behind a unit's rates, and a community's. What was said stands in the index too: those few who said no among the many
        // of a year are not looked for row by row.
        file.HasIndex(f => new { f.CountedUnit, f.CalledBackAt, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.District, f.ReportedUnit, f.Id })
            .HasFilter("\"CalledBackAt\" IS NOT NULL").HasDatabaseName("IX_Cases_BehindAUnitsRates");
        file.HasIndex(f => new { f.Home, f.CalledBackAt, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.District, f.ReportedUnit, f.Nature, f.Id })
            .HasFilter("\"CalledBackAt\" IS NOT NULL").HasDatabaseName("IX_Cases_BehindAPlacesRates");
        // And those it counts for beside the lead, if the scheme says so: a few in a hundred have co-units.
        file.HasIndex(f => new { f.District, f.CalledBackAt, f.CountedCoUnits, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.ReportedUnit, f.Nature, f.Id })
            .HasFilter("\"CountedCoUnits\" IS NOT NULL").HasDatabaseName("IX_Cases_BehindCoUnitsRates");
        file.HasIndex(f => new { f.District, f.IsMarked, f.CallAt }).HasFilter("\"CallAt\" IS NOT NULL");  // whom the callback desk is to call, what is marked first
        CountByDays(file);
        file.HasIndex(f => f.CallAt).HasFilter("\"CallAt\" IS NOT NULL AND \"CallbackWay\" IS NULL");  // of whom it is not yet drawn how he is asked
        file.HasIndex(f => new { f.FirstReceiver, f.DrawnAt }).HasFilter("\"DrawnAt\" IS NOT NULL");  // how many of a unit were drawn this month
        file.Property(f => f.SubjectComplainedOf).HasMaxLength(Domain.Firms.FirmName.MaxLength);
        file.Property(f => f.SubjectKey).HasMaxLength(Domain.Firms.FirmName.MaxLength);
        file.HasIndex(f => new { f.District, f.RaisedAt, f.SubjectKey, f.SubjectComplainedOf, f.CalledBackAt, f.Solved, f.JoinedCount, f.RedoneCount, f.IsExcluded })
            .HasDatabaseName("IX_Cases_Subjects").HasFilter("\"SubjectKey\" IS NOT NULL");  // a month by the firms complained of, without looking at a case
        file.HasIndex(f => new { f.District, f.SubjectKey, f.RaisedAt }).HasFilter("\"SubjectKey\" IS NOT NULL");  // and the cases of one
        file.HasIndex(f => new { f.Status, f.StoredFile });                // closed, and not printed yet,
        file.HasIndex(f => f.HasChangedSinceStored).HasFilter("\"HasChangedSinceStored\" = 1");  // or changed since

        // What firms demanded by their hotline, a part of all: a month's report is counted from these alone. The channel stands first, or
        // another index of the district seems as good.
        file.HasIndex(f => new { f.Channel, f.District, f.RaisedAt, f.Street, f.Category, f.Nature, f.ReportedUnit }).HasFilter(OfEnterprises).HasDatabaseName("IX_Cases_EnterprisesRaised");
        file.HasIndex(f => new { f.Channel, f.District, f.AnsweredAt, f.FirstReceiver, f.DueAt, f.Nature, f.ReportedUnit }).HasFilter(OfEnterprises).HasDatabaseName("IX_Cases_EnterprisesAnswered");
        file.HasIndex(f => new { f.Channel, f.District, f.CalledBackAt, f.CountedUnit, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.Nature, f.ReportedUnit })
            .HasFilter(OfEnterprises).HasDatabaseName("IX_Cases_EnterprisesAsked");
        file.HasIndex(f => new { f.Channel, f.District, f.IsOpen, f.ClosedAt, f.RaisedAt, f.FirstReceiver, f.DueAt, f.AnsweredAt, f.SuspendedAt, f.Nature, f.ReportedUnit })
            .HasFilter(OfEnterprises).HasDatabaseName("IX_Cases_EnterprisesOpen");

        // How many there were in each month of a year: these are read in full.
        file.HasIndex(f => new { f.District, f.RaisedAt }, "IX_Cases_EnterprisesCounted").HasFilter($"{OfEnterprises} AND \"Nature\" <> 'Report' AND \"ReportedUnit\" IS NULL");
    }

    // What a figure counts: by the day of the call, of the dispatch, of the answer, of the callback and of the end, in a whole district, in
    // a street, and about one thing. Whatever else is asked stands there too, so that of a month only those are looked at that it is about.
    private static void CountByDays(EntityTypeBuilder<CaseFile> file)
    {
        file.HasIndex(f => new { f.District, f.RaisedAt, f.IsProactive, f.Nature, f.ReportedUnit }).HasDatabaseName("IX_Cases_Raised");
        file.HasIndex(f => new { f.District, f.Street, f.RaisedAt, f.Home, f.Category, f.IsProactive, f.Nature, f.ReportedUnit }).HasDatabaseName("IX_Cases_RaisedInStreet");
        file.HasIndex(f => new { f.District, f.Category, f.RaisedAt, f.IsProactive, f.Nature, f.ReportedUnit }).HasDatabaseName("IX_Cases_RaisedAbout");

        file.HasIndex(f => new { f.District, f.DispatchedAt, f.Nature, f.ReportedUnit }).HasFilter("\"DispatchedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_Dispatched");
        file.HasIndex(f => new { f.District, f.Street, f.DispatchedAt, f.Home, f.Category, f.Nature, f.ReportedUnit }).HasFilter("\"DispatchedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_DispatchedInStreet");
        file.HasIndex(f => new { f.District, f.Category, f.DispatchedAt, f.Nature, f.ReportedUnit }).HasFilter("\"DispatchedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_DispatchedAbout");

        file.HasIndex(f => new { f.District, f.AnsweredAt, f.Nature, f.ReportedUnit }).HasFilter("\"AnsweredAt\" IS NOT NULL").HasDatabaseName("IX_Cases_Answered");
        file.HasIndex(f => new { f.District, f.Street, f.AnsweredAt, f.Home, f.Category, f.WhistleCount, f.DueAt, f.Nature, f.ReportedUnit }).HasFilter("\"AnsweredAt\" IS NOT NULL").HasDatabaseName("IX_Cases_AnsweredInStreet");
        file.HasIndex(f => new { f.District, f.Category, f.AnsweredAt, f.WhistleCount, f.DueAt, f.Nature, f.ReportedUnit }).HasFilter("\"AnsweredAt\" IS NOT NULL").HasDatabaseName("IX_Cases_AnsweredAbout");

        file.HasIndex(f => new { f.District, f.CalledBackAt, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.WhistleCount, f.RedoneCount, f.Nature, f.ReportedUnit })
            .HasFilter("\"CalledBackAt\" IS NOT NULL").HasDatabaseName("IX_Cases_CalledBack");
        file.HasIndex(f => new { f.District, f.Street, f.CalledBackAt, f.Home, f.Category, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.WhistleCount, f.RedoneCount, f.Nature, f.ReportedUnit })
            .HasFilter("\"CalledBackAt\" IS NOT NULL").HasDatabaseName("IX_Cases_CalledBackInStreet");
        file.HasIndex(f => new { f.District, f.Category, f.CalledBackAt, f.IsExcluded, f.FirstContacted, f.FirstSolved, f.FirstSatisfaction, f.FinalContacted, f.Solved, f.Satisfaction, f.WhistleCount, f.RedoneCount, f.Nature, f.ReportedUnit })
            .HasFilter("\"CalledBackAt\" IS NOT NULL").HasDatabaseName("IX_Cases_CalledBackAbout");

        file.HasIndex(f => new { f.District, f.ClosedAt, f.ReportedUnit, f.Status, f.Nature }).HasFilter("\"ClosedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_Closed");
        file.HasIndex(f => new { f.District, f.Street, f.ClosedAt, f.Home, f.Category, f.Status, f.Nature, f.ReportedUnit }).HasFilter("\"ClosedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_ClosedInStreet");
        file.HasIndex(f => new { f.District, f.Category, f.ClosedAt, f.Status, f.Nature, f.ReportedUnit }).HasFilter("\"ClosedAt\" IS NOT NULL").HasDatabaseName("IX_Cases_ClosedAbout");

        // A few in a hundred, which would be looked for among all of a month: what came too late, what was whistled about, and twice no.
        file.HasIndex(f => new { f.District, f.AnsweredAt, f.ReportedUnit }, "IX_Cases_AnsweredLate").HasFilter("\"AnsweredAt\" > \"DueAt\"");
        file.HasIndex(f => new { f.District, f.AnsweredAt, f.ReportedUnit }, "IX_Cases_Whistled").HasFilter("\"WhistleCount\" > 0");
        file.HasIndex(f => new { f.District, f.CalledBackAt, f.IsExcluded, f.ReportedUnit }, "IX_Cases_TwiceNo").HasFilter("\"FirstSolved\" = 0 AND \"FirstSatisfaction\" = 'Unsatisfied'");
    }

    public void Configure(EntityTypeBuilder<CaseParty> party)
    {
        party.ToTable("CaseParties");
        party.HasKey(p => new { p.CaseId, p.Unit, p.Part });
        party.HasIndex(p => new { p.Unit, p.IsCurrent, p.IsOpen, p.Part, p.CaseId });  // which open cases a unit may see, or helps with,
        party.HasIndex(p => new { p.Unit, p.IsCurrent, p.CaseId });        // and whether it may see this one
    }

    public void Configure(EntityTypeBuilder<CaseRequest> request)
    {
        request.ToTable("CaseRequests");
        request.HasKey(r => new { r.CaseId, r.No });
        request.Property(r => r.For).HasMaxLength(60);
        request.Property(r => r.AskedById).HasMaxLength(60);
        request.Property(r => r.ForName).HasMaxLength(100);
        request.Property(r => r.DecideBasis).HasMaxLength(PlanTerms.MaxBasis);
        request.HasIndex(r => new { r.AddressedTo, r.Decision, r.DecideBy });  // the leader's inbox
    }

    public void Configure(EntityTypeBuilder<CaseContest> contest)
    {
        contest.ToTable("CaseContests");
        contest.HasKey(c => new { c.CaseId, c.No });
        contest.Property(c => c.ExaminedBy).HasMaxLength(60);
        contest.HasIndex(c => new { c.District, c.State, c.DueAt });           // what the district has to examine and to decide
        contest.HasIndex(c => new { c.District, c.FiledAt });                  // all of them,
        contest.HasIndex(c => new { c.Unit, c.FiledAt });                      // and a unit's own
    }

    public void Configure(EntityTypeBuilder<DispatchObjection> objection)
    {
        objection.ToTable("DispatchObjections");
        objection.HasKey(o => new { o.CaseId, o.No });
        objection.Property(o => o.Category).HasMaxLength(Demand.MaxCategory);
        objection.HasIndex(o => o.RaisedAt);                               // what was objected to between two reviews
        objection.HasIndex(o => new { o.District, o.RaisedAt, o.Category, o.Unit, o.State, o.Suggested }).HasFilter("\"IsReport\" = 0");  // and what that says of the duty list,
        objection.HasIndex(o => new { o.District, o.Category, o.Unit, o.RaisedAt, o.Suggested }).HasFilter("\"IsReport\" = 0 AND \"Suggested\" IS NOT NULL");  // and whom they suggest
    }

    public void Configure(EntityTypeBuilder<PetitionerRow> petitioner)
    {
        petitioner.ToTable("Petitioners");
        petitioner.HasKey(p => p.CaseId);
        petitioner.HasIndex(p => p.Trace);                                 // what the same person demanded before
    }

    public void Configure(EntityTypeBuilder<FollowUp> follow)
    {
        follow.HasKey(f => f.CaseId);
        follow.Property(f => f.CodeHash).HasMaxLength(LogEntry.HashLength);
        follow.Property(f => f.ReportHash).HasMaxLength(LogEntry.HashLength);
        follow.HasIndex(f => f.ReportHash).IsUnique();                        // the same report sent twice is one case
    }
}

internal static class AggregateConfiguration
{
    public static void IsAggregate<TAggregate>(this EntityTypeBuilder<TAggregate> aggregate)
        where TAggregate : Aggregate
    {
        aggregate.Property(a => a.Id).ValueGeneratedNever();
        aggregate.Property(a => a.Version).IsConcurrencyToken();           // ours, not the database's: SQLite has no rowversion
        aggregate.Property(a => a.Head).HasMaxLength(LogEntry.HashLength);
        aggregate.Ignore(a => a.Unsaved);
    }
}
