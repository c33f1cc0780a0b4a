using System.Net;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The door: where it leads to, what it believes, what it leaves in the browser.</summary>
public class SignInTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_LeadsToThePageThatWasAskedFor()
    {
        var (client, answer) = await portal.SignInAsync(Street.UserId, returnUrl: "/cases?status=InProgress");

        Assert.EndsWith("/cases?status=InProgress", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync("/cases"));
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("\\\\evil.example"), InlineData("javascript:alert(1)")]
    [InlineData("evil.example"), InlineData("/\t/evil.example"), InlineData(" //evil.example")]
    public async Task SignIn_NeverLeadsElsewhere(string returnUrl)
    {
        var (client, answer) = await portal.SignInAsync(Street.UserId, returnUrl: returnUrl);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(client.BaseAddress!.Host, new Uri(client.BaseAddress, answer.Headers.Location!).Host);
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("javascript:alert(1)"), InlineData("/\t/evil.example"), InlineData("")]
    public async Task TheLanguage_NeverLeadsElsewhere(string back)
    {
        using var answer = await portal.CreateClientFor(Street).FillInAsync("/", new() { ["culture"] = "en", ["back"] = back }, "/account/language");

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("en", "c=en|uic=en"), InlineData("zh-CN", "c=zh-CN|uic=zh-CN"), InlineData("xx\r\nSet-Cookie: a=b", "c=zh-CN|uic=zh-CN")]
    public async Task TheLanguage_IsACookieForAYear_OfTheTwoThereAre(string culture, string kept)
    {
        using var answer = await portal.CreateClientFor(null).FillInAsync("/account/sign-in", new() { ["culture"] = culture, ["back"] = "/account/sign-in" }, "/account/language");

        var cookie = Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.StartsWith($".AspNetCore.Culture={kept};", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/account/sign-in", "sign-in"), InlineData("/account/password", "password")]
    public async Task AFormWithoutItsToken_IsRefused(string path, string handler)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = handler,
            ["Input.User"] = Street.UserId,
            ["Input.Password"] = PortalFixture.Password,
            ["Input.Old"] = PortalFixture.Password,
            ["Input.New"] = "stolen-2026",
            ["Input.Again"] = "stolen-2026",
        });
        var client = portal.CreateClientFor(Street);

        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("jsjb=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheCookie_IsTheServersAlone_AndGoneAfterSigningOut()
    {
        var (client, answer) = await portal.SignInAsync(Street.UserId);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("jsjb=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);

        using var left = await client.FillInAsync("/", [], "/account/sign-out");

        Assert.Equal("/account/sign-in", left.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, await client.StatusOfAsync("/cases"));
    }
}
