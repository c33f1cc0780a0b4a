using System.Diagnostics;
using System.Globalization;
using System.Net;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Seed;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// What each page costs on the server among so many cases, for those who use it most: asked for over HTTP, from the first byte sent to
/// the last one received, and again within a circuit, by what passes over its web socket. A database of each size is made once and kept.
/// One page is measured at every size before the next: what else the machine does meanwhile weighs on all sizes alike.
/// </summary>
internal static class PagesBench
{
    public const string Usage = "bench pages [--cases 10000,100000,1000000] [--only PAGE] [--times 20] [--sql]";

    private const double Limit = 100, MostGrowth = 2;

    /// <summary>Below that a difference between two sizes says nothing.</summary>
    private const double Noise = 25;

    /// <summary>--only circuit: only what a circuit shows.</summary>
    private const string Circuits = "circuit";

    private const int From = 100_000, To = 1_000_000;

    public static async Task<int> RunAsync(string[] args)
    {
        int[] sizes = [.. (Option(args, "--cases") ?? "10000,100000,1000000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        var (only, times) = (Option(args, "--only"), int.Parse(Option(args, "--times") ?? "20", CultureInfo.InvariantCulture));
        var (figures, found, over) = (new Figures(), new Dictionary<(string Page, int Size), double>(), new List<string>());
        var folders = new List<(int Size, string Folder)>();
        foreach (var size in sizes)
        {
            folders.Add((size, await SeededPortal.MakeAsync(size)));
        }

        var years = new List<BenchYear>();
        try
        {
            foreach (var (size, folder) in folders)
            {
                years.Add(await BenchYear.OpenAsync(size, folder, args.Contains("--sql")));
            }

            foreach (var name in years[0].Names.Where(name => only is null || name.Contains(only, StringComparison.Ordinal)))
            {
                foreach (var year in years)
                {
                    var took = await MeasureAsync(await year.SignedInForAsync(name), year.Page(name).Paths, times);
                    Note(name, year.Size, Figures.Percentile(took, 95));
                    foreach (var statement in year.Portal.Statements.Take())
                    {
                        Console.WriteLine(statement);
                    }
                }
            }

            foreach (var year in only is null ? years : [])
            {
                Note("repeats_opened", year.Size, Figures.Percentile(await MeasureLedgerAsync(year.Portal, times), 95));
            }

            if (Chromium.Path is not null && only is null or Circuits)
            {
                var browser = await Chromium.LaunchAsync();
                foreach (var names in CircuitPages.Chosen(years[0]))
                {
                    foreach (var year in years)
                    {
                        foreach (var (name, answered, shown) in await CircuitPages.MeasureAsync(browser, year, names, times))
                        {
                            Note($"circuit_{name}", year.Size, Figures.Percentile(answered, 95));
                            figures.Add($"p95_ms_shown_{name}_{year.Size}", Figures.Percentile(shown, 95));
                        }
                    }
                }
            }
        }
        finally
        {
            foreach (var year in years)
            {
                await year.DisposeAsync();
            }
        }

        foreach (var size in sizes)
        {
            Figures.Say($"{size} cases: {found.Count(entry => entry.Key.Size == size)} pages, the slowest {found.Where(entry => entry.Key.Size == size).Max(entry => entry.Value):0} ms");
        }

        foreach (var (page, small) in found.Where(entry => entry.Key.Size == From))
        {
            if (found.TryGetValue((page.Page, To), out var large) && large > Noise && large > MostGrowth * small)
            {
                over.Add($"{page.Page}: {small:0} ms at {From}, {large:0} ms at {To}");
            }
        }

        figures.Add("limit_ms", Limit);
        figures.Add("limit_growth", MostGrowth);
        figures.Add("over", over.Count);
        figures.Print();
        over.ForEach(line => Console.WriteLine($"over: {line}"));
        return over.Count == 0 ? 0 : 1;

        void Note(string page, int size, double p95)
        {
            found[(page, size)] = p95;
            figures.Add($"p95_ms_{page}_{size}", p95);
            Figures.Say($"{size} {page}: p95 {p95:0.0} ms (limit {Limit} ms){(p95 > Limit ? " OVER" : "")}");
            if (p95 > Limit)
            {
                over.Add(FormattableString.Invariant($"{page} at {size}: {p95:0} ms"));
            }
        }
    }

    private static async Task<List<double>> MeasureAsync(HttpClient client, IReadOnlyList<string> paths, int times)
    {
        // Each address was asked for before, as on a portal that is in use: else it would be the disk that is measured.
        var (took, before) = (new List<double>(), Math.Max(2, paths.Count));
        for (var turn = -before; turn < times; turn++)
        {
            var path = paths[(turn + before) % paths.Count];
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{path} answers {answer.StatusCode}.");
            }

            if (turn >= 0)
            {
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return took;
    }

    // It opens within a circuit only, after a purpose was given: so the desk is asked.
    private static async Task<List<double>> MeasureLedgerAsync(SeededPortal portal, int times)
    {
        var (desk, by, took) = (portal.Get<RepeatDesk>(), new SeedCast(portal.Get<UnitBook>()).Dispatcher(portal.Clock.GetUtcNow()), new List<double>());
        const int Pages = 5;
        for (var turn = -Pages; turn < times; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            var (lines, _) = await desk.ReadAsync(by, 1 + ((turn + Pages) % Pages));
            if (turn < 0)
            {
                continue;  // each page once before it is measured, as everywhere
            }

            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (turn == 0 && lines.Count == 0)
            {
                throw new InvalidOperationException("The ledger of repeat callers is empty.");
            }
        }

        return took;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
