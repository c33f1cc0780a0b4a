namespace JieSuJiBan.Web.Seed;

/// <summary>What is left to chance, the same way each time: every day of the year has a source of its own.</summary>
internal static class Chance
{
    public static bool Is(this Random chance, double probability) => chance.NextDouble() < probability;

    public static T Of<T>(this Random chance, IReadOnlyList<T> all) => all[chance.Next(all.Count)];

    /// <summary>The first ones often, the last ones seldom.</summary>
    public static T Skewed<T>(this Random chance, IReadOnlyList<T> all) => all[(int)(all.Count * Math.Pow(chance.NextDouble(), 2.2))];

    public static TimeSpan Between(this Random chance, TimeSpan least, TimeSpan most) => least + ((most - least) * chance.NextDouble());

    /// <summary>Half of all are shorter than <paramref name="median"/>, and a few take very long.</summary>
    public static double LongTailed(this Random chance, double median, double spread)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
        return median * Math.Exp(spread * normal);
    }

    /// <summary>An id as the portal makes them, by time, and for the rest by chance.</summary>
    public static Guid Id(this Random chance, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        var milliseconds = at.ToUnixTimeMilliseconds();
        for (var place = 0; place < 6; place++)
        {
            bytes[place] = (byte)(milliseconds >> (40 - (8 * place)));
        }

        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x70), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Chooses by weight.</summary>
internal sealed class Urn<T>
{
    private readonly T[] _all;
    private readonly double[] _upTo;

    public Urn(IEnumerable<(T One, double Weight)> weighed)
    {
        var list = weighed.ToList();
        (_all, _upTo) = ([.. list.Select(entry => entry.One)], new double[list.Count]);
        for (var (at, sum) = (0, 0.0); at < list.Count; at++)
        {
            _upTo[at] = sum += list[at].Weight;
        }
    }

    public double Sum => _upTo[^1];

    public T Draw(Random chance)
    {
        var found = Array.BinarySearch(_upTo, chance.NextDouble() * Sum);
        return _all[Math.Min(found < 0 ? ~found : found + 1, _all.Length - 1)];
    }
}
