using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

/// <summary>A street, village or department summons units to solve something together; from the draft to the end.</summary>
public sealed partial class Whistle : Aggregate
{
    private readonly List<WhistleUnit> _units = [];
    private readonly List<Resolution> _resolutions = [];
    private readonly List<LeaderRequest> _requests = [];
    private readonly List<AskReader> _readers = [];

    private Whistle() { }  // for EF and replay

    public string Number { get; private set; } = "";

    /// <summary>The case it was blown from; none for a task.</summary>
    public Guid? CaseId { get; private set; }

    public string? CaseNumber { get; private set; }
    public OrgPath District { get; private set; }

    /// <summary>Whom the case, a 举报, is about. That unit sees neither the case nor its whistles.</summary>
    public OrgPath? ReportedUnit { get; private set; }

    /// <summary>The unit that blows. It chairs the room.</summary>
    public OrgPath Whistler { get; private set; }

    /// <summary>The unit whose main leader signs.</summary>
    public OrgPath Signer { get; private set; }

    public WhistleKind Kind { get; private set; }
    public WhistleSubject Subject { get; private set; }
    public Grounds Grounds { get; private set; }
    public Direction Direction { get; private set; }
    public string Title { get; private set; } = "";
    public string Tried { get; private set; } = "";
    public string LegalBasis { get; private set; } = "";
    public string? LimitBasis { get; private set; }

    /// <summary>The plan that it was blown by; none before it is, or if it was before there were plans.</summary>
    public WhistlePlan? Plan { get; private set; }

    public WhistleStage Stage { get; private set; }
    public bool IsOpen { get; private set; }

    /// <summary>Waits for the signature of the signer's main leader, before it is blown or (应急哨) after.</summary>
    public bool NeedsSignature { get; private set; }

    /// <summary>The account of the one leader to whom the signature was handed; nobody, if any of them signs.</summary>
    public string? SignatureFor { get; private set; }

    public string? SignatureForName { get; private set; }

    /// <summary>By when it is signed, when the leader is reminded, and since when that is late.</summary>
    public DateTimeOffset? SignBy { get; private set; }

    public DateTimeOffset? SignRemindAt { get; private set; }
    public DateTimeOffset? SignLapsedAt { get; private set; }

    /// <summary>The account that sent it to be signed, or sounded it. It does not sign for the leader as his deputy.</summary>
    public string? SubmittedBy { get; private set; }

    public DateTimeOffset DraftedAt { get; private set; }
    public DateTimeOffset? SoundedAt { get; private set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public string? SignedBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why the leader sent the draft back.</summary>
    public string? ReturnReason { get; private set; }

    /// <summary>0 before the first minutes.</summary>
    public int MinutesEdition { get; private set; }

    public string? MinutesText { get; private set; }
    public DateTimeOffset? MinutesAt { get; private set; }
    public string? Result { get; private set; }

    public IReadOnlyList<WhistleUnit> Units => _units;
    public IReadOnlyList<Resolution> Resolutions => _resolutions;
    public IReadOnlyList<LeaderRequest> Requests => _requests;
    public IReadOnlyList<AskReader> Readers => _readers;

    public WhistleBrief Brief => new(Kind, Subject, Grounds, Direction, Title, Tried, LegalBasis, [.. _units.Select(unit => new Summons(unit.Unit, unit.IsLead, unit.Ask))]);

    protected override Guid? LogCaseId => CaseId;

    public static Whistle Replay(IEnumerable<LogEntry> log) => Replay(new Whistle(), log);

    public WhistleUnit? UnitOf(OrgPath unit) => _units.Find(summoned => summoned.Unit == unit && summoned.IsActive);

    /// <summary>The active summons of the unit somebody acts for.</summary>
    public WhistleUnit? UnitOf(Actor by) => by.Role.HandlesCases() ? UnitOf(by.Unit) : null;

    public Resolution? ResolutionOf(int no) => _resolutions.Find(resolution => resolution.No == no);

    /// <summary>The whistler chairs the room, and so does the unit that signs for it.</summary>
    public bool IsChair(Actor by) => by.Role.HandlesCases() && (by.Unit == Whistler || by.Unit == Signer);

    /// <summary>May speak in the room: the chair, the summoned, whoever answers for them, and those who oversee the district.</summary>
    public bool IsParticipant(Actor by) =>
        IsChair(by) || by.Oversees(District)
        || (by.Role.HandlesCases() && _units.Exists(unit => unit.IsActive && (unit.Unit == by.Unit || unit.Answering == by.Unit)));

    private Outcome Add(WhistleEvent happened, Actor by, DateTimeOffset now, string? key = null)
    {
        Record(happened, by, now, key);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case WhistleDrafted e: Begin(e, entry.At); break;
            case WhistleRevised e: Write(e.Brief); break;
            case WhistleSubmitted e:
                (Stage, NeedsSignature, ReturnReason, SubmittedBy) = (WhistleStage.AwaitingSignature, true, null, entry.By.UserId);
                (SignatureFor, SignatureForName) = (null, null);
                AwaitSignature(e.Decide);
                break;
            case WhistleReturned e: (Stage, NeedsSignature, ReturnReason) = (WhistleStage.Drafted, false, e.Reason); break;
            case WhistleSigned: (NeedsSignature, SignedAt, SignedBy) = (false, entry.At, entry.By.Name); break;
            case WhistleSounded e: Sound(e, entry); break;
            case WhistleRecalled: (Stage, NeedsSignature, EndedAt) = (WhistleStage.Recalled, false, entry.At); break;

            case UnitSummoned e: Call(e.Summons).Call(e.Deadline, entry.At); break;
            case AskSeen e: _readers.Add(new AskReader(Id, entry.By.UserId, e.Unit, entry.By.Name, entry.At)); break;
            case MessagePosted: break;  // said, and kept in the log

            case LeaderAsked e: Ask(e, entry); break;
            case DecisionForwarded e: Forward(e); break;
            case LeaderDecided e: Decided(e, entry); break;

            case MinutesIssued e: Issue(e, entry.At); break;
            case MinutesConfirmed e: UnitAt(e.Unit).Minutes = MinutesAnswer.Confirmed; break;
            case MinutesDisputed e: UnitAt(e.Unit).Minutes = MinutesAnswer.Disputed; break;

            case WhistleEnded: (Stage, EndedAt) = (WhistleStage.Ended, entry.At); break;

            case WhistleEvent e when ApplyToUnit(e, entry.At) || ApplyToResolution(e, entry.At) || ApplyToClock(e, entry.At) || ApplyToAssessment(e, entry.At): break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }

        IsOpen = Stage.IsOpen();
        foreach (var unit in _units)
        {
            unit.State = StateOf(unit);
        }

        Calm(entry.At);
        ClockAt = NextBell()?.At;
    }

