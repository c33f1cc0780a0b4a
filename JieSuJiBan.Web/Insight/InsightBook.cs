using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Figures;

namespace JieSuJiBan.Web.Insight;

/// <summary>What something comes to, and what it came to before.</summary>
public sealed record InsightLine(string Subject, Tally Now, Tally Before, Tally YearAgo)
{
    /// <summary>By how much more or less than before; nothing where there was nothing before.</summary>
    public decimal? Change(Measure measure) => Change(Now[measure], Before[measure]);

    public decimal? ChangeOfYear(Measure measure) => Change(Now[measure], YearAgo[measure]);

    private static decimal? Change(long now, long before) => before == 0 ? null : (decimal)(now - before) / before;
}

/// <summary>Where an insight looks: a district, or one of its streets.</summary>
public readonly record struct InsightScope(OrgPath Path)
{
    public OrgPath District => Path.District;

    public bool IsDistrict => Path == Path.District;

    /// <summary>The whole district for whoever oversees it; a street for those who work in it.</summary>
    public static InsightScope Of(Actor actor) => new(actor.Role.OverseesDistrict() ? actor.Unit.District : actor.Unit);
}

/// <summary>The figures of a month beside those it is compared with. Every answer costs a few stretches of the tallies, however many cases there are.</summary>
public sealed class InsightBook(FigureBook figures, InsightRules rules)
{
    // Months that a season is looked for in.
    private const int SeasonMonths = 24;

    // What the tables of the pages and the sentences of an analysis are made of.
    private static readonly Measure[] s_shown =
        [Measure.Raised, Measure.Answered, Measure.AnsweredLate, Measure.Valid, Measure.FirstContacted, Measure.FirstSolved, Measure.FirstSatisfied, Measure.FirstBasically];

