namespace JieSuJiBan.Web.Cases;

/// <summary>Who raised a demand, encrypted. The only place that holds it.</summary>
public sealed class PetitionerRow
{
    public required Guid CaseId { get; init; }

    /// <summary>Data Protection's output over the JSON of a <see cref="Domain.Cases.Petitioner"/>; null after erasure.</summary>
    public byte[]? Sealed { get; set; }

    /// <summary>The same for the same telephone, and nothing to anybody without the key (<see cref="TraceKey"/>); null without a telephone and after erasure.</summary>
    public byte[]? Trace { get; set; }
}
