using System.Globalization;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Foreseen;

/// <summary>
/// The calendar that a district can start from: what Beijing's year usually brings, by the keys of the default departments. It is a
/// proposal; each district makes it its own.
/// </summary>
public static class DefaultForeseen
{
    private static readonly string[] s_lines = Read();

    public static IReadOnlyList<ForeseenTerms> For(OrgPath district) =>
        [.. s_lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => Parse(line.Split('|', StringSplitOptions.TrimEntries), district))];

    private static ForeseenTerms Parse(string[] row, OrgPath district)
    {
        var season = Season.TryParse(row[1], 2026, out var read) ? read : throw new FormatException($"'{row[1]}' is no season.");
        var steps = row[6].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(step => step.Split(' ', 3))
            .Select(step => new StepTerms(int.Parse(step[0], CultureInfo.InvariantCulture), district.Child(step[1]), step[2]));
        var coUnits = row[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(district.Child);
        return new ForeseenTerms(row[0], row[5], row[2], season, district.Child(row[3]), [.. coUnits], [.. steps]).Tidy();
    }

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(DefaultForeseen).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Rules.foreseen.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}
