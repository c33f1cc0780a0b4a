using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Whistles;

public sealed record WhistleFilter(string? Search = null, WhistleKind? Kind = null, string Scope = WhistleFilter.Open, int Page = 1)
{
    public const string Open = "open", All = "all", Lapsed = "lapsed";
}

public sealed record WhistleLine(
    Guid Id, string Number, string Title, WhistleKind Kind, WhistleStage Stage, OrgPath Whistler, string? CaseNumber, DateTimeOffset DraftedAt,
    DateTimeOffset? SoundedAt, int Units, int Reported, int Lapsed);

/// <summary>A commitment or resolution of a unit, with the room it came from.</summary>
public sealed record ResolutionLine(
    Guid WhistleId, string Number, string Title, int No, OrgPath Unit, string Measure, string Person, DateTimeOffset DueAt, ResolutionState State);

/// <summary>Answers lists of whistles and commitments from the database.</summary>
public sealed class WhistleList(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<WhistleLine>> ReadAsync(Actor by, WhistleFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var whistles = db.Whistles.AsNoTracking().Where(Sight.Whistles(by));
        whistles = filter.Scope switch
        {
            WhistleFilter.All => whistles,
            WhistleFilter.Lapsed => whistles.Where(whistle => whistle.IsOpen && whistle.Units.Any(unit => unit.ResponseLapsedAt != null || unit.ArrivalLapsedAt != null)),
            _ => whistles.Where(whistle => whistle.IsOpen),
        };

        if (filter.Kind is { } kind)
        {
            whistles = whistles.Where(whistle => whistle.Kind == kind);
        }

        if (filter.Search is { Length: > 0 } search)
        {
            whistles = whistles.Where(whistle => whistle.Number.Contains(search) || whistle.Title.Contains(search) || whistle.CaseNumber!.Contains(search));
        }

        var total = await whistles.Take(ListPage<WhistleLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await Lines(whistles.OrderByDescending(whistle => whistle.DraftedAt).ThenBy(whistle => whistle.Id)
            .Skip((Math.Clamp(filter.Page, 1, 50) - 1) * ListPage<WhistleLine>.Size).Take(ListPage<WhistleLine>.Size)).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<WhistleLine>.MaxTotal), total > ListPage<WhistleLine>.MaxTotal);
    }

    /// <summary>The whistles of a case that the actor may see, in the order they were drafted.</summary>
    public async Task<IReadOnlyList<WhistleLine>> OfCaseAsync(Guid caseId, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Lines(db.Whistles.AsNoTracking().Where(Sight.Whistles(by)).Where(whistle => whistle.CaseId == caseId).OrderBy(whistle => whistle.DraftedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What a unit has taken on, the most pressing first.</summary>
    public async Task<ListPage<ResolutionLine>> CommitmentsAsync(Actor by, bool includeSettled, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unit = by.Unit;
        var query = db.Whistles.AsNoTracking().Where(Sight.Whistles(by))
            .SelectMany(whistle => whistle.Resolutions, (whistle, resolution) => new { whistle, resolution })
            .Where(row => row.resolution.Unit == unit && row.resolution.State != ResolutionState.Dropped && (includeSettled || (row.whistle.IsOpen && row.resolution.State != ResolutionState.Settled)));
        var total = await query.Take(ListPage<ResolutionLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await query.OrderBy(row => row.resolution.DueAt)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<ResolutionLine>.Size)
            .Take(ListPage<ResolutionLine>.Size)
            .Select(row => new ResolutionLine(
                row.whistle.Id, row.whistle.Number, row.whistle.Title, row.resolution.No, row.resolution.Unit, row.resolution.Measure, row.resolution.Person,
                row.resolution.DueAt, row.resolution.State))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<ResolutionLine>.MaxTotal), total > ListPage<ResolutionLine>.MaxTotal);
    }

    private static IQueryable<WhistleLine> Lines(IQueryable<Whistle> whistles) => whistles.Select(whistle => new WhistleLine(
        whistle.Id, whistle.Number, whistle.Title, whistle.Kind, whistle.Stage, whistle.Whistler, whistle.CaseNumber, whistle.DraftedAt, whistle.SoundedAt,
        whistle.Units.Count(unit => unit.State != UnitState.Released),
        whistle.Units.Count(unit => unit.State != UnitState.Released && unit.ReportedAt != null),
        whistle.Units.Count(unit => unit.ResponseLapsedAt != null || unit.ArrivalLapsedAt != null)));
}
