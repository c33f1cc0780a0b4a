namespace JieSuJiBan.Web.Realtime;

/// <summary>Where a service waits for its next round: until it is woken, or for a while. Woken many times, it wakes once.</summary>
internal sealed class Waker : IDisposable
{
    private readonly SemaphoreSlim _calls = new(0, 1);

    public Task Wake()
    {
        try
        {
            _calls.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // awake already, or gone
        }

        return Task.CompletedTask;
    }

    /// <summary>True if somebody woke it.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _calls.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _calls.Dispose();
}
