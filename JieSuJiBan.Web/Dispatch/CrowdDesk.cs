using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>The desk at which crowds are raised and decided. The triage of each demand says which crowd it belongs to, in the same transaction.</summary>
public sealed class CrowdDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, Numbers numbers) : Desk<Crowd>(databases, feed)
{
    private static readonly Refusal s_counted = new("crowd.counted", "已计入。", "It is counted already.");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public async Task<Crowd?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.Crowds.AsNoTracking().Where(Sight.Crowds(by)).SingleOrDefaultAsync(crowd => crowd.Id == id, cancellationToken);
    }

    /// <summary>Refused if somebody else has counted one of its demands meanwhile.</summary>
    public async Task<Outcome> RaiseAsync(Guid id, CrowdRaised found, DateTimeOffset now)
    {
        await using var db = await _databases.CreateDbContextAsync();
        if (!await MarkAsync(db, id, found.Members))
        {
            return s_counted;
        }

        db.Add(Crowd.Raise(id, found, now));
        return await SaveTogetherAsync(db, s_counted);
    }

    protected override bool CanSee(Actor by, Crowd stream) => by.CanSee(stream);

    protected override Task<Crowd?> LoadAsync(PortalDbContext db, Guid id) => db.Crowds.SingleOrDefaultAsync(crowd => crowd.Id == id);

    protected override async Task<Outcome> FollowAsync(PortalDbContext db, Crowd decided, IReadOnlyList<LogEntry> entries)
    {
        foreach (var grown in entries.Select(entry => entry.Event).OfType<CrowdGrown>())
        {
            if (!await MarkAsync(db, decided.Id, grown.Members))
            {
                return s_counted;
            }
        }

        foreach (var entry in entries.Where(entry => entry.Event is CrowdInstructed { RoutedTo: not null }))
        {
            if (await RouteAsync(db, decided, entry) is { } refusal)
            {
                return refusal;
            }
        }

        return Outcome.Done;
    }

    // A word that goes straight to a unit is a task of that unit, and is answered like one.
    private async Task<Refusal?> RouteAsync(PortalDbContext db, Crowd crowd, LogEntry entry)
    {
        var (instructed, by) = ((CrowdInstructed)entry.Event, entry.By.ToActor(entry.At));
        var subject = new OrderSubject(SubjectKind.Crowd, crowd.Id, $"{crowd.Place} · {crowd.Class}");
        var terms = new OrderTerms(SupervisionKind.Task, instructed.RoutedTo!.Value, TitleOf(crowd), instructed.Text!, instructed.DueAt!.Value, "区领导批示", subject);
        if (SupervisionOrder.Issue(Guid.Empty, "", terms, by, entry.At).Outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        var number = await numbers.NextOrderAsync(SupervisionKind.Task, crowd.District);
        db.Add(SupervisionOrder.Issue(Guid.CreateVersion7(entry.At), number, terms, by, entry.At).Order!);
        return null;
    }

    private static string TitleOf(Crowd crowd) => $"群诉：{crowd.Place} · {crowd.Class}" is { Length: > OrderTerms.MaxTitle } title ? title[..OrderTerms.MaxTitle] : $"群诉：{crowd.Place} · {crowd.Class}";

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        if (saved is SupervisionOrder order)
        {
            return SupervisionTopics.Of(order);
        }

        var crowd = (Crowd)saved;
        return [Topic.Crowd(crowd.Id), Topic.Unit(crowd.Street), Topic.Unit(crowd.District)];
    }

    // False if another node has counted one of them meanwhile.
    private static async Task<bool> MarkAsync(PortalDbContext db, Guid crowd, IReadOnlyList<CrowdMember> members)
    {
        var cases = members.Select(member => member.Case).ToList();
        var triages = await db.Triages.Where(triage => cases.Contains(triage.CaseId)).ToListAsync();
        if (triages.Exists(triage => triage.Crowd is not null))
        {
            return false;
        }

        triages.ForEach(triage => triage.Crowd = crowd);
        return true;
    }
}
