using System.Globalization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>Where the reports stand and where a number of one is opened.</summary>
public static class EnterpriseLinks
{
    public const string List = "/reports/enterprises";

    // Numbers are of a month; no page asks for more.
    private const int MostDays = 62;

    public static string Report(string key, int? edition = null) => $"{List}/{key}{(edition is null ? "" : $"?edition={edition}")}";

    public static string Print(string key, int? edition = null) => $"{List}/{key}/report.pdf{(edition is null ? "" : $"?edition={edition}")}";

    /// <summary>The address of a number's cases, if this reader may open them.</summary>
    public static string? Open(this ReportNumber number, string key, Actor by) =>
        number.Of is { } own ? EnterpriseCases.CanOpen(own, by) ? Cases(own) : null
        : number.Ranked is { } ranked && by.CanSeeFiguresOf(ranked.Unit) ? $"/rankings/cases?list={RankingList.Enterprises}&at={key}&unit={Uri.EscapeDataString(ranked.Unit.Value)}&of={ranked.Of}"
        : null;

    public static string Cases(EnterpriseQuestion question) =>
        $"{List}/cases?figure={question.Figure}&from={Day(question.From)}&until={Day(question.Until)}&result={question.Result}"
        + (question.Unit is { } unit ? $"&unit={Uri.EscapeDataString(unit.Value)}" : "") + (question.Place is { } place ? $"&place={Uri.EscapeDataString(place.Value)}" : "")
        + (question.Category is { } category ? $"&category={Uri.EscapeDataString(category)}" : "");

    /// <summary>Reads what <see cref="Cases"/> has written; nothing where somebody made it up.</summary>
    public static EnterpriseQuestion? Read(string? figure, string? from, string? until, string? result, string? unit, string? place, string? category) =>
        Enum.TryParse<EnterpriseFigure>(figure, out var of) && Enum.IsDefined(of) && Enum.TryParse<CountedResult>(result, out var counted) && Enum.IsDefined(counted)
        && Read(from) is { } first && Read(until) is { } end && first < end && end.DayNumber - first.DayNumber <= MostDays
            ? new EnterpriseQuestion(of, first, end, counted, Path(unit), Path(place), category is { Length: > 0 } ? category : null)
            : null;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static OrgPath? Path(string? text) => text is { Length: > 0 } ? new OrgPath(text) : null;

    private static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year > Period.FirstYear - 1 ? day : null;
}
