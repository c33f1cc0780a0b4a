using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Callbacks;

public sealed record ContestFilter(ContestState? State = null, ContestKind? Kind = null, int Page = 1);

public sealed record ContestLine(Guid CaseId, int No, string Number, string Title, ContestKind Kind, ContestGround Ground, OrgPath Unit, ContestState State, DateTimeOffset FiledAt, DateTimeOffset? RemindAt, DateTimeOffset DueAt);

/// <summary>What units contest (不合理诉求认定、考核申诉): the district's for whoever oversees it, a unit's own for its people.</summary>
public sealed class ContestList(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<ContestLine>> ReadAsync(Actor by, ContestFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Rows(db, by, filter);
        var total = await rows.Take(ListPage<ContestLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await rows.Skip((Math.Clamp(filter.Page, 1, 50) - 1) * ListPage<ContestLine>.Size).Take(ListPage<ContestLine>.Size).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<ContestLine>.MaxTotal), total > ListPage<ContestLine>.MaxTotal);
    }

    internal static IQueryable<ContestLine> Rows(PortalDbContext db, Actor by, ContestFilter filter)
    {
        var (unit, district) = (by.Unit, by.Unit.District);
        var contests = db.Set<CaseContest>().AsNoTracking();
        contests = by.Role.OverseesDistrict() ? contests.Where(contest => contest.District == district) : contests.Where(contest => contest.Unit == unit);
        if (filter.Kind is { } kind)
        {
            contests = contests.Where(contest => contest.Kind == kind);
        }

        // What waits comes by its limit, everything else the newest first.
        contests = filter.State is { } state
            ? contests.Where(contest => contest.State == state).OrderBy(contest => contest.DueAt)
            : contests.OrderByDescending(contest => contest.FiledAt);
        return contests.Join(db.Cases.Where(Sight.Cases(by)), contest => contest.CaseId, file => file.Id, (contest, file) => new ContestLine(
            file.Id, contest.No, file.Number, file.Title, contest.Kind, contest.Ground, contest.Unit, contest.State, contest.FiledAt, contest.RemindAt, contest.DueAt));
    }
}
