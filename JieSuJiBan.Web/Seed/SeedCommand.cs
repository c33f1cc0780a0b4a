using System.Diagnostics;
using System.Globalization;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Hosting;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Seed;

/// <summary>seed --cases N [--until yyyy-MM-ddTHH:mm] [--database FILE]: an invented year of 朝阳区, to see how the portal does with so many cases.</summary>
internal static class SeedCommand
{
    private const int Most = 2_000_000;

    /// <summary>0 if it was filled, 1 if there are cases in it already, 2 if it was not said what to do.</summary>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        var until = default(DateTime);
        if ((Commands.Option(args, "--until") is { } given && !DateTime.TryParseExact(given, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out until))
            || !int.TryParse(Commands.Option(args, "--cases"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) || cases is < 1 or > Most)
        {
            Console.Error.WriteLine($"usage: seed --cases N [--until yyyy-MM-ddTHH:mm] [--database FILE]   (N up to {Most}; the database must hold no case)");
            return 2;
        }

        var services = app.Services;
        if (!services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled)
        {
            Console.Error.WriteLine("An invented year comes with accounts whose password everybody knows: it is made only where Demo:Enabled is set.");
            return 2;
        }

        await services.GetRequiredService<DatabaseStartup>().PrepareAsync();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var end = Commands.Option(args, "--until") is not null
            ? new DateTimeOffset(until, WorkCalendar.Beijing).ToUniversalTime()
            : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var (started, told) = (Stopwatch.GetTimestamp(), 0L);
        if (!await services.GetRequiredService<SeedCity>().BuildAsync(cases, end, Tell))
        {
            Console.Error.WriteLine("The database holds cases already: an invented year is put into an empty one only.");
            return 1;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cases: {cases}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"until: {end.ToOffset(WorkCalendar.Beijing):yyyy-MM-dd HH:mm}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds: {seconds:0.0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cases_per_s: {cases / seconds:0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak_mb: {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024}"));
        var refused = services.GetRequiredService<SeedCity>().Refused;
        Console.WriteLine($"refused: {refused.Count}");
        refused.Take(10).ToList().ForEach(Console.Error.WriteLine);
        Console.WriteLine($"accounts: {SeedAccounts.Prefix}dispatch, {SeedAccounts.Prefix}leader, {SeedAccounts.Prefix}supervisor, {SeedAccounts.Prefix}001, {SeedAccounts.Prefix}001-lead …, with the password of Demo:Password");
        return 0;

        void Tell(SeedProgress progress)
        {
            if (progress.Doing is null && told != 0 && Stopwatch.GetElapsedTime(told) < TimeSpan.FromSeconds(5))
            {
                return;
            }

            told = Stopwatch.GetTimestamp();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Written} of {progress.All} cases, {progress.Passed.TotalSeconds:0} s, {progress.PerSecond:0} cases/s{(progress.Doing is { } doing ? $", {doing}" : "")}"));
        }
    }
}
