using JieSuJiBan.Tests.Support;

namespace JieSuJiBan.Tests.Bench;

/// <summary>A real page in Chromium among people on the hub: from a post until the frame that shows it has been drawn.</summary>
internal static class PixelsBench
{
    // The frame after the change is drawn when the task after its callback runs.
    private const string Watch = """
        () => {
          window.drawn = {};
          new MutationObserver(changes => {
            for (const node of changes.flatMap(change => [...change.addedNodes])) {
              const key = node.textContent?.match(/([0-9a-f]{32}) /)?.[1];
              if (key && !window.drawn[key]) {
                window.drawn[key] = 1;
                requestAnimationFrame(() => setTimeout(() => window.drawn[key] = performance.timeOrigin + performance.now()));
              }
            }
          }).observe(document.querySelector('ol.talk:not(.outbox)'), { childList: true, subtree: true });
        }
        """;

    public static async Task<IReadOnlyList<double>> RunAsync(LivePortal portal, int people, int posts, int postsPerSecond)
    {
        var whistle = await portal.Portal.ConferAsync(await portal.Portal.StartAsync());
        await using var crowd = await Crowd.GatherAsync(people - 1, RoomBench.HubOf(portal), whistle, RoomBench.UserOf);
        var person = await portal.SignInAsync(Given.Street);
        await person.OpenRoomAsync(whistle);
        await person.Page.EvaluateAsync(Watch);
        await crowd.TalkAsync(posts, postsPerSecond);

        Dictionary<string, double> drawn;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        do
        {
            await Task.Delay(100, patience.Token);
            drawn = await person.Page.EvaluateAsync<Dictionary<string, double>>("() => window.drawn");
        }
        while (drawn.Count(post => post.Value > 1) < crowd.SaidAt.Count);

        return [.. drawn.Select(post => post.Value - crowd.SaidAt[post.Key])];
    }
}
