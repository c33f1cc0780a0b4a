using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Seed;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Hosting;

/// <summary>What the portal does from the command line instead of serving.</summary>
public static class Commands
{
    public static Func<WebApplication, string[], Task<int>>? Find(string[] args) => args switch
    {
        ["verify", "--figures", ..] => VerifyFiguresAsync,
        ["verify", ..] => VerifyAsync,
        ["figures", "rebuild", ..] => RebuildFiguresAsync,
        ["search", "rebuild", ..] => RebuildSearchAsync,
        ["admin", "create", ..] => CreateAdministratorAsync,
        ["import", ..] => ImportCommand.RunAsync,
        ["seed", ..] => SeedCommand.RunAsync,
        _ => null,
    };

    /// <summary>What the arguments set. A command's are files and names, which the framework would take for settings.</summary>
    public static string[] Settings(string[] args) => Find(args) is null ? args
        : Option(args, "--database") is { } file ? [$"--ConnectionStrings:Sqlite=Data Source={Path.GetFullPath(file)}"] : [];

    /// <summary>What stands behind an option.</summary>
    public static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>Walks every chain. 0 if all are whole, 1 if any is broken.</summary>
    private static async Task<int> VerifyAsync(WebApplication app, string[] args)
    {
        var report = await app.Services.GetRequiredService<LogVerifier>().VerifyAsync();
        foreach (var broken in report.Broken)
        {
            Console.WriteLine($"broken: {broken}");
        }

        Console.WriteLine($"streams: {report.Streams}");
        Console.WriteLine($"entries: {report.Entries}");
        Console.WriteLine($"files: {report.Files}");
        Console.WriteLine($"broken: {report.Broken.Count}");
        return report.Broken.Count == 0 ? 0 : 1;
    }

    /// <summary>Counts every case anew and compares with the figures that are kept. 0 if all agree, 1 if any differs.</summary>
    private static async Task<int> VerifyFiguresAsync(WebApplication app, string[] args)
    {
        var report = await app.Services.GetRequiredService<FigureKeeper>().CompareAsync();
        foreach (var differing in report.Differing)
        {
            Console.WriteLine($"differs: {differing}");
        }

        await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var (days, wrong) = await DispatchDay.CompareAsync(db);
        if (wrong > 0)
        {
            Console.WriteLine($"differs: {wrong} lines of the matcher's record");
        }

        Console.WriteLine($"figures: {report.Figures + days}");
        Console.WriteLine($"differing: {report.Differing.Count + wrong}");
        return report.Differing.Count + wrong == 0 ? 0 : 1;
    }

    private static async Task<int> RebuildFiguresAsync(WebApplication app, string[] args)
    {
        await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync();
        await app.Services.GetRequiredService<FigureKeeper>().RebuildAsync();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await DispatchDay.RebuildAsync(db);
        Console.WriteLine("The figures were counted anew and mended where they differed.");
        return 0;
    }

    private static async Task<int> RebuildSearchAsync(WebApplication app, string[] args)
    {
        await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync();
        Console.WriteLine($"wrong: {await app.Services.GetRequiredService<SearchKeeper>().RebuildAsync()}");
        Console.WriteLine("The search was built anew.");
        return 0;
    }

    /// <summary>admin create USER NAME [UNIT]. The password is read from the terminal or standard input, never from the command line.</summary>
    private static async Task<int> CreateAdministratorAsync(WebApplication app, string[] args)
    {
        if (args.Length is not (4 or 5))
        {
            Console.Error.WriteLine("usage: admin create USER NAME [UNIT]   (UNIT is a path such as /11/110117/; the password is read from standard input)");
            return 2;
        }

        await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync();

        var unit = new OrgPath(args.Length == 5 ? args[4] : BeijingDivisions.City.Value);
        if (app.Services.GetRequiredService<UnitBook>().Find(unit) is null || !Role.Administrator.Fits(unit.Kind))
        {
            Console.Error.WriteLine($"There is no city, district or department {unit}.");
            return 2;
        }

        if (!Console.IsInputRedirected)
        {
            Console.Error.Write("password: ");
        }

        var outcome = await app.Services.GetRequiredService<AccountDesk>().CreateFirstAsync(args[2], args[3], Console.ReadLine() ?? "", unit);
        Console.WriteLine(outcome.Refusal is { } refusal ? $"{refusal.Chinese} ({refusal.Code})" : $"{args[2]} can sign in now.");
        return outcome.IsDone ? 0 : 1;
    }
}
