using AngleSharp.Dom;
using Bunit;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>Each channel asks something of its own, and what was found by ourselves has no petitioner.</summary>
public class RegisterCaseTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheChannelsOwnFields_Appear_WithWhatIsRequired()
    {
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/cases/new");
        Assert.Empty(page.FindAll("input[name=媒体名称]"));

        await ChooseAsync(page, "channel", Channel.Media);

        Assert.Equal("date", page.Find("input[name=报道日期]").GetAttribute("type"));
        Assert.Equal("url", page.Find("input[name=报道链接]").GetAttribute("type"));
        Assert.Null(FieldOf(page, "input[name=媒体名称]").QuerySelector(".optional"));
        Assert.NotNull(FieldOf(page, "input[name=报道链接]").QuerySelector(".optional"));

        await ChooseAsync(page, "channel", Channel.Leader);
        Assert.NotEmpty(page.FindAll("textarea[name=批示内容]"));
        Assert.Empty(page.FindAll("input[name=媒体名称]"));
    }

    [Fact]
    public async Task WhatIsMissingOrWrong_IsSaidAtItsField()
    {
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/cases/new");
        await ChooseAsync(page, "channel", Channel.Media);
        await page.InvokeAsync(() => page.Find("input[name=报道链接]").Change("javascript:alert(1)"));

        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        foreach (var name in new[] { "媒体名称", "报道标题", "报道日期" })
        {
            Assert.Equal("case.missing.detail", FieldOf(page, $"input[name={name}]").QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        }

        Assert.Equal("case.detail.link", FieldOf(page, "input[name=报道链接]").QuerySelector("[role=alert]")?.GetAttribute("data-code"));
    }

    [Fact]
    public async Task WhatTheChannelAsked_IsRegistered_AndNothingOfAnotherChannel()
    {
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/cases/new");
        await ChooseAsync(page, "channel", Channel.Media);
        await page.InvokeAsync(() => page.Find("input[name=媒体名称]").Change("平谷融媒"));
        await ChooseAsync(page, "channel", Channel.Deputies);
        await page.InvokeAsync(() => page.Find("input[name=会次]").Change("六届三次"));
        await page.InvokeAsync(() => page.Find("input[name='建议（提案）编号']").Change("第12号"));
        await FillAsync(page, "关于增设公交站的建议");

        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("关于增设公交站的建议", page.Find("h1").Text()));
        await using var db = await portal.OpenDatabaseAsync();
        var file = await db.Cases.SingleAsync(file => file.Title == "关于增设公交站的建议", Stop);
        Assert.Equal((Channel.Deputies, 2, "六届三次"), (file.Channel, file.Details!.Count, file.Details["会次"]));
    }

    [Fact]
    public async Task AProactiveChannel_HasNoPetitioner_EvenIfOneWasTyped()
    {
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/cases/new");
        await page.InvokeAsync(() => page.Find("input[name=phone]").Change(Caller.Phone));
        await FillAsync(page, "巡查看到的坑");

        await ChooseAsync(page, "channel", Channel.Patrol);
        Assert.Empty(page.FindAll("input[name=phone]"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("巡查看到的坑", page.Find("h1").Text()));
        Assert.Empty(page.FindAll("section[aria-label=诉求人]"));
        Assert.NotEmpty(page.FindAll("section[aria-label=上报单位]"));
        await using var db = await portal.OpenDatabaseAsync();
        var id = await db.Cases.Where(file => file.Title == "巡查看到的坑").Select(file => file.Id).SingleAsync(Stop);
        Assert.Equal(Petitioner.Anonymous, await portal.Get<PetitionerVault>().OpenAsync(id, Stop));
    }

    [Theory]
    [InlineData("dispatch", "Hotline Web Visit Grid Community Department Media Leader Patrol Enterprise Deputies")]
    [InlineData("mafang-grid", "Grid Patrol")]
    [InlineData("mafang-hj", "Community Visit Patrol")]
    public async Task EachRole_IsOfferedItsChannels(string user, string channels)
    {
        await using var stage = new Stage(portal, Cast.Single(actor => actor.UserId == user));

        var page = stage.Open("/cases/new");

        Assert.Equal(channels.Split(' '), page.FindAll("select[name=channel] option").Select(option => option.GetAttribute("value")));
    }

    private static IElement FieldOf(IRenderedComponent<Web.Components.Routes> page, string input) => page.Find(input).Closest(".field")!;

    private static Task ChooseAsync(IRenderedComponent<Web.Components.Routes> page, string name, Channel channel) =>
        page.InvokeAsync(() => page.Find($"select[name={name}]").Change(channel.ToString()));

    private static Task FillAsync(IRenderedComponent<Web.Components.Routes> page, string title) => page.InvokeAsync(() =>
    {
        page.Find("input[name=title]").Change(title);
        page.Find("textarea[name=text]").Change("内容");
        page.Find("input[name=category-search]").Input("停电");
        page.Find("input[name=category]").Change("on");
        page.Find("select[name=street]").Change(Mafang.Value);
        page.Find("input[name=place]").Change("汇景社区");
    });
}
