using System.Globalization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Components.Pages.Enterprises;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>What a printed report says, apart from how it is drawn. An official document: Chinese in every language.</summary>
/// <param name="State">第2版，秦守正发布于…; or that it is a draft.</param>
/// <param name="Head">The entry that holds the edition: with it the print can be compared.</param>
public sealed record EnterprisePrint(string Title, string State, EnterpriseEdition Edition, EnterpriseEdition? Former, string Head)
{
    public EnterpriseMonth Month => Edition.Month;

    /// <summary>Where a number is opened: this address, and its number after it.</summary>
    public string Path => EnterpriseLinks.Report(Month.Now.Key);
}

/// <summary>Reads an edition of a report for the printer and has it drawn.</summary>
public sealed class EnterprisePrints(EnterpriseReportDesk desk, LogBook log, UnitBook units, PdfReports pdf)
{
    /// <summary>An edition; the last, if none is named. Nothing if the reader may not see it.</summary>
    public async Task<EnterprisePrint?> ReadAsync(Period period, int? edition, Actor by, CancellationToken cancellationToken = default)
    {
        if (await desk.FindAsync(period, by, cancellationToken) is not { } report)
        {
            return null;
        }

        var editions = EnterpriseEdition.Of(await log.ReadAfterAsync(report.Id, 0, cancellationToken: cancellationToken));
        var shown = edition is null ? editions[^1] : editions.FirstOrDefault(one => one.No == edition);
        if (shown is null)
        {
            return null;
        }

        var state = shown.No == 0 ? $"草稿，未发布，统计至{shown.Month.CountedAt.Full()}" : $"第{shown.No}版，{shown.Entry.By.Name}发布于{shown.Entry.At.Full()}";
        return new EnterprisePrint(
            $"{units.Name(by.Unit.District)}企业诉求综合考评报告（{period.Chinese}）", state, shown, shown.No > 1 ? editions[shown.No - 2] : null,
            string.Create(CultureInfo.InvariantCulture, $"日志第{shown.Entry.Sequence}条，SHA-256 {Convert.ToHexStringLower(shown.Entry.Hash)[..16]}"));
    }

    public Task<byte[]> DrawAsync(EnterprisePrint print, CancellationToken cancellationToken = default) =>
        pdf.DrawAsync<EnterpriseDocument>(print.Title, new() { ["Print"] = print }, cancellationToken);
}
