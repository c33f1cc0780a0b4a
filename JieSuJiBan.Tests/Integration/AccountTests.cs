using System.Net;
using System.Reflection;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What an administrator does to accounts, and that it counts at once.</summary>
public class AccountTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Initial = "initial-2026";

    private static readonly OrgPath s_chaoyang = new("/11/110105/");
    private static readonly Actor s_otherAdministrator = Administrator with { Unit = s_chaoyang };
    private static readonly Actor s_cityAdministrator = Administrator with { Unit = new OrgPath("/11/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AccountDesk Desk => portal.Get<AccountDesk>();

    public static TheoryData<string, Actor, OrgPath, Role, string?> Makers() => new()
    {
        { "own-branch", Administrator, Mafang, Role.StreetOfficer, null },
        { "own-office", Administrator with { Unit = EnergyOffice }, Mafang, Role.StreetOfficer, null },
        { "city", s_cityAdministrator, s_chaoyang, Role.Supervisor, null },
        { "elsewhere", Administrator, s_chaoyang, Role.Supervisor, "account.unknown" },
        { "above", Administrator, new OrgPath("/11/"), Role.Administrator, "account.unknown" },
        { "foreign", s_otherAdministrator, Mafang, Role.StreetOfficer, "account.unknown" },
        { "street-head", StreetHead, Mafang, Role.StreetOfficer, "account.unknown" },
        { "dispatcher", Dispatcher, Mafang, Role.StreetOfficer, "account.unknown" },
        { "misfit", Administrator, Mafang, Role.DepartmentOfficer, "account.post.kind" },
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task AnOfficer_IsMadeByAnAdministratorOfThatBranchOnly(string name, Actor by, OrgPath unit, Role role, string? refused)
    {
        var outcome = await Desk.CreateAsync(name, "新来的", Initial, unit, role, null, by);

        Assert.Equal(refused, outcome.Refusal?.Code);
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal(refused is null, await db.Users.AnyAsync(user => user.UserName == name && user.MustChangePassword, Stop));
    }

    [Theory]
    [InlineData("weak", "新来的", "short-1", "密码至少10位。", "password")]
    [InlineData("weak", "新来的", "no-digits-in-it", "密码须包含数字。", "password")]
    [InlineData("weak", "新来的", "12345-67890", "密码须包含小写字母。", "password")]
    [InlineData("MAFANG", "新来的", Initial, "该账号已存在。", "user")]
    [InlineData("李 四", "新来的", Initial, "账号只能用字母、数字和 -._@+。", "user")]
    [InlineData("", "新来的", Initial, "账号只能用字母、数字和 -._@+。", "user")]
    [InlineData("nameless", " ", Initial, "请填写姓名。", "displayName")]
    public async Task WhatIsWrongWithANewAccount_IsSaidInChineseBesideItsField(string user, string name, string password, string said, string field)
    {
        await using var db = await portal.OpenDatabaseAsync();
        var before = await db.Users.CountAsync(stored => stored.UserName == user, Stop);

        var outcome = await Desk.CreateAsync(user, name, password, Mafang, Role.StreetOfficer, null, Administrator);

        Assert.Equal((said, field), (outcome.Refusal?.Chinese, outcome.Refusal?.Field));
        Assert.Equal(before, await db.Users.CountAsync(stored => stored.UserName == user, Stop));
    }

    [Fact]
    public async Task ANewPost_CountsAtOnce_AndSoDoesItsEnd()
    {
        var caseId = await portal.StartAsync();
        var (client, _) = await portal.SignInAsync(OtherStreet.UserId);
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusOfAsync($"/cases/{caseId}"));

        Assert.Null((await Desk.AddPostAsync(OtherStreet.UserId, Mafang, Role.StreetOfficer, "借调", Administrator)).Refusal);
        var added = portal.Get<PostBook>().PostsOf(OtherStreet.UserId).Single(post => post.Unit == Mafang);
        using var switched = await client.FillInAsync("/", new() { ["post"] = added.Id.ToString() }, "/account/post");
        Assert.Equal("/", switched.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync($"/cases/{caseId}"));

        Assert.Null((await Desk.EndPostAsync(added.Id, Administrator)).Refusal);
        Assert.Equal(HttpStatusCode.Redirect, await client.StatusOfAsync($"/cases/{caseId}"));  // back into his own post
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusOfAsync($"/cases/{caseId}"));
        Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync("/cases"));
    }

    [Fact]
    public async Task Posts_AreSwitchedAmongOnesOwnOnly()
    {
        var (client, _) = await portal.SignInAsync(Water.UserId);

        foreach (var post in new[] { portal.Get<PostBook>().PostsOf(Dispatcher.UserId)[0].Id, Guid.NewGuid(), Guid.Empty })
        {
            using var answer = await client.FillInAsync("/", new() { ["post"] = post.ToString() }, "/account/post");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Contains("区水务局 · 部门联络员", await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AForeignAdministrator_FindsNoSuchAccount()
    {
        var post = portal.Get<PostBook>().PostsOf(Village.UserId)[0];

        foreach (var by in new[] { s_otherAdministrator, StreetHead, Dispatcher })
        {
            Assert.Equal("account.unknown", (await Desk.ResetPasswordAsync(Village.UserId, Initial, by)).Refusal?.Code);
            Assert.Equal("account.unknown", (await Desk.LockAsync(Village.UserId, by)).Refusal?.Code);
            Assert.Equal("account.unknown", (await Desk.UnlockAsync(Village.UserId, by)).Refusal?.Code);
            Assert.Equal("account.unknown", (await Desk.EndPostAsync(post.Id, by)).Refusal?.Code);
            Assert.Equal("account.unknown", (await Desk.AddPostAsync(Village.UserId, by.Unit, Role.Supervisor, null, by)).Refusal?.Code);
        }

        Assert.NotNull(portal.Get<PostBook>().Find(portal.UserFor(Village)));
    }

    [Fact]
    public async Task SomebodyWithPostsInTwoBranches_IsManagedFromAbove()
    {
        await Desk.CreateAsync("both", "两头跑", Initial, Mafang, Role.StreetOfficer, null, Administrator);
        await using var db = await portal.OpenDatabaseAsync();
        var id = (await db.Users.SingleAsync(user => user.UserName == "both", Stop)).Id;
        Assert.Null((await Desk.AddPostAsync(id, s_chaoyang, Role.Supervisor, null, s_cityAdministrator)).Refusal);

        // Else the password that one district sets would open the other's cases.
        Assert.Equal("account.unknown", (await Desk.ResetPasswordAsync(id, "another-2026", Administrator)).Refusal?.Code);
        Assert.Equal("account.unknown", (await Desk.ResetPasswordAsync(id, "another-2026", s_otherAdministrator)).Refusal?.Code);
        Assert.Null((await Desk.ResetPasswordAsync(id, "another-2026", s_cityAdministrator)).Refusal);
    }

    [Fact]
    public async Task AnAdministrator_CannotShutHimselfOut()
    {
        Assert.Equal("account.lock.own", (await Desk.LockAsync(Administrator.UserId, Administrator)).Refusal?.Code);
        Assert.Equal("account.post.own", (await Desk.EndPostAsync(portal.Get<PostBook>().PostsOf(Administrator.UserId)[0].Id, Administrator)).Refusal?.Code);
    }

    [Fact]
    public async Task AnInitialPassword_IsGoodForChoosingAnother_AndNothingElse()
    {
        await Desk.CreateAsync("beginner", "新来的", Initial, Mafang, Role.StreetOfficer, null, Administrator);
        var (client, answer) = await portal.SignInAsync("beginner", Initial, "/cases");
        Assert.EndsWith("/account/password", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/cases", "/files/00000000-0000-0000-0000-000000000000" })
        {
            using var page = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            Assert.Equal("/account/password", page.Headers.Location?.ToString());
        }

        using var weak = await client.ChangePasswordAsync(Initial, "too-weak");
        Assert.Contains("密码至少10位。", await weak.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var changed = await client.ChangePasswordAsync(Initial, "my-own-2026");

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync("/cases"));
    }

    [Fact]
    public async Task WrongOldPasswords_AreCounted_AndLockTheAccount()
    {
        await Desk.CreateAsync("guessed", "被猜的", Initial, Mafang, Role.StreetOfficer, null, Administrator);
        var (client, _) = await portal.SignInAsync("guessed", Initial);

        for (var guess = 1; guess < 5; guess++)
        {
            using var wrong = await client.ChangePasswordAsync($"guess-{guess}", "my-own-2026");
            Assert.Contains("原密码不正确。", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        foreach (var last in new[] { "guess-5", Initial })
        {
            using var locked = await client.ChangePasswordAsync(last, "my-own-2026");
            Assert.Contains("账号已锁定", await locked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, Func<AccountDesk, string, Task<JieSuJiBan.Domain.Outcome>>> Endings() => new()
    {
        { EnergyHead.UserId, (desk, user) => desk.ResetPasswordAsync(user, Initial, Administrator) },
        { Power.UserId, (desk, user) => desk.LockAsync(user, Administrator) },
    };

    [Theory]
    [MemberData(nameof(Endings), DisableDiscoveryEnumeration = true)]
    public async Task ANewPasswordOrALock_EndsEverySession(string user, Func<AccountDesk, string, Task<JieSuJiBan.Domain.Outcome>> end)
    {
        var actor = Cast.Single(one => one.UserId == user);
        var (client, _) = await portal.SignInAsync(user);
        Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync("/cases"));
        Assert.True(await IsStillWhoHeWasAsync(actor));

        Assert.Null((await end(Desk, user)).Refusal);

        Assert.False(await IsStillWhoHeWasAsync(actor));
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusOfAsync("/cases"));  // at once …

        using var change = await client.ChangePasswordAsync(PortalFixture.Password, "back-again-2026");  // … and the old cookie earns no new one
        Assert.EndsWith("/account/sign-in", change.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, await client.StatusOfAsync("/cases"));
    }

    // The loop around it waits a minute between two looks; this is one look.
    private async Task<bool> IsStillWhoHeWasAsync(Actor actor)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var look = provider.GetType().GetMethod("ValidateAuthenticationStateAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return await (Task<bool>)look.Invoke(provider, [new AuthenticationState(portal.UserFor(actor)), Stop])!;
    }
}
