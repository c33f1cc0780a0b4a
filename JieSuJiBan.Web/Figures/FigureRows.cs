using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Figures;

/// <summary>One number for each <see cref="Measure"/>, each in a column of that name.</summary>
public abstract class CountedRow
{
    private static readonly Dictionary<string, Measure> s_measures = Tally.Measures.ToDictionary(measure => measure.ToString());

    private readonly long[] _counts = new long[Tally.Measures.Count];

    public OrgPath District { get; init; }
    public Dimension Dimension { get; init; }
    public string Subject { get; init; } = "";

    public object this[string measure]
    {
        get => _counts[(int)s_measures[measure]];
        set => _counts[(int)s_measures[measure]] = (long)value;
    }

    public void Add(Tally tally)
    {
        foreach (var measure in Tally.Measures)
        {
            _counts[(int)measure] += tally[measure];
        }
    }
}

/// <summary>
/// Over which days one tally goes. The months of assessment run from the 19th to the 18th unless a scheme says otherwise, so each month is
/// also kept in the two parts that such months are made of. What begins on another day is added up from days until a part begins.
/// </summary>
public enum Stretch
{
    Day = 0,
    Month = 1,

    /// <summary>The 1st to the 18th of a month, or the 19th to its end.</summary>
    Part = 2,
}

internal static class Stretches
{
    /// <summary>The first day of the later part of a month.</summary>
    private const int Later = 19;

    /// <summary>The first day of the stretch in which a day lies.</summary>
    public static DateOnly StartOf(this Stretch stretch, DateOnly day) => stretch switch
    {
        Stretch.Month => new(day.Year, day.Month, 1),
        Stretch.Part => new(day.Year, day.Month, day.Day < Later ? 1 : Later),
        _ => day,
    };

    /// <summary>The first day after the stretch that begins on a day.</summary>
    public static DateOnly EndOf(this Stretch stretch, DateOnly start) => stretch switch
    {
        Stretch.Part when start.Day < Later => new(start.Year, start.Month, Later),
        Stretch.Day => start.AddDays(1),
        _ => new DateOnly(start.Year, start.Month, 1).AddMonths(1),
    };

    /// <summary>The first day of the stretch in which the column "Day" lies.</summary>
    public static string StartSql(this Stretch stretch) => stretch switch
    {
        Stretch.Month => "date(\"Day\", 'start of month')",
        Stretch.Part => $"CASE WHEN strftime('%d', \"Day\") < '{Later}' THEN date(\"Day\", 'start of month') ELSE date(\"Day\", 'start of month', '+{Later - 1} days') END",
        _ => "\"Day\"",
    };
}

/// <summary>What was counted in the stretch that begins on a day.</summary>
public sealed class TallyRow : CountedRow
{
    public Stretch Stretch { get; init; }
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
