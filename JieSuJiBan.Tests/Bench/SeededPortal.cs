using System.Diagnostics;
using System.Globalization;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Seed;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JieSuJiBan.Tests.Bench;

/// <summary>The portal on a real port and an invented year that lies in the artifacts folder; its clock stands where the year ends.</summary>
internal sealed class SeededPortal : PortalFixture
{
    protected override bool KeepsLog => false;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Pdf:ChromiumPath", "/nowhere/chromium")];

    public SeededPortal(string folder)
        : base(folder)
    {
        UseKestrel(0);
        StartServer();
    }

    public Wire Wire { get; } = new();

    public Statements Statements { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(Wire).ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(Statements)));
    }

    /// <summary>What the portal does once after a start is done: what has fallen due is written down, what was taught is learnt.</summary>
    public async Task SettleAsync()
    {
        await Get<Lookout>().TickAsync();
        await Get<PortalClock>().TickAsync();
        await Get<SimilarTexts>().FollowAsync();
    }

    public async Task<HttpClient> SignInAsAsync(string user)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await client.FillInAsync("/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.User"] = user, ["Input.Password"] = new DemoOptions().Password });
        return (int)answer.StatusCode is >= 300 and < 400 ? client : throw new InvalidOperationException($"{user} cannot sign in: {answer.StatusCode}.");
    }

    /// <summary>The folder of a year of so many cases: made by the command that people use, unless it is there and fits the schema.</summary>
    public static async Task<string> MakeAsync(int cases)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "seeded", cases.ToString(CultureInfo.InvariantCulture)));
        var (stamp, made) = (Path.Combine(folder, "made.txt"), await StampAsync());
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == made)
        {
            return folder;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var portal = typeof(App).Assembly.Location;
        var until = Given.Morning.ToOffset(WorkCalendar.Beijing).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [portal, "seed", "--cases", cases.ToString(CultureInfo.InvariantCulture), "--until", until]) { WorkingDirectory = Path.GetDirectoryName(portal)!, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        start.Environment["Storage__Folder"] = folder;
        start.Environment["Demo__Enabled"] = "true";
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Console.WriteLine($"  {line}");
        }

        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"Seeding ended with {process.ExitCode}.");
        }

        await File.WriteAllTextAsync(stamp, made);
        return folder;
    }

    // Another schema, or another way to invent, is another year.
    private static async Task<string> StampAsync()
    {
        await using var portal = new PortalFixture();
        await using var db = await portal.OpenDatabaseAsync();
        return $"{SeedCity.Edition} {db.Database.GetMigrations().Last()}";
    }
}
