using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

// What time alone makes true of a case. Each rule fires once; the row says when the next one does.
public sealed partial class CaseFile
{
    /// <summary>What is still to come of the plan that the case was dispatched by.</summary>
    public Schedule? Schedule { get; private set; }

    /// <summary>When the clock has to look at the case next; never, if nothing can fall due.</summary>
    public DateTimeOffset? ClockAt { get; private set; }

    /// <summary>When it should have been dispatched (四快: one hour).</summary>
    public DateTimeOffset? DispatchBy { get; private set; }

    /// <summary>How far the pressure has risen since the dispatch; nothing once the unit has submitted.</summary>
    public UrgeKind? Urged { get; private set; }

    /// <summary>How many nodes passed without what they ask for.</summary>
    public int NodesLapsed { get; private set; }

    /// <summary>The limit has passed. From now on the petitioner may be asked (条例 23).</summary>
    public bool IsLimitReached { get; private set; }

    /// <summary>The unit has said since the dispatch what it does.</summary>
    public bool HasPlan { get; private set; }

    /// <summary>
    /// Writes down all that has fallen due, in the order in which it fell due, however long the clock was away. Two clocks that see the
    /// same case write it down once.
    /// </summary>
    public Outcome Ring(DateTimeOffset now)
    {
        while (ClockAt <= now)
        {
            Record(NextBell()!.Value.Happened, Actor.Clock, now);
        }

        return Outcome.Done;
    }

    /// <summary>Red when the limit is over, yellow when a node was missed or less than a quarter of the time is left.</summary>
    public Lamp LampAt(DateTimeOffset now) => LampOf(DispatchedAt, DueAt, SuspendedAt, NodesLapsed, Urged, now);

    public static Lamp LampOf(DateTimeOffset? from, DateTimeOffset? dueAt, DateTimeOffset? suspendedAt, int nodesLapsed, UrgeKind? urged, DateTimeOffset now) =>
        dueAt is not { } due || suspendedAt is not null ? Lamp.Green
        : Lamps.Of(from, due, now) is Lamp.Green && (nodesLapsed > 0 || urged is not null) ? Lamp.Yellow
        : Lamps.Of(from, due, now);

    private (DateTimeOffset At, CaseEvent Happened)? NextBell()
    {
        (DateTimeOffset At, CaseEvent Happened)? next = null;
        foreach (var bell in Bells())
        {
            next = next is { } earlier && earlier.At <= bell.At ? next : bell;
        }

        return next;
    }

    private IEnumerable<(DateTimeOffset At, CaseEvent Happened)> Bells()
    {
        foreach (var bell in ContestBells())
        {
            yield return bell;
        }

        if (!IsOpen)
        {
            yield break;
        }

        // Whoever reviews an objection or decides has a clock of his own: it runs on, whatever becomes of the case meanwhile.
        if (OpenObjection is { ReviewBy: { } reviewBy, ReviewLapsedAt: null } objection)
        {
            yield return (reviewBy, new ReviewLapsed(objection.No, reviewBy));
        }

        foreach (var bell in DecisionBells())
        {
            yield return bell;
        }

        if (SuspendedUntil is { } until)
        {
            // While it is parked nothing runs but the parking itself.
            if (!HasSuspensionLapsed)
            {
                yield return (until, new SuspensionLapsed(until));
            }

            yield break;
        }

        if (Status == CaseStatus.Registered)
        {
            if (DispatchBy is { } dispatchBy && DispatchCount == 0)
            {
                yield return (dispatchBy, new DispatchLapsed(dispatchBy));
            }

            yield break;
        }

        if (LinkUntil is { } linkUntil)
        {
            yield return (linkUntil, new CallbackLinkLapsed(linkUntil));
        }

        foreach (var node in Schedule?.Nodes ?? [])
        {
            if (!IsMet(node.Kind))
            {
                yield return (node.At, new NodeLapsed(node.Kind, node.At));
            }
        }

        if (IsUnitAtWork && FirstReceiver is { } lead)
        {
            foreach (var urge in Schedule?.Ladder ?? [])
            {
                yield return (urge.At, new CaseUrged(urge.Kind, lead, urge.At));
            }
        }

        if (DueAt is { } dueAt && !IsLimitReached)
        {
            yield return (dueAt, new LimitReached(dueAt));
        }
    }

    public bool HasSuspensionLapsed { get; private set; }

    /// <summary>It has the case and has not let go of it.</summary>
    public bool IsUnitAtWork => Status == CaseStatus.Dispatched || Status.IsBeingHandled();

    public bool IsMet(NodeKind node) => !IsUnitAtWork || node switch
    {
        NodeKind.Accept => Status != CaseStatus.Dispatched,
        NodeKind.Contact => IsProactive || ContactedAt is not null,
        NodeKind.Plan => HasPlan || OpenWhistles > 0,
        _ => OpenWhistles > 0 || OpenEscalations > 0,
    };

    private void Without(NodeKind node) => (Schedule, NodesLapsed) = (Schedule! with { Nodes = [.. Schedule.Nodes.Where(other => other.Kind != node)] }, NodesLapsed + 1);

    private void Without(UrgeKind urge) => (Schedule, Urged) = (Schedule! with { Ladder = [.. Schedule.Ladder.Where(other => other.Kind != urge)] }, urge);

    private void StartClock(Schedule? schedule) => (Schedule, Urged, NodesLapsed, IsLimitReached, HasPlan) = (schedule, null, 0, false, false);
}
