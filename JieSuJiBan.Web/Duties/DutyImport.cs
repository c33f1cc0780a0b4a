using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Duties;

/// <summary>What an import would do with a row of the sheet.</summary>
public enum DutyRowKind
{
    New,
    Changed,
    Unchanged,
    Refused,
}

/// <param name="No">The row's number in the sheet.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Terms">What it says.</param>
/// <param name="Known">What stands on the list under its name.</param>
/// <param name="Changes">In what the two differ.</param>
/// <param name="Refusals">Why it cannot be imported.</param>
public sealed record DutyRow(int No, DutyRowKind Kind, DutyTerms Terms, DutyLine? Known, IReadOnlyList<DutyChange> Changes, IReadOnlyList<Refusal> Refusals);

/// <summary>What an import would do, row by row, before anybody has done it.</summary>
public sealed record DutyPlan(IReadOnlyList<DutyRow> Rows)
{
    public int Count(DutyRowKind kind) => Rows.Count(row => row.Kind == kind);

    /// <summary>All of it or nothing: one wrong row holds up the rest.</summary>
    public bool CanBeDone => Count(DutyRowKind.Refused) == 0 && Rows.Any(row => row.Kind is DutyRowKind.New or DutyRowKind.Changed);
}

/// <summary>Compares a sheet with the list. What is not in the sheet stays as it is: nothing is ended by leaving it out.</summary>
public sealed class DutyImport(DutyBook book, DutySheet sheet, DutyChanges changes, TimeRules rules)
{
    public const int MaxRows = 20_000;

    private const int TitleRows = 20;

    private static readonly SheetLimits s_limits = new(MaxRows + TitleRows, MaxUnpacked: 256L << 20);

    // What the columns are called elsewhere.
    private static readonly Dictionary<string, string> s_names = new[]
    {
        ("三级分类（事项）", "三级分类 事项 事项名称 职责事项"), ("主责单位", "主办单位 责任单位 牵头单位"), ("主责职责", "职责 工作职责 主责内容"), ("配合单位及职责", "配合单位 协办单位"),
        ("法规依据", "依据 法律依据 设定依据"), ("办理时限", "时限"), ("层级", "范围 级别"), ("等级", "紧急程度"), ("常用说法", "关键词 别名"),
    }.SelectMany(column => column.Item2.Split(' ').Select(other => (other, column.Item1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a file and says what an import of it would do. Writes nothing.</summary>
    public (DutyPlan? Plan, Outcome Outcome) Plan(string path, Actor by)
    {
        var (opened, outcome) = Sheet.Open(path, s_limits);
        if (opened is null)
        {
            return (null, outcome);
        }

        using var file = opened;
        using var lines = file.Read();
        var (rows, columns, seen) = (new List<DutyRow>(), (Dictionary<string, int>?)null, new Dictionary<string, int>(StringComparer.Ordinal));
        while (lines.Next() && (columns is not null || lines.Current.Number <= TitleRows))
        {
            if (columns is null)
            {
                columns = Columns(lines.Current.Cells);
            }
            else if (lines.Current.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                rows.Add(Row(lines.Current, columns, seen, by));
            }
        }

        return lines.Refusal is { } broken ? (null, broken)
            : columns is null || rows.Count == 0 ? (null, new Refusal("duty.import.headings", "没有找到表头和数据：表头要有“三级分类（事项）”“主责单位”“主责职责”“法规依据”。", "No headings or no rows: the headings are those of an exported list."))
            : (new DutyPlan(rows), Outcome.Done);
    }

    private DutyRow Row(SheetRow line, Dictionary<string, int> columns, Dictionary<string, int> seen, Actor by)
    {
        var district = by.Unit.District;
        var (terms, unread) = sheet.Read(name => columns.TryGetValue(name, out var at) ? line[at] : "", district, rules);
        var known = book.FindListed(district, terms.Category);
        var refusals = unread.Count > 0 ? [.. unread] : terms.Problems(district).ToList();
        if (!seen.TryAdd(terms.Category, line.Number))
        {
            refusals.Add(new Refusal("duty.import.twice", $"与第{seen[terms.Category]}行是同一事项。", $"The same matter as in row {seen[terms.Category]}.", "matter"));
        }

        var different = known is null ? [] : changes.Between(known.Terms, terms);
        if (different.Count > 0 && known is { State: DutyState.InForce, WaitsFor: not DutyJudge.Nobody })
        {
            refusals.Add(new Refusal("duty.revise.pending", "上一次修改还在等待准入。", "The last revision still waits to be admitted.", "matter"));
        }

        var kind = refusals.Count > 0 ? DutyRowKind.Refused
            : known is null ? DutyRowKind.New
            : different.Count > 0 ? DutyRowKind.Changed
            : DutyRowKind.Unchanged;
        return new DutyRow(line.Number, kind, terms, known, different, refusals);
    }

    private static Dictionary<string, int>? Columns(IReadOnlyList<string> line)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < line.Count; at++)
        {
            var name = line[at].Trim();
            columns.TryAdd(s_names.GetValueOrDefault(name, name), at);
        }

        return columns.ContainsKey("三级分类（事项）") && columns.ContainsKey("主责单位") ? columns : null;
    }
}
