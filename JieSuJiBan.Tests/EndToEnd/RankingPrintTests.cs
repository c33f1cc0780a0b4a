using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A published table as it comes out of the printer.</summary>
public sealed class RankingPrintTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheTable_HasItsRows_ItsRules_AndWhatTheEditionChanged_WithinThePagesMargins()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var scheme = new SchemeVersion(0, RuleBook.ReadScheme());
        var before = Rankings.Rank([(Mafang, "马坊镇", new(200, 198, 180, 170, 20, 2)), (Binhe, "滨河街道", new(41, 37, 20, 18, 6))], scheme.Terms);
        var rows = Rankings.Rank(
            [
                (Mafang, "马坊镇", new(200, 198, 180, 170, 20, 2)), (Binhe, "滨河街道", new(40, 36, 20, 18, 6)), (District.Child("110117002"), "兴谷街道", new(3, 3, 2, 1, 1)),
                .. Enumerable.Range(3, 35).Select(no => (District.Child($"1101170{no:00}"), $"第{no}个名称相当长的地区办事处", no % 9 == 0 ? default : new RateCounts(100, 90 + (no % 10), 70, 60, no % 20))),
            ],
            scheme.Terms).Beside(before, []);
        var print = new RankingPrint("平谷区接诉即办三率排名（街乡镇，2026年2月）", RankingList.Streets, "2026年1月19日至2026年2月18日", "第2版，秦守正公布于2026-03-02 09:00", scheme, rows, "一件不合理诉求已认定", rows.Where(row => before.Any(former => former.Unit == row.Unit)).ToList().DifferencesFrom(before), null, "日志第2条，SHA-256 0123456789abcdef");

        var path = Path.Combine(portal.Folder, "ranking.pdf");
        await File.WriteAllBytesAsync(path, await portal.Get<RankingPrints>().DrawAsync(print, Stop), Stop);
        var words = await Poppler.WordsAsync(path);
        var text = string.Concat(words.Select(word => word.Text));

        Assert.All(["三率排名（街乡镇，2026年2月）", "第2版，秦守正公布于", "92.5", "57.4", "100.00%", "不参评", "合计", "更正理由：一件不合理诉求已认定", "41→40", "综合=响应率×0.1+解决率×0.5+满意率×0.4", "审核剔除的2件不计入", "—2—"],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
        Assert.All(words.Where(word => !word.Text.Contains('—', StringComparison.Ordinal) && word.Bottom < 742), word => Assert.True(word is { Left: > 78, Right: < 523, Top: > 103 }, $"{word.Text} at {word.Left}, {word.Top}"));
    }
}
