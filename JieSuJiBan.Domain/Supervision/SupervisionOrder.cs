using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Supervision;

/// <summary>
/// An order to a unit (催办、督办、查办, or the task that a meeting has given it): given by somebody or by a rule, answered with
/// evidence, returned or settled. It stands beside the case or whistle it is about and never changes it.
/// </summary>
public sealed partial class SupervisionOrder : Aggregate
{
    private readonly List<OrderParty> _parties = [];

    private SupervisionOrder() { }  // for EF and replay

    public string Number { get; private set; } = "";
    public OrgPath District { get; private set; }
    public SupervisionKind Kind { get; private set; }

    /// <summary>Who has to answer.</summary>
    public OrgPath Unit { get; private set; }

    /// <summary>The unit that gave it; the portal's own seat for a rule.</summary>
    public OrgPath IssuedFrom { get; private set; }

    public string Title { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Basis { get; private set; } = "";

    public SubjectKind? SubjectKind { get; private set; }
    public Guid? SubjectId { get; private set; }
    public string? SubjectNumber { get; private set; }
    public Guid? CaseId { get; private set; }

    /// <summary>Whom the case, a 举报, is about. That unit never sees the order.</summary>
    public OrgPath? ReportedUnit { get; private set; }

    /// <summary>Which rule gave it, where nobody did, and what that rule finds it by.</summary>
    public string? Rule { get; private set; }

    public string? RuleKey { get; private set; }

    public SupervisionState State { get; private set; }
    public bool IsOpen { get; private set; }
    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>Until when it is to be answered.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How often an answer was sent back.</summary>
    public int ReturnCount { get; private set; }

    /// <summary>The answer that is awaited now, or was given last, is late.</summary>
    public bool IsLate { get; private set; }

    /// <summary>When the clock has to look at it; never, if nothing can fall due.</summary>
    public DateTimeOffset? ClockAt { get; private set; }

    public IReadOnlyList<OrderParty> Parties => _parties;

    public bool IsByRule => Rule is not null;

    protected override Guid? LogCaseId => CaseId;

    public static SupervisionOrder Replay(IEnumerable<LogEntry> log) => Replay(new SupervisionOrder(), log);

    public bool MayAnswer(Actor by) => by.Unit == Unit && by.Role.HandlesCases();

    public bool MayJudge(Actor by) => CheckJudge(by) is null;

    public Outcome Answer(string text, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now) =>
        !MayAnswer(by) ? new Refusal("supervision.not-yours", "由承办单位回复。", "The unit it was given to answers it.")
        : !State.AwaitsAnswer() ? WrongState
        : Missing(text, "text", "请填写办理情况。", "Say what was done.") ?? Add(new SupervisionAnswered(text.Trim(), attachments), by, now);

    /// <summary>The answer does not do: it is to be given again.</summary>
    public Outcome Return(string reason, DateTimeOffset dueAt, Actor by, DateTimeOffset now) =>
        CheckJudge(by)
        ?? (State != SupervisionState.Answered ? WrongState : null)
        ?? Missing(reason, "reason", "请写明退回原因。", "Say what is missing.")
        ?? (dueAt <= now ? new Refusal("supervision.due", "回复时限必须晚于现在。", "The answer is due in the future.", "dueAt") : null)
        ?? Add(new SupervisionReturned(reason.Trim(), dueAt), by, now);

    public Outcome Settle(string opinion, Actor by, DateTimeOffset now) =>
        CheckJudge(by)
        ?? (State != SupervisionState.Answered && !by.IsPortal ? WrongState : null)
        ?? (IsOpen ? null : WrongState)
        ?? Missing(opinion, "opinion", "请填写核查意见。", "Say what was found.")
        ?? Add(new SupervisionSettled(opinion.Trim()), by, now);

    public Outcome Withdraw(string reason, Actor by, DateTimeOffset now) =>
        CheckJudge(by)
        ?? (IsOpen ? null : WrongState)
        ?? Missing(reason, "reason", "请写明撤销原因。", "Say why it is withdrawn.")
        ?? Add(new SupervisionWithdrawn(reason.Trim()), by, now);

    /// <summary>The portal says so when the case says so.</summary>
    public void TurnToReport(OrgPath? reported, DateTimeOffset now) => Record(new SupervisionTurnedToReport(reported), Actor.Clock, now);

    /// <summary>Writes down that the answer is late. Two clocks that see the same order write it down once.</summary>
    public Outcome Ring(DateTimeOffset now) => ClockAt <= now ? Add(new SupervisionLapsed(DueAt), Actor.Clock, now) : Outcome.Done;

    public Lamp LampAt(DateTimeOffset now) => LampOf(State, IssuedAt, DueAt, now);

    public static Lamp LampOf(SupervisionState state, DateTimeOffset issuedAt, DateTimeOffset dueAt, DateTimeOffset now) =>
        !state.AwaitsAnswer() ? Lamp.Green : dueAt <= now ? Lamp.Red : (dueAt - now) * 4 < dueAt - issuedAt ? Lamp.Yellow : Lamp.Green;

    private Refusal WrongState => new("supervision.state", $"这份{Kind.Word()}现在是“{State.Word()}”，不能这样做。", $"This order is {State}.");

    private static Refusal? Missing(string? text, string field, string chinese, string english) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal($"supervision.missing.{field}", chinese, english, field) : null;

    private Refusal? CheckJudge(Actor by) =>
        by.IsPortal ? null
        : by.IsIn(Unit) || by.Unit.District != District || CheckIssuer(Kind, Unit, by) is not null
            ? new("supervision.judge", "由下达方核查。", "Whoever may give such an order judges the answer.")
            : null;

    private Outcome Add(SupervisionEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case SupervisionIssued e: Begin(e, entry); break;
            case SupervisionAnswered: (State, AnsweredAt, IsLate) = (SupervisionState.Answered, entry.At, IsLate || entry.At > DueAt); break;
            case SupervisionReturned e: (State, DueAt, ReturnCount, IsLate) = (SupervisionState.Returned, e.DueAt, ReturnCount + 1, false); break;
            case SupervisionSettled: (State, EndedAt) = (SupervisionState.Settled, entry.At); break;
            case SupervisionWithdrawn: (State, EndedAt) = (SupervisionState.Withdrawn, entry.At); break;
            case SupervisionLapsed: IsLate = true; break;
            case SupervisionTurnedToReport e: ReportedUnit ??= e.Reported; break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }

        IsOpen = State.IsOpen();
        _parties.ForEach(party => party.IsOpen = IsOpen);
        ClockAt = State.AwaitsAnswer() && !IsLate ? DueAt : null;
    }

    private void Begin(SupervisionIssued e, LogEntry entry)
    {
        var terms = e.Terms;
        (Number, District, Kind, Unit, IssuedFrom, IssuedAt) = (e.Number, e.District, terms.Kind, terms.Unit, entry.By.Unit, entry.At);
        (Title, Text, Basis, DueAt, Rule, RuleKey) = (terms.Title, terms.Text, terms.Basis, terms.DueAt, e.Rule, e.RuleKey);
        (SubjectKind, SubjectId, SubjectNumber, CaseId, ReportedUnit) =
            (terms.Subject?.Kind, terms.Subject?.Id, terms.Subject?.Number, terms.Subject?.CaseId, terms.Subject?.ReportedUnit);
        Join(terms.Unit, OrderPart.Addressee);
        Join(entry.By.Unit, OrderPart.Issuer);
        foreach (var copy in e.CopyTo)
        {
            Join(copy, OrderPart.Copy);
        }
    }

    private void Join(OrgPath unit, OrderPart part) => _parties.Add(new OrderParty(Id, unit, part));
}
