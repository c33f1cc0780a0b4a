using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Whistles;

/// <summary>The desk at which everything is done to whistles. The case behind a whistle follows it in the same transaction, and so do the orders that rules give.</summary>
public sealed class WhistleDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, Rooms rooms, Numbers numbers, RuledOrders orders, TimeProvider time)
    : Desk<Whistle>(databases, feed)
{
    private static readonly string s_message = EventText.Name<MessagePosted>();

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The whistle, if there is one and the actor may see it.</summary>
    public async Task<Whistle?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var whistle = await WithParts(db.Whistles.AsNoTracking()).SingleOrDefaultAsync(whistle => whistle.Id == id, cancellationToken);
        return whistle is not null && by.CanSee(whistle) ? whistle : null;
    }

    /// <summary>Drafts a whistle, from a case the actor may see or for a task without one.</summary>
    public async Task<(Guid Id, Outcome Outcome)> DraftAsync(WhistleBrief brief, Guid? forCase, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        await using var db = await _databases.CreateDbContextAsync();
        var file = forCase is null ? null : await CaseDesk.WithParts(db.Cases.AsNoTracking()).SingleOrDefaultAsync(file => file.Id == forCase);
        if (forCase is not null && (file is null || !by.CanSee(file)))
        {
            return (id, Unknown);
        }

        if ((Whistle.Draft(id, "", file, brief, by, time.GetUtcNow()).Outcome.Refusal ?? file?.CheckWhistle(brief, by)) is { } refusal)
        {
            return (id, refusal);
        }

        var number = await numbers.NextWhistleAsync(by.Unit.District);
        await OpenAsync(db, Whistle.Draft(id, number, file, brief, by, time.GetUtcNow()).Whistle!, by);
        return (id, Outcome.Done);
    }

    internal static IQueryable<Whistle> WithParts(IQueryable<Whistle> whistles) => whistles
        .Include(whistle => whistle.Units)
        .Include(whistle => whistle.Resolutions)
        .Include(whistle => whistle.Requests)
        .Include(whistle => whistle.Readers)
        .AsSplitQuery();

    protected override bool CanSee(Actor by, Whistle stream) => by.CanSee(stream);

    protected override Task<Whistle?> LoadAsync(PortalDbContext db, Guid id) => WithParts(db.Whistles).SingleOrDefaultAsync(whistle => whistle.Id == id);

    protected override async Task<Outcome> FollowAsync(PortalDbContext db, Whistle decided, IReadOnlyList<LogEntry> entries)
    {
        await orders.FollowAsync(db, decided, entries);
        if (decided.CaseId is not { } caseId || entries.All(entry => entry.Type == s_message))
        {
            return Outcome.Done;
        }

        var file = db.Cases.Local.FirstOrDefault(known => known.Id == caseId)
            ?? await CaseDesk.WithParts(db.Cases).SingleAsync(stored => stored.Id == caseId);
        foreach (var entry in entries)
        {
            if (file.Follow(decided, entry) is { IsDone: false } refused)
            {
                return refused;
            }
        }

        return Outcome.Done;
    }

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries) => rooms.Offer(saved.Id, entries);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        if (saved is CaseFile file)
        {
            return CaseTopics.Of(file);
        }

        if (saved is SupervisionOrder order)
        {
            return SupervisionTopics.Of(order);
        }

        // Talk concerns those in the room; everything else may change what waits for a unit.
        var whistle = (Whistle)saved;
        var topics = new List<Topic> { Topic.Whistle(whistle.Id) };
        if (entries.Any(entry => entry.Type != s_message))
        {
            topics.AddRange(whistle.Units.Select(unit => Topic.Unit(unit.Unit)));
            topics.AddRange([Topic.Unit(whistle.Whistler), Topic.Unit(whistle.Signer), Topic.Unit(whistle.District)]);
        }

        return topics;
    }
}
