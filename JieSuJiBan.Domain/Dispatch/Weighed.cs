namespace JieSuJiBan.Domain.Dispatch;

/// <summary>A demand with everything that is known for and against each candidate.</summary>
internal sealed class Weighed
{
    public required Facets Facets { get; init; }

    public required Said Said { get; init; }

    public required double Day { get; init; }

    /// <summary>The units in question, by number.</summary>
    public required int[] Units { get; init; }

    /// <summary>The role of each candidate towards this demand.</summary>
    public required int[] Roles { get; init; }

    /// <summary>For each context of units and of roles the counts found, if any.</summary>
    public required Fading?[] ByUnit { get; init; }

    public required Fading?[] ByRole { get; init; }

    public required Opinions Opinions { get; init; }

    public required Feature[] Facts { get; init; }

    public required IReadOnlyList<UnitPrior> Priors { get; init; }

    /// <summary>What the two linear models said, each for itself.</summary>
    public float[] FactShares { get; set; } = [];

    public float[] TextShares { get; set; } = [];

    /// <summary>The candidates' shares, all opinions mixed.</summary>
    public float[] Shares { get; set; } = [];

    /// <summary>Weights are learnt for each class of matters.</summary>
    public ulong Class => Hash.Of(Facets.Coarse ?? Facets.Fine ?? "");

    public int PlaceOf(int unit) => Array.IndexOf(Units, unit);
}
