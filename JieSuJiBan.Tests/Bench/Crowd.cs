using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using JieSuJiBan.Tests.Support;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Everybody who is in a room over the hub, and a clock from each post to its last receipt.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<HubClient> _people = [];
    private readonly ConcurrentDictionary<string, Post> _posts = new();
    private readonly Guid _whistle;

    private Crowd(Guid whistle) => _whistle = whistle;

    public static async Task<Crowd> GatherAsync(int people, Uri hub, Guid whistle, Func<int, string> user)
    {
        var crowd = new Crowd(whistle);
        using var patience = new CancellationTokenSource(s_patience);
        for (var person = 0; person < people; person++)
        {
            var client = await HubClient.ConnectAsync(hub, [("X-Test-Actor", user(person))], patience.Token);
            client.OnCall = crowd.Heard;
            crowd._people.Add(client);
            var answer = await client.InvokeAsync("Watch", patience.Token, whistle, int.MaxValue - 1);
            if (answer.TryGetProperty("error", out var error))
            {
                throw new InvalidOperationException(error.GetString());
            }
        }

        return crowd;
    }

    /// <summary>Posts at a steady pace, in turn; milliseconds from each post to its last receipt.</summary>
    public async Task<IReadOnlyList<double>> TalkAsync(int posts, int postsPerSecond)
    {
        // Two posts that are not counted wake up everything that sleeps until the first.
        await (await PostAsync(0)).Done.Task.WaitAsync(s_patience);
        await (await PostAsync(1)).Done.Task.WaitAsync(s_patience);

        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / postsPerSecond));
        var said = new List<Task<Post>>();
        for (var at = 0; at < posts; at++)
        {
            await pace.WaitForNextTickAsync();
            said.Add(PostAsync(at % _people.Count));
        }

        var delays = new List<double>();
        foreach (var post in said)
        {
            delays.Add(await (await post).Done.Task.WaitAsync(s_patience));
        }

        return delays;
    }

    /// <summary>One writer, as fast as the answers come, with so many posts under way at once; acknowledged posts a second.</summary>
    public async Task<double> HurryAsync(int posts, int underWay)
    {
        using var room = new SemaphoreSlim(underWay);
        var started = Stopwatch.GetTimestamp();
        var said = new List<Task>();
        for (var at = 0; at < posts; at++)
        {
            await room.WaitAsync();
            said.Add(PostAsync(0).ContinueWith(post => { room.Release(); return post.Result; }, TaskScheduler.Default));
        }

        await Task.WhenAll(said);
        return posts / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>When each was posted, in milliseconds of Unix time, by its key.</summary>
    public IReadOnlyDictionary<string, double> SaidAt => _posts.ToDictionary(post => post.Key, post => post.Value.At);

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.DisposeAsync();
        }
    }

    private async Task<Post> PostAsync(int person)
    {
        var key = Guid.NewGuid().ToString("N");
        var post = _posts[key] = new Post(_people.Count);
        using var patience = new CancellationTokenSource(s_patience);
        var answer = await _people[person].InvokeAsync("Post", patience.Token, _whistle, key, $"{key} 已到现场，正在核对配电容量，十分钟后把照片发上来。");
        return answer.TryGetProperty("error", out var error) ? throw new InvalidOperationException(error.GetString())
            : answer.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object && !result.GetProperty("done").GetBoolean()
                ? throw new InvalidOperationException(result.GetProperty("english").GetString())
                : post;
    }

    private void Heard(JsonElement call)
    {
        foreach (var entry in call.GetProperty("arguments")[1].EnumerateArray())
        {
            if (entry.GetProperty("event").TryGetProperty("text", out var text) && _posts.TryGetValue(text.GetString()![..32], out var post))
            {
                post.Heard();
            }
        }
    }

    private sealed class Post(int listeners)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _left = listeners;

        public double At { get; } = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;

        public TaskCompletionSource<double> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Heard()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Done.SetResult(Stopwatch.GetElapsedTime(_started).TotalMilliseconds);
            }
        }
    }
}
