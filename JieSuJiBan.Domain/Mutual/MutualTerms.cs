namespace JieSuJiBan.Domain.Mutual;

/// <summary>What the whistler's four marks for a unit weigh, in percent.</summary>
public sealed record UnitWeights(int Response, int Arrival, int Measure, int Result)
{
    internal bool IsValid => new[] { Response, Arrival, Measure, Result } is var all && all.All(weight => weight is >= 0 and <= 100) && all.Sum() == 100;

    /// <summary>The weighted mean of so many ratings, from the sums of their marks.</summary>
    public decimal Mean(int ratings, int response, int arrival, int measure, int result) =>
        ((response * Response) + (arrival * Arrival) + (measure * Measure) + (result * Result)) / (100m * ratings);
}

/// <summary>What a unit's three marks for a whistle weigh, in percent.</summary>
public sealed record WhistleWeights(int Prepared, int RightUnit, int Clear)
{
    internal bool IsValid => new[] { Prepared, RightUnit, Clear } is var all && all.All(weight => weight is >= 0 and <= 100) && all.Sum() == 100;

    public decimal Mean(int ratings, int prepared, int rightUnit, int clear) => ((prepared * Prepared) + (rightUnit * RightUnit) + (clear * Clear)) / (100m * ratings);
}

/// <summary>
/// What a district's 双考评 counts by. What departments say of whistles, or of streets, is shown as a mean of at least
/// <paramref name="Least"/> ratings only: no department assesses a street by itself (街道条例 43).
/// </summary>
public sealed record MutualTerms(UnitWeights Unit, WhistleWeights Whistle, int Least, string Basis)
{
    public const int MaxBasis = 300;

    /// <summary>Whether departments' ratings of a street are shown as a mean. Many ratings of one department are still one department's.</summary>
    public bool IsEnough(int ratings, int raters) => ratings >= Least && raters > 1;

    public IEnumerable<Refusal> Problems()
    {
        if (!Unit.IsValid)
        {
            yield return new Refusal("mutual.weights", "四项权重合计须为100。", "The four weights add up to 100.", "unit");
        }

        if (!Whistle.IsValid)
        {
            yield return new Refusal("mutual.weights", "三项权重合计须为100。", "The three weights add up to 100.", "whistle");
        }

        if (Least is < 2 or > 20)
        {
            yield return new Refusal("mutual.least", "最少份数为2至20。", "At least 2 and at most 20 ratings.", "least");
        }

        if (Basis.Trim().Length is 0 or > MaxBasis)
        {
            yield return new Refusal("mutual.basis", $"请写明依据，最多{MaxBasis}个字。", $"Give the basis, in at most {MaxBasis} characters.", "basis");
        }
    }
}
