using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Components.Pages.Insight;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Insight;

/// <summary>
/// Writes what a month says, in plain sentences with the numbers in them and the way to the cases behind each. It says what is, not why:
/// that is for whoever edits it.
/// </summary>
public sealed class AnalysisWriter(InsightBook book, FlowBook flow, UnitBook units)
{
    // What is named in a sentence.
    private const int Most = 3;

    // Fewer than this moves by chance.
    private const int LeastToCompare = 10;

    public async Task<IReadOnlyList<Finding>> WriteAsync(OrgPath district, InsightSpan span, CancellationToken cancellationToken = default)
    {
        var scope = new InsightScope(district);
        var total = await book.TotalAsync(scope, span, cancellationToken);
        if (total.Now.IsNone)
        {
            return [];
        }

        var categories = await book.CategoriesAsync(scope, span, cancellationToken);
        var places = await book.PlacesAsync(scope, span, cancellationToken);
        var (stages, effect) = await flow.ReadAsync(scope, span, cancellationToken);
        var topics = await book.TopicsAsync(scope, span, cancellationToken);
        var seasons = await book.SeasonsAsync(scope, span, cancellationToken);
        return
        [
            .. new[]
            {
                Volume(span, total), Categories(span, total, categories), Rising(span, categories, "问题", subject => subject, (subject, measure) => Open(span, measure, category: subject)),
                Places(span, places), Rising(span, places, "街乡镇", Name, (subject, measure) => Open(span, measure, place: subject)),
                Handling(span, total), Callbacks(span, total), Unsolved(span, categories), Whistles(stages, effect), Topics(span, topics), Coming(span, seasons),
            }.OfType<Finding>(),
        ];
    }

    private static Finding Volume(InsightSpan span, InsightLine total)
    {
        var proactive = total.Now[Measure.Proactive] > 0 ? $"其中未诉先办{total.Now[Measure.Proactive]}件。" : "没有未诉先办的案件。";
        return new(
            $"{span.Month.Month}月共收到诉求{total.Now[Measure.Raised]}件{Compared(total.Change(Measure.Raised), "比上月")}{Compared(total.ChangeOfYear(Measure.Raised), "比去年同月")}。{proactive}",
            [new("诉求", Open(span, Measure.Raised)), .. total.Now[Measure.Proactive] > 0 ? [new FindingLink("未诉先办", Open(span, Measure.Proactive))] : Array.Empty<FindingLink>()]);
    }

    private static Finding? Categories(InsightSpan span, InsightLine total, IReadOnlyList<InsightLine> categories)
    {
        var most = categories.Where(line => line.Now[Measure.Raised] > 0).Take(Most).ToList();
        return most.Count == 0 ? null : new(
            $"反映最多的是{string.Join("、", most.Select(line => $"{Leaf(line.Subject)}{line.Now[Measure.Raised]}件（占{Percent((decimal)line.Now[Measure.Raised] / total.Now[Measure.Raised])}）"))}。",
            [.. most.Select(line => new FindingLink(Leaf(line.Subject), Open(span, Measure.Raised, category: line.Subject)))]);
    }

    private Finding? Places(InsightSpan span, IReadOnlyList<InsightLine> places)
    {
        var most = places.Where(line => line.Now[Measure.Raised] > 0).Take(Most).ToList();
        return most.Count == 0 ? null : new(
            $"诉求最多的街乡镇是{string.Join("、", most.Select(line => $"{Name(line.Subject)}{line.Now[Measure.Raised]}件"))}。",
            [.. most.Select(line => new FindingLink(Name(line.Subject), Open(span, Measure.Raised, place: line.Subject)))]);
    }

    private static Finding? Rising(InsightSpan span, IReadOnlyList<InsightLine> lines, string what, Func<string, string> name, Func<string, Measure, string> open)
    {
        var rising = lines.Where(line => line.Before[Measure.Raised] >= LeastToCompare && line.Change(Measure.Raised) >= 0.2m)
            .OrderByDescending(line => line.Change(Measure.Raised)).ThenBy(line => line.Subject, StringComparer.Ordinal).Take(Most).ToList();
        return rising.Count == 0 ? null : new(
            $"比上月上升最快的{what}是{string.Join("、", rising.Select(line => $"{Leaf(name(line.Subject))}（{line.Before[Measure.Raised]}件到{line.Now[Measure.Raised]}件，{Signed(line.Change(Measure.Raised))}）"))}。",
            [.. rising.Select(line => new FindingLink(Leaf(name(line.Subject)), open(line.Subject, Measure.Raised)))]);
    }

    private static Finding? Handling(InsightSpan span, InsightLine total) =>
        total.Now[Measure.Answered] == 0 ? null : new(
            $"答复{total.Now[Measure.Answered]}件，从派单到答复平均{Days(total.Now.Average(Measure.HandleMinutes, Measure.Answered))}{(total.Before.Average(Measure.HandleMinutes, Measure.Answered) is { } before ? $"（上月{Days(before)}）" : "")}；"
            + (total.Now[Measure.AnsweredLate] == 0 ? "没有超期答复。" : $"超期答复{total.Now[Measure.AnsweredLate]}件，占{Percent(total.Now.Share(Measure.AnsweredLate, Measure.Answered))}。"),
            [new("答复", Open(span, Measure.Answered)), .. total.Now[Measure.AnsweredLate] > 0 ? [new FindingLink("超期答复", Open(span, Measure.AnsweredLate))] : Array.Empty<FindingLink>()]);

