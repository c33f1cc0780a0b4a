using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Cases;

// What the owner of a case asks a leader without blowing a whistle, and what is decided (条例 15, 20). The unit's own leader grants the
// first extension, which is the usual one; everything else is the district's.
public sealed partial class CaseFile
{
    private readonly List<CaseRequest> _requests = [];

    public IReadOnlyList<CaseRequest> Requests => _requests;

    /// <summary>What may be asked of a leader about a case by itself.</summary>
    public static IReadOnlyList<RequestKind> Askable { get; } = [RequestKind.Extension, RequestKind.Suspension, RequestKind.Escalation];

    /// <summary>How often the unit that has it was given more time.</summary>
    public int Extensions { get; private set; }

    /// <summary>
    /// The leader of which unit decides: its own on the first extension, as long as that does not more than double the time it had (this
    /// system's default).
    /// </summary>
    public OrgPath DecidesOn(RequestKind kind, DateTimeOffset? until) =>
        kind == RequestKind.Extension && Extensions == 0 && !(until > DueAt + (DueAt - DispatchedAt)) ? FirstReceiver!.Value : District;

    public Outcome AskLeader(RequestKind kind, string reason, DateTimeOffset? until, string? explanation, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if ((CheckLead(by) ?? CheckHandled()) is { } refusal)
        {
            return refusal;
        }

        var terms = rules.PlanOf(WhistleKind.Routine).Terms;
        return (!Askable.Contains(kind) ? new Refusal("case.ask.kind", "请选择延期、挂账或提级。", "Ask for an extension, a suspension or an escalation.", "kind") : null)
            ?? (_requests.Exists(asked => asked.Kind == kind && asked.Decision == Decision.Waiting)
                ? new Refusal("case.ask.twice", "同样的申请还在等领导决定。", "The same is waiting for a decision already.", "kind") : null)
            ?? Missing(reason, "reason", "请写明理由。", "Give the reason.")
            ?? CheckAsked(kind, until, explanation, now)
            ?? Add(
                new CaseLeaderAsked(
                    _requests.Count + 1, DecidesOn(kind, until), kind, reason.Trim(), kind == RequestKind.Escalation ? null : until,
                    kind == RequestKind.Extension ? explanation!.Trim() : null, terms.DecideFrom(now, rules.Calendar), terms.Decide.Basis),
                by, now);
    }

    /// <summary>同意, 退回 or 批示. What is agreed to takes effect at once.</summary>
    public Outcome Decide(int no, Decision decision, string text, Actor by, DateTimeOffset now)
    {
        if (Waiting(no) is not { } request || decision is not (Decision.Approved or Decision.Returned or Decision.Instructed))
        {
            return new Refusal("case.decide.none", "该事项已经决定。", "This has been decided.");
        }

        if ((CheckDecider(request, by, now) ?? (decision == Decision.Approved ? CheckEffect(request, now) : Missing(text, "text", "请写明意见。", "Write your opinion."))) is { } refusal)
        {
            return refusal;
        }

        Record(new CaseLeaderDecided(no, decision, text.Trim()), by, now);
        return (request.Kind, decision) switch
        {
            (RequestKind.Extension, Decision.Approved) => Add(new CaseExtended(request.Until!.Value, request.Reason, request.Explanation!), by, now),
            (RequestKind.Suspension, Decision.Approved) => Add(new CaseSuspended(request.Until!.Value, request.Reason), by, now),
            _ => Outcome.Done,
        };
    }

    /// <summary>The owner needs no answer any more, for instance because it is solved.</summary>
    public Outcome WithdrawQuestion(int no, Actor by, DateTimeOffset now) =>
        CheckLead(by)
        ?? (Waiting(no) is null ? new Refusal("case.decide.none", "该事项已经决定。", "This has been decided.") : null)
        ?? Add(new CaseQuestionWithdrawn(no), by, now);

