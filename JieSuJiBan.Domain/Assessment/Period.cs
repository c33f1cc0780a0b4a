using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace JieSuJiBan.Domain.Assessment;

/// <summary>A month, quarter or year by its name. From when to when it runs is the scheme's affair.</summary>
public readonly record struct Period(PeriodKind Kind, int Year, int No) : IParsable<Period>
{
    public const int FirstYear = 2000, LastYear = 2100;

    private static readonly string[] s_quarters = ["一", "二", "三", "四"];

    public static Period Month(int year, int month) => new(PeriodKind.Month, year, month);

    /// <summary>The months it consists of, counted through from the year 0.</summary>
    internal (int First, int Last) Months => Kind switch
    {
        PeriodKind.Month => ((Year * 12) + No - 1, (Year * 12) + No - 1),
        PeriodKind.Quarter => ((Year * 12) + (3 * (No - 1)), (Year * 12) + (3 * No) - 1),
        _ => (Year * 12, (Year * 12) + 11),
    };

    public Period Before => No > 1 ? this with { No = No - 1 } : new(Kind, Year - 1, Kind switch { PeriodKind.Month => 12, PeriodKind.Quarter => 4, _ => 1 });

    public Period Next => Kind switch { PeriodKind.Month => No < 12, PeriodKind.Quarter => No < 4, _ => false } ? this with { No = No + 1 } : new(Kind, Year + 1, 1);

    public Period YearBefore => this with { Year = Year - 1 };

    /// <summary>The period of a kind in which a month lies.</summary>
    public static Period Of(PeriodKind kind, int year, int month) => new(kind, year, kind switch { PeriodKind.Month => month, PeriodKind.Quarter => ((month - 1) / 3) + 1, _ => 1 });

    /// <summary>2026-03, 2026Q1, 2026: as addresses and the database have it.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Month => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{No:00}"),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}Q{No}"),
        _ => Year.ToString("0000", CultureInfo.InvariantCulture),
    };

    public string Chinese => Kind switch
    {
        PeriodKind.Month => $"{Year}年{No}月",
        PeriodKind.Quarter => $"{Year}年第{s_quarters[No - 1]}季度",
        _ => $"{Year}年",
    };

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static Period Parse(string key) => TryParse(key, null, out var period) ? period : throw new FormatException("This is no period.");

    static Period IParsable<Period>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Period result)
    {
        result = default;
        var (kind, most) = s switch
        {
            { Length: 7 } when s[4] == '-' => (PeriodKind.Month, 12),
            { Length: 6 } when s[4] == 'Q' => (PeriodKind.Quarter, 4),
            { Length: 4 } => (PeriodKind.Year, 1),
            _ => (PeriodKind.Month, 0),
        };
        if (most == 0 || !int.TryParse(s.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < FirstYear or > LastYear)
        {
            return false;
        }

        var no = 1;
        if (kind != PeriodKind.Year && (!int.TryParse(s.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out no) || no < 1 || no > most))
        {
            return false;
        }

        result = new(kind, year, no);
        return true;
    }
}
