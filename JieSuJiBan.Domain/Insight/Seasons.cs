using JieSuJiBan.Domain.Foreseen;

namespace JieSuJiBan.Domain.Insight;

/// <summary>Something that comes back at one time of the year: from the first day of one month to the last of another.</summary>
/// <param name="PerMonth">How many a month of the season brings, on average.</param>
/// <param name="Usual">How many a month of the whole year brings.</param>
public sealed record SeasonalPeak(string Category, int FirstMonth, int LastMonth, decimal PerMonth, decimal Usual)
{
    public decimal Times => PerMonth / Usual;

    public Season Season => Season.Of(FirstMonth, 1, LastMonth, DateTime.DaysInMonth(2026, LastMonth));
}

/// <summary>When something is seasonal.</summary>
/// <param name="PeakTimes">How many times the usual number a month must bring.</param>
/// <param name="LeastPerMonth">Fewer than this in a month of the season is nothing to prepare for.</param>
/// <param name="MostMonths">What lasts longer is no season.</param>
public sealed record SeasonRule(decimal PeakTimes, int LeastPerMonth, int MostMonths, string Basis)
{
    /// <summary>Finds the peak of a year from whole months; nothing without a month of each name.</summary>
    public SeasonalPeak? Find(string category, IReadOnlyList<(DateOnly Month, long Raised)> months)
    {
        var byName = months.GroupBy(month => month.Month.Month).ToDictionary(name => name.Key, name => (decimal)name.Average(month => month.Raised));
        if (byName.Count < 12 || byName.Values.Average() is not (> 0 and var usual))
        {
            return null;
        }

        bool IsPeak(int month) => byName[Name(month)] >= usual * PeakTimes && byName[Name(month)] >= LeastPerMonth;

        // The highest month, and its neighbours that are high too, perhaps over New Year.
        var highest = byName.MaxBy(month => (month.Value, -month.Key)).Key;
        if (!IsPeak(highest))
        {
            return null;
        }

        var (first, last) = (highest, highest);
        while (last - first + 1 < MostMonths && IsPeak(first - 1))
        {
            first--;
        }

        while (last - first + 1 < MostMonths && IsPeak(last + 1))
        {
            last++;
        }

        return new SeasonalPeak(category, Name(first), Name(last), Enumerable.Range(first, last - first + 1).Average(month => byName[Name(month)]), usual);
    }

    private static int Name(int month) => (month + 11) % 12 + 1;
}
