using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Crowds;

public enum CrowdState
{
    [Word("待处置")] Open,
    [Word("已吹哨")] Whistled,
    [Word("已排除")] Dismissed,
}

/// <summary>
/// The same matter of many (群诉): demands of one class at one place in a short time. It asks one question, whether to blow a whistle
/// over all of them at once, and goes on counting until somebody has answered it.
/// </summary>
public sealed class Crowd : Aggregate
{
    private Crowd() { }  // for EF and replay

    public OrgPath District { get; private set; }

    /// <summary>The street or community where the place lies.</summary>
    public OrgPath Home { get; private set; }

    /// <summary>The street that would blow the whistle.</summary>
    public OrgPath Street { get; private set; }

    public string Class { get; private set; } = "";

    /// <summary>What the place is called in the demands.</summary>
    public string Place { get; private set; } = "";

    public string Rule { get; private set; } = "";
    public CrowdState State { get; private set; }
    public int Size { get; private set; }
    public DateTimeOffset RaisedAt { get; private set; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>When the district's leader saw it, and what he wrote.</summary>
    public DateTimeOffset? InstructedAt { get; private set; }

    public string? Instruction { get; private set; }

    /// <summary>The unit that he sent it straight to, as a task.</summary>
    public OrgPath? RoutedTo { get; private set; }

    public Guid? Whistle { get; private set; }
    public string? WhistleNumber { get; private set; }

    protected override Guid? LogCaseId => null;

    public static Crowd Replay(IEnumerable<LogEntry> log) => Replay(new Crowd(), log);

    /// <summary>Only the portal raises one, from what it counts.</summary>
    public static Crowd Raise(Guid id, CrowdRaised found, DateTimeOffset now)
    {
        var crowd = new Crowd { Id = id };
        crowd.Record(found, Actor.Matcher(found.Home.District), now);
        return crowd;
    }

    public Outcome Grow(IReadOnlyList<CrowdMember> members, DateTimeOffset now)
    {
        if (State == CrowdState.Open && members.Count > 0)
        {
            Record(new CrowdGrown(members), Actor.Matcher(District), now);
        }

        return Outcome.Done;
    }

    /// <summary>A whistle was drafted over it.</summary>
    public Outcome Blow(Guid whistle, string number, Actor by, DateTimeOffset now) =>
        Check(by) ?? Add(new CrowdWhistled(whistle, number), by, now);

    public Outcome Dismiss(string reason, Actor by, DateTimeOffset now) =>
        Check(by)
        ?? (string.IsNullOrWhiteSpace(reason) ? new Refusal("crowd.missing.reason", "请写明不吹哨的理由。", "Say why no whistle is needed.", "reason") : null)
        ?? Add(new CrowdDismissed(reason.Trim()), by, now);

    /// <summary>
    /// The leader's word on it (批示), straight to a unit if he names one, or only that he knows (知悉). Whether to blow a whistle the
    /// street still decides.
    /// </summary>
    public Outcome Instruct(string? text, OrgPath? routedTo, DateTimeOffset? dueAt, Actor by, DateTimeOffset now) =>
        !by.Leads(District) ? new Refusal("crowd.instruct.role", "由区领导批示。", "The district's leader instructs.")
        : State != CrowdState.Open || InstructedAt is not null ? new Refusal("crowd.instructed", "已经批示或处置。", "It has been seen or answered already.")
        : routedTo is not null && string.IsNullOrWhiteSpace(text) ? new Refusal("crowd.missing.text", "直转单位的批示要写明要求。", "Say what the unit is to do.", "text")
        : routedTo is not null && (dueAt is not { } due || due <= now) ? new Refusal("crowd.due", "请填写办理时限。", "Give a deadline.", "dueAt")
        : Add(new CrowdInstructed(string.IsNullOrWhiteSpace(text) ? null : text.Trim(), routedTo, routedTo is null ? null : dueAt), by, now);

    /// <summary>The street where it is, and the command centre.</summary>
    public bool MayDecide(Actor by) =>
        (by.Role is Role.StreetOfficer or Role.StreetLeader && by.Unit == Street) || (by.Role == Role.Dispatcher && by.Oversees(District));

    private Refusal? Check(Actor by) =>
        !MayDecide(by) ? new("crowd.role", "由所在街乡镇或区指挥中心处置。", "The street or the command centre decides on it.")
        : State != CrowdState.Open ? new("crowd.decided", $"这起群诉{State.Word()}。", $"This crowd is {State} already.")
        : null;

    private Outcome Add(CrowdEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case CrowdRaised e:
                (District, Home, Street, Class, Place, Rule) = (e.Home.District, e.Home, e.Home.Answering, e.Class, e.Place, e.Rule);
                (Size, RaisedAt, LastAt) = (e.Members.Count, entry.At, entry.At);
                break;
            case CrowdGrown e: (Size, LastAt) = (Size + e.Members.Count, entry.At); break;
            case CrowdWhistled e: (State, Whistle, WhistleNumber) = (CrowdState.Whistled, e.Whistle, e.Number); break;
            case CrowdInstructed e: (InstructedAt, Instruction, RoutedTo) = (entry.At, e.Text, e.RoutedTo); break;
            case CrowdDismissed: State = CrowdState.Dismissed; break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
