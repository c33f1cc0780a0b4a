using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The invented district that a first start shows, and that no production ever has.</summary>
public sealed class DemoTests(DemoTests.City portal) : IClassFixture<DemoTests.City>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheCity_HasItsEighteenStreets_ItsOfficersAndItsCases()
    {
        await using var db = await portal.OpenDatabaseAsync();

        Assert.Equal(18, portal.Get<UnitBook>().Children(District, UnitKind.Street).Count());
        Assert.Equal(44, await db.Users.CountAsync(Stop));
        Assert.Equal(72, await db.Cases.CountAsync(Stop));
        Assert.All(Enum.GetValues<Role>().Where(role => role != Role.Portal), role => Assert.True(db.Posts.Any(post => post.Role == role), role.ToString()));
        Assert.Equal(72, (await db.Cases.Select(file => file.Number).ToListAsync(Stop)).Distinct().Count());
    }

    [Fact]
    public async Task EveryStatus_CanBeSeen()
    {
        await using var db = await portal.OpenDatabaseAsync();

        // 已归档 needs the printed file, which comes a moment later.
        var seen = await db.Cases.Select(file => file.Status).Distinct().ToListAsync(Stop);
        Assert.Empty(Enum.GetValues<CaseStatus>().Except(seen).Except([CaseStatus.Archived]));
    }

    [Fact]
    public async Task EveryCaseAndOrder_CanBeFound()
    {
        Assert.Equal(0, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
    }

    [Fact]
    public async Task OneCase_IsArchived_OnceItsFileIsPrinted()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        await using var printing = new City { Chromium = Chromium.Path! };
        await using var db = await printing.OpenDatabaseAsync();

        await printing.Get<FileKeeper>().StoreAllAsync(Stop);

        await Eventually.IsTrueAsync(() => db.Cases.Any(file => file.Status == CaseStatus.Archived), Stop);
        Assert.False(await db.Cases.AnyAsync(file => file.Status == CaseStatus.Closed && file.StoredFile == null, Stop));
        Assert.Empty((await printing.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheGarage_IsClosed_WithItsFortyEightPosts_AndPictures()
    {
        await using var db = await portal.OpenDatabaseAsync();
        var garage = await db.Cases.SingleAsync(file => file.Title == "回迁小区地下车库没有充电桩", Stop);
        var log = await portal.Get<LogBook>().ReadAfterAsync(garage.Id, 0, cancellationToken: Stop);

        Assert.Equal(CaseStatus.Closed, garage.Status);
        Assert.Contains(log, entry => entry.Event is ResultSubmitted { Result: var result } && result.Contains("充电桩48个", StringComparison.Ordinal));
        Assert.Contains(log, entry => entry.Event is CaseAnswered { Reply: var reply } && reply.Contains("48个充电桩", StringComparison.Ordinal));
        Assert.Equal(2, log.SelectMany(entry => (entry.Event as IBringsAttachments)?.Attachments ?? []).Select(file => file.Name).Count(name => name.EndsWith(".png", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EveryChain_IsSound_AndNothingLiesInTheFuture()
    {
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        // One moment of it: the clock has begun to write down what has fallen due.
        await using var db = await portal.OpenDatabaseAsync();
        await using var moment = await db.Database.BeginTransactionAsync(Stop);
        Assert.Equal(await db.Cases.CountAsync(Stop) + await db.Whistles.CountAsync(Stop) + await db.Duties.CountAsync(Stop)
            + await db.DispatchPolicies.CountAsync(Stop) + await db.Crowds.CountAsync(Stop) + await db.SupervisionOrders.CountAsync(Stop) + await db.Foreseen.CountAsync(Stop) + await db.Delegations.CountAsync(Stop) + await db.Reviews.CountAsync(Stop) + await db.CallbackPlans.CountAsync(Stop) + await db.Schemes.CountAsync(Stop),
            await db.Log.Select(entry => entry.Stream).Distinct().CountAsync(Stop));
        Assert.False(await db.Log.AnyAsync(entry => entry.At > portal.Clock.GetUtcNow(), Stop));
    }

    [Fact]
    public async Task BuildingAgain_ChangesNothing()
    {
        await using var db = await portal.OpenDatabaseAsync();

        await portal.Get<DemoCity>().BuildAsync(Stop);

        Assert.Equal((44, 72), (await db.Users.CountAsync(Stop), await db.Cases.CountAsync(Stop)));
    }

    [Fact]
    public async Task TheDoor_ShowsWhoOneCanBe_AndLetsHimIn()
    {
        var page = await portal.CreateClientFor(null).GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Stop);
        var (client, _) = await portal.SignInAsync("mafang", new DemoOptions().Password);

        Assert.Contains(new DemoOptions().Password, page, StringComparison.Ordinal);
        Assert.Contains("李晓禾", page, StringComparison.Ordinal);
        Assert.Contains("李晓禾", await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheDemo_ThereIsNobodyAndNothing()
    {
        await using var empty = new Empty();
        await using var db = await empty.OpenDatabaseAsync();
        await empty.Get<DemoCity>().BuildAsync(Stop);

        var page = await empty.CreateClientFor(null).GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Stop);

        Assert.False(new DemoOptions().Enabled);
        Assert.Equal((0, 0, 0), (await db.Users.CountAsync(Stop), await db.Cases.CountAsync(Stop), await db.Log.CountAsync(Stop)));
        Assert.Empty(empty.Get<DemoCity>().Accounts);
        Assert.DoesNotContain(new DemoOptions().Password, page, StringComparison.Ordinal);
        Assert.DoesNotContain("演示", page, StringComparison.Ordinal);
    }

    /// <summary>A portal that finds an empty database, as on its first start.</summary>
    public class Empty : PortalFixture
    {
        public Empty() => File.WriteAllBytes(Path.Combine(Folder, "portal.db"), []);

    }

    public sealed class City : Empty
    {
        /// <summary>Nowhere, or the portal would print and archive while a test looks.</summary>
        internal string Chromium { get; init; } = "/nowhere/chromium";

        protected override IEnumerable<(string Key, string Value)> Settings => [("Demo:Enabled", "true"), ("Pdf:ChromiumPath", Chromium)];
    }
}
