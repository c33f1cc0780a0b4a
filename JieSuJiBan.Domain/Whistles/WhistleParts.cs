using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Whistles;

/// <summary>One summoned unit and where it stands.</summary>
public sealed class WhistleUnit(Guid whistleId, OrgPath unit, bool isLead, string ask)
{
    public Guid WhistleId { get; private set; } = whistleId;
    public OrgPath Unit { get; private set; } = unit;

    /// <summary>The department or street that answers for it; it sees what its section sees.</summary>
    public OrgPath Answering { get; private set; } = unit.Answering;

    public bool IsLead { get; internal set; } = isLead;
    public string Ask { get; internal set; } = ask;
    public UnitState State { get; internal set; }
    public DateTimeOffset? SummonedAt { get; internal set; }
    public DateTimeOffset? RespondBy { get; internal set; }
    public DateTimeOffset? ArriveBy { get; internal set; }
    public DateTimeOffset? RespondedAt { get; internal set; }
    public DateTimeOffset? ReportedAt { get; internal set; }
    public ReportMode? Mode { get; internal set; }

    /// <summary>Did not answer in time: a fact that stays, whatever the unit does later.</summary>
    public DateTimeOffset? ResponseLapsedAt { get; internal set; }

    /// <summary>Did not arrive in time.</summary>
    public DateTimeOffset? ArrivalLapsedAt { get; internal set; }

    /// <summary>Why it objects or refuses.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The last resolution made before this summons.</summary>
    public int Earlier { get; internal set; }

    public MinutesAnswer Minutes { get; internal set; }
    public bool HasLeft { get; internal set; }
    public bool IsAssessed { get; internal set; }
    public bool HasAssessed { get; internal set; }

    /// <summary>When the clock has to look at this unit next; null when nothing of it can lapse.</summary>
    public DateTimeOffset? NextLapseAt { get; private set; }

    public bool IsActive => State != UnitState.Released;

    internal void Call(UnitDeadline deadline, DateTimeOffset at) =>
        (RespondBy, ArriveBy, SummonedAt) = (deadline.RespondBy, deadline.ArriveBy, at);

    // Released before and called again: it starts anew, what the log tells of its first time stays told.
    internal void CallAgain(Summons summons)
    {
        (IsLead, Ask, State, Reason, HasLeft, Minutes) = (summons.IsLead, summons.Ask, UnitState.Awaiting, null, false, MinutesAnswer.Waiting);
        (RespondedAt, ReportedAt, Mode, ResponseLapsedAt, ArrivalLapsedAt) = (null, null, null, null, null);
        (IsAssessed, HasAssessed) = (false, false);
    }

    internal void Await(bool isLive) => NextLapseAt = (State, ResponseLapsedAt, ArrivalLapsedAt) switch
    {
        _ when !isLive => null,
        (UnitState.Awaiting, null, _) => RespondBy,
        (UnitState.Awaiting or UnitState.Responded, _, null) => ArriveBy,
        _ => null,
    };
}

/// <summary>What the room agreed, or a unit offered: measure, responsible unit and person, deadline.</summary>
public sealed class Resolution(Guid whistleId, int no, OrgPath unit, string measure, string person, DateTimeOffset dueAt, ResolutionState state)
{
    public Guid WhistleId { get; private set; } = whistleId;
    public int No { get; private set; } = no;
    public OrgPath Unit { get; private set; } = unit;
    public string Measure { get; private set; } = measure;
    public string Person { get; private set; } = person;
    public DateTimeOffset DueAt { get; internal set; } = dueAt;
    public ResolutionState State { get; internal set; } = state;

    /// <summary>The unit's last feedback.</summary>
    public string? Feedback { get; internal set; }

    public DateTimeOffset? FedBackAt { get; internal set; }
    public DateTimeOffset? SettledAt { get; internal set; }

    public bool IsOpen => State is ResolutionState.Proposed or ResolutionState.Agreed or ResolutionState.FedBack;

    public bool IsOverdueAt(DateTimeOffset now) => State is ResolutionState.Proposed or ResolutionState.Agreed && DueAt < now;
}

/// <summary>A question that went up from the room, and its answer.</summary>
public sealed class LeaderRequest
{
    private LeaderRequest() { }  // for EF

    internal LeaderRequest(Guid whistleId, int no, OrgPath addressedTo, LeaderQuestion question, OrgPath askedBy, DateTimeOffset at)
    {
        (WhistleId, No, AddressedTo, AskedBy, AskedAt) = (whistleId, no, addressedTo, askedBy, at);
        (Kind, Reason, Until, Resolution, Explanation, Unit, NewUnit) =
            (question.Kind, question.Reason, question.Until, question.Resolution, question.Explanation, question.Unit, question.NewUnit);
    }

    public Guid WhistleId { get; private set; }
    public int No { get; private set; }

    /// <summary>The district, or the street for a whistle inside a street. Its leader decides.</summary>
    public OrgPath AddressedTo { get; private set; }

    public RequestKind Kind { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset? Until { get; private set; }
    public int? Resolution { get; private set; }
    public string? Explanation { get; private set; }
    public OrgPath? Unit { get; private set; }
    public OrgPath? NewUnit { get; private set; }
    public OrgPath AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public Decision Decision { get; private set; }
    public string? Text { get; private set; }
    public OrgPath? RoutedTo { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    internal void Decide(LeaderDecided decided, string by, DateTimeOffset at) =>
        (Decision, Text, RoutedTo, DecidedBy, DecidedAt) = (decided.Decision, decided.Text, decided.RoutedTo, by, at);
}

/// <summary>A person of a unit who has opened the room and seen what is asked of it.</summary>
public sealed class AskReader(Guid whistleId, string userId, OrgPath unit, string name, DateTimeOffset seenAt)
{
    public Guid WhistleId { get; private set; } = whistleId;
    public string UserId { get; private set; } = userId;
    public OrgPath Unit { get; private set; } = unit;
    public string Name { get; private set; } = name;
    public DateTimeOffset SeenAt { get; private set; } = seenAt;
}
