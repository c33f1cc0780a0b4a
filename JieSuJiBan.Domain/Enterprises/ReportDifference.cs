using System.Globalization;
using JieSuJiBan.Domain.Assessment;
using static JieSuJiBan.Domain.Enterprises.EnterpriseText;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>What another edition says otherwise: a number by its name, as it was and as it is.</summary>
public sealed record ReportDifference(string Name, string Before, string After);

public static class ReportDifferences
{
    /// <summary>Every figure that is another now.</summary>
    public static IReadOnlyList<ReportDifference> DifferencesFrom(this EnterpriseMonth after, EnterpriseMonth before)
    {
        var (now, then) = (Figures(after), Figures(before).ToDictionary(figure => figure.Name, figure => figure.Text));
        var names = now.Select(figure => figure.Name).ToHashSet();
        return
        [
            .. now.Select(figure => new ReportDifference(figure.Name, then.GetValueOrDefault(figure.Name, "—"), figure.Text)).Where(pair => pair.Before != pair.After),
            .. then.Where(figure => !names.Contains(figure.Key)).Select(figure => new ReportDifference(figure.Key, figure.Value, "—")),
        ];
    }

    /// <summary>The sentences that were taken out, and those that were written in their place.</summary>
    public static (IReadOnlyList<string> Removed, IReadOnlyList<string> Added) TextFrom(this IReadOnlyList<ReportFinding> after, IReadOnlyList<ReportFinding> before)
    {
        var (now, then) = (after.Select(finding => finding.Text).ToList(), before.Select(finding => finding.Text).ToList());
        return ([.. then.Except(now)], [.. now.Except(then)]);
    }

    private static List<(string Name, string Text)> Figures(EnterpriseMonth month)
    {
        List<(string, string)> figures = [];
        foreach (var (span, tally) in new[] { ("", month.Total), ("上期", month.TotalBefore), ("去年同期", month.TotalYearAgo) })
        {
            figures.AddRange(
            [
                ($"{span}收到", Amount(tally.Received)), ($"{span}答复", Amount(tally.Answered)), ($"{span}超期答复", Amount(tally.Late)), ($"{span}有效回访", Amount(tally.Counts.Valid)),
                ($"{span}已响应", Amount(tally.Counts.Contacted)), ($"{span}已解决", Amount(tally.Counts.Solved)), ($"{span}满意", Amount(tally.Counts.Satisfied)),
                ($"{span}基本满意", Amount(tally.Counts.Basically)), ($"{span}审核剔除", Amount(tally.Counts.Excluded)), ($"{span}双否", Amount(tally.TwiceNo)),
            ]);
        }

        figures.AddRange(month.Months.Select(one => ($"{one.Key}收到企业诉求", Amount(one.Count))));
        figures.AddRange(month.Hot.Select(hot => ($"{hot.StreetName}{hot.Category}集中反映", Amount(hot.Count))));
        figures.AddRange([("期末未办结", Amount(month.Open)), ("期末超期未答复", Amount(month.Overdue))]);
        figures.AddRange(month.Categories.SelectMany(line => new[] { (line.Subject, Amount(line.Count)), ($"{line.Subject}上期", Amount(line.Before)) }));
        figures.AddRange(month.Streets.SelectMany(line => new[] { ($"{line.Name}收到", Amount(line.Count)), ($"{line.Name}上期收到", Amount(line.Before)) }));
        figures.AddRange(month.Tables.SelectMany(table => table.Lines).SelectMany(line => Rows("", line.Row, month.Terms)
            .Concat([($"{line.Row.Name}答复", Amount(line.Answered)), ($"{line.Row.Name}超期答复", Amount(line.Late)), ($"{line.Row.Name}期末超期未答复", Amount(line.Overdue))])));
        figures.AddRange(month.Ranking.Rows.SelectMany(row => Rows("公服企业排名：", row, month.Terms)));
        return [.. figures.DistinctBy(figure => figure.Item1)];
    }

    private static IEnumerable<(string, string)> Rows(string list, RankingRow row, SchemeTerms terms) =>
    [
        ($"{list}{row.Name}名次", row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "不参评"), ($"{list}{row.Name}有效回访", Amount(row.Counts.Valid)),
        ($"{list}{row.Name}审核剔除", Amount(row.Counts.Excluded)),
        ($"{list}{row.Name}响应率", row.Rates is { } responded ? Rate(responded.Responded, terms) : "—"), ($"{list}{row.Name}满意率", row.Rates is { } satisfied ? Rate(satisfied.Satisfied, terms) : "—"),
        ($"{list}{row.Name}解决率", row.Rates is { } rates ? Rate(rates.Solved, terms) : "—"), ($"{list}{row.Name}综合", row.Rates is { } all ? Composite(all.Composite, terms) : "—"),
    ];
}
