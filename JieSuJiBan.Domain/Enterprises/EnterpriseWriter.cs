using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Domain.Enterprises.EnterpriseText;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>
/// Writes what a month says about the demands of firms: plain sentences, each number with the question that it answers. It says what
/// is, not why; what should be done is proposed from the same numbers and left to whoever edits it.
/// </summary>
public sealed partial class EnterpriseWriter
{
    // What is named in a sentence.
    private const int Most = 3;

    // Fewer than this moves by chance.
    private const int LeastToCompare = 5;

    // The same matter in one street as often as this is a hot one.
    public const int LeastToBeHot = 3;

    private readonly EnterpriseMonth _month;

    private EnterpriseWriter(EnterpriseMonth month) => _month = month;

    private SchemeTerms Terms => _month.Terms;

    private IEnumerable<SubjectCount> Rising => _month.Categories.Where(IsRising)
        .OrderByDescending(line => (decimal)line.Count / line.Before).ThenBy(line => line.Subject, StringComparer.Ordinal);

    /// <summary>A fifth more than before at least, and not by chance.</summary>
    public static bool IsRising(SubjectCount line) => line.Before >= LeastToCompare && line.Count * 10 >= line.Before * 12;

    public static IReadOnlyList<ReportFinding> Write(EnterpriseMonth month)
    {
        var writer = new EnterpriseWriter(month);
        return [.. new[] { writer.Volume(), writer.Answers(), writer.Rates(), writer.Compared(), writer.Categories(), writer.Streets(), writer.Matters(), writer.Growth() }
            .Concat(month.Tables.Select(writer.Units)).Append(writer.Ranked()).Concat(writer.Problems()).Concat(writer.Advice()).OfType<ReportFinding>()];
    }

    /// <summary>Written anew from other figures; what a person wrote or changed in the former text is kept after it, without its numbers.</summary>
    public static IReadOnlyList<ReportFinding> Rewrite(EnterpriseMonth month, EnterpriseMonth former, IReadOnlyList<ReportFinding> text)
    {
        var byItself = Write(former).Select(finding => finding.Text).ToHashSet();
        return [.. Write(month), .. text.Where(finding => !byItself.Contains(finding.Text)).Select(finding => finding with { Numbers = [] })];
    }

    private ReportFinding Volume()
    {
        var (now, before, year) = (_month.Total.Received, _month.TotalBefore.Received, _month.TotalYearAgo.Received);
        return now == 0 && before == 0
            ? ReportFinding.Of(ReportPart.Overview, "本期没有收到企业诉求。")
            : ReportFinding.Of(ReportPart.Overview,
            [
                "本期收到企业诉求", Count(now, EnterpriseFigure.Received),
                .. before > 0 ? [ "，比上期（", Count(before, EnterpriseFigure.Received, _month.Before), $"）{Change(now, before)}" ] : new ReportPiece[] { "，上期没有" },
                .. year > 0 ? [ "，比去年同期（", Count(year, EnterpriseFigure.Received, _month.YearAgo), $"）{Change(now, year)}" ] : Array.Empty<ReportPiece>(),
                "。",
            ]);
    }

    private ReportFinding? Answers()
    {
        var (now, before) = (_month.Total, _month.TotalBefore);
        return now.Answered == 0 ? null : ReportFinding.Of(ReportPart.Overview,
        [
            "答复", Count(now.Answered, EnterpriseFigure.Answered), "，其中按期答复", Count(now.InTime, EnterpriseFigure.InTime), "，按期答复率", Part(now.InTime, now.Answered, EnterpriseFigure.InTime),
            .. before.Answered > 0 ? [ "，上期", Part(before.InTime, before.Answered, EnterpriseFigure.InTime, _month.Before) ] : Array.Empty<ReportPiece>(),
            "。",
        ]);
    }

    private ReportFinding? Rates()
    {
        var counts = _month.Total.Counts;
        if (_month.Rates(_month.Total) is not { } rates)
        {
            return _month.Total.Received == 0 ? null : ReportFinding.Of(ReportPart.Overview, "本期没有有效回访，不计三率。");
        }

        return ReportFinding.Of(ReportPart.Overview,
        [
            "有效回访", Count(counts.Valid, EnterpriseFigure.Valid), "，其中已响应", Count(counts.Contacted, EnterpriseFigure.Contacted), "、已解决", Count(counts.Solved, EnterpriseFigure.Solved),
            "、满意", Count(counts.Satisfied, EnterpriseFigure.Satisfied), "、基本满意", Count(counts.Basically, EnterpriseFigure.Basically),
            "。响应率", Of(Rate(rates.Responded, Terms), EnterpriseFigure.Contacted, label: "响应率"), "、解决率", Of(Rate(rates.Solved, Terms), EnterpriseFigure.Solved, label: "解决率"),
            "、满意率", Of(Rate(rates.Satisfied, Terms), EnterpriseFigure.Satisfied, label: "满意率"), "，综合", Of(Composite(rates.Composite, Terms), EnterpriseFigure.Valid, label: "综合"), "。",
            .. counts.Excluded > 0 ? [ "审核剔除", Count(counts.Excluded, EnterpriseFigure.Excluded), "，不计入三率。" ] : Array.Empty<ReportPiece>(),
        ]);
    }

