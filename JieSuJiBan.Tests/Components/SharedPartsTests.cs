using AngleSharp.Dom;
using Bunit;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components.Shared;
using JieSuJiBan.Web.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class SharedPartsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("text", ".field.wrong > [role=alert]")]
    [InlineData("elsewhere", "form > [role=alert]")]
    [InlineData(null, "form > [role=alert]")]
    public async Task ARefusal_StandsAtItsField_OrAboveTheButtons_AndNothingTypedIsLost(string? field, string place)
    {
        var isDone = false;
        await using var stage = new Stage(portal, Street);
        var form = RenderForm(stage, (_, _) => Task.FromResult<Outcome>(new Refusal("test.no", "现在不行。", "Not now.", field)), () => isDone = true);

        form.Find("textarea").Change("写了很久");
        await form.Find("form").SubmitAsync();

        Assert.Equal("现在不行。", form.Find(place).Text());
        Assert.Equal("test.no", Assert.Single(form.FindAll("[role=alert]")).GetAttribute("data-code"));
        Assert.Equal("写了很久", form.Find("textarea").GetAttribute("value"));
        Assert.False(isDone);
        Assert.Empty(stage.JSInterop.Invocations["portal.dropDraft"]);
    }

    [Fact]
    public async Task AnActThatIsDone_DropsItsDraft_AndItsRefusal()
    {
        var isDone = false;
        var outcome = new Outcome(new Refusal("test.no", "现在不行。", "Not now.", "text"));
        await using var stage = new Stage(portal, Street);
        var form = RenderForm(stage, (_, _) => Task.FromResult(outcome), () => isDone = true);
        await form.Find("form").SubmitAsync();

        outcome = Outcome.Done;
        await form.Find("form").SubmitAsync();

        Assert.True(isDone);
        Assert.Empty(form.FindAll("[role=alert]"));
        Assert.Equal(["mafang/k"], stage.JSInterop.Invocations["portal.dropDraft"].Select(call => call.Arguments[0]));
    }

    [Fact]
    public async Task ImpatientClicks_ActOnce_AsTheOfficerOfThatMoment()
    {
        var acts = new List<(Actor By, string Text)>();
        var slow = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stage = new Stage(portal, Street);
        var form = RenderForm(stage, (me, text) =>
        {
            acts.Add((me, text));
            return slow.Task;
        });
        form.Find("textarea").Change("一次");

        var first = form.Find("form").SubmitAsync();
        Assert.True(form.Find("button[type=submit]").HasAttribute("disabled"));
        var second = form.Find("form").SubmitAsync();
        slow.SetResult(Outcome.Done);
        await Task.WhenAll(first, second);

        Assert.Equal((Street.UserId, "一次"), (Assert.Single(acts).By.UserId, acts[0].Text));
        Assert.False(form.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 3, "next=2")]
    [InlineData(2, 3, "prev=1 next=3")]
    [InlineData(3, 3, "prev=2")]
    public async Task ThePager_LinksToWhereThereIsSomething_AndKeepsTheRestOfTheAddress(int page, int pages, string links)
    {
        await using var stage = new Stage(portal, Street);
        stage.Address.NavigateTo($"/cases?q=车库&page={page}");

        var pager = stage.Render<Pager>(parameters => parameters.Add(part => part.Page, page).Add(part => part.Pages, pages));

        var found = pager.FindAll("a").Select(link => (Rel: link.GetAttribute("rel"), Href: Uri.UnescapeDataString(link.GetAttribute("href")!))).ToList();
        Assert.All(found, link => Assert.Contains("q=车库", link.Href, StringComparison.Ordinal));
        Assert.Equal(links, string.Join(' ', found.Select(link => $"{link.Rel}={link.Href.Split("page=")[1]}")));
    }

    [Theory]
    [InlineData(CaseStatus.Whistled, "red")]
    [InlineData(CaseStatus.Dispatched, "amber")]
    [InlineData(CaseStatus.Closed, "green")]
    [InlineData(CaseStatus.Suspended, "grey")]
    [InlineData(WhistleKind.Emergency, "red")]
    [InlineData(UnitState.Awaiting, "amber")]
    [InlineData(UnitState.ReportedIn, "blue")]
    [InlineData(Decision.Waiting, "amber")]
    public async Task ABadge_HasTheGlossarysWord_AndAToneThatMeansSomething(Enum value, string tone)
    {
        await using var stage = new Stage(portal, Street);

        var badge = stage.Render<StatusBadge>(parameters => parameters.Add(part => part.Value, value)).Find(".badge");

        Assert.Equal((value.Word(), true), (badge.Text(), badge.ClassList.Contains(tone)));
    }

    [Theory]
    [InlineData(CaseStatus.Registered, "信息汇集")]
    [InlineData(CaseStatus.Dispatched, "权责匹配")]
    [InlineData(CaseStatus.InProgress, "派单办理")]
    [InlineData(CaseStatus.Whistled, "吹哨解决")]
    [InlineData(CaseStatus.Answered, "结果反馈")]
    [InlineData(CaseStatus.Archived, "考核评价")]
    public async Task TheSpine_HasEightStages_AndSaysWhichIsNow(CaseStatus status, string now)
    {
        await using var stage = new Stage(portal, Street);

        var spine = stage.Render<Spine>(parameters => parameters.Add(part => part.Current, Spine.Of(status)));

        Assert.Equal(8, spine.FindAll("li").Count);
        Assert.Equal(now, Assert.Single(spine.FindAll("[aria-current=step]")).Text());
        Assert.Equal(Spine.Of(status), spine.FindAll(".past").Count);
    }

    [Fact]
    public async Task OneUnit_IsChosenOutOfThoseOffered_WhateverTheBrowserSends()
    {
        OrgPath? chosen = null;
        await using var stage = new Stage(portal, Dispatcher);
        var choice = stage.Render<UnitChoice>(parameters => parameters
            .Add(part => part.Id, "u").Add(part => part.Name, "u").Add(part => part.Units, Offered).Add(part => part.ValueChanged, value => chosen = value));

        choice.Find("select").Change(EnergyOffice.Value);
        Assert.Equal(EnergyOffice, chosen);

        choice.Find("select").Change(WaterOffice.Value);
        Assert.Null(chosen);
    }

    [Fact]
    public async Task SeveralUnits_AreChosenOutOfThoseOffered_AndStayInSightWhileOneNarrows()
    {
        var chosen = new List<OrgPath>();
        await using var stage = new Stage(portal, Dispatcher);
        var picker = stage.Render<UnitPicker>(parameters => parameters
            .Add(part => part.Id, "u").Add(part => part.Label, "单位").Add(part => part.Units, Offered).Add(part => part.Chosen, chosen));
        Assert.Equal(["区城管委", "区住建委"], picker.Texts("label").Order(StringComparer.Ordinal).Reverse());

        picker.Find($"input[name='unit:{EnergyOffice}']").Change(true);
        picker.Find("input[type=search]").Input("住建");
        Assert.Equal(2, picker.FindAll("label").Count);
        Assert.Equal([EnergyOffice], chosen);

        picker.Find($"input[name='unit:{EnergyOffice}']").Change(false);
        Assert.Equal(["区住建委"], picker.Texts("label"));
        Assert.Empty(chosen);
    }

    private IEnumerable<OrgUnit> Offered => new[] { EnergyOffice, HousingOffice }.Select(portal.Get<UnitBook>().Find).OfType<OrgUnit>();

    private static IRenderedComponent<TextAct> RenderForm(Stage stage, Func<Actor, string, Task<Outcome>> act, Action? onDone = null) =>
        stage.Render<TextAct>(parameters => parameters
            .Add(form => form.Label, "内容").Add(form => form.Submit, "提交").Add(form => form.Key, "k")
            .Add(form => form.Act, (me, text, _) => act(me, text)).Add(form => form.OnDone, onDone ?? (() => { })));
}
