using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Firms;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The letter to a firm and a published list as they come out of the printer.</summary>
public sealed class FirmPrintTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    // A4 in points, margins of GB/T 9704; a character and a line of its text.
    private const double Top = 104.9, Right = 595.3 - 73.7, Bottom = 841.9 - 99.2, Left = 79.4, Hair = 1.5, Sign = 15.75, Line = 28.99;

    private static readonly FirmRules s_rules = RuleBook.ReadFirms();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("平谷区督查室")]
    [InlineData("平谷区城市运行和接诉即办指挥中心")]
    public async Task TheLetter_SaysWhatIsHeldAgainstTheFirm_AndLeavesRoomForTheSeal(string office)
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var list = FirmList.Propose(Guid.CreateVersion7(), new Month(2026, 2), s_rules, [Firm(1, 9, 8, 2)], Dispatcher, Morning).List!;
        Assert.Null(list.Notify(Rules.Calendar, Dispatcher, At(24)).Refusal);

        var path = Path.Combine(portal.Folder, $"{office}.pdf");
        await File.WriteAllBytesAsync(path, await portal.Get<FirmPrints>().DrawAsync(new FirmLetter(list, list.Entries[0], office, At(24)), Stop), Stop);
        var words = await LooksRightAsync(path, "拟列入黑榜告知书", "编号：2026-02-1", "诉求共9件（上月4件），其中已回访8件、诉求人表示解决的2件", "可以陈述和申辩", $"{list.ReplyBy!.Value.ChineseDay()}{list.ReplyBy.Value.HourAndMinute()}前", s_rules.Reply.Basis);

        // The office stands centred above the day, the day some four characters from the right, two lines under the text; the seal lies over both.
        var day = words.Last(word => word.Text == "2026年3月3日");
        var signed = words.Last(word => word.Text == office);
        var body = words.Last(word => word.Bottom < signed.Top && word.Text.Contains('。', StringComparison.Ordinal));
        Assert.InRange(Math.Abs((day.Left + day.Right - signed.Left - signed.Right) / 2), 0, 3);
        Assert.InRange(signed.Top - body.Top, 2.5 * Line, 3.5 * Line);
        Assert.InRange((Right - day.Right) / Sign, 3.5, 6);
        Assert.True(day.Bottom + 34 < Bottom, "The seal would lie over the margin.");
    }

    [Fact]
    public async Task TheList_HasItsFirms_TheirReplies_AndWhatTheEditionChanged()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var reply = string.Concat(Enumerable.Range(1, 30).Select(no => $"第{no}台电梯已经更换并通过验收；"));
        List<FirmEntry> entries =
        [
            .. Enumerable.Range(1, 30).Select(no => new FirmEntry(no, FirmSide.Black, Firm(no, 9, no % 5 == 0 ? 0 : 8, 2), s_rules.Black.Basis, no == 1 ? reply : null)),
            new FirmEntry(31, FirmSide.Red, Firm(31, 3, 3, 3), s_rules.Red.Basis),
        ];
        var first = new FirmEdition(1, Morning, "周启明", [.. entries.Select(entry => entry with { Reply = null }), new FirmEntry(32, FirmSide.Red, Firm(32, 4, 4, 4), s_rules.Red.Basis)], null);
        var second = new FirmEdition(2, At(30), "秦守正", entries, "补记一家的申辩，撤下认错的一家");
        var print = new FirmListPrint("平谷区接诉即办企业红黑榜（2026年2月）", second, 3, second.DifferencesFrom(first), s_rules, "日志第7条，SHA-256 0123456789abcdef");

        var path = Path.Combine(portal.Folder, "firms.pdf");
        await File.WriteAllBytesAsync(path, await portal.Get<FirmPrints>().DrawAsync(print, Stop), Stop);
        await LooksRightAsync(
            path, "企业红黑榜（2026年2月）", "第2版，秦守正公布于2026-03-03", "现行的是第3版", "黑榜（30家）", "红榜（1家）", "25.0%", "2/8", "100.0%", "3/3", "第30台电梯已经更换并通过验收；", "未申辩",
            "更正理由：补记一家的申辩，撤下认错的一家", "撤下红榜", "补记申辩", s_rules.Black.Basis, "日志第7条", "—2—");
    }

    private static FirmCounts Firm(int no, int cases, int rated, int solved) => new($"firm{no}", $"北京第{no}安居物业管理服务有限责任公司", cases, rated, solved, 1, 4);

    private static async Task<IReadOnlyList<Word>> LooksRightAsync(string path, params string[] said)
    {
        var words = await Poppler.WordsAsync(path);
        var text = string.Concat(words.Select(word => word.Text));
        Assert.All(said, part => Assert.Contains(part.Replace(" ", "", StringComparison.Ordinal), text, StringComparison.Ordinal));
        Assert.All(words.Where(word => word.Top < Bottom), word => Assert.True(
            word.Top > Top - Hair && word.Bottom < Bottom + Hair && word.Left > Left - Hair && word.Right < Right + Hair, word.ToString()));
        Assert.DoesNotContain(words, word => words.Any(other => other.Page == word.Page && Math.Abs(other.Top - word.Top) < 4 && other.Left > word.Left + Hair && other.Left < word.Right - Hair));  // none runs into the next cell
        var pages = await Poppler.DrawAsync(path, 60);
        Assert.DoesNotContain(pages.SelectMany(page => page.Marks()).Where(mark => mark.Y < Bottom), mark => mark.X < Left - Hair || mark.X > Right + Hair || mark.Y < Top - Hair);

        // A sign that no font has would be an empty box or nothing at all.
        var title = words.First(word => word.Page == 1);
        Assert.InRange((await Poppler.DrawAsync(path, 150, 1))[0].Crop(title.Left, title.Top, title.Right, title.Bottom).Ink, 0.03, 0.6);
        return words;
    }
}
