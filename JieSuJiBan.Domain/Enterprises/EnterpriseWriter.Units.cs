using JieSuJiBan.Domain.Assessment;
using static JieSuJiBan.Domain.Enterprises.EnterpriseText;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>What it says of units: how they did, what they owe, what they should do. A small sample is neither praised nor blamed.</summary>
public sealed partial class EnterpriseWriter
{
    private ReportFinding? Units(EnterpriseTable table)
    {
        var (ranked, absent) = (table.Lines.Where(line => line.Row.Rates is not null).ToList(), table.Lines.Count(line => line.Row.Rates is null));
        var judged = ranked.Where(line => !line.Row.IsSmall).ToList();
        if (!table.IsRanked || table.Lines.Count == 0)
        {
            return table.IsRanked ? null : ReportFinding.Of(ReportPart.Units, $"按考评方案，{table.List.Word()}不排名。");
        }

        List<ReportPiece> pieces = [$"{table.List.Word()}办理企业诉求的{table.Lines.Count}个，参评{ranked.Count}个{(absent > 0 ? $"，没有有效回访不参评{absent}个" : "")}{(ranked.Count > judged.Count ? $"，小样本{ranked.Count - judged.Count}个" : "")}。"];
        if (judged.Count == 0)
        {
            return ReportFinding.Of(ReportPart.Units, [.. pieces, .. ranked.Count > 0 ? ["有效回访都太少，不作比较。"] : Array.Empty<ReportPiece>()]);
        }

        pieces.Add("综合靠前的是");
        pieces.AddRange(judged.Take(Most).SelectMany((line, at) => new ReportPiece[] { at > 0 ? "、" : "", line.Row.Name, OfUnit(line, Composite(line.Row.Rates!.Composite, Terms), EnterpriseFigure.Valid, "综合") }));
        if (Lowest(judged) is { } lowest)
        {
            pieces.AddRange(
            [
                "；解决率最低的是", lowest.Row.Name, "，", OfUnit(lowest, Amount(lowest.Row.Counts.Valid), EnterpriseFigure.Valid), "中解决", OfUnit(lowest, Amount(lowest.Row.Counts.Solved), EnterpriseFigure.Solved),
                $"（{Rate(lowest.Row.Rates!.Solved, Terms)}）",
            ]);
        }

        return ReportFinding.Of(ReportPart.Units, [.. pieces, "。"]);
    }

    private ReportFinding? Ranked()
    {
        var rows = _month.Ranking.Rows.Where(row => row.Rank is not null).ToList();
        if (rows.Count == 0)
        {
            return _month.Terms.ListOf(RankingList.Enterprises) is null ? ReportFinding.Of(ReportPart.Enterprises, "按考评方案，公服企业不排名。") : null;
        }

        var judged = rows.Where(row => !row.IsSmall).ToList();
        List<ReportPiece> pieces = [$"按办理的全部诉求，公服企业参评{rows.Count}家{(rows.Count > judged.Count ? $"，其中小样本{rows.Count - judged.Count}家" : "")}。"];
        foreach (var (row, place) in judged.Count > 1 ? [(judged[0], "综合最高的是"), (judged[^1], "；最低的是")] : judged.Select(row => (row, "")))
        {
            pieces.AddRange(
            [
                place, row.Name, "，综合", Ranked(row, Composite(row.Rates!.Composite, Terms), CountedCases.Valid), "，有效回访", Ranked(row, Amount(row.Counts.Valid), CountedCases.Valid),
                "，解决率", Ranked(row, Rate(row.Rates.Solved, Terms), CountedCases.Solved), "，满意率", Ranked(row, Rate(row.Rates.Satisfied, Terms), CountedCases.Satisfied),
            ]);
        }

        return ReportFinding.Of(ReportPart.Enterprises, judged.Count == 0 ? pieces : [.. pieces, "。"]);
    }

    private IEnumerable<ReportFinding?> Problems()
    {
        if (_month.IsEmpty)
        {
            yield break;
        }

        yield return ReportFinding.Of(ReportPart.Problems,
        [
            "期末未办结", Count(_month.Open, EnterpriseFigure.Open), "，其中超期未答复", Count(_month.Overdue, EnterpriseFigure.Overdue), "；本期超期答复", Count(_month.Total.Late, EnterpriseFigure.Late),
            "，双否", Count(_month.Total.TwiceNo, EnterpriseFigure.TwiceNo), "。",
        ]);
        yield return Listed("超期未答复较多的是", MostOverdue, line => [line.Row.Name, OfUnit(line, Amount(line.Overdue), EnterpriseFigure.Overdue)], ReportPart.Problems);
    }

    private IEnumerable<ReportFinding?> Advice()
    {
        if (_month.Overdue > 0)
        {
            var named = string.Join("、", MostOverdue.Select(line => line.Row.Name));
            yield return ReportFinding.Of(ReportPart.Advice, $"请{(named.Length > 0 ? $"{named}等" : "")}主办单位尽快答复超期的", Count(_month.Overdue, EnterpriseFigure.Overdue), "，向企业说明原因和完成时间；区督查室跟踪。");
        }

        if (_month.Total.TwiceNo > 0)
        {
            yield return ReportFinding.Of(ReportPart.Advice, "对双否的", Count(_month.Total.TwiceNo, EnterpriseFigure.TwiceNo), "逐件复核：能解决的重办，一时难以解决的由领导包案。");
        }

        var all = _month.Rates(_month.Total)?.Solved;
        yield return Listed(
            "解决率低于全区的，请逐件分析没有解决的诉求：",
            _month.Tables.SelectMany(table => table.Lines).Where(line => !line.Row.IsSmall && line.Row.Rates?.Solved < all).OrderBy(line => line.Row.Rates!.Solved).Take(Most),
            line => [line.Row.Name, OfUnit(line, Amount(line.Row.Counts.Valid - line.Row.Counts.Solved), EnterpriseFigure.NotSolved)], ReportPart.Advice);
        yield return Listed("可提前研究、列为每月一题的：", Rising.Take(Most), line => [Leaf(line.Subject), Count(line.Count, EnterpriseFigure.Received, category: line.Subject)], ReportPart.Advice);
        yield return Listed(
            "建议到现场集中解决的：", _month.Hot.Take(Most),
            hot => [$"{hot.StreetName}{Leaf(hot.Category)}", Count(hot.Count, EnterpriseFigure.Received, place: hot.Street.Value, category: hot.Category, name: hot.StreetName)], ReportPart.Advice);
    }

    private IEnumerable<EnterpriseLine> MostOverdue => _month.Tables.SelectMany(table => table.Lines).Where(line => line.Overdue > 0)
        .OrderByDescending(line => line.Overdue).ThenBy(line => line.Row.Unit.Value, StringComparer.Ordinal).Take(Most);

    // Nobody is the lowest where all are alike.
    private static EnterpriseLine? Lowest(List<EnterpriseLine> judged) =>
        judged.MinBy(line => line.Row.Rates!.Solved) is { } lowest && judged.Any(line => line.Row.Rates!.Solved > lowest.Row.Rates!.Solved) ? lowest : null;

    private ReportNumber OfUnit(EnterpriseLine line, string text, EnterpriseFigure figure, string? label = null) => Of(text, figure, unit: line.Row.Unit, name: line.Row.Name, label: label);

    private static ReportNumber Ranked(RankingRow row, string text, CountedCases of) => new(text, $"{row.Name}{of.Word()}", Ranked: new RankedQuestion(row.Unit, of));
}
