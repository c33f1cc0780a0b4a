using System.Net;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Supervision;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Who may have which form; its seal is checked like that of a case file.</summary>
public sealed class FormDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task AForm_IsForWhoeverSeesThePage()
    {
        var id = await portal.StartAsync();
        var (order, _) = await portal.Get<SupervisionDesk>().IssueAsync(Overdue with { DueAt = Now.AddDays(2), Subject = new OrderSubject(SubjectKind.Case, id) }, Supervisor);
        var forms = portal.Get<FormDesk>();

        Assert.NotNull(await forms.ReadOrderAsync(order, Street, Stop));
        Assert.NotNull(await forms.ReadDispatchAsync(id, Street, Stop));
        foreach (var other in new[] { OtherStreet, Energy })
        {
            Assert.Null(await forms.ReadOrderAsync(order, other, Stop));
            Assert.Null(await forms.ReadDispatchAsync(id, other, Stop));
        }

        await portal.DoAsync(id, Street, file => file.AskLeader(RequestKind.Extension, "电力报装需要时间", Now.AddDays(10), "已向来电人说明。", Rules, Street, Now));
        Assert.Contains("电力报装需要时间", (await forms.ReadCaseInstructionAsync(id, 1, Street, Stop))!.Rows.Single(row => row.Label == "提请事由").Text, StringComparison.Ordinal);
        Assert.Null(await forms.ReadCaseInstructionAsync(id, 1, OtherStreet, Stop));
        Assert.Null(await forms.ReadDispatchAsync(await portal.RegisterAsync(), Dispatcher, Stop));
        Assert.Null(await forms.ReadInstructionAsync(await portal.SoundAsync(id), 1, Street, Stop));
        foreach (var path in new[] { $"/supervision/{order}/form.pdf", $"/cases/{id}/dispatch.pdf", $"/whistles/{Guid.NewGuid()}/instructions/1.pdf" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await portal.CreateClientFor(OtherStreet).StatusOfAsync(path));
        }
    }

    [Fact]
    public async Task ItsSeal_SaysWhetherTheLogStillStandsByIt()
    {
        var id = await portal.StartAsync();
        var form = (await portal.Get<FormDesk>().ReadDispatchAsync(id, Street, Stop))!;

        await portal.DoAsync(id, Street, file => file.Progress("又约谈一次。", null, Street, Now));

        var check = (await portal.Get<SealBook>().CheckAsync(form.SealCode, Stop))!;
        Assert.True(check.IsIntact);
        Assert.Equal(1, Assert.Single(check.Logs).Later);
        Assert.Equal(form.Number, check.CaseNumber);
    }

    [Fact]
    public async Task TheCaseFile_TellsOfItsOrders()
    {
        var id = await portal.StartAsync();
        var (order, _) = await portal.Get<SupervisionDesk>().IssueAsync(Overdue with { DueAt = Now.AddDays(2), Subject = new OrderSubject(SubjectKind.Case, id) }, Supervisor);
        await portal.Get<SupervisionDesk>().DoAsync(order, Street, given => given.Answer("周五开工。", null, Street, Now));

        var report = (await portal.Get<ReportDesk>().ReadMaskedAsync(id, Street, Stop))!;

        var told = report.Sections.Single(section => section.Id == "supervision").Blocks.OfType<EntryBlock>().Select(entry => entry.Text).ToList();
        Assert.Contains("周五开工。", told);
        Assert.Contains(report.Heads, head => head.Stream == order);
    }
}
