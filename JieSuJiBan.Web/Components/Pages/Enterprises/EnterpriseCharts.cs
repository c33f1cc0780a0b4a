using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Web.Components.Charts;

namespace JieSuJiBan.Web.Components.Pages.Enterprises;

/// <summary>What the charts of a report are made of, on the page and on paper.</summary>
internal static class EnterpriseCharts
{
    private const int Most = 10;

    public static IReadOnlyList<Columns.Column> Months(EnterpriseMonth month) => [.. month.Months.Select(one => new Columns.Column($"{int.Parse(one.Key[5..], null)}月", one.Count))];

    public static IReadOnlyList<BarChart.Bar> Categories(EnterpriseMonth month) => [.. month.Categories.Take(Most).Select(line => new BarChart.Bar(EnterpriseText.Leaf(line.Subject), line.Count, EnterpriseText.Amount(line.Count)))];

    public static IReadOnlyList<BarChart.Bar> Streets(EnterpriseMonth month) => [.. month.Streets.Take(Most).Select(line => new BarChart.Bar(line.Name, line.Count, EnterpriseText.Amount(line.Count)))];

    /// <summary>The public service enterprises; a small sample is paler.</summary>
    public static IReadOnlyList<BarChart.Bar> Ranking(EnterpriseMonth month) =>
        [.. month.Ranking.Rows.Where(row => row.Rates is not null).Take(Most).Select(row => new BarChart.Bar(row.Name, row.Rates!.Composite, EnterpriseText.Composite(row.Rates.Composite, month.Terms), row.IsSmall))];
}