    private void Begin(WhistleDrafted e, DateTimeOffset at)
    {
        (Number, CaseId, CaseNumber, Whistler, Signer) = (e.Number, e.CaseId, e.CaseNumber, e.Whistler, e.Signer);
        (District, DraftedAt, Stage, ReportedUnit) = (e.Whistler.District, at, WhistleStage.Drafted, e.ReportedUnit);
        Write(e.Brief);
    }

    private void Write(WhistleBrief brief)
    {
        (Kind, Subject, Grounds, Direction) = (brief.Kind, brief.Subject, brief.Grounds, brief.Direction);
        (Title, Tried, LegalBasis) = (brief.Title, brief.Tried, brief.LegalBasis);

        _units.RemoveAll(unit => !brief.Summons.Any(summons => summons.Unit == unit.Unit));
        foreach (var summons in brief.Summons)
        {
            Call(summons);
        }
    }

    private WhistleUnit Call(Summons summons)
    {
        if (_units.Find(unit => unit.Unit == summons.Unit) is { } known)
        {
            known.CallAgain(summons);
            known.Earlier = _resolutions.Count;
            return known;
        }

        var unit = new WhistleUnit(Id, Whistler, summons.Unit, summons.IsLead, summons.Ask);
        _units.Add(unit);
        return unit;
    }

    private void Sound(WhistleSounded e, LogEntry entry)
    {
        (Stage, SoundedAt, LimitBasis, Plan, NeedsSignature) = (WhistleStage.Sounded, entry.At, e.LimitBasis, e.Plan, SignedAt is null);
        if (NeedsSignature)
        {
            (SubmittedBy, SignatureFor, SignatureForName) = (entry.By.UserId, null, null);
            AwaitSignature(e.Decide);
        }

        foreach (var deadline in e.Deadlines)
        {
            UnitAt(deadline.Unit).Call(deadline, entry.At);
        }
    }

    // The clock asks in the whistler's name.
    private void Ask(LeaderAsked e, LogEntry entry)
    {
        _requests.Add(new LeaderRequest(Id, e, entry.By.Unit == OrgPath.Portal ? Whistler : entry.By.Unit, entry.By.UserId, entry.At));
        if (e.Question is { Kind: RequestKind.Overdue, Unit: { } unit })
        {
            Take(OverdueStep.Instruct, unit, e.Question.Resolution, entry.At);
        }
    }

    private void Decided(LeaderDecided e, LogEntry entry)
    {
        var request = _requests.Find(asked => asked.No == e.No)!;
        request.Decide(e, entry.By.Name, entry.At);

        if (e.Decision == Decision.Approved && request is { Kind: RequestKind.Extension, Resolution: { } no, Until: { } until })
        {
            (ResolutionAt(no).DueAt, ResolutionAt(no).Late) = (until, null);
        }
    }

    private void Issue(MinutesIssued e, DateTimeOffset at)
    {
        (MinutesEdition, MinutesText, MinutesAt) = (e.Edition, e.Text, at);
        Stage = Stage == WhistleStage.Conferring ? WhistleStage.Executing : Stage;
        _units.ForEach(unit => unit.Minutes = MinutesAnswer.Waiting);
    }

    private WhistleUnit UnitAt(OrgPath unit) => _units.Find(summoned => summoned.Unit == unit)!;

    private Resolution ResolutionAt(int no) => _resolutions.Find(resolution => resolution.No == no)!;
}
