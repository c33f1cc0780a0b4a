using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Components.Pages.Rankings;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Assessment;

/// <summary>What a printed or exported table says, apart from how it is drawn. An official document: Chinese in every language.</summary>
/// <param name="State">第2版，秦守正公布于…; or until when a live table was counted.</param>
/// <param name="Head">The entry that holds the edition: with it the print can be compared. None for a live table.</param>
public sealed record RankingPrint(
    string Title, RankingList List, string Days, string State, SchemeVersion Scheme, IReadOnlyList<RankingRow> Rows, string? Reason, IReadOnlyList<RowDifference> Differences, string? Withdrawn, string? Head)
{
    public SchemeTerms Terms => Scheme.Terms;

    public RateCounts Sum { get; } = Rows.Sum();

    /// <summary>By what rules it was counted.</summary>
    public string Rules => string.Create(CultureInfo.InvariantCulture,
        $"按“{Terms.Name}”（{(Scheme.Version == 0 ? "门户默认" : $"本区第{Scheme.Version}版")}）：综合=响应率×{RateText.Number(Terms.Responded.Value)}+解决率×{RateText.Number(Terms.Solved.Value)}+满意率×{RateText.Number(Terms.Satisfied.Value)}，基本满意折算{RateText.Number(Terms.Basically.Value)}，按{Terms.Result.Value.Word()}。{(Terms.CountsCoUnits(List) ? "一单多考：协办的案件也计入，合计按单位相加。" : "")}标*的有效回访少于{Terms.SmallSample.Value}件；没有有效回访的不参评。{(Sum.Excluded > 0 ? $"审核剔除的{Sum.Excluded}{(Terms.CountsCoUnits(List) ? "件次" : "件")}不计入。" : "")}");
}

/// <summary>Writes tables as spreadsheet and PDF.</summary>
public sealed class RankingPrints(RankingTables tables, RankingDesk desk, SchemeBook schemes, LogBook log, UnitBook units, PdfReports pdf, TimeProvider time)
{
    private static readonly SheetColumn[] s_columns =
    [
        new("名次", 8), new("单位", 24), new("有效回访", 10), new("已响应", 10), new("已解决", 10), new("满意", 10), new("基本满意", 10), new("审核剔除", 10),
        new("响应率%", 10), new("解决率%", 10), new("满意率%", 10), new("综合", 10), new("比上期", 10), new("上期名次", 10), new("比去年同期", 12), new("备注", 14),
    ];

    /// <summary>A table as it is counted now, for those who see it.</summary>
    public async Task<RankingPrint?> ReadLiveAsync(RankingList list, Period period, Actor by, CancellationToken cancellationToken = default)
    {
        if (!by.Role.OverseesDistrict() || !Enum.IsDefined(list))
        {
            return null;
        }

        var table = await tables.ReadAsync(by.Unit.District, list, schemes.Of(by.Unit.District).SpanOf(period), cancellationToken);
        return table.Rows.Count == 0 ? null
            : new RankingPrint(Title(by.Unit.District, list, period), list, Days(table.Span), $"实时数据，未公布，统计至{time.GetUtcNow().Full()}", table.Span.Scheme, table.Rows, null, [], null, null);
    }

    /// <summary>An edition of a published table; the last, if none is named.</summary>
    public async Task<RankingPrint?> ReadAsync(Guid id, int? edition, Actor by, CancellationToken cancellationToken = default)
    {
        if (await desk.FindAsync(id, by, cancellationToken) is not { } ranking)
        {
            return null;
        }

        var entries = await log.ReadAfterAsync(id, 0, cancellationToken: cancellationToken);
        var editions = RankingEdition.Of(entries);
        if (editions.FirstOrDefault(one => one.No == (edition ?? ranking.Edition)) is not { } shown)
        {
            return null;
        }

        var entry = entries.Last(entry => entry.At <= shown.At && entry.Event is RankingPublished or RankingCorrected);
        return new RankingPrint(
            Title(ranking.District, ranking.List, ranking.Period), ranking.List, Days(ranking.Span), $"第{shown.No}版，{shown.By}公布于{shown.At.Full()}", ranking.Scheme, shown.Rows, shown.Reason,
            shown.No > 1 ? shown.Rows.DifferencesFrom(editions[shown.No - 2].Rows) : [], ranking.WithdrawnFor,
            $"日志第{entry.Sequence}条，SHA-256 {Convert.ToHexStringLower(entry.Hash)[..16]}");
    }

    public static async Task WriteSheetAsync(Stream stream, RankingPrint print, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, "三率排名", s_columns, cancellationToken);
        foreach (var row in print.Rows)
        {
            await sheet.WriteRowAsync(
                [
                    row.Rank, row.Name, row.Counts.Valid, row.Counts.Contacted, row.Counts.Solved, row.Counts.Satisfied, row.Counts.Basically, row.Counts.Excluded,
                    row.Rates?.Responded, row.Rates?.Solved, row.Rates?.Satisfied, row.Rates?.Composite, row.Change, row.Before?.Rank, row.YearChange,
                    row.Rates is null ? "不参评" : row.IsSmall ? "小样本" : null,
                ],
                cancellationToken);
        }

        await sheet.WriteRowAsync([], cancellationToken);
        foreach (var line in new[] { $"{print.Title}，{print.Days}", print.State, print.Withdrawn is { } why ? $"已撤回：{why}" : null, print.Reason is { } reason ? $"更正理由：{reason}" : null, print.Rules, print.Head }.OfType<string>())
        {
            await sheet.WriteRowAsync([null, line], cancellationToken);
        }
    }

    public Task<byte[]> DrawAsync(RankingPrint print, CancellationToken cancellationToken = default) =>
        pdf.DrawAsync<RankingDocument>(print.Title, new() { ["Print"] = print }, cancellationToken);

    private string Title(OrgPath district, RankingList list, Period period) => $"{units.Name(district)}接诉即办三率排名（{list.Word()}，{period.Chinese}）";

    private static string Days(PeriodSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy年M月d日}至{span.Last:yyyy年M月d日}");
}
