namespace JieSuJiBan.Domain.Assessment;

/// <summary>What was counted for a unit: valid callbacks, and of them those contacted, solved, satisfied, basically satisfied; beside them what a review chain left out.</summary>
public readonly record struct RateCounts(long Valid, long Contacted, long Solved, long Satisfied, long Basically, long Excluded = 0)
{
    public static RateCounts operator +(RateCounts left, RateCounts right) => new(
        left.Valid + right.Valid, left.Contacted + right.Contacted, left.Solved + right.Solved, left.Satisfied + right.Satisfied, left.Basically + right.Basically, left.Excluded + right.Excluded);

    /// <summary>How many cases stand behind a number.</summary>
    public long Of(CountedCases cases) => cases switch
    {
        CountedCases.Valid => Valid,
        CountedCases.Contacted => Contacted,
        CountedCases.NotContacted => Valid - Contacted,
        CountedCases.Solved => Solved,
        CountedCases.NotSolved => Valid - Solved,
        CountedCases.Satisfied => Satisfied,
        CountedCases.Basically => Basically,
        CountedCases.NotSatisfied => Valid - Satisfied - Basically,
        _ => Excluded,
    };
}

/// <summary>响应率, 解决率, 满意率 in per cent, and the composite of them, as a scheme weighs and rounds them.</summary>
public sealed record ThreeRates(decimal Responded, decimal Solved, decimal Satisfied, decimal Composite)
{
    /// <summary>
    /// Nothing where nobody was asked: such a unit takes no part, and has not 0. The composite is made of the counts and not of
    /// rounded rates, with one division at the end, so that a half is a half.
    /// </summary>
    public static ThreeRates? Of(RateCounts counts, SchemeTerms scheme)
    {
        if (counts.Valid == 0)
        {
            return null;
        }

        var satisfied = counts.Satisfied + (scheme.Basically.Value * counts.Basically);
        var weighed = (scheme.Responded.Value * counts.Contacted) + (scheme.Solved.Value * counts.Solved) + (scheme.Satisfied.Value * satisfied);
        return new(
            PerCent(counts.Contacted, scheme.RateDecimals.Value), PerCent(counts.Solved, scheme.RateDecimals.Value), PerCent(satisfied, scheme.RateDecimals.Value),
            PerCent(weighed, scheme.CompositeDecimals.Value));

        decimal PerCent(decimal part, int decimals) => decimal.Round(part * 100 / counts.Valid, decimals, MidpointRounding.AwayFromZero);
    }
}
