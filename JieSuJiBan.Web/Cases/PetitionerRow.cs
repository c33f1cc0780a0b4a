namespace JieSuJiBan.Web.Cases;

/// <summary>Who raised a demand, encrypted. The only place that holds it.</summary>
public sealed class PetitionerRow
{
    public required Guid CaseId { get; init; }

    /// <summary>Data Protection's output over the JSON of a <see cref="Domain.Cases.Petitioner"/>; null after erasure.</summary>
    public byte[]? Sealed { get; set; }
}
