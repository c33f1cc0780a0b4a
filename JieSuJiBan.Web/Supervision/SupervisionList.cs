using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Supervision;

/// <summary>What the address bar of the list of orders holds.</summary>
public sealed record SupervisionFilter(
    string Scope = SupervisionFilter.Open, SupervisionState? State = null, SupervisionKind? Kind = null, string? Unit = null, string? Search = null, int Page = 1)
{
    public const string Open = "open", Late = "late", All = "all";
}

public sealed record OrderLine(
    Guid Id, string Number, SupervisionKind Kind, SupervisionState State, string Title, OrgPath Unit, OrgPath IssuedFrom, string? SubjectNumber,
    DateTimeOffset IssuedAt, DateTimeOffset DueAt, bool IsByRule)
{
    public Lamp LampAt(DateTimeOffset now) => SupervisionOrder.LampOf(State, IssuedAt, DueAt, now);
}

/// <summary>Answers lists of orders from the database.</summary>
public sealed class SupervisionList(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<ListPage<OrderLine>> ReadAsync(Actor by, SupervisionFilter filter, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var isSearched = filter.Search is { Length: > 0 };
        var orders = isSearched ? db.OrdersAmong(await OrderSearch.FindAsync(db, by, filter, cancellationToken)).Where(Sight.Orders(by)) : db.OrdersFor(by, onlyOpen: filter.Scope != SupervisionFilter.All);
        orders = filter.Scope switch
        {
            SupervisionFilter.Late => Late(orders, now),
            SupervisionFilter.All => orders,
            _ => orders.Where(order => order.IsOpen),
        };

        if (filter.State is { } state)
        {
            orders = orders.Where(order => order.State == state);
        }

        if (filter.Kind is { } kind)
        {
            orders = orders.Where(order => order.Kind == kind);
        }

        if (filter.Unit is { Length: > 0 } path)
        {
            var unit = new OrgPath(path);
            orders = orders.Where(order => order.Unit == unit);
        }

        var sorted = filter.Scope == SupervisionFilter.All ? orders.OrderByDescending(order => order.Id) : orders.OrderBy(order => order.DueAt).ThenBy(order => order.Id);
        var before = (Math.Clamp(filter.Page, 1, 50) - 1) * ListPage<OrderLine>.Size;
        if (isSearched)
        {
            // Each of those found is looked at once: to count them, to sort them, and then a page of them is read.
            var ids = await sorted.Select(order => order.Id).ToListAsync(cancellationToken);
            var page = ids.Skip(before).Take(ListPage<OrderLine>.Size).ToList();
            var read = await Lines(db.OrdersAmong(page)).ToDictionaryAsync(line => line.Id, cancellationToken);
            return PageOf([.. page.Where(read.ContainsKey).Select(id => read[id])], ids.Count);
        }

        var total = await orders.Take(ListPage<OrderLine>.MaxTotal + 1).CountAsync(cancellationToken);
        return PageOf(await Lines(sorted.Skip(before).Take(ListPage<OrderLine>.Size)).ToListAsync(cancellationToken), total);
    }

    private static ListPage<OrderLine> PageOf(IReadOnlyList<OrderLine> lines, int total) =>
        new(lines, Math.Min(total, ListPage<OrderLine>.MaxTotal), total > ListPage<OrderLine>.MaxTotal);

    /// <summary>The orders about a case, a whistle or a meeting that the actor may see, in the order they were given.</summary>
    public async Task<IReadOnlyList<OrderLine>> OfAsync(Guid subject, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Lines(db.SupervisionOrders.AsNoTracking().Where(Sight.Orders(by)).Where(order => order.SubjectId == subject).OrderBy(order => order.Id).Take(ListPage<OrderLine>.Size))
            .ToListAsync(cancellationToken);
    }

    internal static IQueryable<SupervisionOrder> Late(IQueryable<SupervisionOrder> orders, DateTimeOffset now) =>
        orders.Where(order => order.IsOpen && order.DueAt < now && (order.State == SupervisionState.Issued || order.State == SupervisionState.Returned));

    private static IQueryable<OrderLine> Lines(IQueryable<SupervisionOrder> orders) => orders.Select(order => new OrderLine(
        order.Id, order.Number, order.Kind, order.State, order.Title, order.Unit, order.IssuedFrom, order.SubjectNumber, order.IssuedAt, order.DueAt, order.Rule != null));
}
