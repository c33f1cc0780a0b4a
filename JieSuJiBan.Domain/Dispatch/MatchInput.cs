namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// What is known of a demand when it arrives, for finding its unit. Lists run from the widest to the narrowest; what is not known
/// is left out. Nothing that only comes out later belongs here.
/// </summary>
public sealed record MatchInput
{
    /// <summary>The levels of its category, e.g. 市容环卫, 占道经营, 无照经营游商.</summary>
    public IReadOnlyList<string> Category { get; init; } = [];

    /// <summary>Street and community; a community's name may repeat, so it is always read together with its street.</summary>
    public IReadOnlyList<string> Place { get; init; } = [];

    /// <summary>The channel it came by.</summary>
    public string? Source { get; init; }

    /// <summary>Complaint, question, suggestion …</summary>
    public string? Kind { get; init; }

    public string? Text { get; init; }

    /// <summary>Anything else that this city's export names, by its name.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();
}

/// <summary>A unit that a rule speaks for, such as the duty list, with how much (1 is a clear rule) and why, in a sentence.</summary>
public sealed record UnitPrior(string Unit, double Weight, string Reason);

/// <summary>The units a demand may go to, best first, and how sure it is that the first one is right.</summary>
/// <param name="Confidence">The share of right answers among proposals like this one, as learnt from how they turned out.</param>
public sealed record Proposal(IReadOnlyList<Candidate> Candidates, double Confidence)
{
    public Candidate? First => Candidates is [var first, ..] ? first : null;
}

/// <param name="Unit">The unit's key.</param>
/// <param name="Name">What it is called now, among the names that it was learnt with.</param>
/// <param name="Share">How likely it is, compared with the others.</param>
/// <param name="Reasons">What speaks for it, as sentences.</param>
public sealed record Candidate(string Unit, string Name, double Share, IReadOnlyList<string> Reasons);
