using Bunit;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Open311;
using JieSuJiBan.Web.Webhooks;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>The pages for other systems: keys, subscriptions, and what did not get through.</summary>
public class IntegrationPageTests(IntegrationPageTests.QuietPortal portal) : IClassFixture<IntegrationPageTests.QuietPortal>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/keys"), InlineData("/admin/webhooks")]
    public async Task WhoeverIsNoAdministrator_FindsNothing(string address)
    {
        foreach (var actor in new[] { Street, Dispatcher, DistrictLeader, Archivist })
        {
            await using var stage = new Stage(portal, actor);
            Assert.Contains(Reading.NotFound, stage.Open(address).MainText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AKey_IsShownOnce_AndNeverAgain()
    {
        await using var stage = new Stage(portal, Administrator);
        var page = stage.Open("/admin/keys?do=new");

        page.Find("input[name=name]").Change("随手拍小程序");
        await page.Find("form.action").SubmitAsync();

        page.WaitForElement("[data-secret]");
        var secret = page.Find("[data-secret]").Text();
        Assert.NotNull(await portal.Get<KeyDesk>().FindAsync(secret, Stop));
        Assert.Contains("随手拍小程序", page.Texts("td.main-cell"));
        await page.Button("已保存，关闭").ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-secret]")));
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARevokedKey_SaysSo_AndHasNoButtonsLeft()
    {
        var name = $"停用的{Guid.NewGuid():N}"[..20];
        await portal.Get<KeyDesk>().CreateAsync(name, District, Administrator);
        await using var stage = new Stage(portal, Administrator);
        var page = stage.Open("/admin/keys");
        page.WaitForAssertion(() => Assert.Contains(name, page.MainText(), StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindAll("tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal))
            .QuerySelectorAll("button").Single(button => button.Caption() == "停用").Click());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelectorAll("button")));
    }

    [Fact]
    public async Task ASubscriptionToAnInnerAddress_IsRefusedBesideItsField()
    {
        await using var stage = new Stage(portal, Administrator);
        var page = stage.Open("/admin/webhooks?do=new");

        page.Find("input[name=name]").Change("城市运行平台");
        page.Find("input[name=url]").Change("https://192.168.1.1/hook");
        await page.Find("form.action").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("webhook.url.closed", page.Find(".field.wrong [role=alert]").GetAttribute("data-code")));
        page.Find("input[name=url]").Change("https://hook.example.org/jsjb");
        await page.Find("form.action").SubmitAsync();
        page.WaitForElement("[data-secret]");
        Assert.StartsWith("whsec_", page.Find("[data-secret]").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasGivenUp_IsListed_AndSentAgainByAButton()
    {
        var id = await portal.ListenAsync();
        await using var stage = new Stage(portal, Administrator);
        var page = stage.Open($"/admin/webhooks/{id}");
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        Assert.Contains("对方答复503", page.MainText(), StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("tbody button").First(button => button.Caption() == "重送").Click());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        await page.InvokeAsync(() => page.Button("全部重送").Click());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody tr")));
        Assert.Equal(3, (await portal.Get<WebhookDesk>().ReadAsync(id, DeliveryState.Waiting, 1, Administrator, Stop)).Total);
    }

    [Fact]
    public async Task AForeignOrMadeUpSubscription_IsNotFound()
    {
        await using var stage = new Stage(portal, Administrator);

        Assert.Contains(Reading.NotFound, stage.Open($"/admin/webhooks/{Guid.NewGuid()}").MainText(), StringComparison.Ordinal);
    }

    /// <summary>Sends nothing: these tests only look at pages.</summary>
    public sealed class QuietPortal : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:Send", "false")];
    }
}
