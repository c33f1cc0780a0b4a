using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Intake;

/// <summary>One order of the hotline, as a row of its export tells it.</summary>
public sealed record Order(int Row, string Number, string Title)
{
    /// <summary>Why the row cannot be taken in; then nothing below counts.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>An earlier row of the file with the same number: that one counts, or the same file would change something each time.</summary>
    public int? RepeatOf { get; init; }

    /// <summary>The address in a row that names no street, by which one may be found.</summary>
    public string? Address { get; init; }

    public Demand? Demand { get; init; }

    public Petitioner Petitioner { get; init; } = Petitioner.Anonymous;

    /// <summary>What the row says under each name that its file has a column for; empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Told { get; init; } = new Dictionary<string, string>();

    /// <summary>The hotline's own dispatch, if it names one unit.</summary>
    public OrgPath? Lead { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string LimitBasis { get; init; } = "";

    /// <summary>How it ended at the hotline, if it did.</summary>
    public SourceEnding? Ending { get; init; }
}