    private ReportFinding? Compared()
    {
        if (_month.Rates(_month.Total) is not { } rates)
        {
            return null;
        }

        List<ReportPiece> pieces = [];
        foreach (var (name, span, tally) in new[] { ("上期", _month.Before, _month.TotalBefore), ("去年同期", _month.YearAgo, _month.TotalYearAgo) })
        {
            if (_month.Rates(tally) is { } then)
            {
                pieces.AddRange(
                [
                    pieces.Count > 0 ? "；" : "", $"与{name}比，解决率（", Of(Rate(then.Solved, Terms), EnterpriseFigure.Solved, span, label: $"{name}解决率"), $"）{Points(rates.Solved, then.Solved, Terms)}，满意率（",
                    Of(Rate(then.Satisfied, Terms), EnterpriseFigure.Satisfied, span, label: $"{name}满意率"), $"）{Points(rates.Satisfied, then.Satisfied, Terms)}",
                ]);
            }
        }

        return pieces.Count == 0 ? null : ReportFinding.Of(ReportPart.Overview, [.. pieces, "。"]);
    }

    private ReportFinding? Categories() => Listed("反映最多的是", _month.Categories.Where(line => line.Count > 0).Take(Most), line =>
        [Leaf(line.Subject), Count(line.Count, EnterpriseFigure.Received, category: line.Subject), $"（占{Share(line.Count, _month.Total.Received)}）"]);

    private ReportFinding? Streets() => Listed("诉求最多的街乡镇是", _month.Streets.Where(line => line.Count > 0).Take(Most), line =>
        [line.Name, Count(line.Count, EnterpriseFigure.Received, place: line.Subject, name: line.Name)]);

    private ReportFinding? Matters() => Listed("同一地方集中反映的是", _month.Hot.Take(Most), hot =>
        [$"{hot.StreetName}{Leaf(hot.Category)}", Count(hot.Count, EnterpriseFigure.Received, place: hot.Street.Value, category: hot.Category, name: hot.StreetName)]);

    private ReportFinding? Growth() => Listed("比上期上升较快的是", Rising.Take(Most), line =>
    [
        $"{Leaf(line.Subject)}，由", Count(line.Before, EnterpriseFigure.Received, _month.Before, category: line.Subject), "到", Count(line.Count, EnterpriseFigure.Received, category: line.Subject),
        $"（{Change(line.Count, line.Before)}）",
    ], separator: "；");

    private static ReportFinding? Listed<T>(string opening, IEnumerable<T> items, Func<T, IEnumerable<ReportPiece>> tell, ReportPart part = ReportPart.Features, string separator = "、")
    {
        var told = items.Select((item, at) => at == 0 ? tell(item) : tell(item).Prepend(separator)).SelectMany(pieces => pieces).ToList();
        return told.Count == 0 ? null : ReportFinding.Of(part, [opening, .. told, "。"]);
    }

    private ReportNumber Count(long count, EnterpriseFigure figure, EnterpriseSpan? span = null, OrgPath? unit = null, string? place = null, string? category = null, string? name = null) =>
        Of(Amount(count), figure, span, unit, place, category, name);

    private ReportNumber Part(long part, long whole, EnterpriseFigure figure, EnterpriseSpan? span = null) => Of(Share(part, whole), figure, span, label: "按期答复率");

    private ReportNumber Of(
        string text, EnterpriseFigure figure, EnterpriseSpan? span = null, OrgPath? unit = null, string? place = null, string? category = null, string? name = null, string? label = null)
    {
        var days = span ?? _month.Now;
        return new(text, $"{name}{(category is null ? "" : Leaf(category))}{label ?? figure.Word()}", new EnterpriseQuestion(
            figure, days.From, days.Until, Terms.Result.Value, unit, place is null ? null : new OrgPath(place), category));
    }
}
