namespace JieSuJiBan.Domain.Time;

/// <summary>A node of a plan, so long after the dispatch, and what it rests on.</summary>
public sealed record PlanNode(NodeKind Kind, TimeLimit After, string Basis);

/// <summary>A step of the ladder, so long after the dispatch, for whoever has neither submitted nor answered by then.</summary>
public sealed record PlanUrge(UrgeKind Kind, TimeLimit After, string Basis);

/// <summary>
/// What a time plan says: for cases of a level, and of a category where one is named (an area, a group or a matter of the duty list),
/// the limit, its nodes and its ladder, and how long the review of an objection may take. Each number has its basis beside it.
/// </summary>
public sealed record PlanTerms(
    string Name, CaseLevel Level, string Category, TimeLimit Limit, string Basis, IReadOnlyList<PlanNode> Nodes, IReadOnlyList<PlanUrge> Ladder,
    BasedLimit? Review = null)
{
    public const int MaxName = 40, MaxBasis = 200;

    /// <summary>How closely it fits a case; the closest is taken, and nothing where it does not fit at all.</summary>
    public int? Fit(CaseLevel level, string category) =>
        Level != level ? null
        : Category.Length == 0 ? 0
        : category == Category || category.StartsWith($"{Category}/", StringComparison.Ordinal) ? Category.Length
        : null;

    /// <summary>The times of a case that is dispatched now and has until <paramref name="dueAt"/>: what would come after that is left out.</summary>
    public Schedule Begin(Guid? plan, int version, DateTimeOffset now, DateTimeOffset dueAt, WorkCalendar calendar) => new(
        plan,
        version,
        Name,
        [.. Nodes.Select(node => new NodeTime(node.Kind, node.After.After(now, calendar))).Where(node => node.At < dueAt)],
        [.. Ladder.Select(urge => new UrgeTime(urge.Kind, urge.After.After(now, calendar))).Where(urge => urge.At < dueAt)],
        Review);

    public PlanTerms Tidy() => this with { Name = Name.Trim(), Category = Category.Trim().Trim('/'), Basis = Basis.Trim() };

    public IEnumerable<Refusal> Problems(WorkCalendar calendar)
    {
        if (Name.Length is 0 or > MaxName)
        {
            yield return new Refusal("plan.name", $"请填写名称，最多{MaxName}个字。", $"Name it, in at most {MaxName} characters.", "name");
        }

        if (!Limit.IsValid || Review is { After.IsValid: false })
        {
            yield return new Refusal("plan.limit", "请填写办理时限，如 7日、24小时、5个工作日。", "Give a limit in minutes, hours, days or working days.", "limit");
        }

        if (new[] { Basis }.Concat(Nodes.Select(node => node.Basis)).Concat(Ladder.Select(urge => urge.Basis)).Append(Review?.Basis ?? Basis).Any(basis => basis.Trim().Length is 0 or > MaxBasis))
        {
            yield return new Refusal("plan.basis", $"每个时间都要写明依据，最多{MaxBasis}个字。", $"Give the basis of every time, in at most {MaxBasis} characters.", "basis");
        }

        if (!Rises(Nodes.Select(node => ((int)node.Kind, node.After)), calendar) || !Rises(Ladder.Select(urge => ((int)urge.Kind, urge.After)), calendar))
        {
            yield return new Refusal("plan.order", "各节点、各级催督办应一个比一个晚，且早于办理时限。", "Each node and each step comes later than the one before, and before the limit.", "nodes");
        }
    }

    /// <summary>A Monday morning to count from, so that hours, days and working days can be compared.</summary>
    internal static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, WorkCalendar.Beijing);

    private bool Rises(IEnumerable<(int Kind, TimeLimit After)> steps, WorkCalendar calendar)
    {
        var (last, kind) = (Monday, -1);
        foreach (var step in steps)
        {
            if (!step.After.IsValid || step.Kind <= kind || step.After.After(Monday, calendar) is var at && (at <= last || at >= Limit.After(Monday, calendar)))
            {
                return false;
            }

            (last, kind) = (step.After.After(Monday, calendar), step.Kind);
        }

        return true;
    }
}
