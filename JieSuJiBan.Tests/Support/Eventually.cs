namespace JieSuJiBan.Tests.Support;

/// <summary>Waits for something that has no event to wait for, as short as it takes.</summary>
internal static class Eventually
{
    public static Task IsTrueAsync(Func<bool> condition, CancellationToken cancellationToken, TimeSpan? within = null) =>
        IsTrueAsync(() => Task.FromResult(condition()), cancellationToken, within);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        var deadline = Environment.TickCount64 + (long)(within ?? TimeSpan.FromSeconds(10)).TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, "It did not become true in time.");
            await Task.Delay(20, cancellationToken);
        }
    }
}
