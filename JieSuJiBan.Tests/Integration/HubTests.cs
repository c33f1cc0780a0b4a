using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public class HubTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Hub = "/hubs/whistles";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWatcher_ReadsWhatWas_AndIsSentWhatComes_InOrder()
    {
        var whistle = await portal.SoundAsync();
        await using var client = await HubClient.ConnectAsync(portal, Hub, Energy, Stop);

        var page = (await client.InvokeAsync("Watch", Stop, whistle, 0)).GetProperty("result");
        Assert.Equal(4, page.GetProperty("sequence").GetInt32());
        await portal.SayAsync(whistle, Street, "第一句");
        await portal.SayAsync(whistle, Power, "第二句");

        var heard = new List<(int Sequence, string Text)>();
        while (heard.Count < 2)
        {
            var call = await client.NextCallAsync(Stop).WaitAsync(TimeSpan.FromSeconds(5), Stop);
            Assert.Equal("Grown", call.GetProperty("target").GetString());
            heard.AddRange(call.GetProperty("arguments")[1].EnumerateArray().Select(entry =>
                (entry.GetProperty("sequence").GetInt32(), entry.GetProperty("event").GetProperty("text").GetString()!)));
        }

        Assert.Equal([(5, "第一句"), (6, "第二句")], heard);
    }

    [Fact]
    public async Task CatchUp_FromASequence_GivesTheRestWithoutGaps()
    {
        var whistle = await portal.SoundAsync();
        for (var n = 0; n < 7; n++)
        {
            await portal.SayAsync(whistle, Energy, $"{n}");
        }

        await using var client = await HubClient.ConnectAsync(portal, Hub, Energy, Stop);
        var page = (await client.InvokeAsync("CatchUp", Stop, whistle, 6)).GetProperty("result");

        Assert.Equal([7, 8, 9, 10, 11], page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.False(page.GetProperty("hasMore").GetBoolean());
    }

    [Fact]
    public async Task Post_WithTheSameKey_SaysItOnce()
    {
        var whistle = await portal.SoundAsync();
        await using var client = await HubClient.ConnectAsync(portal, Hub, Energy, Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.InvokeAsync("Post", Stop, whistle, "k1", "只说一次")));

        Assert.All(answers, answer => Assert.True(answer.GetProperty("result").GetProperty("done").GetBoolean()));
        var page = (await client.InvokeAsync("CatchUp", Stop, whistle, 4)).GetProperty("result");
        Assert.Single(page.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Post_ThatIsRefused_SaysWhy()
    {
        var whistle = await portal.SoundAsync();
        await using var client = await HubClient.ConnectAsync(portal, Hub, Energy, Stop);

        var answer = (await client.InvokeAsync("Post", Stop, whistle, "k", " ")).GetProperty("result");

        Assert.Equal(("whistle.post.empty", "请输入内容。"), (answer.GetProperty("code").GetString(), answer.GetProperty("chinese").GetString()));
    }

    [Theory]
    [InlineData("Watch"), InlineData("CatchUp")]
    public async Task AStranger_IsToldThereIsNoSuchWhistle(string method)
    {
        var whistle = await portal.SoundAsync();
        await using var client = await HubClient.ConnectAsync(portal, Hub, Water, Stop);

        foreach (var id in new[] { whistle, Guid.NewGuid(), Guid.Empty })
        {
            var answer = await client.InvokeAsync(method, Stop, id, 0);
            Assert.Contains("There is no such whistle.", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        var post = await client.InvokeAsync("Post", Stop, whistle, "k", "插话");
        Assert.Contains("There is no such whistle.", post.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhosePostEnds_IsTold_AndHearsNoMore()
    {
        var whistle = await portal.SoundAsync();
        await using var client = await HubClient.ConnectAsync(portal, Hub, Power, Stop);
        await client.InvokeAsync("Watch", Stop, whistle, 0);

        // Released units keep their sight of what they were asked; a post that ends does not.
        await EndPostAsync("gd");
        try
        {
            await portal.SayAsync(whistle, Street, "他不该听到");

            var call = await client.NextCallAsync(Stop).WaitAsync(TimeSpan.FromSeconds(5), Stop);
            Assert.Equal("Closed", call.GetProperty("target").GetString());
            Assert.Contains("no such whistle", (await client.InvokeAsync("CatchUp", Stop, whistle, 0)).GetProperty("error").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await EndPostAsync("gd", again: true);
        }
    }

    [Fact]
    public async Task APageOfAnotherOrigin_GetsNoSocket()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => HubClient.ConnectAsync(portal, Hub, Energy, Stop, origin: "https://evil.example"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);

        await using var own = await HubClient.ConnectAsync(portal, Hub, Energy, Stop, origin: "http://localhost");
        Assert.True((await own.InvokeAsync("CatchUp", Stop, await portal.SoundAsync(), 0)).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task ManyWatchers_CostOneSeat()
    {
        var whistle = await portal.SoundAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => HubClient.ConnectAsync(portal, Hub, Energy, Stop)));
        await Task.WhenAll(clients.Select(client => client.InvokeAsync("Watch", Stop, whistle, 0)));

        Assert.Equal(1, portal.Get<JieSuJiBan.Web.Realtime.Feed>().CountSubscribers(JieSuJiBan.Web.Realtime.Topic.Whistle(whistle)));

        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Eventually.IsTrueAsync(() => portal.Get<JieSuJiBan.Web.Realtime.Feed>().CountSubscribers(JieSuJiBan.Web.Realtime.Topic.Whistle(whistle)) == 0, Stop);
    }

    private async Task EndPostAsync(string user, bool again = false)
    {
        await using var db = await portal.OpenDatabaseAsync();
        var until = again ? (DateTimeOffset?)null : Morning;
        await db.Posts.Where(post => post.UserId == user).ExecuteUpdateAsync(set => set.SetProperty(post => post.EndedAt, until), Stop);
        await portal.Get<PostBook>().LoadAsync(Stop);
    }
}
