using AngleSharp.Dom;
using Bunit;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>A crowd in a leader's inbox: he only knows of it, or sends it straight to a unit, whose task it is then.</summary>
public class CrowdInboxTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task SentStraightToAUnit_ItIsThatUnitsTask_AndLeavesTheInbox()
    {
        var id = await RaiseAsync("幸福家园");
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");

        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector(".proposed button")!.Click());
        Assert.Null(CardOf(inbox, id)!.QuerySelector("select[name=unit]"));
        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector("input[name=routed]")!.Change(true));
        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector("form")!.SubmitAsync());
        inbox.WaitForAssertion(() => Assert.Contains("请选择直转的单位。", CardOf(inbox, id)!.TextContent, StringComparison.Ordinal));
        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector("select[name=unit]")!.Change(EnergyOffice.Value));
        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector("form")!.SubmitAsync());
        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, id)));

        await using var db = await portal.OpenDatabaseAsync();
        var order = await db.SupervisionOrders.Include(order => order.Parties).SingleAsync(order => order.SubjectId == id, Stop);
        Assert.Equal((SupervisionKind.Task, EnergyOffice, SubjectKind.Crowd, "区领导批示"), (order.Kind, order.Unit, order.SubjectKind, order.Basis));
        Assert.StartsWith("请马坊镇即到现场核实幸福家园", order.Text, StringComparison.Ordinal);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
        var crowd = (await portal.Get<CrowdDesk>().FindAsync(id, Street, Stop))!;
        Assert.Equal((CrowdState.Open, order.Text), (crowd.State, crowd.Instruction));
    }

    [Fact]
    public async Task OnlyKnownOf_ItLeavesTheInbox_AndStaysWithTheStreet()
    {
        var id = await RaiseAsync("永安花园");
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");

        await inbox.InvokeAsync(() => CardOf(inbox, id)!.QuerySelector("form")!.SubmitAsync());

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, id)));
        await using var street = new Stage(portal, StreetHead);
        Assert.NotNull(CardOf(street.Open("/inbox"), id)!.QuerySelector($"a[href='/whistles/new?crowd={id}']"));
    }

    private async Task<Guid> RaiseAsync(string place)
    {
        var id = Guid.CreateVersion7();
        var found = new CrowdRaised(Huijing, "供电/充电设施建设", place, [new CrowdMember(Guid.NewGuid(), "1", "车库装不了充电桩")], "48小时内5件");
        Assert.Null((await portal.Get<CrowdDesk>().RaiseAsync(id, found, portal.Clock.GetUtcNow())).Refusal);
        return id;
    }

    private static IElement? CardOf(IRenderedComponent<Web.Components.Routes> inbox, Guid crowd) =>
        inbox.FindAll("article.decision").FirstOrDefault(card => card.QuerySelector("h2 a")!.GetAttribute("href") == $"/crowds/{crowd}");
}
