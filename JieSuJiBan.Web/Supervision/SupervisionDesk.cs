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
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Supervision;

/// <summary>The desk at which orders are given, answered and settled.</summary>
public sealed class SupervisionDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, Numbers numbers, TimeProvider time) : Desk<SupervisionOrder>(databases, feed)
{
    private static readonly Refusal s_noPart = new("supervision.no-part", "这个单位没有参与此事，请选择参与办理的单位。", "That unit has no part in it: choose one that has.", "unit");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The order, if there is one and the actor may see it.</summary>
    public async Task<SupervisionOrder?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var order = await WithParts(db.SupervisionOrders.AsNoTracking()).SingleOrDefaultAsync(order => order.Id == id, cancellationToken);
        return order is not null && by.CanSee(order) ? order : null;
    }

    /// <summary>
    /// Gives an order. A case or whistle it is about must be one that the actor may see and in which the unit has a part; what
    /// else there is to know of it is read here and need not be told.
    /// </summary>
    public async Task<(Guid Id, Outcome Outcome)> IssueAsync(OrderTerms terms, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        await using var db = await _databases.CreateDbContextAsync();
        var (subject, wrong) = await ReadSubjectAsync(db, terms, by);
        terms = terms with { Subject = subject };
        if ((wrong ?? SupervisionOrder.Issue(id, "", terms, by, time.GetUtcNow()).Outcome.Refusal) is { } refusal)
        {
            return (id, refusal);  // before a number is used up
        }

        var number = await numbers.NextOrderAsync(terms.Kind, by.Unit.District);
        await OpenAsync(db, SupervisionOrder.Issue(id, number, terms, by, time.GetUtcNow()).Order!, by);
        return (id, Outcome.Done);
    }

    /// <summary>Where what the order is about can be looked at, by whoever may; nowhere for a text without a subject.</summary>
    public async Task<string?> FindSubjectAsync(SupervisionOrder order, Actor by, CancellationToken cancellationToken = default)
    {
        var id = order.SubjectId;
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return order.SubjectKind switch
        {
            SubjectKind.Case => await db.Cases.Where(Sight.Cases(by)).AnyAsync(file => file.Id == id, cancellationToken) ? $"/cases/{id}" : null,
            SubjectKind.Whistle => await db.Whistles.Where(Sight.Whistles(by)).AnyAsync(whistle => whistle.Id == id, cancellationToken) ? $"/whistles/{id}" : null,
            SubjectKind.Crowd => await db.Crowds.Where(Sight.Crowds(by)).AnyAsync(crowd => crowd.Id == id, cancellationToken) ? $"/crowds/{id}" : null,
            SubjectKind.Review => await db.Reviews.Where(Sight.Reviews(by)).AnyAsync(review => review.Id == id, cancellationToken) ? $"/reviews/{id}" : null,
            _ => null,
        };
    }

    internal static IQueryable<SupervisionOrder> WithParts(IQueryable<SupervisionOrder> orders) => orders.Include(order => order.Parties);

    protected override bool CanSee(Actor by, SupervisionOrder stream) => by.CanSee(stream);

    protected override Task<SupervisionOrder?> LoadAsync(PortalDbContext db, Guid id) =>
        WithParts(db.SupervisionOrders).SingleOrDefaultAsync(order => order.Id == id);

    // Who has an interest in the case stays out of its orders, too; and whoever is told of one is told by what the case is now.
    protected override async Task<Outcome> FollowAsync(PortalDbContext db, SupervisionOrder decided, IReadOnlyList<LogEntry> entries)
    {
        if (decided.CaseId is not { } caseId)
        {
            return Outcome.Done;
        }

        var file = await CaseDesk.WithParts(db.Cases).SingleAsync(stored => stored.Id == caseId);
        return entries.Select(entry => file.CheckInterest(entry.By.UserId)).FirstOrDefault(refusal => refusal is not null);
    }

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => SupervisionTopics.Of((SupervisionOrder)saved);

    private static async Task<(OrderSubject? Subject, Refusal? Wrong)> ReadSubjectAsync(PortalDbContext db, OrderTerms terms, Actor by)
    {
        switch (terms.Subject)
        {
            case { Kind: SubjectKind.Case, Id: var id }:
                var file = await CaseDesk.WithParts(db.Cases).SingleOrDefaultAsync(stored => stored.Id == id);
                return file is null || !by.CanSee(file) ? (null, Unknown) : (Of(file), file.CheckInterest(by.UserId) ?? (file.IsParty(terms.Unit) ? null : s_noPart));

            case { Kind: SubjectKind.Whistle, Id: var id }:
                var whistle = await WhistleDesk.WithParts(db.Whistles.AsNoTracking()).SingleOrDefaultAsync(stored => stored.Id == id);
                if (whistle is null || !by.CanSee(whistle))
                {
                    return (null, Unknown);
                }

                var behind = whistle.CaseId is { } caseId ? await CaseDesk.WithParts(db.Cases).SingleAsync(stored => stored.Id == caseId) : null;
                return (Of(whistle), behind?.CheckInterest(by.UserId)
                    ?? (whistle.Whistler == terms.Unit || whistle.Signer == terms.Unit || whistle.UnitOf(terms.Unit) is not null ? null : s_noPart));

            default:
                return (terms.Subject, null);
        }
    }

    internal static OrderSubject Of(CaseFile file) => new(SubjectKind.Case, file.Id, file.Number, file.Id, file.ReportedUnit);

    internal static OrderSubject Of(Whistle whistle) => new(SubjectKind.Whistle, whistle.Id, whistle.Number, whistle.CaseId, whistle.ReportedUnit);
}

internal static class SupervisionTopics
{
    /// <summary>The order, what it is about, every unit with a part in it, and the district.</summary>
    public static IEnumerable<Topic> Of(SupervisionOrder order) =>
        order.Parties.Select(party => Topic.Unit(party.Unit))
            .Append(Topic.Unit(order.District))
            .Append(Topic.Order(order.Id))
            .Concat(order.CaseId is { } id ? [Topic.Case(id)] : [])
            .Concat(order is { SubjectKind: SubjectKind.Whistle, SubjectId: { } whistle } ? [Topic.Whistle(whistle)] : []);
}
