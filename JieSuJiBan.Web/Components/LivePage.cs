using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.Components;

namespace JieSuJiBan.Web.Components;

/// <summary>
/// Something that shows what grows. Derive, override <see cref="CatchUpAsync"/>, and call <see cref="WatchAsync"/> once it is known
/// what to watch. However many wake-ups come while one is being answered, they are answered by one more reading.
/// </summary>
public abstract class LivePage : OfficerComponent
{
    private readonly List<IDisposable> _subscriptions = [];
    private long _answered;
    private int _wakes;

    [Inject]
    public required Feed Feed { get; init; }

    /// <summary>
    /// How long it rests after a reading that a wake-up caused. A page about a whole district is woken by each of its cases, several
    /// times a second on a bad day, and nobody reads figures so fast.
    /// </summary>
    protected virtual TimeSpan Rest => TimeSpan.Zero;

    /// <summary>Reads whatever is new. May be called twice for the same news.</summary>
    protected abstract Task CatchUpAsync();

    protected Task WatchAsync(params Topic[] topics)
    {
        // A prerendered page is thrown away at once, so only the interactive one subscribes; and before the first read,
        // or an entry written in between would be missed.
        if (RendererInfo.IsInteractive)
        {
            Release();
            _subscriptions.AddRange(topics.Select(topic => Feed.Subscribe(topic, WakeAsync)));
        }

        return CatchUpAsync();
    }

    /// <summary>To be called from wherever the news come; marshals to this page's circuit.</summary>
    protected Task WakeAsync()
    {
        if (Interlocked.Increment(ref _wakes) > 1)
        {
            return Task.CompletedTask;
        }

        // Whoever brings the news does not wait until a page has rested.
        var answering = InvokeAsync(AnswerAsync);
        return Rest == TimeSpan.Zero ? answering : Task.CompletedTask;
    }

    private async Task AnswerAsync()
    {
        int answered;
        do
        {
            await RestAsync();
            answered = Volatile.Read(ref _wakes);
            await RefreshAsync();
            _answered = Time.GetTimestamp();
        }
        while (Interlocked.Add(ref _wakes, -answered) > 0);
    }

    private async Task RestAsync()
    {
        if (_answered != 0 && Rest - Time.GetElapsedTime(_answered) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, Time, Gone).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync()
    {
        if (Gone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await CatchUpAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
        catch (Exception exception)
        {
            // This circuit's trouble belongs to this circuit's error boundary, not to whoever wrote the entry.
            await DispatchExceptionAsync(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _subscriptions.Clear();
    }
}
