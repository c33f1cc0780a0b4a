using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Foreseen;

/// <summary>The calendar as a spreadsheet: what is written here can be read here again, and changed in between.</summary>
public sealed class ForeseenSheet(UnitBook units, TimeProvider time)
{
    public static readonly IReadOnlyList<SheetColumn> Columns =
        [new("问题", 28), new("时段", 20), new("分类", 24), new("主责单位", 16), new("配合单位", 26), new("原因和目标", 46), new("准备步骤", 60)];

    public async Task WriteAsync(Stream stream, IEnumerable<ForeseenTerms> problems, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, "预判日历", Columns, cancellationToken);
        foreach (var terms in problems)
        {
            await sheet.WriteRowAsync(
                [
                    terms.Title, terms.Season.ToString(), terms.Category, units.ShortName(terms.Lead), string.Join('、', terms.CoUnits.Select(units.ShortName)), terms.Why,
                    Steps(terms),
                ], cancellationToken);
        }
    }

    /// <summary>Reads what people write into the cells of one district's calendar. A cell that means nothing is a refusal, not a guess.</summary>
    public (ForeseenTerms Terms, IReadOnlyList<Refusal> Refusals) Read(Func<string, string> cell, OrgPath district)
    {
        var refusals = new List<Refusal>();
        var lead = UnitNamed(cell("主责单位"), district, "lead", refusals);
        var coUnits = cell("配合单位").Split(['、', '，', ',', '；', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => UnitNamed(name, district, "coUnits", refusals)).ToList();
        var (terms, unread) = Read(new ForeseenTerms(cell("问题"), cell("原因和目标"), cell("分类"), default, lead, coUnits, []), cell("时段"), cell("准备步骤"), district);
        return (terms, [.. refusals, .. unread]);
    }

    /// <summary>The steps as they are written, one a line.</summary>
    public string Steps(ForeseenTerms terms) => string.Join('\n', terms.Steps.Select(step => $"{step.When} {units.ShortName(step.Unit)}：{step.Text}"));

    /// <summary>The terms with a season and steps that were written as in a sheet.</summary>
    public (ForeseenTerms Terms, IReadOnlyList<Refusal> Refusals) Read(ForeseenTerms rest, string seasonText, string stepLines, OrgPath district)
    {
        var refusals = new List<Refusal>();
        if (!Season.TryParse(seasonText, WorkCalendar.DateAt(time.GetUtcNow()).Year, out var season))
        {
            refusals.Add(new Refusal("foreseen.import.season", $"时段“{seasonText.Trim()}”应写成11月1日至11月15日或第44周至第46周，最长{Season.MaxDays}天。", $"“{seasonText.Trim()}” is no season of at most {Season.MaxDays} days.", "season"));
        }

        var steps = stepLines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Step(line, season, rest.Lead, district, refusals)).OfType<StepTerms>().ToList();
        return ((rest with { Season = season, Steps = steps }).Tidy(), refusals);
    }

    // 提前30天 区城管委：检修设备. Without a unit it is the lead's.
    private StepTerms? Step(string line, Season season, OrgPath lead, OrgPath district, List<Refusal> refusals)
    {
        var space = line.AsSpan().IndexOfAny(' ', '\t', '　');
        if (space < 0 || !StepTerms.TryParseWhen(line[..space], season, out var offset))
        {
            refusals.Add(new Refusal("foreseen.import.step", $"步骤“{line}”应写成“提前30天 区城管委：检修设备”，时间也可写第3天、当天或10月15日。", $"The step “{line}” does not begin with a time and a unit.", "steps"));
            return null;
        }

        var rest = line[space..].Trim();
        var colon = rest.AsSpan().IndexOfAny('：', ':');
        return colon < 0 ? new StepTerms(offset, lead, rest) : new StepTerms(offset, UnitNamed(rest[..colon], district, "steps", refusals), rest[(colon + 1)..]);
    }

    private OrgPath UnitNamed(string name, OrgPath district, string field, List<Refusal> refusals)
    {
        if (units.FindNamed(district, name.Trim()) is { } unit)
        {
            return unit.Path;
        }

        refusals.Add(new Refusal("foreseen.import.unit", $"本区没有“{name.Trim()}”这个单位。", $"The district has no unit “{name.Trim()}”.", field));
        return OrgPath.Portal;
    }
}
