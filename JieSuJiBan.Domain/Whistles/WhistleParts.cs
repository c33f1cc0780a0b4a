using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

/// <summary>One summoned unit and where it stands.</summary>
public sealed class WhistleUnit(Guid whistleId, OrgPath whistler, OrgPath unit, bool isLead, string ask)
{
    public Guid WhistleId { get; private set; } = whistleId;

    /// <summary>Who summons it; the whistle's, kept here so that a whistler's months are read from an index.</summary>
    public OrgPath Whistler { get; private set; } = whistler;

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
    public bool IsAssessed { get; private set; }
    public bool HasAssessed { get; private set; }

    /// <summary>When the whistler rated it, and how.</summary>
    public DateTimeOffset? AssessedAt { get; private set; }

    public int? ResponseMark { get; private set; }
    public int? ArrivalMark { get; private set; }
    public int? MeasureMark { get; private set; }
    public int? ResultMark { get; private set; }

    /// <summary>When it rated the whistle, and how.</summary>
    public DateTimeOffset? HasAssessedAt { get; private set; }

    public int? PreparedMark { get; private set; }
    public int? RightUnitMark { get; private set; }
    public int? ClearMark { get; private set; }

    /// <summary>Until when it may rate the whistle; none while it may not, or once it has.</summary>
    public DateTimeOffset? RateBy { get; internal set; }

    /// <summary>By when the whistler looks at its objection.</summary>
    public DateTimeOffset? ReviewBy { get; internal set; }

    /// <summary>Nobody has looked at it in time.</summary>
    public DateTimeOffset? ReviewLapsedAt { get; internal set; }

    /// <summary>It has not answered, or not come, and pressure rises.</summary>
    public Lateness? Late { get; internal set; }

    public bool IsActive => State != UnitState.Released;

    internal void Call(UnitDeadline deadline, DateTimeOffset at) =>
        (RespondBy, ArriveBy, SummonedAt) = (deadline.RespondBy, deadline.ArriveBy, at);

    // Released before and called again: it starts anew, what the log tells of its first time stays told.
    internal void CallAgain(Summons summons)
    {
        (IsLead, Ask, State, Reason, HasLeft, Minutes) = (summons.IsLead, summons.Ask, UnitState.Awaiting, null, false, MinutesAnswer.Waiting);
        (RespondedAt, ReportedAt, Mode, ResponseLapsedAt, ArrivalLapsedAt) = (null, null, null, null, null);
        (ReviewBy, ReviewLapsedAt, Late) = (null, null, null);
    }

    internal void Rated(UnitRating rating, DateTimeOffset at)
    {
        (IsAssessed, AssessedAt) = (true, at);
        (ResponseMark, ArrivalMark, MeasureMark, ResultMark) = (rating.Response, rating.Arrival, rating.Measure, rating.Result);
    }

    internal void Rates(WhistleRating rating, DateTimeOffset at)
    {
        (HasAssessed, HasAssessedAt, RateBy) = (true, at, null);
        (PreparedMark, RightUnitMark, ClearMark) = (rating.Prepared, rating.RightUnit, rating.Clear);
    }

    /// <summary>It has not come yet, and should: an objection does not stop the clock.</summary>
    internal bool IsAwaited => State is UnitState.Awaiting or UnitState.Responded or UnitState.Objected;

    // Whoever answers is asked for nothing but his coming from now on; was that due before, the pressure stays.
    internal void Answer(UnitState state) => (State, Late) = (state, ArrivalLapsedAt is null ? null : Late);
}

/// <summary>The times that prove a delay: when it was called, had seen it, was due, and was urged.</summary>
public sealed record TimeEvidence(
    DateTimeOffset CalledAt, DateTimeOffset? SeenAt, DateTimeOffset DueAt, DateTimeOffset LapsedAt, DateTimeOffset? UrgedAt, DateTimeOffset? SupervisedAt);

public sealed record StepTaken(OverdueStep Kind, DateTimeOffset At);