    private static Finding? Callbacks(InsightSpan span, InsightLine total) =>
        total.Now[Measure.Valid] == 0 ? null : new(
            $"有效回访{total.Now[Measure.Valid]}件，首次回访已联系{Percent(total.Now.Share(Measure.FirstContacted, Measure.Valid))}、已解决{Percent(total.Now.Share(Measure.FirstSolved, Measure.Valid))}、"
            + $"满意和基本满意{Percent(total.Now.Share(Measure.FirstSatisfied, Measure.Valid) + total.Now.Share(Measure.FirstBasically, Measure.Valid))}；双否{total.Now[Measure.TwiceNo]}件，重办{total.Now[Measure.Redone]}件。",
            [new("有效回访", Open(span, Measure.Valid)), .. total.Now[Measure.TwiceNo] > 0 ? [new FindingLink("双否", Open(span, Measure.TwiceNo))] : Array.Empty<FindingLink>()]);

    private static Finding? Unsolved(InsightSpan span, IReadOnlyList<InsightLine> categories)
    {
        var least = categories.Where(line => line.Now[Measure.Valid] >= LeastToCompare && line.Now.Share(Measure.FirstSolved, Measure.Valid) < 1)
            .OrderBy(line => line.Now.Share(Measure.FirstSolved, Measure.Valid)).ThenBy(line => line.Subject, StringComparer.Ordinal).Take(Most).ToList();
        return least.Count == 0 ? null : new(
            $"解决率最低的是{string.Join("、", least.Select(line => $"{Leaf(line.Subject)}（{line.Now[Measure.Valid]}件中解决{line.Now[Measure.FirstSolved]}件，{Percent(line.Now.Share(Measure.FirstSolved, Measure.Valid))}）"))}。",
            [.. least.Select(line => new FindingLink(Leaf(line.Subject), Open(span, Measure.Valid, category: line.Subject)))]);
    }

    private static Finding? Whistles(IReadOnlyList<FlowStage> stages, WhistleEffect effect)
    {
        var (sounded, reported) = (stages.Single(stage => stage.Step == FlowStep.Whistle), stages.Single(stage => stage.Step == FlowStep.ReportIn));
        return sounded.Count == 0 ? null : new(
            $"吹哨{sounded.Count}次，单位报到{reported.Count}家次{(reported.Time is { } time ? $"，从吹哨到报到平均{Days(time)}" : "")}。"
            + (effect.SolvedWith is { } with && effect.SolvedWithout is { } without ? $"吹过哨的案件首次回访解决率{Percent(with)}，没吹过哨的{Percent(without)}。" : ""),
            [new("吹哨", "/whistles?scope=all")]);
    }

    private static Finding? Topics(InsightSpan span, IReadOnlyList<MonthlyTopic> topics) =>
        topics.Count == 0 ? null : new(
            $"建议列为每月一题：{string.Join("、", topics.Take(Most).Select(topic => $"{Leaf(topic.Category)}（{string.Join("、", topic.Reasons.Select(reason => reason.Word()))}）"))}。",
            [new("每月一题", $"/insight/topics?month={span}")]);

    private static Finding? Coming(InsightSpan span, IReadOnlyList<SeasonalPeak> seasons)
    {
        var next = span.Month.AddMonths(1).Month;
        var coming = seasons.Where(peak => peak.FirstMonth == next).Take(Most).ToList();
        return coming.Count == 0 ? null : new(
            $"按往年规律，{next}月起{string.Join("、", coming.Select(peak => $"{Leaf(peak.Category)}（每月约{peak.PerMonth:0}件，全年月均{peak.Usual:0}件）"))}会增多，请提前准备。",
            [new("季节性问题", $"/insight/topics?month={span}"), new("预判日历", "/foreseen")]);
    }

    private string Name(string place) => units.ShortName(new OrgPath(place));

    private static string Open(InsightSpan span, Measure measure, string? place = null, string? category = null) =>
        InsightCasesPage.Link(measure, span.Month, span.Until, place, category);

    private static string Leaf(string category) => category.Split('/')[^1];

    private static string Compared(decimal? change, string with) => change is null ? "" : $"，{with}{(change == 0 ? "持平" : $"{(change > 0 ? "上升" : "下降")}{Percent(Math.Abs(change.Value))}")}";

    private static string Signed(decimal? change) => $"{(change > 0 ? "+" : "")}{Percent(change)}";

    private static string Percent(decimal? share) => $"{((share ?? 0) * 100).ToString("0.#", CultureInfo.InvariantCulture)}%";

    private static string Days(TimeSpan? time) => time is not { } span ? "—"
        : span.TotalHours < 1 ? $"{span.TotalMinutes:0}分钟" : span.TotalDays < 1 ? $"{span.TotalHours:0.#}小时" : $"{span.TotalDays:0.#}天";
}
