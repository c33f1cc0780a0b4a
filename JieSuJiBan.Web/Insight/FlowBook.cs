using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Insight;

/// <summary>The eight stages that 平谷 names.</summary>
public enum FlowStep
{
    [Word("发现问题")] Find,
    [Word("信息汇集")] Gather,
    [Word("权责匹配")] Match,
    [Word("派单办理")] Handle,
    [Word("吹哨解决")] Whistle,
    [Word("报到处置")] ReportIn,
    [Word("结果反馈")] FeedBack,
    [Word("考核评价")] Assess,
}

/// <summary>How much went through a stage in a span of time, and how long it stayed there on average.</summary>
public sealed record FlowStage(FlowStep Step, long Count, TimeSpan? Time, Measure? Opens = null);

/// <summary>The answered cases of a span, with and without a whistle.</summary>
public sealed record WhistleEffect(Tally Tally)
{
    public long With => Tally[Measure.Whistled];
    public long Without => Tally[Measure.Answered] - With;
    public TimeSpan? TimeWith => Tally.Average(Measure.WhistledMinutes, Measure.Whistled);
    public TimeSpan? TimeWithout => Without == 0 ? null : TimeSpan.FromMinutes((double)(Tally[Measure.HandleMinutes] - Tally[Measure.WhistledMinutes]) / Without);
    public decimal? SolvedWith => Tally.Share(Measure.WhistledSolved, Measure.WhistledValid);
    public decimal? SolvedWithout => Tally[Measure.Valid] - Tally[Measure.WhistledValid] is var valid && valid == 0 ? null : (decimal)(Tally[Measure.FirstSolved] - Tally[Measure.WhistledSolved]) / valid;
}

/// <summary>How demands flow through the eight stages (平谷), and what whistles do for them.</summary>
public sealed class FlowBook(FigureBook figures, IDbContextFactory<PortalDbContext> databases)
{
    public async Task<(IReadOnlyList<FlowStage> Stages, WhistleEffect Effect)> ReadAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default)
    {
        var tally = (await figures.SumAsync(scope.District, scope.IsDistrict ? Dimension.District : Dimension.Street, span.Month, span.Until, cancellationToken))
            .GetValueOrDefault(scope.Path.Value, Tally.None);
        var (sounded, ended, reported) = await WhistlesAsync(scope.Path, span, cancellationToken);
        return (
        [
            new(FlowStep.Find, tally[Measure.Raised], null, Measure.Raised),
            new(FlowStep.Gather, tally[Measure.Raised], tally.Average(Measure.IntakeMinutes, Measure.Raised), Measure.Raised),
            new(FlowStep.Match, tally[Measure.Dispatched], tally.Average(Measure.MatchMinutes, Measure.Dispatched), Measure.Dispatched),
            new(FlowStep.Handle, tally[Measure.Answered], tally.Average(Measure.HandleMinutes, Measure.Answered), Measure.Answered),
            new(FlowStep.Whistle, sounded, ended),
            new(FlowStep.ReportIn, reported.Count, reported.Time),
            new(FlowStep.FeedBack, tally[Measure.Valid], tally.Average(Measure.AskMinutes, Measure.Valid), Measure.Valid),
            new(FlowStep.Assess, tally[Measure.Closed], tally.Average(Measure.CloseMinutes, Measure.Closed), Measure.Closed),
        ], new WhistleEffect(tally));
    }

    // Some hundred whistles a year: read as they are.
    private async Task<(int Sounded, TimeSpan? Ended, (int Count, TimeSpan? Time) Reported)> WhistlesAsync(OrgPath place, InsightSpan span, CancellationToken cancellationToken)
    {
        var (from, until, district) = (WorkCalendar.Midnight(span.Month), WorkCalendar.Midnight(span.Until), place.District);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var whistles = db.Whistles.Where(whistle => whistle.District == district && whistle.SoundedAt >= from && whistle.SoundedAt < until);
        if (place != district)
        {
            whistles = whistles.Where(whistle => whistle.Whistler == place && whistle.ReportedUnit == null);
        }

        var ends = await whistles.Select(whistle => new { whistle.SoundedAt, whistle.EndedAt }).ToListAsync(cancellationToken);
        var arrivals = await whistles.SelectMany(whistle => whistle.Units.Where(unit => unit.ReportedAt != null).Select(unit => new { unit.SummonedAt, unit.ReportedAt })).ToListAsync(cancellationToken);
        return (
            ends.Count,
            Mean(ends.Where(whistle => whistle.EndedAt is not null).Select(whistle => whistle.EndedAt!.Value - whistle.SoundedAt!.Value)),
            (arrivals.Count, Mean(arrivals.Where(unit => unit.SummonedAt is not null).Select(unit => unit.ReportedAt!.Value - unit.SummonedAt!.Value))));
    }

    private static TimeSpan? Mean(IEnumerable<TimeSpan> times) =>
        times.Select(time => time.TotalMinutes).DefaultIfEmpty(-1).Average() is >= 0 and var minutes ? TimeSpan.FromMinutes(minutes) : null;
}
