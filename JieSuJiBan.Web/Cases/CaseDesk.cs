using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>The desk at which everything is done to cases.</summary>
public sealed class CaseDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, Numbers numbers, PetitionerVault vault, SafetyWords safety, TriageBook triage, RuledOrders orders, TimeRules rules, TimeProvider time)
    : Desk<CaseFile>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The case, if there is one and the actor may see it.</summary>
    public async Task<CaseFile?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var file = await WithParts(db.Cases.AsNoTracking()).SingleOrDefaultAsync(file => file.Id == id, cancellationToken);
        return file is not null && by.CanSee(file) ? file : null;
    }

    /// <summary>
    /// Registers a demand; the petitioner goes into the vault in the same transaction, and so do a row that whoever brings the
    /// demand keeps <paramref name="beside"/> it, and what is done to the case <paramref name="atOnce"/>.
    /// </summary>
    public async Task<(Guid Id, Outcome Outcome)> RegisterAsync(
        Demand demand, Petitioner petitioner, Actor by, Func<Guid, object>? beside = null, Func<CaseFile, Outcome>? atOnce = null)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        demand = safety.Mark(demand) with { DispatchBy = rules.DispatchWithin.After.After(time.GetUtcNow(), rules.Calendar) };
        if (Register("") is { Outcome: { IsDone: false } refused })
        {
            return (id, refused);  // before a number is used up
        }

        var file = Register(await numbers.NextCaseAsync(demand.Home.District)).File!;
        await using var db = await _databases.CreateDbContextAsync();
        db.Petitioners.Add(vault.Seal(id, petitioner));
        if (beside is not null)
        {
            db.Add(beside(id));
        }

        await OpenAsync(db, file, by);
        return (id, Outcome.Done);

        (CaseFile? File, Outcome Outcome) Register(string number)
        {
            var (file, outcome) = CaseFile.Register(id, number, demand, by, time.GetUtcNow());
            return (file, outcome.IsDone && atOnce is not null ? atOnce(file!) : outcome);
        }
    }

    /// <summary>
    /// Puts many cases on the books at once, each with its petitioner, together with what was decided on the cases that
    /// <paramref name="db"/> tracks and what <paramref name="beside"/> writes. The answer is whom it concerns; nobody has been woken yet.
    /// </summary>
    public async Task<IReadOnlySet<Topic>> RegisterManyAsync(
        PortalDbContext db, IReadOnlyList<(CaseFile File, Petitioner Petitioner)> cases, Func<Task> beside)
    {
        var petitioners = cases.Select(row => vault.Seal(row.File.Id, row.Petitioner)).ToList();
        foreach (var (file, _) in cases)
        {
            db.CountOpened(file);
        }

        return await OpenManyAsync(db, [.. cases.Select(row => row.File)], async () =>
        {
            await db.InsertManyAsync(petitioners);
            await beside();
        });
    }

    /// <summary>Shows who the petitioner is, after writing down who asked and what for.</summary>
    public async Task<(Petitioner? Petitioner, Outcome Outcome)> RevealAsync(Guid id, string purpose, Actor by)
    {
        by = by with { Form = null };  // each look is an act of its own
        var outcome = await DoAsync(id, by, file => file.Reveal(purpose, by, time.GetUtcNow()));
        return outcome.IsDone ? (await vault.OpenAsync(id), outcome) : (null, outcome);
    }

    /// <summary>Erases the petitioner. The log keeps its chain: he never was in it.</summary>
    public Task<Outcome> EraseAsync(Guid id, string basis, Actor by) => DoAsync(id, by, file => file.ErasePetitioner(basis, by, time.GetUtcNow()));

    internal static IQueryable<CaseFile> WithParts(IQueryable<CaseFile> cases) =>
        cases.Include(file => file.Parties).Include(file => file.Objections).Include(file => file.Requests).Include(file => file.Contests).AsSplitQuery();

    protected override void OnOpening(PortalDbContext db, CaseFile opened)
    {
        triage.Open(db, opened);
        db.Tell(opened);
        db.MakeFindable(opened);
    }

    protected override bool CanSee(Actor by, CaseFile stream) => by.CanSee(stream);

    protected override Task<CaseFile?> LoadAsync(PortalDbContext db, Guid id) => WithParts(db.Cases).SingleOrDefaultAsync(file => file.Id == id);

    protected override async Task<Outcome> FollowAsync(PortalDbContext db, CaseFile decided, IReadOnlyList<LogEntry> entries)
    {
        if (entries.Any(entry => entry.Event is PetitionerErased))
        {
            await PetitionerVault.EraseAsync(db, decided.Id);
        }

        await TriageBook.FollowAsync(db, decided, entries);
        await orders.FollowAsync(db, decided, entries);
        foreach (var entry in entries)
        {
            if (entry.Event is CaseMerged merged && await TakeInAsync(db, merged.Into, decided, entry) is { IsDone: false } refused)
            {
                return refused;
            }
        }

        return Outcome.Done;
    }

    private static async Task<Outcome> TakeInAsync(PortalDbContext db, Guid into, CaseFile merged, LogEntry entry)
    {
        var target = await WithParts(db.Cases).SingleAsync(file => file.Id == into);
        return target.TakeIn(merged, entry.By.ToActor(entry.At), entry.At);
    }

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) =>
        saved is SupervisionOrder order ? SupervisionTopics.Of(order) : CaseTopics.Of((CaseFile)saved);
}

internal static class CaseTopics
{
    /// <summary>The case itself, every unit with a part in it, and the district, where the command centre and the leaders wait.</summary>
    public static IEnumerable<Topic> Of(CaseFile file) =>
        file.Parties.Where(party => party.IsCurrent).Select(party => Topic.Unit(party.Unit))
            .Append(Topic.Unit(file.District))
            .Concat(file.IsPrintDue ? [Topic.Closed] : [])
            .Concat(file is { Status: CaseStatus.Registered, Version: 1 } ? [Topic.Registered] : [])
            .Prepend(Topic.Case(file.Id));
}
