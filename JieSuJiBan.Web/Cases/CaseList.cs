using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>What the address bar of a list holds.</summary>
public sealed record CaseFilter(string? Search = null, CaseStatus? Status = null, string? Street = null, string Scope = CaseFilter.Open, string Sort = CaseFilter.ByDue, int Page = 1)
{
    public const string Open = "open", Overdue = "overdue", All = "all", Mine = "mine", Proactive = "proactive", ProactiveAll = "proactive-all";
    public const string ByDue = "due", ByNewest = "newest";

    public bool IsOnlyOpen => Scope is not (All or ProactiveAll);

    /// <summary>The pool of what was found before anybody complained (未诉先办).</summary>
    public bool IsPool => Scope is Proactive or ProactiveAll;
}

public sealed record CaseLine(
    Guid Id, string Number, string Title, CaseStatus Status, Nature Nature, string Category, OrgPath Home, OrgPath? FirstReceiver,
    DateTimeOffset RegisteredAt, DateTimeOffset? DueAt, bool IsSuspended, bool HasOpenObjection, bool IsProactive, bool IsSolvedOnTheSpot,
    UrgeKind? Urged = null)
{
    public bool IsOverdueAt(DateTimeOffset now) => DueAt < now && !IsSuspended && (Status.IsBeingHandled() || Status is CaseStatus.Dispatched or CaseStatus.Submitted);
}

