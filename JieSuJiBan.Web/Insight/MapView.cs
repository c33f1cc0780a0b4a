using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Figures;

namespace JieSuJiBan.Web.Insight;

/// <summary>What the map is coloured by.</summary>
public enum MapView
{
    [Word("诉求量")] Raised,
    [Word("比上月")] Change,
    [Word("响应率")] Contacted,
    [Word("解决率")] Solved,
    [Word("满意率")] Satisfied,
    [Word("超期答复率")] Late,
}

public static class MapViews
{
    /// <summary>More of it is better.</summary>
    public static bool IsGood(this MapView view) => view is MapView.Contacted or MapView.Solved or MapView.Satisfied;

    public static decimal? Value(this MapView view, InsightLine line) => view switch
    {
        MapView.Raised => line.Now[Measure.Raised],
        MapView.Change => line.Change(Measure.Raised),
        MapView.Contacted => line.Now.Share(Measure.FirstContacted, Measure.Valid),
        MapView.Solved => line.Now.Share(Measure.FirstSolved, Measure.Valid),
        MapView.Satisfied => line.Now.Share(Measure.FirstSatisfied, Measure.Valid) + line.Now.Share(Measure.FirstBasically, Measure.Valid),
        _ => line.Now.Share(Measure.AnsweredLate, Measure.Answered),
    };

    public static string Text(this MapView view, InsightLine? line) =>
        line is null || view.Value(line) is not { } value ? "—"
        : view == MapView.Raised ? value.ToString("N0", CultureInfo.InvariantCulture)
        : view == MapView.Change ? $"{(value > 0 ? "+" : "")}{(value * 100).ToString("0", CultureInfo.InvariantCulture)}%"
        : $"{(value * 100).ToString("0.0", CultureInfo.InvariantCulture)}%";

    /// <summary>The cases behind it.</summary>
    public static Measure Opens(this MapView view) => view switch
    {
        MapView.Contacted => Measure.FirstContacted,
        MapView.Solved => Measure.FirstSolved,
        MapView.Satisfied => Measure.FirstSatisfied,
        MapView.Late => Measure.AnsweredLate,
        _ => Measure.Raised,
    };
}
