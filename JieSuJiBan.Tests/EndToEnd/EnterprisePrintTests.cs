using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Tests.Domain;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Enterprises;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A published report as it comes out of the printer.</summary>
public sealed class EnterprisePrintTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheReport_HasItsSentences_ChartsAndTables_AndHowEachNumberWasCounted_WithinThePagesMargins()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var (month, at) = (EnterpriseReportTests.Month(), new DateTimeOffset(2026, 2, 20, 1, 0, 0, TimeSpan.Zero));
        var findings = EnterpriseWriter.Write(month).Select((finding, no) => no == 0 ? finding with { Text = finding.Text.Replace("120件", "121件", StringComparison.Ordinal) } : finding).ToList();
        var report = EnterpriseReport.Draft(Guid.NewGuid(), month with { Open = 12 }, EnterpriseWriter.Write(month), Supervisor, at).Report!;
        Assert.Null(report.Publish(Supervisor, at).Refusal);
        Assert.Null(report.Correct(month, findings, "补登三件", Supervisor, at).Refusal);
        var editions = EnterpriseEdition.Of(report.Unsaved);
        var print = new EnterprisePrint("平谷区企业诉求综合考评报告（2026年2月）", "第2版，秦守正发布于2026-02-20 09:00", editions[1], editions[0], "日志第3条，SHA-256 0123456789abcdef");

        var path = Path.Combine(portal.Folder, "enterprises.pdf");
        await File.WriteAllBytesAsync(path, await portal.Get<EnterprisePrints>().DrawAsync(print, Stop), Stop);
        var words = await Poppler.WordsAsync(path);
        var text = string.Concat(words.Select(word => word.Text));

        Assert.All(
            [
                "企业诉求综合考评报告（2026年2月）", "第2版，秦守正发布于", "一、总体情况", "六、下一步建议", "各期收到的企业诉求", "反映最多的问题", "公服企业综合得分", "违法停车", "57.4", "不参评",
                "“三率考评方案”（门户默认）", "更正原因：补登三件", "12件", "数据口径", "来电时间在期内", "/reports/enterprises/2026-02/编号?edition=2", "正文已改写", "2026-01-19至02-18", "日志第3条", "—2—",
            ],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
        Assert.All(words.Where(word => !word.Text.Contains('—', StringComparison.Ordinal) && word.Bottom < 742), word => Assert.True(word is { Left: > 78, Right: < 523, Top: > 103 }, $"{word.Text} at {word.Left}, {word.Top}"));

        // The charts are drawn: the first stands on the first page, whose ink is not all letters.
        Assert.Contains(await Poppler.DrawAsync(path, 40), drawing => drawing.Marks().Any());
    }
}
