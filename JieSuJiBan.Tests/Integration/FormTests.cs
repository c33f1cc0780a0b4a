using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A form whose answer was lost is sent again under its name: what it does is done once.</summary>
public class FormTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CaseDesk Cases => portal.Get<CaseDesk>();

    [Fact]
    public async Task SentAgain_IsRecordedOnce_AndAnsweredAsBefore()
    {
        var (id, street) = (await portal.StartAsync(), Sending(Street));
        var before = await CountAsync(id);

        Assert.Null((await ProgressAsync(id, street)).Refusal);
        Assert.Null((await ProgressAsync(id, street)).Refusal);
        Assert.Equal(before + 1, await CountAsync(id));

        Assert.Null((await ProgressAsync(id, Sending(Street))).Refusal);
        Assert.Equal(before + 2, await CountAsync(id));
    }

    [Fact]
    public async Task SentAgain_WhenTheRulesWouldRefuseIt_IsStillAnsweredAsBefore()
    {
        var (id, street) = (await portal.DispatchAsync(), Sending(Street));

        Assert.Null((await AcceptAsync(id, street)).Refusal);
        Assert.Null((await AcceptAsync(id, street)).Refusal);
        Assert.NotNull((await AcceptAsync(id, Sending(Street))).Refusal);
        Assert.NotNull((await AcceptAsync(id, Sending(StreetHead) with { Form = street.Form })).Refusal);
    }

    [Fact]
    public async Task SentTwiceAtOnce_IsRecordedOnce()
    {
        var (id, street) = (await portal.StartAsync(), Sending(Street));
        var before = await CountAsync(id);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ProgressAsync(id, street))));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(before + 1, await CountAsync(id));
    }

    [Fact]
    public async Task ANewCase_IsRegisteredOnce()
    {
        var dispatcher = Sending(Dispatcher);

        var (first, _) = await Cases.RegisterAsync(Garage, Caller, dispatcher);
        var (again, outcome) = await Cases.RegisterAsync(Garage, Caller, dispatcher);

        Assert.Null(outcome.Refusal);
        Assert.Equal(first, again);
        Assert.Equal(1, await CountAsync(first));
    }

    [Fact]
    public async Task ANewCaseOrWhistle_SentTwiceAtOnce_IsThereOnce()
    {
        var (dispatcher, street) = (Sending(Dispatcher), Sending(Street));

        var cases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Cases.RegisterAsync(Garage, Caller, dispatcher))));
        var whistles = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => portal.Get<WhistleDesk>().DraftAsync(Brief, null, street))));

        Assert.All(cases.Concat(whistles), sent => Assert.Null(sent.Outcome.Refusal));
        Assert.Equal((1, 1), (await CountAsync(dispatcher.Form!.Value), await CountAsync(street.Form!.Value)));
    }

    [Fact]
    public async Task ANewWhistle_AndANewDuty_AreThereOnce()
    {
        var street = Sending(Street);
        var whistles = portal.Get<WhistleDesk>();
        Assert.Equal((await whistles.DraftAsync(Brief, null, street)).Id, (await whistles.DraftAsync(Brief, null, street)).Id);

        var keeper = Sending(Dispatcher);
        var duties = portal.Get<DutyDesk>();
        var terms = HeatDuty with { Matter = "送了两次" };
        Assert.Null((await duties.ProposeAsync(terms, null, keeper)).Outcome.Refusal);
        Assert.Null((await duties.ProposeAsync(terms, null, keeper)).Outcome.Refusal);
    }

    [Fact]
    public async Task EveryLookAtThePetitioner_IsWrittenDown()
    {
        var (id, street) = (await portal.StartAsync(), Sending(Street));
        var before = await CountAsync(id);

        Assert.NotNull((await Cases.RevealAsync(id, "上门核实", street)).Petitioner);
        Assert.NotNull((await Cases.RevealAsync(id, "上门核实", street)).Petitioner);

        Assert.Equal(before + 2, await CountAsync(id));
    }

    private static Actor Sending(Actor by) => by with { Form = Guid.NewGuid() };

    private Task<Outcome> ProgressAsync(Guid id, Actor by) => Cases.DoAsync(id, by, file => file.Progress("又去看了一次。", null, by, portal.Clock.GetUtcNow()));

    private Task<Outcome> AcceptAsync(Guid id, Actor by) => Cases.DoAsync(id, by, file => file.Accept(by, portal.Clock.GetUtcNow()));

    private async Task<int> CountAsync(Guid id) => (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Count;
}
