namespace JieSuJiBan.Web.Reports;

/// <summary>What a printed file vouches for: the head of every log of its case at the moment it was drawn.</summary>
public sealed class Seal
{
    /// <summary>Printed as the QR code; derived from the heads, so the same state always has the same code.</summary>
    public required string Code { get; init; }

    public required Guid CaseId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>JSON: stream, sequence and hash of each log.</summary>
    public required string Heads { get; init; }
}