    public async Task<InsightLine> TotalAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default) =>
        await LinesAsync(scope.District, scope.IsDistrict ? Dimension.District : Dimension.Street, span, scope.Path.Value, Tally.Measures, cancellationToken) is [var line] ? line
            : new InsightLine(scope.Path.Value, Tally.None, Tally.None, Tally.None);

    /// <summary>What people call about. A street's are kept by whole months only, so a month that still runs is not compared there.</summary>
    public async Task<IReadOnlyList<InsightLine>> CategoriesAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default)
    {
        if (scope.IsDistrict)
        {
            return await LinesAsync(scope.District, Dimension.Category, span, null, s_shown, cancellationToken);
        }

        var prefix = $"{scope.Path.Value}|";
        var whole = span with { Until = span.Month.AddMonths(1) };
        var lines = await LinesAsync(scope.District, Dimension.StreetCategory, whole, prefix, s_shown, cancellationToken);
        return [.. lines.Select(line => line with { Subject = line.Subject[prefix.Length..], Before = span.IsWhole ? line.Before : Tally.None, YearAgo = span.IsWhole ? line.YearAgo : Tally.None })];
    }

    /// <summary>The streets of a district, or the communities of a street.</summary>
    public Task<IReadOnlyList<InsightLine>> PlacesAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default) =>
        scope.IsDistrict ? LinesAsync(scope.District, Dimension.Street, span, null, s_shown, cancellationToken) : LinesAsync(scope.District, Dimension.Community, span, scope.Path.Value, s_shown, cancellationToken);

    /// <summary>Day by day, with the days on which nothing was counted.</summary>
    public async Task<IReadOnlyList<Tally>> DaysAsync(InsightScope scope, DateOnly from, DateOnly until, CancellationToken cancellationToken = default)
    {
        var counted = (await SeriesAsync(scope, Stretch.Day, from, until, cancellationToken)).ToDictionary(day => day.Start, day => day.Tally);
        return [.. Enumerable.Range(0, until.DayNumber - from.DayNumber).Select(day => counted.GetValueOrDefault(from.AddDays(day), Tally.None))];
    }

    /// <summary>The months up to and with <paramref name="last"/>.</summary>
    public async Task<IReadOnlyList<(DateOnly Month, Tally Tally)>> MonthsAsync(InsightScope scope, DateOnly last, int count, CancellationToken cancellationToken = default)
    {
        var from = last.AddMonths(1 - count);
        var counted = (await SeriesAsync(scope, Stretch.Month, from, last.AddMonths(1), cancellationToken)).ToDictionary(month => month.Start, month => month.Tally);
        return [.. Enumerable.Range(0, count).Select(from.AddMonths).Select(month => (month, counted.GetValueOrDefault(month, Tally.None)))];
    }

    /// <summary>Candidates for 每月一题. What is usual are the three months before, for as many days.</summary>
    public async Task<IReadOnlyList<MonthlyTopic>> TopicsAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default)
    {
        var now = await OfMonthsAsync(scope, span.Month, span.Month.AddMonths(1), cancellationToken);
        var before = await OfMonthsAsync(scope, span.Month.AddMonths(-3), span.Month, cancellationToken);
        var share = (decimal)(span.Until.DayNumber - span.Month.DayNumber) / (span.Month.DayNumber - span.Month.AddMonths(-3).DayNumber);
        return rules.Topics.Candidates(now.Select(category => (category.Key, category.Value, before.GetValueOrDefault(category.Key, Tally.None)[Measure.Raised] * share)));
    }

    /// <summary>What comes back at one time of the year, from the whole months of two years.</summary>
    public async Task<IReadOnlyList<SeasonalPeak>> SeasonsAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default)
    {
        var until = span.IsWhole ? span.Until : span.Month;
        var (dimension, prefix) = scope.IsDistrict ? (Dimension.Category, null) : (Dimension.StreetCategory, $"{scope.Path.Value}|");
        var counted = await figures.MonthsAsync(scope.District, dimension, Measure.Raised, until.AddMonths(-SeasonMonths), until, prefix, cancellationToken);
        if (counted.Count == 0)
        {
            return [];
        }

        // Before the books begin there is no month without demands: there is no month.
        var first = counted.Min(month => month.Month);
        var months = Enumerable.Range(0, SeasonMonths).Select(first.AddMonths).TakeWhile(month => month < until).ToList();
        return
        [
            .. counted.GroupBy(month => month.Subject, StringComparer.Ordinal)
                .Select(category => (Name: category.Key[(prefix?.Length ?? 0)..], Counts: category.ToDictionary(month => month.Month, month => month.Count)))
                .Select(category => rules.Seasons.Find(category.Name, [.. months.Select(month => (month, category.Counts.GetValueOrDefault(month)))]))
                .OfType<SeasonalPeak>()
                .OrderByDescending(peak => peak.Times).ThenBy(peak => peak.Category, StringComparer.Ordinal),
        ];
    }

    // What was counted by category in whole months.
    private async Task<IReadOnlyDictionary<string, Tally>> OfMonthsAsync(InsightScope scope, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        var (dimension, prefix) = scope.IsDistrict ? (Dimension.Category, null) : (Dimension.StreetCategory, $"{scope.Path.Value}|");
        return (await figures.SumAsync(scope.District, dimension, from, until, prefix, s_shown, cancellationToken))
            .ToDictionary(category => category.Key[(prefix?.Length ?? 0)..], category => category.Value, StringComparer.Ordinal);
    }

    private Task<IReadOnlyList<(DateOnly Start, Tally Tally)>> SeriesAsync(InsightScope scope, Stretch step, DateOnly from, DateOnly until, CancellationToken cancellationToken) =>
        figures.SeriesAsync(scope.District, scope.IsDistrict ? Dimension.District : Dimension.Street, scope.Path.Value, step, from, until, cancellationToken);

    private async Task<IReadOnlyList<InsightLine>> LinesAsync(
        OrgPath district, Dimension dimension, InsightSpan span, string? within, IReadOnlyList<Measure> only, CancellationToken cancellationToken)
    {
        var now = await SumAsync(span.Now);
        var before = await SumAsync(span.Before);
        var yearAgo = await SumAsync(span.YearAgo);
        return
        [
            .. now.Keys.Union(before.Keys)
                .Select(subject => new InsightLine(subject, now.GetValueOrDefault(subject, Tally.None), before.GetValueOrDefault(subject, Tally.None), yearAgo.GetValueOrDefault(subject, Tally.None)))
                .OrderByDescending(line => line.Now[Measure.Raised]).ThenBy(line => line.Subject, StringComparer.Ordinal),
        ];

        Task<IReadOnlyDictionary<string, Tally>> SumAsync((DateOnly From, DateOnly Until) days) =>
            figures.SumAsync(district, dimension, days.From, days.Until, within, only, cancellationToken);
    }
}
