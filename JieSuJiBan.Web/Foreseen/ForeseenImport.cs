using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Foreseen;

/// <summary>What an import would do with a row of the sheet.</summary>
public enum ForeseenRowKind
{
    New,
    Changed,
    Unchanged,
    Refused,
}

/// <summary>A row of the sheet, what stands on the calendar under its name, and why it cannot be imported, if so.</summary>
public sealed record ForeseenRow(int No, ForeseenRowKind Kind, ForeseenTerms Terms, ForeseenProblem? Known, IReadOnlyList<Refusal> Refusals);

/// <summary>What an import would do, row by row, before anybody has done it.</summary>
public sealed record ForeseenPlan(IReadOnlyList<ForeseenRow> Rows)
{
    public int Count(ForeseenRowKind kind) => Rows.Count(row => row.Kind == kind);

    /// <summary>All of it or nothing: one wrong row holds up the rest.</summary>
    public bool CanBeDone => Count(ForeseenRowKind.Refused) == 0 && Rows.Any(row => row.Kind is ForeseenRowKind.New or ForeseenRowKind.Changed);
}

/// <summary>Compares a sheet with the calendar. What is not in the sheet stays as it is: nothing is ended by leaving it out.</summary>
public sealed class ForeseenImport(ForeseenList list, ForeseenSheet sheet, ForeseenDesk desk)
{
    public const int MaxRows = 2000;

    private const int TitleRows = 20;

    private static readonly SheetLimits s_limits = new(MaxRows + TitleRows, MaxUnpacked: 64L << 20);

    // What the columns are called elsewhere.
    private static readonly Dictionary<string, string> s_names = new[]
    {
        ("问题", "问题名称 事项 风险问题"), ("时段", "时间 周期 周次 起止日期"), ("分类", "诉求分类 职责分类"), ("主责单位", "主办单位 牵头单位 责任单位"), ("配合单位", "协办单位"),
        ("原因和目标", "原因 说明 目标"), ("准备步骤", "措施 工作措施 预防措施"),
    }.SelectMany(column => column.Item2.Split(' ').Select(other => (other, column.Item1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a file and says what an import of it would do. Writes nothing.</summary>
    public async Task<(ForeseenPlan? Plan, Outcome Outcome)> PlanAsync(string path, Actor by, CancellationToken cancellationToken = default)
    {
        var (read, outcome) = Read(path, by.Unit.District);
        if (read is null)
        {
            return (null, outcome);
        }

        var known = await list.ListedAsync(by.Unit.District, read.Select(row => row.Terms.Title), cancellationToken);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return (new ForeseenPlan([.. read.Select(row => Judge(row, known.GetValueOrDefault(row.Terms.Title), seen, by))]), Outcome.Done);
    }

    private ForeseenRow Judge(ForeseenRow row, ForeseenProblem? known, Dictionary<string, int> seen, Actor by)
    {
        var refusals = row.Refusals.Count > 0 ? row.Refusals.ToList() : row.Terms.Problems(by.Unit.District).ToList();
        if (refusals.Count == 0 && desk.CheckNames(row.Terms, by) is { } unknown)
        {
            refusals.Add(unknown);
        }

        if (!seen.TryAdd(row.Terms.Title, row.No))
        {
            refusals.Add(new Refusal("foreseen.import.twice", $"与第{seen[row.Terms.Title]}行是同一问题。", $"The same problem as in row {seen[row.Terms.Title]}.", "title"));
        }

        return row with
        {
            Known = known,
            Refusals = refusals,
            Kind = refusals.Count > 0 ? ForeseenRowKind.Refused
                : known is null ? ForeseenRowKind.New
                : known.Terms.Says(row.Terms) ? ForeseenRowKind.Unchanged
                : ForeseenRowKind.Changed,
        };
    }

    private (List<ForeseenRow>? Rows, Outcome Outcome) Read(string path, OrgPath district)
    {
        var (opened, outcome) = Sheet.Open(path, s_limits);
        if (opened is null)
        {
            return (null, outcome);
        }

        using var file = opened;
        using var lines = file.Read();
        var (rows, columns) = (new List<ForeseenRow>(), (Dictionary<string, int>?)null);
        while (lines.Next() && (columns is not null || lines.Current.Number <= TitleRows))
        {
            var line = lines.Current;
            if (columns is null)
            {
                columns = Columns(line.Cells);
            }
            else if (line.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                var (terms, refusals) = sheet.Read(name => columns.TryGetValue(name, out var at) ? line[at] : "", district);
                rows.Add(new ForeseenRow(line.Number, ForeseenRowKind.Refused, terms, null, refusals));
            }
        }

        return lines.Refusal is { } broken ? (null, broken)
            : columns is null || rows.Count == 0 ? (null, new Refusal("foreseen.import.headings", "没有找到表头和数据：表头要有“问题”“时段”“主责单位”“准备步骤”。", "No headings or no rows: the headings are those of an exported calendar."))
            : (rows, Outcome.Done);
    }

    private static Dictionary<string, int>? Columns(IReadOnlyList<string> line)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < line.Count; at++)
        {
            var name = line[at].Trim();
            columns.TryAdd(s_names.GetValueOrDefault(name, name), at);
        }

        return columns.ContainsKey("问题") && columns.ContainsKey("时段") && columns.ContainsKey("主责单位") ? columns : null;
    }
}
