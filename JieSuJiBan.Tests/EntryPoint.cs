using JieSuJiBan.Tests.Bench;

namespace JieSuJiBan.Tests;

/// <summary>Starts the tests, or a measurement (bench NAME), or takes the pictures for the README (screenshots).</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["bench", "room", .. var rest] => RoomBench.RunAsync(rest),
        ["bench", "print", ..] => PrintBench.RunAsync(),
        ["bench", "reconnect", .. var rest] => ReconnectBench.RunAsync(rest),
        ["bench", "duties", ..] => DutyBench.RunAsync(),
        ["bench", "dispatch", .. var rest] => DispatchBench.RunAsync(rest),
        ["bench", "crowd", .. var rest] => CrowdBench.RunAsync(rest),
        ["bench", "import", .. var rest] => ImportBench.RunAsync(rest),
        ["bench", "clock", .. var rest] => ClockBench.RunAsync(rest),
        ["bench", "pages", .. var rest] => PagesBench.RunAsync(rest),
        ["bench", "orders", var path, var rows] => ImportBench.WriteOrders(path, rows),
        ["bench", ..] => Usage(),
        ["screenshots", ..] => Screenshots.TakeAsync(),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
    };

    private static Task<int> Usage()
    {
        Console.Error.WriteLine("usage: bench room [--people 20,100,350] | bench print | bench reconnect [--seconds 1,30,240] | bench duties | bench clock [--cases 100000] | bench import [--rows 100000] | bench orders FILE ROWS");
        Console.Error.WriteLine($"       {DispatchBench.Usage}");
        Console.Error.WriteLine($"       {CrowdBench.Usage}");
        Console.Error.WriteLine($"       {PagesBench.Usage}");
        return Task.FromResult(2);
    }
}
