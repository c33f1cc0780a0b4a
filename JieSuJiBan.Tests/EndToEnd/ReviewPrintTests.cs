using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Reviews;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The record of a meeting as it comes out of the printer.</summary>
public sealed class ReviewPrintTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRecord_HasTitle_Decisions_AndWhoWasThere_WithinThePagesMargins()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var desk = portal.Get<ReviewDesk>();
        var (id, _) = await desk.OpenAsync(Rhythm.Daily, Dispatcher);
        await desk.DoAsync(id, Dispatcher, review => review.Attend(Round, Dispatcher, At(1)));
        await desk.DoAsync(id, Dispatcher, review => review.Remark(string.Concat(Enumerable.Repeat("供热诉求集中，先保民生。", 60)), Dispatcher, At(1)));
        await desk.DecideAsync(id, Fix, Dispatcher);
        Assert.Null((await desk.CloseAsync(id, Dispatcher)).Refusal);

        var record = (await portal.Get<ReviewRecords>().ReadAsync(id, Energy, Stop))!;
        var path = Path.Combine(portal.Folder, "record.pdf");
        await File.WriteAllBytesAsync(path, await portal.Get<ReviewRecords>().DrawAsync(record, Stop), Stop);
        var words = await Poppler.WordsAsync(path);
        var text = string.Concat(words.Select(word => word.Text));

        Assert.All(["平谷区接诉即办日调度会议纪要", "三、议定事项", "承办单位：区城管委，责任人：徐明远", "出席：区城管委、马坊镇", "请假：区水务局", "列席：12345热线", "—2—"],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
        Assert.All(words.Where(word => !word.Text.Contains('—', StringComparison.Ordinal) && word.Bottom < 742), word => Assert.True(word is { Left: > 78, Right: < 523, Top: > 103 }, $"{word.Text} at {word.Left}, {word.Top}"));
    }
}
