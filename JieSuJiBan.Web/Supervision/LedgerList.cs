using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Supervision;

/// <summary>The books of what is hard (台账).</summary>
public enum LedgerBook
{
    [Word("双否")] TwiceNo,
    [Word("重复诉求")] Repeated,
    [Word("长期未结")] LongRunning,
    [Word("群诉")] Crowd,
    [Word("已包案")] InCharge,
}

public sealed record LedgerFilter(LedgerBook Book = LedgerBook.TwiceNo, bool IsOnlyWithoutLeader = false, int Page = 1);

public sealed record LedgerLine(
    Guid Id, string Number, string Title, string Category, CaseStatus Status, OrgPath Home, OrgPath? FirstReceiver, DateTimeOffset RaisedAt, DateTimeOffset? DueAt,
    DateTimeOffset? SuspendedAt, int Joined, int Redone, InCharge? Leader, InCharge? Worker);

/// <summary>Answers the ledger: of each book an indexed question, within what the reader may see.</summary>
public sealed class LedgerList(IDbContextFactory<PortalDbContext> databases, SupervisionRules rules, TimeRules times, TimeProvider time)
{
    public BasedLimit LongRunning => rules.LongRunning;

    public async Task<ListPage<LedgerLine>> ReadAsync(Actor by, LedgerFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var cases = Cases(db, by, filter);
        var total = await cases.Take(ListPage<LedgerLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await Lines(cases.Skip((Math.Clamp(filter.Page, 1, 50) - 1) * ListPage<LedgerLine>.Size).Take(ListPage<LedgerLine>.Size)).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<LedgerLine>.MaxTotal), total > ListPage<LedgerLine>.MaxTotal);
    }

    /// <summary>The whole book, line by line, for a table.</summary>
    public async IAsyncEnumerable<LedgerLine> AllAsync(
        Actor by, LedgerFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var line in Lines(Cases(db, by, filter)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return line;
        }
    }

    private IQueryable<CaseFile> Cases(PortalDbContext db, Actor by, LedgerFilter filter)
    {
        var district = by.Unit.District;
        var cases = (filter.Book switch
        {
            LedgerBook.Crowd => InCrowds(db, district).Where(Sight.Cases(by)),
            LedgerBook.InCharge => InCharge(db).Where(Sight.Cases(by)),
            _ => db.CasesFor(by, onlyOpen: filter.Book != LedgerBook.TwiceNo),
        }).Where(file => file.District == district);
        if (filter.IsOnlyWithoutLeader)
        {
            cases = cases.Where(file => file.LeaderId == null);
        }

        switch (filter.Book)
        {
            case LedgerBook.TwiceNo:
                return cases.Where(file => file.Solved == false && file.Satisfaction == Satisfaction.Unsatisfied).OrderByDescending(file => file.Id);
            case LedgerBook.Repeated:
                return cases.Where(file => file.IsOpen && file.JoinedCount > 0).OrderByDescending(file => file.JoinedCount).ThenBy(file => file.Id);
            case LedgerBook.LongRunning:
                var before = LongBefore(time.GetUtcNow());
                return cases.Where(file => file.IsOpen && file.RaisedAt < before).OrderBy(file => file.RaisedAt).ThenBy(file => file.Id);
            case LedgerBook.Crowd:
                return cases.Where(file => file.IsOpen).OrderByDescending(file => file.RaisedAt).ThenBy(file => file.Id);
            default:
                return cases.OrderBy(file => file.DueAt).ThenBy(file => file.Id);
        }
    }

    // The few that are in some crowd, each by its key: SQLite would rather go through all that is open.
    private static IQueryable<CaseFile> InCrowds(PortalDbContext db, OrgPath district) => db.Cases.FromSql(
        $"""
        SELECT c.* FROM "Triage" AS t CROSS JOIN "Cases" AS c INDEXED BY "sqlite_autoindex_Cases_1" ON c."Id" = t."CaseId" WHERE t."District" = {district.Value} AND t."Crowd" IS NOT NULL
        """).AsNoTracking();

    // The same among those that somebody answers for by name.
    private static IQueryable<CaseFile> InCharge(PortalDbContext db) => db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_InCharge" WHERE "LeaderId" IS NOT NULL AND "IsOpen" = 1""").AsNoTracking();

    // So long ago that what was demanded then, and is not finished, has been long under way.
    private DateTimeOffset LongBefore(DateTimeOffset now) => now - (rules.LongRunning.After.After(now, times.Calendar) - now);

    private static IQueryable<LedgerLine> Lines(IQueryable<CaseFile> cases) => cases.Select(file => new LedgerLine(
        file.Id, file.Number, file.Title, file.Category, file.Status, file.Home, file.FirstReceiver, file.RaisedAt, file.DueAt, file.SuspendedAt, file.JoinedCount, file.RedoneCount,
        file.Leader, file.Worker));
}
