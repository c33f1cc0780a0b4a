using System.Globalization;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Foreseen;

/// <summary>What a unit does beforehand, and how many days after the season's beginning it must be done; before it, if negative.</summary>
public sealed partial record StepTerms(int Offset, OrgPath Unit, string Text)
{
    public const int MaxBefore = 120, MaxText = 200;

    /// <summary>提前30天, 当天, 第10天: as lists write it.</summary>
    public string When => Offset switch
    {
        < 0 => string.Create(CultureInfo.InvariantCulture, $"提前{-Offset}天"),
        0 => "当天",
        _ => string.Create(CultureInfo.InvariantCulture, $"第{Offset + 1}天"),
    };

    /// <summary>Reads the same, or a day of the year.</summary>
    public static bool TryParseWhen(string? text, Season season, out int offset)
    {
        offset = 0;
        if (text?.Trim() is "当天" or "首日")
        {
            return true;
        }

        if (Words().Match(text ?? "") is { Success: true } words)
        {
            var days = int.Parse(words.Groups[2].Value, CultureInfo.InvariantCulture);
            if (days < 1)
            {
                return false;
            }

            offset = words.Groups[1].Value == "提前" ? -days : days - 1;
            return true;
        }

        if (Day().Match(text ?? "") is not { Success: true } day
            || !DateOnly.TryParseExact($"2026-{day.Groups[1].Value}-{day.Groups[2].Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        // Within the season, or else before it.
        var after = Season.DayOf(date) - season.FromDay;
        after = after < 0 ? after + Season.Year : after;
        offset = after < season.Days ? after : after - Season.Year;
        return true;
    }

    [GeneratedRegex(@"^\s*(提前|第)\s*(\d{1,3})\s*[天日]\s*$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^\s*(\d{1,2})[月\-./](\d{1,2})日?\s*$")]
    private static partial Regex Day();
}

/// <summary>What the calendar says of a problem that comes every year: when, why, whose it is, and what is done before the first call.</summary>
/// <param name="Title">What people will complain of.</param>
/// <param name="Why">Why it comes, and what is to be achieved.</param>
/// <param name="Category">An area of the duty list, or more exactly area/group or area/group/matter.</param>
/// <param name="Season">When.</param>
/// <param name="Lead">The unit that leads the preparation.</param>
/// <param name="CoUnits">Who helps.</param>
/// <param name="Steps">What is done, by whom, until when.</param>
public sealed record ForeseenTerms(
    string Title, string Why, string Category, Season Season, OrgPath Lead, IReadOnlyList<OrgPath> CoUnits, IReadOnlyList<StepTerms> Steps)
{
    public const int MaxTitle = 40, MaxText = 500, MaxSteps = 12;

    /// <summary>The same without stray spaces and line breaks, which a spreadsheet would not bring back; the steps by their days.</summary>
    public ForeseenTerms Tidy() => this with
    {
        Title = Tidy(Title),
        Why = Tidy(Why),
        Category = Tidy(Category),
        Steps = [.. Steps.Select(step => step with { Text = Tidy(step.Text) }).OrderBy(step => step.Offset)],
    };

    public bool Says(ForeseenTerms other) =>
        this with { CoUnits = other.CoUnits, Steps = other.Steps } == other && CoUnits.SequenceEqual(other.CoUnits) && Steps.SequenceEqual(other.Steps);

    /// <summary>Everything that is wrong with it, each beside its field.</summary>
    public IEnumerable<Refusal> Problems(OrgPath district) => [.. TextProblems(), .. UnitProblems(district), .. StepProblems()];

    private IEnumerable<Refusal> TextProblems()
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > MaxTitle)
        {
            yield return new("foreseen.title", $"请填写{MaxTitle}字以内的问题名称。", $"Give it a name of at most {MaxTitle} characters.", "title");
        }

        if (string.IsNullOrWhiteSpace(Why) || Why.Length > MaxText)
        {
            yield return new("foreseen.why", $"请用{MaxText}字以内写明为什么会发生、要做到什么。", $"Say in at most {MaxText} characters why it comes and what is to be achieved.", "why");
        }

        if (string.IsNullOrWhiteSpace(Category))
        {
            yield return new("foreseen.category", "请选择职责清单中的分类。", "Choose a category of the duty list.", "category");
        }

        if (!Season.IsValid)
        {
            yield return new("foreseen.season", $"请填写起止日期，最长{Season.MaxDays}天，如11月1日至11月15日或第44周至第46周。", $"Say from when to when, {Season.MaxDays} days at most.", "season");
        }
    }

    private IEnumerable<Refusal> UnitProblems(OrgPath district)
    {
        if (!CanAct(district, Lead))
        {
            yield return new("foreseen.lead", "请选择本区的部门、企业或街乡镇为主责单位。", "The lead is a department, enterprise or street of the district.", "lead");
        }

        if (CoUnits.Contains(Lead) || CoUnits.Distinct().Count() != CoUnits.Count || !CoUnits.All(unit => CanAct(district, unit)))
        {
            yield return new("foreseen.co-units", "配合单位应是本区的部门、企业或街乡镇，且不重复。", "Those who help are departments, enterprises or streets of the district, each named once.", "coUnits");
        }
    }

    private IEnumerable<Refusal> StepProblems()
    {
        if (Steps.Count is 0 or > MaxSteps)
        {
            yield return new("foreseen.steps", $"请写明1到{MaxSteps}个准备步骤。", $"Name 1 to {MaxSteps} steps of preparation.", "steps");
        }

        if (Steps.Any(step => string.IsNullOrWhiteSpace(step.Text) || step.Text.Length > StepTerms.MaxText))
        {
            yield return new("foreseen.step.text", $"请用{StepTerms.MaxText}字以内写明每一步做什么。", $"Say in at most {StepTerms.MaxText} characters what each step is.", "steps");
        }

        if (Steps.Any(step => step.Unit != Lead && !CoUnits.Contains(step.Unit)))
        {
            yield return new("foreseen.step.unit", "每一步由主责单位或配合单位负责。", "Each step is the lead's, or that of a unit which helps.", "steps");
        }

        if (Season.IsValid && Steps.Any(step => step.Offset < -StepTerms.MaxBefore || step.Offset >= Season.Days))
        {
            yield return new("foreseen.step.when", $"准备步骤的时间应在开始前{StepTerms.MaxBefore}天到时段结束之间。", $"A step lies between {StepTerms.MaxBefore} days before the season and its end.", "steps");
        }
    }

    private static bool CanAct(OrgPath district, OrgPath unit) =>
        unit.District == district && unit.Kind is UnitKind.Department or UnitKind.Enterprise or UnitKind.Street;

    private static string Tidy(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
