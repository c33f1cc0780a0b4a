using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JieSuJiBan.Web.Sheets;

/// <summary>What stands in a cell, as text.</summary>
internal static partial class CellText
{
    private static readonly SearchValues<char> s_timeLetters = SearchValues.Create("yYmMdDhHsS");

    /// <summary>A number as it would be written down: 13000001101, not 1.3000001101E+10.</summary>
    public static string Number(double value) =>
        double.IsInteger(value) && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 1e-9 and < 1e15 ? value.ToString("0.##########", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A spreadsheet's day number, which counts from the last days of 1899, or of 1903.</summary>
    public static string Time(double days, bool from1904 = false)
    {
        days += from1904 ? 1462 : 0;
        return days is >= 0 and < 2_958_466 ? Time(new DateTime(1899, 12, 30).AddSeconds(Math.Round(days * 86_400))) : Number(days);
    }

    public static string Time(DateTime at) =>
        at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number format that shows a day or a time, e.g. <c>yyyy"年"m"月"d"日"</c>.</summary>
    public static bool ShowsTime(string format) =>
        !format.Equals("General", StringComparison.OrdinalIgnoreCase) && Unquoted().Replace(format, "").AsSpan().ContainsAny(s_timeLetters);

    /// <summary>Excel writes what XML cannot say as _x000D_.</summary>
    public static string Unescape(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escaped().Replace(text, match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("""\[[^\]]*\]|"[^"]*"|\\.|_.|\*.""")]
    private static partial Regex Unquoted();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
