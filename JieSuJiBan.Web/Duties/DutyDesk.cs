using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Duties;

/// <summary>Something that waits to be admitted: one duty, or the first of the many that one import brought.</summary>
public sealed record DutyRequest(IReadOnlyList<Duty> Duties, int Count)
{
    public Guid? Batch => Duties[0].Batch;

    public Guid Key => Batch ?? Duties[0].Id;
}

/// <summary>The desk at which everything is done to the duty list.</summary>
public sealed class DutyDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, DutyBook book, UnitBook units, TimeProvider time)
    : Desk<Duty>(databases, feed)
{
    private const int Shown = 30, ShownOfBatch = 200;

    private static readonly Refusal s_taken = new("duty.taken", "清单上已有同名事项，请修改原有的一项。", "The list already has a matter of this name: revise that one.", "matter");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The duty, if there is one and the actor may see it.</summary>
    public async Task<Duty?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var duty = await db.Duties.AsNoTracking().SingleOrDefaultAsync(duty => duty.Id == id, cancellationToken);
        return duty is not null && by.CanSee(duty) ? duty : null;
    }

    /// <summary>What waits for the actor to admit: one by one, and what came with one import together, the oldest first.</summary>
    public async Task<IReadOnlyList<DutyRequest>> ReadWaitingAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var judge = by.Role == Role.DistrictLeader && by.Leads(by.Unit.District) ? DutyJudge.Leader : Duty.CanKeep(by) ? DutyJudge.Keeper : DutyJudge.Nobody;
        if (judge == DutyJudge.Nobody)
        {
            return [];
        }

        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var district = by.Unit.District;
        var waiting = db.Duties.AsNoTracking().Where(duty => duty.District == district && duty.WaitsFor == judge);
        var single = await waiting.Where(duty => duty.Batch == null).OrderBy(duty => duty.ChangedAt).Take(Shown).ToListAsync(cancellationToken);
        var batches = await waiting.Where(duty => duty.Batch != null).GroupBy(duty => duty.Batch)
            .Select(batch => new { batch.Key, Count = batch.Count() }).Take(Shown).ToListAsync(cancellationToken);

        var requests = single.Select(duty => new DutyRequest([duty], 1)).ToList();
        foreach (var batch in batches)
        {
            requests.Add(new DutyRequest(await waiting.Where(duty => duty.Batch == batch.Key).OrderBy(duty => duty.Id).Take(ShownOfBatch).ToListAsync(cancellationToken), batch.Count));
        }

        return [.. requests.OrderBy(request => request.Duties[0].ChangedAt)];
    }

    public async Task<(Guid Id, Outcome Outcome)> ProposeAsync(DutyTerms terms, string? reason, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        var (duty, outcome) = Duty.Propose(id, terms, reason, null, by, time.GetUtcNow());
        if ((outcome.Refusal ?? CheckNames(id, terms, by)) is { } refusal)
        {
            return (id, refusal);
        }

        await using var db = await _databases.CreateDbContextAsync();
        db.Add(duty!);
        return (id, await SaveTogetherAsync(db, s_taken));
    }

    public Task<Outcome> ReviseAsync(Guid id, DutyTerms terms, string reason, Actor by) =>
        DoAsync(id, by, duty => CheckNames(id, terms, by) ?? duty.Revise(terms, reason, null, by, time.GetUtcNow()));

    /// <summary>Decides on what waits. Another matter may have taken its name since it was proposed.</summary>
    public Task<Outcome> JudgeAsync(Guid id, bool admits, string reason, Actor by) =>
        DoAsync(id, by, duty => Judge(duty, admits, reason, by, time.GetUtcNow()));

    /// <summary>Decides on everything that one import brought and that waits for this officer, in one act: all of it or nothing.</summary>
    public async Task<Outcome> JudgeBatchAsync(Guid batch, bool admits, string reason, Actor by)
    {
        var (district, now) = (by.Unit.District, time.GetUtcNow());
        await using var db = await _databases.CreateDbContextAsync();
        var waiting = await db.Duties.Where(duty => duty.Batch == batch && duty.District == district && duty.WaitsFor != DutyJudge.Nobody).ToListAsync();
        if (waiting.Count == 0)
        {
            return Unknown;
        }

        foreach (var duty in waiting)
        {
            if (Judge(duty, admits, reason, by, now) is { IsDone: false } refused)
            {
                return refused;
            }
        }

        return await SaveTogetherAsync(db, Changed);
    }

    /// <summary>Does what was planned, in one transaction: all rows or none. What needs admission waits as one batch.</summary>
    public async Task<Outcome> ImportAsync(DutyPlan plan, string reason, Actor by)
    {
        if (!Duty.CanKeep(by) || !plan.CanBeDone)
        {
            return new Refusal("duty.import.not-now", "由区指挥中心导入，且每一行都要能导入。", "The command centre imports, and only if every row can be.");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("duty.missing.reason", "请写明理由。", "Give the reason.", "reason");
        }

        var (batch, now) = (Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow());
        await using var db = await _databases.CreateDbContextAsync();
        var known = new Dictionary<Guid, Duty>();
        foreach (var ids in plan.Rows.Where(row => row.Kind == DutyRowKind.Changed).Select(row => row.Known!.Id).Chunk(500))
        {
            foreach (var duty in await db.Duties.Where(duty => ids.Contains(duty.Id)).ToListAsync())
            {
                known[duty.Id] = duty;
            }
        }

        foreach (var row in plan.Rows)
        {
            var outcome = row.Kind switch
            {
                DutyRowKind.New => Add(db, Duty.Propose(Guid.CreateVersion7(now), row.Terms, reason, batch, by, now)),
                DutyRowKind.Changed => known.GetValueOrDefault(row.Known!.Id) is { } duty && duty.Version == row.Known.Version ? duty.Revise(row.Terms, reason, batch, by, now) : Changed,
                _ => Outcome.Done,
            };
            if (!outcome.IsDone)
            {
                return outcome;
            }
        }

        return await SaveTogetherAsync(db, Changed);
    }

    private static Outcome Add(PortalDbContext db, (Duty? Duty, Outcome Outcome) proposed)
    {
        if (proposed.Duty is { } duty)
        {
            db.Add(duty);
        }

        return proposed.Outcome;
    }

    protected override bool CanSee(Actor by, Duty stream) => by.CanSee(stream);

    protected override Task<Duty?> LoadAsync(PortalDbContext db, Guid id) => db.Duties.SingleOrDefaultAsync(duty => duty.Id == id);

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries) => book.Put((Duty)saved);

    // Whoever looks at the list; and where something waits, or no longer does, the leader's inbox and the command centre's home.
    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        var duty = (Duty)saved;
        return entries.Any(entry => entry.Event is DutyProposed { Judge: not DutyJudge.Nobody } or DutyRevised { Judge: not DutyJudge.Nobody } or DutyAdmitted or DutyRejected)
            ? [Topic.Duties(duty.District), Topic.Unit(duty.District), Topic.Unit(duty.ProposedBy)]
            : [Topic.Duties(duty.District)];
    }

    private Outcome Judge(Duty duty, bool admits, string reason, Actor by, DateTimeOffset now) =>
        !admits ? duty.Reject(reason, by, now)
        : duty.Revision is { } revision && book.IsTaken(duty.District, revision.Category, duty.Id) ? s_taken
        : duty.Admit(reason, by, now);

    private Refusal? CheckNames(Guid id, DutyTerms terms, Actor by) =>
        book.IsTaken(by.Unit.District, terms.Category, id) ? s_taken
        : terms.CoUnits.Select(part => part.Unit).Append(terms.Lead).Any(unit => !unit.IsLocality() && units.Find(unit) is null)
            ? new Refusal("duty.unit", "所选单位不存在。", "There is no such unit.", "lead")
            : null;
}
