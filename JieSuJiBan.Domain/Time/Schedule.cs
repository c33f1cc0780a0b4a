namespace JieSuJiBan.Domain.Time;

/// <summary>What must have happened to a case by when, besides its limit (一三五七 and what comes before).</summary>
public enum NodeKind
{
    [Word("签收")] Accept,
    [Word("首次联系")] Contact,
    [Word("提出方案")] Plan,
    [Word("提交结果或吹哨")] Result,
}

/// <summary>Rising pressure on whoever has not finished (四快: day 2, 3, 4).</summary>
public enum UrgeKind
{
    [Word("催办")] Remind,
    [Word("督办")] Supervise,
    [Word("查办")] Investigate,
}

public sealed record NodeTime(NodeKind Kind, DateTimeOffset At);

public sealed record UrgeTime(UrgeKind Kind, DateTimeOffset At);

/// <summary>
/// The times that one case runs by, counted from its dispatch by one version of one plan: a plan that is changed later does not move
/// them. <paramref name="Plan"/> is none for what the portal ships with. What each rests on stands in that version of the plan.
/// </summary>
public sealed record Schedule(
    Guid? Plan, int Version, string Name, IReadOnlyList<NodeTime> Nodes, IReadOnlyList<UrgeTime> Ladder, BasedLimit? Review = null)
{
    /// <summary>The clock stood still for so long.</summary>
    public Schedule Shift(TimeSpan by) => this with
    {
        Nodes = [.. Nodes.Select(node => node with { At = node.At + by })],
        Ladder = [.. Ladder.Select(urge => urge with { At = urge.At + by })],
    };
}

/// <summary>How a limit stands: calm, soon or past a node, over.</summary>
public enum Lamp
{
    [Word("正常")] Green,
    [Word("临近")] Yellow,
    [Word("超时")] Red,
}

public static class Lamps
{
    /// <summary>Yellow when less than a quarter of the time is left.</summary>
    public static Lamp Of(DateTimeOffset? from, DateTimeOffset due, DateTimeOffset now) =>
        due <= now ? Lamp.Red
        : from is { } since && (due - now) * 4 < due - since ? Lamp.Yellow
        : Lamp.Green;
}
