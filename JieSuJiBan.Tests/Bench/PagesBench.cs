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
        foreach (var size in sizes)
        {
            var folder = await SeededPortal.MakeAsync(size);
            await using var portal = new SeededPortal(folder);
            var pages = await PageList.OfAsync(portal);
            await portal.SettleAsync();
            portal.Statements.IsListening = args.Contains("--sql");
            foreach (var ofUser in pages.Where(page => only is null || page.Name.Contains(only, StringComparison.Ordinal)).GroupBy(page => page.User))
            {
                using var client = await portal.SignInAsAsync(ofUser.Key);
                foreach (var page in ofUser)
                {
                    var took = await MeasureAsync(client, page.Paths, times);
                    Note(page.Name, size, Figures.Percentile(took, 95));
                    foreach (var statement in portal.Statements.Take())
                    {
                        Console.WriteLine(statement);
                    }
                }
            }

            if (only is null)
            {
                Note("repeats_opened", size, Figures.Percentile(await MeasureLedgerAsync(portal, times), 95));
            }

            if (Chromium.Path is not null && only is null or Circuits)
            {
                foreach (var (name, answered, shown) in await CircuitPages.MeasureAsync(portal, pages, times))
                {
                    Note($"circuit_{name}", size, Figures.Percentile(answered, 95));
                    figures.Add($"p95_ms_shown_{name}_{size}", Figures.Percentile(shown, 95));
                }
            }

            Figures.Say($"{size} cases: {found.Count(entry => entry.Key.Size == size)} pages, the slowest {found.Where(entry => entry.Key.Size == size).Max(entry => entry.Value):0} ms, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB");
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
