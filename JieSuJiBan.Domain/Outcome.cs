namespace JieSuJiBan.Domain;

/// <summary>
/// Why a rule said no. <paramref name="Code"/> is for programs and tests, the two sentences are for people;
/// <paramref name="Field"/> names the input the sentence belongs beside, where there is one.
/// </summary>
public sealed record Refusal(string Code, string Chinese, string English, string? Field = null);

/// <summary>The answer to a request that may properly be refused. Bugs and broken infrastructure still throw.</summary>
public readonly record struct Outcome(Refusal? Refusal)
{
    public static readonly Outcome Done;

    public bool IsDone => Refusal is null;

    public static implicit operator Outcome(Refusal? refusal) => new(refusal);
}
