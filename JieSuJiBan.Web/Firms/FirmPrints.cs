using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Components.Pages.Firms;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Firms;

/// <summary>What a printed or exported edition says, apart from how it is drawn. An official document: Chinese in every language.</summary>
/// <param name="Last">The number of the edition that is in force now.</param>
/// <param name="Head">The entry that holds the edition: with it the print can be compared.</param>
public sealed record FirmListPrint(string Title, FirmEdition Edition, int Last, IReadOnlyList<FirmDifference> Differences, FirmRules Rules, string Head)
{
    public string State => $"第{Edition.No}版，{Edition.By}公布于{Edition.At.Full()}";
}

/// <summary>The letter that tells a firm of its entry: who signs it, and of which day it is.</summary>
public sealed record FirmLetter(FirmList List, FirmEntry Entry, string Office, DateTimeOffset At)
{
    public string Title => $"{List.Month}告知书-{Entry.No}";
}

/// <summary>Writes published lists as spreadsheet and PDF, and the letters to the firms. What is not published has no print.</summary>
public sealed class FirmPrints(FirmListDesk desk, LogBook log, UnitBook units, PdfReports pdf)
{
    private static readonly SheetColumn[] s_columns =
    [
        new("榜", 8), new("企业", 32), new("被诉", 8), new("上月被诉", 10), new("已回访", 8), new("已解决", 8), new("解决率%", 10), new("重复", 8), new("依据", 40), new("申辩", 40), new("申辩时间", 18),
    ];

    /// <summary>An edition of a list; the last, if none is named.</summary>
    public async Task<FirmListPrint?> ReadAsync(Guid id, int? edition, Actor by, CancellationToken cancellationToken = default)
    {
        if (await desk.FindAsync(id, by, cancellationToken) is not { } list || list.Editions.FirstOrDefault(one => one.No == (edition ?? list.Edition)) is not { } shown)
        {
            return null;
        }

        var entry = (await log.ReadAfterAsync(id, 0, cancellationToken: cancellationToken)).First(entry => entry.Event is FirmListPublished published && published.Edition == shown.No);
        return new FirmListPrint(
            $"{units.Name(list.District)}接诉即办企业红黑榜（{list.Month.Year}年{list.Month.Number}月）", shown, list.Edition,
            shown.No > 1 ? shown.DifferencesFrom(list.Editions[shown.No - 2]) : [], list.Rules, $"日志第{entry.Sequence}条，SHA-256 {Convert.ToHexStringLower(entry.Hash)[..16]}");
    }

    /// <summary>The letter to a firm, once the firms are told; signed by the office that told them.</summary>
    public async Task<FirmLetter?> ReadLetterAsync(Guid id, int no, Actor by, CancellationToken cancellationToken = default)
    {
        if (!FirmList.CanKeep(by) || await desk.FindAsync(id, by, cancellationToken) is not { ReplyBy: not null } list || list.Entries.FirstOrDefault(entry => entry.No == no) is not { } entry)
        {
            return null;
        }

        var told = (await log.ReadAfterAsync(id, 0, cancellationToken: cancellationToken)).First(entry => entry.Event is FirmsNotified);
        return new FirmLetter(list, entry, told.By.Unit == list.District ? $"{units.Name(list.District)}人民政府" : units.Name(told.By.Unit), told.At);
    }

    public static async Task WriteSheetAsync(Stream stream, FirmListPrint print, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, "企业红黑榜", s_columns, cancellationToken);
        foreach (var entry in print.Edition.Entries)
        {
            var counts = entry.Counts;
            await sheet.WriteRowAsync(
                [
                    entry.Side.Word(), counts.Name, counts.Cases, counts.Before, counts.Rated, counts.Solved, counts.SolvedShare is { } share ? Math.Round(share * 100, 1) : null, counts.Repeated,
                    entry.Why, entry.Reply ?? "未申辩", entry.RepliedAt,
                ],
                cancellationToken);
        }

        await sheet.WriteRowAsync([], cancellationToken);
        foreach (var line in Lines(print))
        {
            await sheet.WriteRowAsync([null, line], cancellationToken);
        }
    }

    public Task<byte[]> DrawAsync(FirmListPrint print, CancellationToken cancellationToken = default) =>
        pdf.DrawAsync<FirmListDocument>(print.Title, new() { ["Print"] = print }, cancellationToken);

    public Task<byte[]> DrawAsync(FirmLetter letter, CancellationToken cancellationToken = default) =>
        pdf.DrawAsync<FirmLetterDocument>(letter.Title, new() { ["Letter"] = letter }, cancellationToken);

    internal static string Share(FirmCounts counts) =>
        counts.SolvedShare?.ToString("0.0%", CultureInfo.InvariantCulture) ?? "—";

    internal static string Says(FirmDifference difference) => $"{difference.Before.Counts.Name}：{(difference.After is null ? $"撤下{difference.Before.Side.Word()}" : "补记申辩")}";

    private static IEnumerable<string> Lines(FirmListPrint print)
    {
        yield return print.Title;
        yield return print.State;
        if (print.Edition.No < print.Last)
        {
            yield return $"已更正，现行的是第{print.Last}版";
        }

        if (print.Edition.Reason is { } reason)
        {
            yield return $"更正理由：{reason}";
            foreach (var difference in print.Differences)
            {
                yield return Says(difference);
            }
        }

        yield return $"申辩：{print.Rules.Reply.Basis}";
        yield return print.Head;
    }
}
