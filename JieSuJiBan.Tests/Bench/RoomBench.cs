using System.Globalization;
using JieSuJiBan.Tests.Support;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How fast a room is, and beside it how fast it could be at most: the bare disk and the bare wire, in the same run.</summary>
internal static class RoomBench
{
    private const int PostsPerSecond = 5;
    private const int CountedPosts = 100;
    private const int HurriedPosts = 4000;
    private const int UnderWay = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = args is ["--people", var list] ? [.. list.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : new[] { 20, 100, 350 };
        var figures = new Figures();
        await using var portal = new LivePortal { KeepsLog = false };
        await portal.InitializeAsync();

        var raw = RawInserts.Run(portal.Portal.Folder, 2000);
        var (perSecond, write) = (1000 / raw.Average(), raw.Average());
        Figures.Say($"raw disk: {raw.Count} rows, a transaction and a sync each: {perSecond:0} rows/s, {Figures.Spread(raw)}");

        var posts = await HurryAsync(portal, figures);
        Figures.Say($"limit: {perSecond:0} raw inserts/s; aim: at least half of it, {perSecond / 2:0} posts/s");
        figures.Add("posts_per_s", posts);
        figures.Add("raw_inserts_per_s", perSecond);
        figures.Add("write_ms", write);

        foreach (var size in sizes)
        {
            var bare = await BareAsync(size);
            var delays = await TalkAsync(portal, size);
            var (p95, limit) = (Figures.Percentile(delays, 95), 2 * Figures.Percentile(bare, 95) + write);
            Figures.Say($"{size} people, {PostsPerSecond} posts/s, post to last receipt: {Figures.Spread(delays)}");
            Figures.Say($"  bare broadcast: {Figures.Spread(bare)}; limit for p95: 2 x bare + one write = {limit:0.0} ms");
            figures.Add($"p95_ms_{size}", p95);
            figures.Add($"bare_p95_ms_{size}", Figures.Percentile(bare, 95));
        }

        if (Chromium.Path is null)
        {
            Figures.Say($"pixels: not measured, Chromium is not installed");
        }
        else
        {
            var pixels = await PixelsBench.RunAsync(portal, 20, CountedPosts, PostsPerSecond);
            Figures.Say($"a page in Chromium among 20 people, post to pixels: {Figures.Spread(pixels)}");
            figures.Add("pixels_p95_ms", Figures.Percentile(pixels, 95));
        }

        figures.Print();
        return 0;
    }

    internal static Uri HubOf(LivePortal portal) =>
        new UriBuilder(portal.Portal.ClientOptions.BaseAddress) { Scheme = "ws", Path = "/hubs/whistles" }.Uri;

    internal static string UserOf(int person) => (person % 3) switch { 0 => Given.Street.UserId, 1 => Given.Energy.UserId, _ => Given.Power.UserId };

    private static async Task<double> HurryAsync(LivePortal portal, Figures figures)
    {
        var whistle = await portal.Portal.ConferAsync(await portal.Portal.StartAsync());
        await using var crowd = await Crowd.GatherAsync(20, HubOf(portal), whistle, UserOf);
        await crowd.HurryAsync(HurriedPosts / 4, UnderWay);
        var alone = await crowd.HurryAsync(HurriedPosts / 8, 1);
        var hurried = await crowd.HurryAsync(HurriedPosts, UnderWay);
        Figures.Say($"one writer in a room of 20: {hurried:0} durable posts/s with {UnderWay} under way, {alone:0} posts/s waiting for each answer");
        figures.Add("posts_per_s_one_under_way", alone);
        return hurried;
    }

    private static async Task<IReadOnlyList<double>> TalkAsync(LivePortal portal, int people)
    {
        var whistle = await portal.Portal.ConferAsync(await portal.Portal.StartAsync());
        await using var crowd = await Crowd.GatherAsync(people, HubOf(portal), whistle, UserOf);
        return await crowd.TalkAsync(CountedPosts, PostsPerSecond);
    }

    private static async Task<IReadOnlyList<double>> BareAsync(int people)
    {
        await using var bare = await BareRoom.StartAsync();
        var hub = new UriBuilder(BareRoom.AddressOf(bare)) { Scheme = "ws", Path = BareRoom.Path }.Uri;
        await using var crowd = await Crowd.GatherAsync(people, hub, Guid.Empty, UserOf);
        return await crowd.TalkAsync(CountedPosts, PostsPerSecond);
    }
}
