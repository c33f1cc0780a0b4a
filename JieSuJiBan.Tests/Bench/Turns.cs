namespace JieSuJiBan.Tests.Bench;

/// <summary>How long each request of a page took, in milliseconds, by the number of cases.</summary>
internal sealed class Turns
{
    /// <summary>Of a page with more addresses the slowest are measured: one of them would be lost among all the others.</summary>
    private const int MostPaths = 5;

    private readonly OrderedDictionary<int, List<double>> _took = [];

    public Turns(IEnumerable<BenchYear> years)
    {
        foreach (var year in years)
        {
            _took.Add(year.Size, []);
        }
    }

    public IEnumerable<(int Size, double P95)> P95s => _took.Select(size => (size.Key, Figures.Percentile(size.Value, 95)));

    public void Add(BenchYear year, double took) => _took[year.Size].Add(took);

    public Turns With(Turns later)
    {
        foreach (var (size, took) in later._took)
        {
            _took[size].AddRange(took);
        }

        return this;
    }

    public Turns Last(int times)
    {
        foreach (var took in _took.Values)
        {
            took.RemoveRange(0, took.Count - times);
        }

        return this;
    }

    /// <summary>
    /// Asks for the addresses of a page in turn, those that are the slowest at each size, and of each size once before the next: what else
    /// the machine does meanwhile weighs on all sizes alike. Each was asked for twice before, as on a portal that is in use: else it would be the disk that is measured.
    /// </summary>
    public static async Task<Turns> TakeAsync(IReadOnlyList<BenchYear> years, Func<BenchYear, IReadOnlyList<string>> pathsOf, int times, Func<BenchYear, string, Task<double>> ask)
    {
        var (turns, measured) = (new Turns(years), new Dictionary<BenchYear, List<string>>());
        foreach (var year in years)
        {
            measured[year] = await SlowestAsync(pathsOf(year), path => ask(year, path));
        }

        for (var turn = 0; turn < times; turn++)
        {
            foreach (var year in years)
            {
                turns.Add(year, await ask(year, measured[year][turn % measured[year].Count]));
            }
        }

        return turns;
    }

    private static async Task<List<string>> SlowestAsync(IReadOnlyList<string> paths, Func<string, Task<double>> ask)
    {
        foreach (var path in paths)
        {
            await ask(path);
        }

        var took = new List<(string Path, double Took)>();
        foreach (var path in paths)
        {
            took.Add((path, await ask(path)));
        }

        return [.. took.OrderByDescending(path => path.Took).Take(MostPaths).Select(path => path.Path)];
    }
}
