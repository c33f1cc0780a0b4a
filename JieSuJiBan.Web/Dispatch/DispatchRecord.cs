using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>
/// How the matcher did. <paramref name="Dispatched"/> cases in the time, of which it had proposed a unit for <paramref name="Proposed"/>,
/// first the right one for <paramref name="Right"/>, and sent <paramref name="Automatic"/> alone, <paramref name="AutomaticRight"/> of them to
/// the unit that has them now.
/// </summary>
public sealed record RecordFigures(int Dispatched, int Proposed, int Right, int Automatic, int AutomaticRight)
{
    public double? Accuracy => Share(Right, Proposed);

    public double? Coverage => Share(Automatic, Dispatched);

    public double? AutomaticAccuracy => Share(AutomaticRight, Automatic);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>What share would have been sent alone at a threshold, and how much of that rightly.</summary>
public sealed record ThresholdLine(double Threshold, double? Coverage, double? Accuracy);

public sealed record WrongLine(Guid Case, string Number, string Title, OrgPath Proposed, double Confidence, OrgPath? Lead, bool IsAutomatic, DateTimeOffset DispatchedAt);

/// <summary>The matcher's record: coverage, accuracy, and the cases it got wrong.</summary>
public sealed class DispatchRecord(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public static readonly IReadOnlyList<int> Days = [7, 30, 90];

    public static readonly IReadOnlyList<double> Thresholds = [0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98];

    /// <summary>How it did, and what each threshold would have meant for the cases of the time: the command centre chooses on this.</summary>
    public async Task<(RecordFigures Figures, IReadOnlyList<ThresholdLine> Thresholds)> ReadAsync(Actor by, int days, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (district, since) = (by.Unit.District, Since(days).DayNumber);
        var rows = await db.DispatchDays.AsNoTracking().Where(day => day.District == district && day.Day >= since)
            .GroupBy(day => new { day.Step, day.IsAutomatic, day.Verdict })
            .Select(group => new { group.Key.Step, group.Key.IsAutomatic, IsRight = group.Key.Verdict == 1, Count = group.Sum(day => day.Count) })
            .ToListAsync(cancellationToken);
        var proposed = rows.Where(row => row.Step >= 0).ToList();
        var all = proposed.Sum(row => row.Count);
        var figures = new RecordFigures(
            rows.Sum(row => row.Count),
            all,
            proposed.Where(row => row.IsRight).Sum(row => row.Count),
            rows.Where(row => row.IsAutomatic).Sum(row => row.Count),
            rows.Where(row => row.IsAutomatic && row.IsRight).Sum(row => row.Count));
        return (figures, [.. Thresholds.Select(threshold =>
        {
            var above = proposed.Where(row => row.Step >= (int)Math.Round(threshold * 100)).ToList();
            var (count, right) = (above.Sum(row => row.Count), above.Where(row => row.IsRight).Sum(row => row.Count));
            return new ThresholdLine(threshold, all == 0 ? null : (double)count / all, count == 0 ? null : (double)right / count);
        })]);
    }

    /// <summary>The cases where the first proposal was not the unit that has it now; the newest first.</summary>
    public async Task<ListPage<WrongLine>> WrongAsync(Actor by, int days, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (district, since) = (by.Unit.District, WorkCalendar.Midnight(Since(days)));
        var wrong = db.Triages.AsNoTracking().Where(triage => triage.District == district && triage.DispatchedAt >= since && triage.IsRight == false);
        var total = await wrong.Take(ListPage<WrongLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await wrong.OrderByDescending(triage => triage.DispatchedAt)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<WrongLine>.Size).Take(ListPage<WrongLine>.Size)
            .Join(db.Cases.Where(Sight.Cases(by)), triage => triage.CaseId, file => file.Id, (triage, file) => new WrongLine(
                file.Id, file.Number, file.Title, triage.Proposed!.Value, triage.Confidence, triage.Lead, triage.IsAutomatic, triage.DispatchedAt!.Value))
            .ToListAsync(cancellationToken);
        return new([.. lines.OrderByDescending(line => line.DispatchedAt)], Math.Min(total, ListPage<WrongLine>.MaxTotal), total > ListPage<WrongLine>.MaxTotal);
    }

    // Whole days of Beijing, today the last of them.
    private DateOnly Since(int days) => WorkCalendar.DateAt(time.GetUtcNow()).AddDays(1 - days);
}
