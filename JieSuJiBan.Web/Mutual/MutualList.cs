using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Mutual;

/// <summary>A whistle behind a number, and what the number was counted from.</summary>
public sealed record MutualWhistle(
    Guid Id, string Number, string Title, WhistleStage Stage, OrgPath Whistler, OrgPath? Unit, DateTimeOffset? SoundedAt, UnitState? State,
    int? Response, int? Arrival, int? Measure, int? Result, int? Prepared, int? RightUnit, int? Clear,
    DateTimeOffset? AssessBy, DateTimeOffset? LapsedAt)
{
    /// <summary>It is still to be rated; false once the time is over. Nothing before there is anything to rate.</summary>
    public bool? IsAwaited => AssessBy is null ? null : LapsedAt is null;
}

/// <summary>The whistles behind each number of the monthly report.</summary>
public sealed class MutualList(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<MutualWhistle>> ReadAsync(Actor by, OrgPath unit, Month month, MutualFigure figure, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = figure == MutualFigure.Blown ? Blown(db, by, unit, month) : Lines(db, by, unit, month, figure);
        var total = await lines.Take(ListPage<MutualWhistle>.MaxTotal + 1).CountAsync(cancellationToken);
        return new(
            await lines.Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<MutualWhistle>.Size).Take(ListPage<MutualWhistle>.Size).ToListAsync(cancellationToken),
            Math.Min(total, ListPage<MutualWhistle>.MaxTotal), total > ListPage<MutualWhistle>.MaxTotal);
    }

    private static IQueryable<MutualWhistle> Blown(PortalDbContext db, Actor by, OrgPath unit, Month month)
    {
        var (from, until) = (month.From, month.Until);
        return db.Whistles.Where(Access.Sight.Whistles(by)).Where(whistle => whistle.Whistler == unit && whistle.SoundedAt >= from && whistle.SoundedAt < until)
            .OrderBy(whistle => whistle.SoundedAt).ThenBy(whistle => whistle.Id)
            .Select(whistle => new MutualWhistle(
                whistle.Id, whistle.Number, whistle.Title, whistle.Stage, whistle.Whistler, null, whistle.SoundedAt, null, null, null, null, null, null, null, null, null, null));
    }

    private static IQueryable<MutualWhistle> Lines(PortalDbContext db, Actor by, OrgPath unit, Month month, MutualFigure figure)
    {
        var (from, until, seen) = (month.From, month.Until, MutualReport.Seen(db, by));
        var summoned = seen.Where(row => row.Unit == unit && row.SummonedAt >= from && row.SummonedAt < until && row.State != UnitState.Released);
        var rated = seen.Where(row => row.AssessedAt >= from && row.AssessedAt < until);
        var said = seen.Where(row => row.HasAssessedAt >= from && row.HasAssessedAt < until);
        var rows = figure switch
        {
            MutualFigure.AnsweredInTime => summoned.Where(row => row.RespondedAt <= row.RespondBy),
            MutualFigure.Arrived => summoned.Where(row => row.ReportedAt != null),
            MutualFigure.ArrivedInTime => summoned.Where(row => row.ReportedAt <= row.ArriveBy),
            MutualFigure.Committed => summoned.Where(row => row.State == UnitState.Committed || row.State == UnitState.FedBack || row.State == UnitState.Settled),
            MutualFigure.Settled => summoned.Where(row => row.State == UnitState.Settled),
            MutualFigure.Got => rated.Where(row => row.Unit == unit),
            MutualFigure.GotFromStreets => rated.Where(row => row.Unit == unit && db.Whistles.Any(whistle => whistle.Id == row.WhistleId && whistle.Direction == Direction.StreetToDepartments)),
            MutualFigure.WhistleGiven => rated.Where(row => row.Whistler == unit),
            MutualFigure.Given => said.Where(row => row.Unit == unit),
            MutualFigure.WhistleGot => said.Where(row => row.Whistler == unit),
            MutualFigure.NotGiven => MutualReport.Silent(db, by, month).Where(row => row.Unit == unit),
            MutualFigure.NotRated => MutualReport.Unrated(db, by, month, [unit]),
            _ => summoned,
        };
        return rows.Join(db.Whistles, row => row.WhistleId, whistle => whistle.Id, (row, whistle) => new { row, whistle })
            .OrderBy(pair => pair.whistle.SoundedAt).ThenBy(pair => pair.whistle.Id).ThenBy(pair => pair.row.Unit)
            .Select(pair => new MutualWhistle(
                pair.whistle.Id, pair.whistle.Number, pair.whistle.Title, pair.whistle.Stage, pair.whistle.Whistler, pair.row.Unit, pair.whistle.SoundedAt, pair.row.State,
                pair.row.ResponseMark, pair.row.ArrivalMark, pair.row.MeasureMark, pair.row.ResultMark, pair.row.PreparedMark, pair.row.RightUnitMark, pair.row.ClearMark,
                pair.whistle.AssessBy, pair.whistle.AssessmentLapsedAt));
    }
}
