using System.Globalization;

namespace JieSuJiBan.Tests.Bench;

/// <summary>What a measurement found: told as it goes, and at the end as plain <c>name: value</c> lines.</summary>
internal sealed class Figures
{
    private readonly OrderedDictionary<string, double> _all = [];

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whatever is found again takes the place of what was found first.</summary>
    public void Add(string name, double value) => _all[name] = value;

    public void Print()
    {
        Console.WriteLine();
        foreach (var (name, value) in _all)
        {
            Say($"{name}: {value:0.##}");
        }
    }

    /// <summary>The smallest value that <paramref name="percent"/> of all do not exceed.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double percent) =>
        values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(percent / 100 * values.Count) - 1));

    public static string Spread(IReadOnlyCollection<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"p50 {Percentile(values, 50):0.0} ms, p95 {Percentile(values, 95):0.0} ms, p99 {Percentile(values, 99):0.0} ms");
}