/// <summary>Since when something is late, what was done about it and what is still to come.</summary>
public sealed record Lateness(DateTimeOffset DueAt, DateTimeOffset LapsedAt, IReadOnlyList<StepTime> ToCome, IReadOnlyList<StepTaken> Taken)
{
    [JsonIgnore]
    public StepTime? Next => ToCome is [var next, ..] ? next : null;

    public DateTimeOffset? At(OverdueStep kind) => Taken.FirstOrDefault(step => step.Kind == kind)?.At;

    /// <summary>Whoever has gone further does not come back to the lower steps.</summary>
    internal Lateness Take(OverdueStep kind, DateTimeOffset at) => this with { ToCome = [.. ToCome.Where(step => step.Kind > kind)], Taken = [.. Taken, new StepTaken(kind, at)] };

    /// <summary>Entries older than the chain begin none.</summary>
    internal static Lateness? Begin(DateTimeOffset dueAt, DateTimeOffset at, IReadOnlyList<StepTime>? steps) => steps is null ? null : new(dueAt, at, steps, []);
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

    /// <summary>Sent back since: it cannot have been late before.</summary>
    public DateTimeOffset? SentBackAt { get; internal set; }

    /// <summary>It is not carried out in time, and pressure rises.</summary>
    public Lateness? Late { get; internal set; }

    internal bool IsAwaited => State is ResolutionState.Proposed or ResolutionState.Agreed;

    internal DateTimeOffset LateFrom => SentBackAt > DueAt ? SentBackAt.Value : DueAt;

    public bool IsOpen => State is ResolutionState.Proposed or ResolutionState.Agreed or ResolutionState.FedBack;

    public bool IsOverdueAt(DateTimeOffset now) => IsAwaited && DueAt < now;
}

/// <summary>A question that went up from the room, and its answer.</summary>
public sealed class LeaderRequest
{
    private LeaderRequest() { }  // for EF

    internal LeaderRequest(Guid whistleId, LeaderAsked asked, OrgPath askedBy, string askedById, DateTimeOffset at)
    {
        var (no, addressedTo, question) = (asked.No, asked.AddressedTo, asked.Question);
        (DecideBy, RemindAt, AskedById) = (asked.Decide?.DueAt, asked.Decide?.RemindAt, askedById);
        (WhistleId, No, AddressedTo, AskedBy, AskedAt) = (whistleId, no, addressedTo, askedBy, at);
        (Kind, Reason, Until, Resolution, Explanation, Unit, NewUnit, Late, Evidence) = (
            question.Kind, question.Reason, question.Until, question.Resolution, question.Explanation, question.Unit, question.NewUnit, question.Late, question.Evidence);
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

    /// <summary>What the unit is late with, and the times that prove it.</summary>
    public LateMatter? Late { get; private set; }

    public TimeEvidence? Evidence { get; private set; }
    public OrgPath AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The account that asked. Nobody decides on what he asked himself, in whatever post.</summary>
    public string AskedById { get; private set; } = "";

    /// <summary>The account of the one leader to whom it was handed; nobody, if any of them decides.</summary>
    public string? For { get; private set; }

    public string? ForName { get; private set; }

    /// <summary>By when it is decided, when the leader is reminded, and since when it is late.</summary>
    public DateTimeOffset? DecideBy { get; private set; }

    public DateTimeOffset? RemindAt { get; internal set; }
    public DateTimeOffset? LapsedAt { get; internal set; }
    public Decision Decision { get; private set; }
    public string? Text { get; private set; }
    public OrgPath? RoutedTo { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    internal void Forward(DecisionForwarded forwarded) => (For, ForName) = (forwarded.UserId, forwarded.Name);

    internal void Decide(LeaderDecided decided, string by, DateTimeOffset at) =>
        (Decision, Text, RoutedTo, DecidedBy, DecidedAt) = (decided.Decision, decided.Text, decided.RoutedTo, by, at);

    // Nobody is late any more.
    internal void Drop(DateTimeOffset at) => (Decision, DecidedAt) = (Decision.Moot, at);
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
