using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Figures;

/// <summary>One number for each <see cref="Measure"/>, each in a column of that name.</summary>
public abstract class CountedRow
{
    private readonly Dictionary<string, object> _counts = [];

    public OrgPath District { get; init; }
    public Dimension Dimension { get; init; }
    public string Subject { get; init; } = "";

    public object this[string measure]
    {
        get => _counts.GetValueOrDefault(measure, 0L);
        set => _counts[measure] = value;
    }

    public void Add(Tally tally)
    {
        foreach (var measure in Tally.Measures)
        {
            this[measure.ToString()] = (long)this[measure.ToString()] + tally[measure];
        }
    }
}

/// <summary>What was counted on one day, or in the month that begins on it.</summary>
public sealed class TallyRow : CountedRow
{
    public bool IsMonth { get; init; }
    public DateOnly Start { get; init; }
}

/// <summary>
/// By how much a case that changed changed a figure; written beside the log, so in the database exactly if the change is, and added
/// to the tallies afterwards. Writers never wait for each other at one row that all of them count in.
/// </summary>
public sealed class FigureChange : CountedRow
{
    public long Id { get; init; }
    public DateOnly Day { get; init; }
}
