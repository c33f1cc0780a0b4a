using System.Net;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.PublicDoor;

namespace JieSuJiBan.Tests.Integration;

/// <summary>How often one may knock.</summary>
public class PublicLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TooManyReportsOrTries_AreToldToComeBackLater_InPlainText()
    {
        await using var portal = new Narrow();
        var visitor = new Visitor(portal);
        await visitor.ReportedAsync();
        await visitor.ReportedAsync(new() { ["text"] = "第二件。" });

        using var third = await visitor.ReportAsync(new() { ["text"] = "第三件。" });
        using var first = await new Visitor(portal).OpenAsync("1", "1");
        using var second = await new Visitor(portal).OpenAsync("1", "1");

        foreach (var late in new[] { third, second })
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "text/plain"), (late.StatusCode, late.Content.Headers.ContentType?.MediaType));
            Assert.Contains("请过一会儿再试", await late.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.True(late.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await visitor.Client.StatusOfAsync("/public"));
        Assert.Equal(HttpStatusCode.OK, await visitor.Client.StatusOfAsync("/public/follow"));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void AnAddress_IsOneOfItsHouse(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Household.Of(IPAddress.Parse(one)) == Household.Of(IPAddress.Parse(other)));

    [Fact]
    public void WrongTries_MakeEachNextOneWaitLonger_UpToAQuarterOfAnHour_AndAreForgotten()
    {
        var clock = new ManualClock(Given.Morning);
        var locks = new FollowLock(clock);
        var waits = new List<double>();
        for (var tries = 0; tries < 14; tries++)
        {
            locks.Failed("117-1");
            var minutes = 0.0;
            for (; locks.IsLocked("117-1"); minutes++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
            }

            waits.Add(minutes);
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15, 15, 15], waits);
        clock.Advance(TimeSpan.FromHours(2));
        locks.Failed("117-1");
        Assert.False(locks.IsLocked("117-1"));
    }

    [Fact]
    public void WhoHasTheCode_StartsAnew()
    {
        var locks = new FollowLock(new ManualClock(Given.Morning));
        Enumerable.Range(0, 5).ToList().ForEach(_ => locks.Failed("117-1"));
        Assert.True(locks.IsLocked("117-1"));

        locks.Opened("117-1");

        Assert.False(locks.IsLocked("117-1"));
    }

    [Fact]
    public void Codes_DependOnKeyAndWords_AndForgiveHowTheyAreTyped()
    {
        var (key, id) = (Guid.NewGuid(), Guid.NewGuid());
        var code = FollowUpCode.For(key, "路灯坏了");

        Assert.Equal(code, FollowUpCode.For(key, "路灯坏了"));
        Assert.NotEqual(code, FollowUpCode.For(key, "路灯坏了。"));
        Assert.NotEqual(code, FollowUpCode.For(Guid.NewGuid(), "路灯坏了"));
        Assert.Equal(FollowUpCode.HashCode(id, "01AB-CD10-1234"), FollowUpCode.HashCode(id, "oiab cdl0 １２３４"));
        Assert.NotEqual(FollowUpCode.HashCode(id, code), FollowUpCode.HashCode(Guid.NewGuid(), code));
        Assert.NotEqual(FollowUpCode.HashCode(id, code), FollowUpCode.HashCode(id, code + "0"));
    }

    [Theory]
    [InlineData("117-20260302-0001", "117-20260302-0001"), InlineData("117202603020001", "117-20260302-0001"), InlineData(" １１７－２０２６０３０２－００１２３ ", "117-20260302-00123")]
    [InlineData("编号：117-20260302-0001", "117-20260302-0001"), InlineData("17", "17"), InlineData("", "")]
    public void Numbers_AreFoundInWhatPeopleType(string typed, string number) => Assert.Equal(number, PublicDesk.TidyNumber(typed));

    private sealed class Narrow : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("PublicDoor:ReportsPerHour", "2"), ("PublicDoor:TriesPerMinute", "1")];
    }
}
