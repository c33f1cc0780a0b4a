using System.Globalization;
using JieSuJiBan.Domain.Assessment;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>Numbers as the report writes them. An official document: Chinese in every language.</summary>
public static class EnterpriseText
{
    public static string Amount(long count) => string.Create(CultureInfo.InvariantCulture, $"{count}件");

    public static string Rate(decimal value, SchemeTerms terms) => $"{value.ToString($"F{terms.RateDecimals.Value}", CultureInfo.InvariantCulture)}%";

    public static string Composite(decimal value, SchemeTerms terms) => $"{value.ToString($"F{terms.CompositeDecimals.Value}", CultureInfo.InvariantCulture)}分";

    /// <summary>A part of a whole, in per cent with at most one decimal.</summary>
    public static string Share(long part, long whole) => $"{Math.Round(part * 100m / whole, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture)}%";

    /// <summary>上升12.5%, 下降3%, 持平.</summary>
    public static string Change(long now, long before) => now == before ? "持平" : $"{(now > before ? "上升" : "下降")}{Share(Math.Abs(now - before), before)}";

    /// <summary>By how many points a rate differs: 高1.25个百分点.</summary>
    public static string Points(decimal now, decimal before, SchemeTerms terms) =>
        now == before ? "持平" : $"{(now > before ? "高" : "低")}{Math.Abs(now - before).ToString($"F{terms.RateDecimals.Value}", CultureInfo.InvariantCulture)}个百分点";

    /// <summary>What is last of a category's path: 停车/占道停车 is 占道停车.</summary>
    public static string Leaf(string category) => category.Split('/')[^1];

    public static string Days(this EnterpriseSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy年M月d日}至{span.Last:yyyy年M月d日}");

    /// <summary>Of which version of which scheme a number is.</summary>
    public static string Named(this SchemeVersion scheme) => $"“{scheme.Terms.Name}”（{(scheme.Version == 0 ? "门户默认" : $"本区第{scheme.Version}版")}）";

    /// <summary>Every number of a report, counted through in the order of the text: under its number it is found again.</summary>
    public static IReadOnlyList<(int No, ReportPart Part, ReportNumber Number)> Numbered(this IReadOnlyList<ReportFinding> findings) =>
        [.. findings.SelectMany(finding => finding.Numbers.Select(number => (finding.Part, number))).Select((one, at) => (at + 1, one.Part, one.number))];

    /// <summary>How a number is counted.</summary>
    public static string Definition(this ReportNumber number, SchemeTerms terms) =>
        number.Ranked is { } ranked ? $"公服企业排名的{ranked.Of.Word()}，按其办理的全部诉求计"
        : number.Text switch
        {
            [.., '分'] => "按考评方案由三率合成，打开的是有效回访",
            [.., '%'] when number.Of!.Figure == EnterpriseFigure.InTime => "按期答复÷答复",
            [.., '%'] when number.Of!.Figure == EnterpriseFigure.Satisfied => "（满意＋基本满意折算）÷有效回访，打开的是满意",
            [.., '%'] => $"{number.Of!.Figure.Word()}÷有效回访",
            _ => number.Of!.Figure.Definition(terms.Result.Value),
        };
}
