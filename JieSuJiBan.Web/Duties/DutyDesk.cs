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

/// <summary>The desk at which everything is done to the duty list.</summary>
public sealed class DutyDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, DutyBook book, UnitBook units, TimeProvider time)
    : Desk<Duty>(databases, feed)
{
    private static readonly Refusal s_taken = new("duty.taken", "清单上已有同名事项，请修改原有的一项。", "The list already has a matter of this name: revise that one.", "matter");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The duty, if there is one and the actor may see it.</summary>
    public async Task<Duty?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var duty = await db.Duties.AsNoTracking().SingleOrDefaultAsync(duty => duty.Id == id, cancellationToken);
        return duty is not null && by.CanSee(duty) ? duty : null;
    }

    public async Task<(Guid Id, Outcome Outcome)> ProposeAsync(DutyTerms terms, string? reason, Actor by)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
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
