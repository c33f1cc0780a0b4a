using System.Net;
using System.Security.Claims;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A leader lends his post while he is away: what the deputy may do then, and not a moment longer.</summary>
public sealed class DelegationDeskTests : IDisposable
{
    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DelegationDesk Desk => _portal.Get<DelegationDesk>();

    private PostBook Posts => _portal.Get<PostBook>();

    private DateTimeOffset Now => _portal.Clock.GetUtcNow();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task TheDeputyHasThePost_FromTheBeginningToTheEnd_AndNotLonger()
    {
        await LendAsync(TimeSpan.FromHours(1), TimeSpan.FromHours(3));
        Assert.Null(Lent());

        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var deputy = Lent()!;
        Assert.Equal((Role.StreetLeader, Mafang, "李晓禾（代赵怀远）", "mafang-lead"), (deputy.Role, deputy.Unit, deputy.Name, deputy.DeputyFor));
        Assert.Contains(Posts.HoldersIn(Mafang), actor => actor is { UserId: "mafang", Role: Role.StreetLeader });

        _portal.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(Lent());
        Assert.DoesNotContain(Posts.HoldersIn(Mafang), actor => actor.IsDeputy);
    }

    [Fact]
    public async Task ItIsThereAfterARestart()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));

        using var book = new PostBook(_portal.Get<IDbContextFactory<Web.Data.PortalDbContext>>(), _portal.Get<Web.Organisation.UnitBook>(), _portal.Get<RecentPasswords>(), _portal.Clock);
        await book.LoadAsync(Stop);

        Assert.Contains(book.PostsOf("mafang"), post => post.DeputyFor == "赵怀远");
    }

    [Fact]
    public async Task TakenBack_ItIsGoneAtOnce()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));
        Assert.NotNull(Lent());

        var id = Assert.Single(await Desk.ListAsync(StreetHead, Stop)).Id;
        Assert.Equal("unknown", (await Desk.EndAsync(id, OtherStreet)).Refusal?.Code);
        Assert.True((await Desk.EndAsync(id, StreetHead)).IsDone);

        Assert.Null(Lent());
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task WhoeverHasLostHisPost_HasLentNothing()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));
        await using (var db = await _portal.OpenDatabaseAsync())
        {
            await db.Posts.Where(post => post.UserId == StreetHead.UserId).ExecuteUpdateAsync(set => set.SetProperty(post => post.EndedAt, Now), Stop);
        }

        await Posts.LoadAsync(Stop);

        Assert.Null(Lent());
    }

    [Fact]
    public async Task ALockedLeader_LendsNothing_AndIsToldNothing()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));

        Assert.True((await _portal.Get<AccountDesk>().LockAsync(StreetHead.UserId, Administrator)).IsDone);

        Assert.Null(Lent());
        Assert.DoesNotContain(Posts.HoldersIn(Mafang), actor => actor.UserId == StreetHead.UserId);
    }

    [Fact]
    public async Task WhatWasEnded_IsNotBroughtBackByASlowReading()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));
        var given = Assert.Single(await Desk.ListAsync(StreetHead, Stop));
        await Desk.EndAsync(given.Id, StreetHead);

        Posts.Put(given.Id, given.Terms);

        Assert.Null(Lent());
    }

    [Fact]
    public async Task TheSameTime_IsNotLentTwice()
    {
        await LendAsync(TimeSpan.FromHours(1), TimeSpan.FromHours(3));

        Assert.Equal("delegation.overlap", (await Desk.GiveAsync("mafang", Now.AddHours(2), Now.AddHours(4), "出差", StreetHead)).Refusal?.Code);
        Assert.True((await Desk.GiveAsync("mafang", Now.AddHours(3), Now.AddHours(4), "出差", StreetHead)).IsDone);
    }

    [Theory]
    [InlineData("binhe"), InlineData("nobody"), InlineData("mafang-lead")]
    public async Task SomebodyElsesPeople_CannotBeNamed(string user) =>
        Assert.Equal("delegation.deputy", (await Desk.GiveAsync(user, Now, Now.AddHours(4), "出差", StreetHead)).Refusal?.Code);

    [Fact]
    public async Task WhatTheDeputyDecides_StandsInTheLogUnderBothNames()
    {
        var whistle = await _portal.DraftAsync(by: Village, brief: SmallBrief);
        await _portal.InRoomAsync(whistle, Village, room => room.Submit(Rules, Village, Now));
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));
        var deputy = Lent()!;
        Assert.Single((await _portal.Get<Web.Home.Inbox>().ReadAsync(deputy, Stop)).Items);

        await _portal.InRoomAsync(whistle, deputy, room => room.Sign("同意。", Rules, deputy, Now));

        var signed = (await _portal.Get<LogBook>().ReadAfterAsync(whistle, 0, cancellationToken: Stop)).Single(entry => entry.Event is WhistleSigned);
        Assert.Equal(("mafang", "李晓禾（代赵怀远）", Role.StreetLeader), (signed.By.UserId, signed.By.Name, signed.By.Role));
    }

    [Fact]
    public async Task InABrowser_TheDeputySwitches_AndIsBackInHisOwnPostWhenItIsOver()
    {
        await LendAsync(TimeSpan.Zero, TimeSpan.FromHours(3));
        var (client, _) = await _portal.SignInAsync("mafang");
        using var browser = client;

        using var switched = await browser.FillInAsync("/", new() { ["post"] = PostId().ToString(), ["back"] = "/inbox" }, "/account/post");
        Assert.Equal("/inbox", switched.Headers.Location?.OriginalString);
        Assert.Contains("李晓禾（代赵怀远）", WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri("/inbox", UriKind.Relative), Stop)), StringComparison.Ordinal);

        _portal.Clock.Advance(TimeSpan.FromHours(3));
        using var over = await browser.GetAsync(new Uri("/inbox", UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (over.StatusCode, over.Headers.Location?.OriginalString));
        var home = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri("/", UriKind.Relative), Stop));
        Assert.Contains("李晓禾", home, StringComparison.Ordinal);
        Assert.DoesNotContain("代赵怀远", home, StringComparison.Ordinal);
    }

    private async Task LendAsync(TimeSpan from, TimeSpan to) => Assert.Null((await Desk.GiveAsync("mafang", Now + from, Now + to, "去市里开会", StreetHead)).Refusal);

    private Guid PostId() => Posts.PostsOf("mafang").Single(post => post.DeputyFor is not null).Id;

    // As he is found by his cookie, in the post that he was lent.
    private Actor? Lent()
    {
        if (Posts.PostsOf("mafang").FirstOrDefault(post => post.DeputyFor is not null) is not { } post)
        {
            return null;
        }

        var user = _portal.UserFor(Street);
        var claims = user.Claims.Where(claim => claim.Type != PortalClaims.Post).Append(new Claim(PortalClaims.Post, post.Id.ToString()));
        return Posts.Find(new ClaimsPrincipal(new ClaimsIdentity(claims, "Test")));
    }
}
