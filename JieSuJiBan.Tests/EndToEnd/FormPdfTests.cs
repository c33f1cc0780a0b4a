using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components.Pages.Reports;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Supervision;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The forms as they come out of the printer: 督办单, 派单, 批示单.</summary>
public sealed class FormPdfTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    // As the case file: A4 in points, margins of GB/T 9704.
    private const double Top = 104.9, Right = 595.3 - 73.7, Bottom = 841.9 - 99.2, Left = 79.4, Hair = 1.5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task EachForm_SaysWhatItIs_WithNumberAndSeal_WholeAndMasked()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var demand = Garage with { Text = string.Concat(Enumerable.Range(1, 40).Select(no => $"第{no}排车位没有充电桩，来电人{Caller.Name}电话{Caller.Phone}；")) };
        var id = await portal.DispatchAsync(demand: demand);
        await portal.DoAsync(id, Street, file => file.Accept(Street, Now));
        var (order, outcome) = await portal.Get<SupervisionDesk>().IssueAsync(
            Overdue with { DueAt = Now.AddDays(2), Kind = SupervisionKind.Investigate, Text = $"请联系{Caller.Name}。", Subject = new OrderSubject(SubjectKind.Case, id) }, Supervisor);
        Assert.Null(outcome.Refusal);
        Assert.Null((await portal.Get<SupervisionDesk>().DoAsync(order, Street, given => given.Answer("已约谈物业，周五开工。", null, Street, Now))).Refusal);
        var whistle = await portal.SoundAsync(await portal.StartAsync());
        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Extension, "电力报装需要时间", Now.AddDays(10), null, "已说明"), Rules, Street, Now));
        var leader = DistrictLeader.Fresh(Now);
        await portal.InRoomAsync(whistle, leader, room => room.Decide(1, Decision.Approved, "同意，抓紧报装。", null, null, Rules, leader, Now));

        var forms = portal.Get<FormDesk>();
        await LooksRightAsync((await forms.ReadOrderAsync(order, Street, Stop))!, "查办单", "马坊镇", "区督查、区领导", "已约谈物业，周五开工。", "四条");
        await LooksRightAsync((await forms.ReadDispatchAsync(id, Street, Stop))!, "派单", "办理时限", "一般诉求7日", "孟**");
        await LooksRightAsync((await forms.ReadInstructionAsync(whistle, 1, Street, Stop))!, "批示单", "电力报装需要时间", "同意，抓紧报装。", "周启明");
    }

    private async Task LooksRightAsync(PrintedForm form, params string[] said)
    {
        var pdf = await portal.Get<PdfReports>().DrawAsync<PrintedFormDocument>($"{form.Name} {form.Number}", new() { ["Form"] = form }, Stop);
        var path = Path.Combine(portal.Folder, $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(path, pdf, Stop);
        var words = await Poppler.WordsAsync(path);
        var text = string.Concat(words.Select(word => word.Text));

        Assert.All(said.Append(form.Number).Append(form.SealCode), part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain(Caller.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Phone, text, StringComparison.Ordinal);
        Assert.All(words.Where(word => word.Top < Bottom), word => Assert.True(
            word.Top > Top - Hair && word.Bottom < Bottom + Hair && word.Left > Left - Hair && word.Right < Right + Hair, word.ToString()));
        Assert.DoesNotContain((await Poppler.DrawAsync(path, 60)).SelectMany(page => page.Marks()), mark => mark.X < Left - Hair || mark.X > Right + Hair || mark.Y < Top - Hair);

        var name = words.First(word => word.Page == 1 && word.Text.Contains(form.Name[0], StringComparison.Ordinal) && word.Top < Top + 70);
        Assert.InRange((await Poppler.DrawAsync(path, 150, 1))[0].Crop(name.Left, name.Top, name.Right, name.Bottom).Ink, 0.03, 0.6);
    }
}
