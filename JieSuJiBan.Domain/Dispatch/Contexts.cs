using System.Numerics;
using System.Runtime.InteropServices;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>What a context looks at.</summary>
[Flags]
internal enum Part
{
    None = 0,
    Coarse = 1,
    Middle = 2,
    Fine = 4,
    Area = 8,
    Spot = 16,
    Source = 32,
}

/// <summary>
/// The contexts that units are counted in, each with the wider one that it falls back on where it has seen little.
/// </summary>
internal static class Contexts
{
    private const int None = -1;

    public static readonly (Part Parts, int Wider)[] OfUnits =
    [
        (Part.None, None),
        (Part.Coarse, 0),
        (Part.Middle, 1),
        (Part.Fine, 2),
        (Part.Area, 0),
        (Part.Spot, 4),
        (Part.Coarse | Part.Area, 1),
        (Part.Middle | Part.Area, 6),
        (Part.Fine | Part.Area, 3),
        (Part.Fine | Part.Spot, 8),
        (Part.Fine | Part.Source, 3),
        (Part.Fine | Part.Area | Part.Source, 8),
        (Part.Fine | Part.Spot | Part.Source, 11),
        (Part.Middle | Part.Spot, 7),
        (Part.Coarse | Part.Spot, 6),
        (Part.Coarse | Part.Area | Part.Source, 6),
        (Part.Area | Part.Source, 4),
        (Part.Middle | Part.Area | Part.Source, 7),
        (Part.Spot | Part.Source, 5),
    ];

    /// <summary>Fewer, because a role is already told from the place: "the office of this very street".</summary>
    public static readonly (Part Parts, int Wider)[] OfRoles =
    [
        (Part.None, None),
        (Part.Coarse, 0),
        (Part.Middle, 1),
        (Part.Fine, 2),
        (Part.Fine | Part.Source, 3),
        (Part.Area, 0),
        (Part.Coarse | Part.Area, 5),
        (Part.Spot, 5),
        (Part.Fine | Part.Area, 3),
    ];

    /// <summary>What the linear model looks at: it adds up what the counts cannot combine.</summary>
    public static readonly Part[] OfFacts =
    [
        Part.None, Part.Coarse, Part.Middle, Part.Fine, Part.Area, Part.Spot, Part.Source,
        Part.Fine | Part.Area, Part.Fine | Part.Spot, Part.Fine | Part.Source,
        Part.Middle | Part.Area, Part.Middle | Part.Spot, Part.Middle | Part.Source,
        Part.Coarse | Part.Area, Part.Coarse | Part.Spot, Part.Area | Part.Source,
    ];

    /// <summary>Those whose weight of evidence tells most about how far a proposal can be trusted.</summary>
    public const int FineAtArea = 8, FineAtSpot = 9, FineOfRoles = 3;
}

/// <summary>A demand taken apart: the words of each part, and a key for each context.</summary>
internal sealed class Facets
{
    private readonly ulong?[] _keys = new ulong?[2 * (int)Part.Source];

    public Facets(MatchInput demand)
    {
        Demand = demand;
        Fine = demand.Category is [.., var fine] ? fine : null;
        Coarse = demand.Category.Count > 1 ? demand.Category[0] : null;
        Middle = demand.Category.Count > 2 ? demand.Category[^2] : null;
        Area = demand.Place.Count > 0 ? demand.Place[0] : null;
        Spot = demand.Place.Count > 1 ? demand.Place[^1] : null;
        Note(Part.Coarse, Coarse);
        Note(Part.Middle, Middle);
        Note(Part.Fine, Fine);
        Note(Part.Area, Area);
        Note(Part.Spot, Spot is null ? null : $"{Area}/{Spot}");
        Note(Part.Source, demand.Source);
        Combine();
    }

    public MatchInput Demand { get; }

    public string? Coarse { get; }

    public string? Middle { get; }

    public string? Fine { get; }

    public string? Area { get; }

    public string? Spot { get; }

    /// <summary>The key of a context, or none when the demand lacks a part of it.</summary>
    public ulong? KeyOf(Part parts) => _keys[(int)parts];

    private void Note(Part part, string? word)
    {
        if (word is not null)
        {
            _keys[(int)part] = Hash.Mix((ulong)part, Hash.Of(word));
        }
    }

    // Each from the one without its highest part.
    private void Combine()
    {
        _keys[0] = 1;
        for (var parts = 1; parts < _keys.Length; parts++)
        {
            var highest = 1 << BitOperations.Log2((uint)parts);
            if (parts != highest && _keys[parts] is null)
            {
                _keys[parts] = _keys[parts ^ highest] is { } rest && _keys[highest] is { } part ? Hash.Mix(rest, part) : null;
            }
        }
    }
}

/// <summary>Hashes that are the same in every run and on every machine, as a snapshot needs.</summary>
internal static class Hash
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in MemoryMarshal.Cast<char, ushort>(text))
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash, (ulong)text.Length);
    }

    public static ulong Mix(ulong a, ulong b)
    {
        var mixed = (a ^ (b * 0x9E3779B97F4A7C15UL)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 29)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 32);
    }
}