    /// <summary>Hands a question to another leader of the same unit, or takes it over oneself.</summary>
    public Outcome ForwardDecision(int no, Actor to, string? remark, Actor by, DateTimeOffset now) =>
        Waiting(no) is not { } request ? new Refusal("case.decide.none", "该事项已经决定。", "This has been decided.")
        : !by.Leads(request.AddressedTo) ? s_notDecider
        : !to.Leads(request.AddressedTo) || to.IsDeputy ? new Refusal("whistle.forward.to", "请选择本单位的其他领导。", "Choose another leader of your unit.", "to")
        : CheckInterest(to.UserId) is { } withdrawn ? withdrawn
        : request.For == to.UserId ? new Refusal("whistle.forward.same", "已经在这位领导名下。", "It is with this leader already.", "to")
        : Add(new CaseDecisionForwarded(no, to.UserId, to.Name, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);

    private static readonly Refusal s_notDecider = new("case.decide.role", "由收到请示的领导决定。", "The leader it was sent to decides.");

    private static readonly Refusal s_notBegun =
        new("case.ask.not-begun", "请先联系诉求人并填写办理进展，再申请挂账或提级。", "Contact the petitioner and write what was done before you ask for that.", "kind");

    private static readonly Refusal s_parked = new("case.ask.parked", "挂账期间不计时，恢复办理后再申请延期。", "While it is parked no time runs: ask when it is taken up again.", "kind");

    private bool IsUnderWay => Status is CaseStatus.InProgress or CaseStatus.Whistled or CaseStatus.Escalated or CaseStatus.Suspended;

    private CaseRequest? Waiting(int no) => _requests.Find(asked => asked.No == no && asked.Decision == Decision.Waiting);

    private Refusal? CheckDecider(CaseRequest request, Actor by, DateTimeOffset now) =>
        CheckInterest(by.UserId)
        ?? CheckInterest(by.DeputyFor ?? by.UserId)
        ?? (!by.Leads(request.AddressedTo) ? s_notDecider
            : by.UserId == request.AskedById ? new Refusal("case.decide.own", "自己提请的事项由其他领导决定。", "Somebody else decides on what you asked yourself.")
            : request.For is { } only && !by.Stands(only) ? new Refusal("case.decide.forwarded", $"已转{request.ForName}决定，要由您决定请先接过来。", $"It was handed to {request.ForName}. Take it over first.")
            : Freshness.Check(by, now));

    private Refusal? CheckAsked(RequestKind kind, DateTimeOffset? until, string? explanation, DateTimeOffset now) => kind switch
    {
        RequestKind.Escalation or RequestKind.Suspension when !IsUnderWay => s_notBegun,
        RequestKind.Escalation => null,
        _ when until is not { } date || date <= now => new("case.ask.until", "请填写晚于现在的日期。", "Give a date in the future.", "until"),
        RequestKind.Extension when SuspendedAt is not null => s_parked,
        RequestKind.Extension when IsLimitReached || DueAt <= now => new("case.ask.late", "时限已到，不能再申请延期。", "The limit has passed: an extension is asked for before.", "until"),
        RequestKind.Extension when until <= DueAt => new("case.ask.earlier", "请填写晚于现有时限的日期。", "Give a date after the limit.", "until"),
        RequestKind.Extension when string.IsNullOrWhiteSpace(explanation) =>
            new("case.ask.explanation", "延期须向诉求人说明，请写明说明的内容（条例第十五条）。", "An extension is explained to the petitioner: write what he was told (art. 15).", "explanation"),
        RequestKind.Suspension when SuspendedAt is not null => new("case.suspend.twice", "案件已经挂账。", "The case is suspended already.", "kind"),
        _ => null,
    };

    private Refusal? CheckEffect(CaseRequest request, DateTimeOffset now) => request switch
    {
        { Kind: RequestKind.Extension or RequestKind.Suspension } when !Status.IsBeingHandled() =>
            new("case.decide.over", "案件已不在办理中，请退回。", "The case is not being handled any more; send it back."),
        { Kind: RequestKind.Extension } when SuspendedAt is not null => s_parked,
        { Kind: RequestKind.Extension } when request.Until <= DueAt || request.Until <= now =>
            new("case.extend.earlier", "申请的日期已不晚于现有时限，请退回后重新提请。", "The date asked for is no later than the limit or has passed; send it back."),
        { Kind: RequestKind.Suspension } when !IsUnderWay => s_notBegun,
        { Kind: RequestKind.Suspension } when SuspendedAt is not null || request.Until <= now =>
            new("case.suspend.twice", "案件已经挂账，或申请的日期已过，请退回。", "The case is suspended already, or the date has passed; send it back."),
        _ => null,
    };

    // He is reminded before it is late, and it is written down when it is.
    private IEnumerable<(DateTimeOffset At, CaseEvent Happened)> DecisionBells() => _requests
        .Where(asked => asked.Decision == Decision.Waiting && (asked.RemindAt is not null || asked.LapsedAt is null))
        .Select(asked => asked.RemindAt is { } remindAt
            ? (remindAt, new CaseDecisionNear(asked.No, asked.DecideBy, asked.DecideBasis))
            : (asked.DecideBy, (CaseEvent)new CaseDecisionLapsed(asked.No, asked.DecideBy, asked.DecideBasis)));

    private bool ApplyToRequest(CaseEvent happened, ActorStamp by, DateTimeOffset at)
    {
        switch (happened)
        {
            case CaseLeaderAsked e:
                _requests.Add(new CaseRequest(Id, e, by, at));
                Escalate(e.Kind, 1);
                return true;
            case CaseLeaderDecided e:
                RequestAt(e.No).Decide(e, by.Name, at);
                Escalate(RequestAt(e.No).Kind, -1);
                return true;
            case CaseQuestionWithdrawn e:
                RequestAt(e.No).Drop(at);
                Escalate(RequestAt(e.No).Kind, -1);
                return true;
            case CaseDecisionForwarded e: RequestAt(e.No).Forward(e); return true;
            case CaseDecisionNear e: RequestAt(e.No).RemindAt = null; return true;
            case CaseDecisionLapsed e: RequestAt(e.No).LapsedAt = at; return true;
            default: return false;
        }
    }

    private void Escalate(RequestKind kind, int by)
    {
        if (kind == RequestKind.Escalation)
        {
            OpenEscalations += by;
            WorkOn();
        }
    }

    // A case that goes to another unit or ends asks nothing any more.
    private void DropRequests(DateTimeOffset at)
    {
        OpenEscalations -= _requests.Count(asked => asked is { Kind: RequestKind.Escalation, Decision: Decision.Waiting });
        _requests.ForEach(asked => asked.Drop(at));
    }

    private CaseRequest RequestAt(int no) => _requests.Find(asked => asked.No == no)!;
}
