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
/// A page over a limit is asked for more often, and all that was asked then counts: of twenty requests the slowest but one is the p95.
/// </summary>
internal static class PagesBench
{
    public const string Usage = "bench pages [--cases 10000,100000,1000000] [--only PAGE|circuit|circuit_PAGE] [--times 20] [--sql]";

    private const double Limit = 100, MostGrowth = 2;

    /// <summary>Below that a difference between two sizes says nothing.</summary>
    private const double Noise = 25;

    /// <summary>What the names of pages within a circuit begin with: --only circuit measures all of them, --only circuit_inbox that one.</summary>
    private const string Circuit = "circuit_";

    private const int More = 3;

    private const int From = 100_000, To = 1_000_000;

    public static async Task<int> RunAsync(string[] args)
    {
        int[] sizes = [.. (Option(args, "--cases") ?? "10000,100000,1000000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        var (only, times) = (Option(args, "--only"), int.Parse(Option(args, "--times") ?? "20", CultureInfo.InvariantCulture));
        var (figures, found, again) = (new Figures(), new OrderedDictionary<(string Page, int Size), double>(), 0);
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

            if (years.Find(year => !year.Names.SequenceEqual(years[0].Names)) is { } other)
            {
                throw new InvalidOperationException($"{other.Size} cases have other pages than {years[0].Size}: {string.Join(", ", other.Names.Except(years[0].Names).Concat(years[0].Names.Except(other.Names)))}.");
            }

            foreach (var name in years[0].Names.Where(name => only is null || name.Contains(only, StringComparison.Ordinal)))
            {
                await NoteAsync(name, requests => Turns.TakeAsync(years, year => year.Page(name).Paths, requests, async (year, path) => await AskAsync(await year.SignedInForAsync(name), path)));
                foreach (var year in years)
                {
                    year.Portal.Statements.Take().ToList().ForEach(statement => Console.WriteLine($"{year.Size}: {statement}"));
                }
            }

            if (only is null)
            {
                await NoteAsync("repeats_opened", requests => Turns.TakeAsync(years, _ => ["1", "2", "3", "4", "5"], requests, ReadLedgerAsync));
            }

            if (Chromium.Path is not null && (only is null || Circuit.StartsWith(only, StringComparison.Ordinal) || only.StartsWith(Circuit, StringComparison.Ordinal)))
            {
                await using var pages = new CircuitPages(await Chromium.LaunchAsync(), years);
                foreach (var name in CircuitPages.Chosen(years[0]).Where(name => only is null || $"{Circuit}{name}".Contains(only, StringComparison.Ordinal)))
                {
                    var allShown = new Turns(years);
                    await NoteAsync($"{Circuit}{name}", async clicks =>
                    {
                        var (answered, shown) = await pages.MeasureAsync(name, clicks);
                        foreach (var (size, p95) in allShown.With(shown).P95s)
                        {
                            figures.Add($"p95_ms_shown_{name}_{size}", p95);
                        }

                        return answered;
                    });
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

        if (found.Count == 0)
        {
            Console.Error.WriteLine(Chromium.Path is null ? $"No page is named {only}, or Chromium is missing." : $"No page is named {only}.");
            return 2;
        }

        foreach (var size in sizes)
        {
            Figures.Say($"{size} cases: {found.Count(entry => entry.Key.Size == size)} pages, the slowest {found.Where(entry => entry.Key.Size == size).Max(entry => entry.Value):0} ms");
        }

        var over = found.Keys.Select(key => key.Page).Distinct().SelectMany(Over).ToList();
        figures.Add("limit_ms", Limit);
        figures.Add("limit_growth", MostGrowth);
        figures.Add("asked_more_often", again);
        figures.Add("over", over.Count);
        figures.Print();
        over.ForEach(line => Console.WriteLine($"over: {line}"));
        return over.Count == 0 ? 0 : 1;

        async Task NoteAsync(string page, Func<int, Task<Turns>> measure)
        {
            var turns = await measure(times);
            Note(page, turns);
            if (Over(page).Any())
            {
                Over(page).ToList().ForEach(line => Console.WriteLine($"asked {More} times more often, for it was over: {line}"));
                again++;
                Note(page, turns.With(await measure(More * times)));
            }
        }

        void Note(string page, Turns turns)
        {
            foreach (var (size, p95) in turns.P95s)
            {
                found[(page, size)] = p95;
                figures.Add($"p95_ms_{page}_{size}", p95);
                Figures.Say($"{size} {page}: p95 {p95:0.0} ms (limit {Limit} ms){(p95 > Limit ? " OVER" : "")}");
            }
        }

        IEnumerable<string> Over(string page)
        {
            foreach (var (key, p95) in found.Where(entry => entry.Key.Page == page && entry.Value > Limit))
            {
                yield return FormattableString.Invariant($"{page} at {key.Size}: {p95:0} ms");
            }

            if (found.TryGetValue((page, From), out var small) && found.TryGetValue((page, To), out var large) && large > Noise && large > MostGrowth * small)
            {
                yield return FormattableString.Invariant($"{page}: {small:0} ms at {From}, {large:0} ms at {To}");
            }
        }
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException($"{path} answers {answer.StatusCode}.");
    }

    // It opens within a circuit only, after a purpose was given: so the desk is asked.
    private static async Task<double> ReadLedgerAsync(BenchYear year, string page)
    {
        var (desk, by) = (year.Portal.Get<RepeatDesk>(), new SeedCast(year.Portal.Get<UnitBook>()).Dispatcher(year.Portal.Clock.GetUtcNow()));
        var started = Stopwatch.GetTimestamp();
        var (lines, _) = await desk.ReadAsync(by, int.Parse(page, CultureInfo.InvariantCulture));
        return lines.Count > 0 || page != "1" ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException("The ledger of repeat callers is empty.");
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
