using Bunit;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Components.Pages.Whistles;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class RoomPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatOthersSay_AppearsInEveryRoom_OnceAndInOrder()
    {
        var whistle = await portal.SoundAsync();
        await using var street = new Stage(portal, Street);
        await using var energy = new Stage(portal, Energy);
        var rooms = new[] { street.Open($"/whistles/{whistle}"), energy.Open($"/whistles/{whistle}") };
        string[] said = ["一", "二", "三", "四", "五", "六"];

        foreach (var (text, at) in said.Select((text, at) => (text, at)))
        {
            await portal.SayAsync(whistle, at % 2 == 0 ? Power : Energy, text);
            await portal.Get<Feed>().PublishAsync(Topic.Whistle(whistle));
        }

        Assert.All(rooms, room => room.WaitForAssertion(() => Assert.Equal(said, room.Texts(".msg-text"))));
    }

    [Fact]
    public async Task AMessageSentTwice_IsSaidOnce_AndMarkedForWhomItMentions()
    {
        var whistle = await portal.SoundAsync();
        await using var street = new Stage(portal, Street);
        await using var energy = new Stage(portal, Energy);
        var composer = street.Open($"/whistles/{whistle}").FindComponent<Composer>();
        var room = energy.Open($"/whistles/{whistle}");

        for (var n = 0; n < 2; n++)
        {
            var answer = await composer.InvokeAsync(() => composer.Instance.SendAsync("k1", "请@区城管委 到现场", []));
            Assert.Equal(new Composer.Answer(true, null), answer);
        }

        room.WaitForAssertion(() => Assert.Equal("请@区城管委 到现场", room.Find(".msg.for-me .msg-text").Text()));
        Assert.Single(room.FindAll(".msg"));
    }

    [Fact]
    public async Task AMessageThatIsRefused_SaysWhy()
    {
        var whistle = await portal.SoundAsync();
        await using var stage = new Stage(portal, Energy);
        var composer = stage.Open($"/whistles/{whistle}").FindComponent<Composer>();

        var answer = await composer.InvokeAsync(() => composer.Instance.SendAsync("k1", " ", []));

        Assert.Equal(new Composer.Answer(false, "请输入内容。"), answer);
    }

    [Fact]
    public async Task MarksThatComeTooLate_AreRefusedPlainly_AndStayWhereTheyWereWritten()
    {
        var whistle = await portal.ConfirmAsync();
        await using var stage = new Stage(portal, Street);
        var room = stage.Open($"/whistles/{whistle}?do=assess");
        room.WaitForElement("textarea[name=remark]");
        for (var item = 0; item < 4; item++)
        {
            await room.InvokeAsync(() => room.Find($"input[name=mark-{item}][value='4']").Change("4"));
        }

        await room.InvokeAsync(() => room.Find("textarea[name=remark]").Change("措施得力。"));
        portal.Clock.Advance(TimeSpan.FromDays(6));
        await room.InvokeAsync(() => room.Find("form.action").SubmitAsync());
        room.WaitForAssertion(() => Assert.Contains("评价时限已到", room.Find("[role=alert]").TextContent, StringComparison.Ordinal));

        await portal.InRoomAsync(whistle, Actor.Clock, at => at.Ring(Rules, portal.Clock.GetUtcNow()));
        room.WaitForAssertion(() => Assert.Contains("没有评价的记未评", room.MainText(), StringComparison.Ordinal));
        Assert.Equal("措施得力。", room.Find("textarea[name=remark]").GetAttribute("value") ?? room.Find("textarea[name=remark]").TextContent);
        Assert.Contains("评价时限已到", room.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAUnitDoes_ChangesItsStateInTheLeftColumn()
    {
        var whistle = await portal.SoundAsync();
        await using var street = new Stage(portal, Street);
        await using var energy = new Stage(portal, Energy);
        var watching = street.Open($"/whistles/{whistle}");
        var acting = energy.Open($"/whistles/{whistle}?do=report");
        Assert.Equal(("Awaiting", "Awaiting"), (StateOf(watching, EnergyOffice), StateOf(watching, PowerCompany)));

        await acting.InvokeAsync(() => acting.Find("form.action").SubmitAsync());
        watching.WaitForAssertion(() => Assert.Equal("ReportedIn", StateOf(watching, EnergyOffice)));

        await energy.GoAsync($"/whistles/{whistle}?do=commit");
        await acting.InvokeAsync(() => acting.Find("textarea[name=measure]").Change("建48个充电桩"));
        await acting.InvokeAsync(() => acting.Find("form.action").SubmitAsync());
        watching.WaitForAssertion(() => Assert.Equal("Committed", StateOf(watching, EnergyOffice)));
        Assert.Contains("建48个充电桩", watching.Find("[data-resolution='1']").TextContent, StringComparison.Ordinal);
        Assert.Equal("Awaiting", StateOf(watching, PowerCompany));
    }

    [Fact]
    public async Task AFormThatIsOvertaken_Closes()
    {
        var whistle = await portal.SoundAsync();
        await using var stage = new Stage(portal, Energy);
        var room = stage.Open($"/whistles/{whistle}?do=report");
        Assert.Single(room.FindAll("[data-acts] form"));

        await portal.InRoomAsync(whistle, EnergyHead, w => w.ReportIn(ReportMode.Video, null, null, EnergyHead, portal.Clock.GetUtcNow()));

        room.WaitForAssertion(() => Assert.Empty(room.FindAll("[data-acts] form")));
    }

    [Fact]
    public async Task WhoIsHere_IsShown_AwayOrNot_AndWhoGoesDisappears()
    {
        var whistle = await portal.SoundAsync();
        await using var street = new Stage(portal, Street);
        await using var energy = new Stage(portal, Energy);
        var watching = street.Open($"/whistles/{whistle}");
        Assert.Contains("还没有人看过", UnitOf(watching, EnergyOffice).TextContent, StringComparison.Ordinal);

        var room = energy.Open($"/whistles/{whistle}").FindComponent<RoomPage>();
        watching.WaitForAssertion(() => Assert.Equal("徐明远", UnitOf(watching, EnergyOffice).QuerySelector(".person:not(.away)")?.TextContent));
        watching.WaitForAssertion(() => Assert.Contains("已看：徐明远", UnitOf(watching, EnergyOffice).TextContent, StringComparison.Ordinal));

        await room.InvokeAsync(() => room.Instance.BackAsync(isAway: true));
        watching.WaitForAssertion(() => Assert.NotNull(UnitOf(watching, EnergyOffice).QuerySelector(".person.away")));

        await energy.GoAsync("/");
        watching.WaitForAssertion(() => Assert.Null(UnitOf(watching, EnergyOffice).QuerySelector(".person")));
    }

    [Fact]
    public async Task LeavingTheRoom_EndsItsSubscription_AndTheLastWhoLeavesClosesIt()
    {
        var whistle = await portal.SoundAsync();
        await using var street = new Stage(portal, Street);
        await using var energy = new Stage(portal, Energy);
        street.Open($"/whistles/{whistle}");
        energy.Open($"/whistles/{whistle}");

        await street.GoAsync("/");
        Assert.Equal(1, Subscribers(whistle));
        Assert.Equal(["cgw"], portal.Get<RoomPresence>().In(whistle).Select(guest => guest.UserId));

        await energy.DisposeComponentsAsync();
        Assert.Equal(0, Subscribers(whistle));
        Assert.Empty(portal.Get<RoomPresence>().In(whistle));
    }

    [Fact]
    public async Task WhoLeavesBeforeTheDoorIsOpen_IsNotCalledBack()
    {
        var whistle = await portal.SoundAsync();
        await using var stage = new Stage(portal, Energy);
        using var busy = new ManualResetEventSlim();
        var before = Task.Run(() => portal.InRoomAsync(whistle, Street, room =>
        {
            busy.Wait(TimeSpan.FromSeconds(10), Stop);
            return room.Post("占线", null, null, Street, Morning);
        }), Stop);
        stage.Address.NavigateTo($"/whistles/{whistle}");
        var page = stage.Render<Routes>();

        await stage.GoAsync("/");
        busy.Set();
        await before;
        await portal.SayAsync(whistle, Power, "轮到下一个");
        await stage.Renderer.Dispatcher.InvokeAsync(() => { });

        Assert.Equal("待我办理", page.Find("h1").Text());
        Assert.Equal(0, Subscribers(whistle));
    }

    [Fact]
    public async Task GoingToAnotherRoom_LeavesTheFirstBehind()
    {
        var first = await portal.SoundAsync(await portal.StartAsync());
        var second = await portal.SoundAsync(brief: Brief with { Title = "夜间照明" });
        await using var stage = new Stage(portal, Energy);
        var room = stage.Open($"/whistles/{first}");
        await portal.SayAsync(first, Street, "只在第一个哨室说");
        room.WaitForAssertion(() => Assert.Single(room.FindAll(".msg")));
        Assert.NotEmpty(room.FindAll(".crumb a[href^='/cases/']"));
        var composer = room.FindComponent<Composer>().Instance;

        await stage.GoAsync($"/whistles/{second}");

        room.WaitForAssertion(() => Assert.Equal("夜间照明", room.Find("h1").Text()));
        Assert.Empty(room.FindAll(".msg"));
        Assert.Empty(room.FindAll(".crumb a[href^='/cases/']"));
        Assert.Equal((0, 1), (Subscribers(first), Subscribers(second)));
        Assert.Empty(portal.Get<RoomPresence>().In(first));

        // The script that holds what was typed for the first room belongs to the first composer.
        Assert.NotSame(composer, room.FindComponent<Composer>().Instance);
        room.WaitForAssertion(() => Assert.Equal(2, stage.RoomScript.Invocations["enter"].Count));
        room.WaitForAssertion(() => Assert.Equal(["cgw"], portal.Get<RoomPresence>().In(second).Select(guest => guest.UserId)));
    }

    [Fact]
    public async Task AWhistleThatEnds_TakesTheComposerAway()
    {
        var whistle = await portal.SoundAsync();
        await using var stage = new Stage(portal, Energy);
        var room = stage.Open($"/whistles/{whistle}");
        Assert.Single(room.FindAll(".composer"));

        await portal.InRoomAsync(whistle, Street, w => w.Recall("已自行解决。", Street, portal.Clock.GetUtcNow()));

        room.WaitForAssertion(() => Assert.Empty(room.FindAll(".composer")));
        Assert.Empty(room.FindAll("[data-acts]"));
        Assert.Contains("已自行解决。", room.Find(".talk").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AForeignRoom_IsNotFound_ExactlyLikeOneThatDoesNotExist()
    {
        var whistle = await portal.SoundAsync();
        await portal.SayAsync(whistle, Street, "会商中");

        foreach (var id in new[] { whistle, Guid.NewGuid() })
        {
            await using var stage = new Stage(portal, Water);
            var room = stage.Open($"/whistles/{id}");

            Assert.Contains(Reading.NotFound, room.MainText(), StringComparison.Ordinal);
            Assert.DoesNotContain("会商中", room.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain(Brief.Title, room.Markup, StringComparison.Ordinal);
            Assert.Equal(0, Subscribers(id));
            Assert.Empty(portal.Get<RoomPresence>().In(id));
        }
    }

    private int Subscribers(Guid whistle) => portal.Get<Feed>().CountSubscribers(Topic.Whistle(whistle));

    private static AngleSharp.Dom.IElement UnitOf(IRenderedComponent<Routes> room, OrgPath unit) => room.Find($"[data-unit='{unit}']");

    private static string? StateOf(IRenderedComponent<Routes> room, OrgPath unit) => UnitOf(room, unit).QuerySelector(".badge[data-status]")!.GetAttribute("data-status");
}