/// <summary>A page of a list, and how many there are in all, counted no further than anyone would leaf.</summary>
public sealed record ListPage<TLine>(IReadOnlyList<TLine> Lines, int Total, bool IsMore)
{
    public const int Size = 20, MaxTotal = 1000;

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>
/// Answers lists of cases: the plain ones from an index that has their order, whatever is searched for or filtered from the index over
/// all of it. Filtered by sight first, then by what the reader asks for.
/// </summary>
public sealed class CaseList(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    private const int LastPage = ListPage<CaseLine>.MaxTotal / ListPage<CaseLine>.Size;

    public async Task<ListPage<CaseLine>> ReadAsync(Actor by, CaseFilter filter, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = (Math.Clamp(filter.Page, 1, LastPage) - 1) * ListPage<CaseLine>.Size;
        (IReadOnlyList<Guid> Ids, int Total)? searched = NeedsSearch(by, filter) ? await CaseSearch.FindAsync(db, by, filter, before, ListPage<CaseLine>.Size, cancellationToken) : null;
        var (ids, total) = searched is { } found && IsWhole(filter, found.Total) ? found : await WalkAsync(db, by, filter, before, now, cancellationToken);

        // A narrow index has led to them: each is read, and looked at once more.
        var read = await Lines(Filter(db.Among(ids).Where(Sight.Cases(by)), by, filter, now)).ToDictionaryAsync(line => line.Id, cancellationToken);
        return new([.. ids.Where(read.ContainsKey).Select(id => read[id])], Math.Min(total, ListPage<CaseLine>.MaxTotal), total > ListPage<CaseLine>.MaxTotal);
    }

    private static async Task<(IReadOnlyList<Guid> Ids, int Total)> WalkAsync(
        PortalDbContext db, Actor by, CaseFilter filter, int before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Ids are made by time. What has no limit yet waits for its dispatch, and comes first.
        var cases = Filter(by.Role.OverseesDistrict() && filter.Scope == CaseFilter.All ? All(db, filter).Where(Sight.Cases(by)) : db.CasesFor(by, filter.IsOnlyOpen), by, filter, now);
        var sorted = filter.Sort == CaseFilter.ByNewest ? cases.OrderByDescending(file => file.Id) : cases.OrderBy(file => file.DueAt).ThenBy(file => file.Id);
        var all = await sorted.Select(file => file.Id).Take(ListPage<CaseLine>.MaxTotal + 1).ToListAsync(cancellationToken);
        return ([.. all.Skip(before).Take(ListPage<CaseLine>.Size)], all.Count);
    }

    // By the index that has their order: SQLite takes any other of the district for as good, and would sort all of it.
    private static IQueryable<CaseFile> All(PortalDbContext db, CaseFilter filter) => (filter.Sort == CaseFilter.ByNewest
        ? db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_District_Id" """)
        : db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_District_DueAt_Id" """)).AsNoTracking();

    // What no index of the cases themselves answers in its order. A unit has few open cases: those are looked through.
    private static bool NeedsSearch(Actor by, CaseFilter filter) =>
        filter.Search is { Length: > 0 } || filter.Street is { Length: > 0 }
        || (by.Role.OverseesDistrict()
            ? filter.Status is not null || filter.Scope is CaseFilter.Mine or CaseFilter.Overdue or CaseFilter.ProactiveAll
            : !filter.IsOnlyOpen || filter.Sort == CaseFilter.ByNewest);

    // Of more than anyone leafs through, the newest are what a list by limit shows, unless the open ones can be walked in their order.
    private static bool IsWhole(CaseFilter filter, int found) =>
        found <= ListPage<CaseLine>.MaxTotal || filter.Search is { Length: > 0 } || filter.Sort == CaseFilter.ByNewest || !filter.IsOnlyOpen;

    /// <summary>
    /// How many open cases of the pool lie where: by street for whoever sees the district, by community for a street. The most first.
    /// </summary>
    public async Task<IReadOnlyList<(OrgPath Place, int Count)>> CountPoolAsync(Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await db.CasesFor(by, onlyOpen: true).Where(file => file.IsProactive)
            .GroupBy(file => file.Home).Select(place => new { Home = place.Key, Count = place.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. counts.GroupBy(row => by.Role.OverseesDistrict() ? row.Home.Answering : row.Home, row => row.Count)
                .Select(place => (Place: place.Key, Count: place.Sum()))
                .OrderByDescending(place => place.Count).ThenBy(place => place.Place.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Open cases of the same district whose number or title fits: the targets of a joining.</summary>
    public async Task<IReadOnlyList<CaseLine>> FindOpenAsync(Actor by, string search, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (ids, _) = await CaseSearch.FindAsync(db, by, new CaseFilter(search, Sort: CaseFilter.ByNewest), 0, 30, cancellationToken);
        return await Lines(db.Among(ids).Where(Sight.Cases(by)).Where(file => file.IsOpen).OrderByDescending(file => file.Id).Take(10)).ToListAsync(cancellationToken);
    }

    internal static IQueryable<CaseLine> Lines(IQueryable<CaseFile> cases) => cases.Select(file => new CaseLine(
        file.Id, file.Number, file.Title, file.Status, file.Nature, file.Category, file.Home, file.FirstReceiver, file.RegisteredAt, file.DueAt,
        file.SuspendedAt != null, file.HasOpenObjection, file.IsProactive, file.IsSolvedOnTheSpot, file.Urged));

    private static IQueryable<CaseFile> Filter(IQueryable<CaseFile> cases, Actor by, CaseFilter filter, DateTimeOffset now)
    {
        cases = filter.Scope switch
        {
            CaseFilter.Overdue => cases.Where(file => file.DueAt < now && file.SuspendedAt == null
                && file.Status != CaseStatus.Answered && file.Status != CaseStatus.CalledBack),
            CaseFilter.Proactive or CaseFilter.ProactiveAll => cases.Where(file => file.IsProactive),
            CaseFilter.Mine => cases.Where(file => file.FirstReceiver == by.Unit),
            _ => cases,
        };

        if (filter.Status is { } status)
        {
            cases = cases.Where(file => file.Status == status);
        }

        if (filter.Street is { Length: > 0 } street)
        {
            var path = new OrgPath(street);
            cases = cases.Where(file => file.Parties.Any(party => party.Unit == path && party.Part == Part.Home));
        }

        return cases;
    }
}
