namespace JieSuJiBan.Domain.Figures;

/// <summary>How often each thing was counted. Tallies add up.</summary>
public sealed record Tally
{
    public static readonly IReadOnlyList<Measure> Measures = Enum.GetValues<Measure>();

    public static readonly Tally None = new();

    private readonly long[] _counts = new long[Measures.Count];

    public long this[Measure measure]
    {
        get => _counts[(int)measure];
        init => _counts[(int)measure] = value;
    }

    public bool IsNone => Array.TrueForAll(_counts, count => count == 0);

    public static Tally Of(Func<Measure, long> count)
    {
        var tally = new Tally();
        foreach (var measure in Measures)
        {
            tally._counts[(int)measure] = count(measure);
        }

        return tally;
    }

    public static Tally operator +(Tally one, Tally other) => Of(measure => one[measure] + other[measure]);

    public static Tally operator -(Tally one, Tally other) => Of(measure => one[measure] - other[measure]);

    /// <summary>The part of <paramref name="whole"/>, 0 to 1; nothing where there is nothing to be a part of.</summary>
    public decimal? Share(Measure part, Measure whole) => this[whole] == 0 ? null : (decimal)this[part] / this[whole];

    /// <summary>How long it took on average; nothing where nothing took any time.</summary>
    public TimeSpan? Average(Measure minutes, Measure count) => this[count] == 0 ? null : TimeSpan.FromMinutes((double)this[minutes] / this[count]);

    public bool Equals(Tally? other) => other is not null && _counts.AsSpan().SequenceEqual(other._counts);

    public override int GetHashCode() => _counts.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(", ", Measures.Where(measure => this[measure] != 0).Select(measure => $"{measure} {this[measure]}"));

    internal void Count(Measure measure, long amount) => _counts[(int)measure] += amount;
}
