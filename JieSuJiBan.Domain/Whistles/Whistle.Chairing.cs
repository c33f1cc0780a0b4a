using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

// The room at work: messages, resolutions, minutes, questions to leaders, confirmation.
public sealed partial class Whistle
{
    public const int MaxMessage = 4000;

    /// <summary>Says something in the room. With the sender's own key, the same message sent again is recorded once.</summary>
    public Outcome Post(
        string text, IReadOnlyList<OrgPath>? mentions, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now, string? key = null)
    {
        if (!IsParticipant(by))
        {
            return new Refusal("whistle.post.outsider", "只有哨室成员可以发言。", "Only members of the room can speak.");
        }

        if (string.IsNullOrWhiteSpace(text) && attachments is not { Count: > 0 })
        {
            return new Refusal("whistle.post.empty", "请输入内容。", "Write something.", "text");
        }

        return (text.Length > MaxMessage
                ? new Refusal("whistle.post.long", $"一条消息最多{MaxMessage}字。", $"A message has at most {MaxMessage} characters.", "text")
                : null)
            ?? CheckOpen()
            ?? Add(new MessagePosted(text.Trim(), mentions, attachments), by, now, key);
    }

    /// <summary>The chair lets a unit go, for instance because its objection is right.</summary>
    public Outcome Release(OrgPath unit, string reason, Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? CheckLive()
        ?? (UnitOf(unit) is null ? new Refusal("whistle.release.unknown", "该单位不在哨室。", "This unit is not in the room.") : null)
        ?? (_resolutions.Exists(resolution => resolution.Unit == unit && resolution.IsOpen)
            ? new Refusal("whistle.release.busy", "该单位还有未销项的事项。", "This unit has open items.")
            : null)
        ?? Missing(reason, "reason", "请写明原因。", "Say why.")
        ?? Add(new UnitReleased(unit, reason.Trim()), by, now);

    public Outcome Resolve(OrgPath unit, string measure, string person, DateTimeOffset dueAt, Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? CheckLive()
        ?? (UnitOf(unit) is null ? new Refusal("whistle.resolve.unit", "请选择哨室内的责任单位。", "Choose a unit of this room.", "unit") : null)
        ?? Missing(measure, "measure", "请写明措施。", "Name the measure.")
        ?? CheckFuture(dueAt, now)
        ?? Add(new ResolutionMade(_resolutions.Count + 1, unit, measure.Trim(), person?.Trim() ?? "", dueAt), by, now);

    public Outcome Adopt(int no, Actor by, DateTimeOffset now) =>
        CheckResolution(no, by, ResolutionState.Proposed) ?? Add(new ResolutionAdopted(no), by, now);

    public Outcome Drop(int no, string reason, Actor by, DateTimeOffset now) =>
        CheckResolution(no, by, ResolutionState.Proposed, ResolutionState.Agreed)
        ?? Missing(reason, "reason", "请写明原因。", "Say why.")
        ?? Add(new ResolutionDropped(no, reason.Trim()), by, now);

    public Outcome Settle(int no, Actor by, DateTimeOffset now) =>
        CheckResolution(no, by, ResolutionState.FedBack) ?? Add(new ResolutionSettled(no), by, now);

    public Outcome SendBack(int no, string reason, Actor by, DateTimeOffset now) =>
        CheckResolution(no, by, ResolutionState.FedBack)
        ?? Missing(reason, "reason", "请写明还差什么。", "Say what is missing.")
        ?? Add(new ResolutionSentBack(no, reason.Trim()), by, now);

    /// <summary>Issues the minutes. What was offered and not dropped is agreed with them.</summary>
    public Outcome IssueMinutes(string text, Actor by, DateTimeOffset now)
    {
        if ((CheckChair(by) ?? CheckLive() ?? Missing(text, "text", "纪要不能为空。", "The minutes are empty.")) is { } refusal)
        {
            return refusal;
        }

        if (Stage == WhistleStage.Sounded)
        {
            return new Refusal("whistle.minutes.nobody", "还没有单位报到。", "No unit has reported in yet.");
        }

        foreach (var proposed in _resolutions.Where(resolution => resolution.State == ResolutionState.Proposed).ToList())
        {
            Record(new ResolutionAdopted(proposed.No), by, now);
        }

        return Add(new MinutesIssued(MinutesEdition + 1, text.Trim()), by, now);
    }

    /// <summary>What the room cannot settle goes up: to the district's leader, or to the street's for a whistle inside a street.</summary>
    public Outcome AskLeader(LeaderQuestion question, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if (!IsChair(by) && UnitOf(by) is null)
        {
            return new Refusal("whistle.ask.outsider", "只有吹哨方和报到单位可以提请。", "Only the whistler and the summoned units can ask.");
        }

        return CheckLive()
            ?? Missing(question.Reason, "reason", "请写明理由。", "Give the reason.")
            ?? CheckQuestion(question, now)
            ?? Add(new LeaderAsked(_requests.Count + 1, Above, question, TermsBy(rules).DecideFrom(now, rules.Calendar)), by, now);
    }

    /// <summary>同意, 退回, or 批示 with text, which may go straight to a unit (直批直转).</summary>
    public Outcome Decide(
        int no, Decision decision, string text, OrgPath? routedTo, DateTimeOffset? dueAt, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if (_requests.Find(asked => asked.No == no) is not { Decision: Decision.Waiting } request || decision is Decision.Waiting or Decision.Moot)
        {
            return new Refusal("whistle.decide.none", "该事项已经决定。", "This has been decided.");
        }

        if (!by.Leads(request.AddressedTo))
        {
            return new Refusal("whistle.decide.role", "由收到请示的领导决定。", "The leader it was sent to decides.");
        }

        if (by.UserId == request.AskedById)
        {
            return new Refusal("whistle.decide.own", "自己提请的事项由其他领导决定。", "Somebody else decides on what you asked yourself.");
        }

        if ((CheckForwarded(request.For, request.ForName, by) ?? Freshness.Check(by, now) ?? CheckDecision(request, decision, text, routedTo, dueAt, now)) is { } refusal)
        {
            return refusal;
        }

        Record(new LeaderDecided(no, decision, text.Trim(), routedTo, dueAt), by, now);
        return CarryOut(request, decision, text.Trim(), routedTo, dueAt, rules, by, now);
    }

    /// <summary>The whistler confirms that it is solved.</summary>
    public Outcome Confirm(string result, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if ((CheckChair(by) ?? CheckLive()) is { } refusal)
        {
            return refusal;
        }

        if (MinutesEdition == 0 || Stage != WhistleStage.Executing)
        {
            return new Refusal("whistle.confirm.minutes", "请先印发纪要。", "Issue the minutes first.");
        }

        if (NeedsSignature)
        {
            return new Refusal("whistle.confirm.unsigned", "应急哨尚未补签。", "The emergency whistle is not signed yet.");
        }

        if (_units.Exists(unit => unit.State is not (UnitState.Settled or UnitState.Refused or UnitState.Released)))
        {
            return new Refusal("whistle.confirm.open", "还有单位的事项没有销项。", "Some units still have open items.");
        }

        return (_requests.Exists(request => request.Decision == Decision.Waiting)
                ? new Refusal("whistle.confirm.asked", "还有请示未批复。", "A question to a leader is still open.")
                : null)
            ?? Missing(result, "result", "请写明解决结果。", "Write the result.")
            ?? Add(Confirming(result.Trim(), rules, now), by, now);
    }

    private bool ApplyToResolution(WhistleEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case UnitCommitted e: _resolutions.Add(new Resolution(Id, e.No, e.Unit, e.Measure, e.Person, e.DueAt, ResolutionState.Proposed)); return true;
            case ResolutionMade e: _resolutions.Add(new Resolution(Id, e.No, e.Unit, e.Measure, e.Person, e.DueAt, ResolutionState.Agreed)); return true;
            case ResolutionAdopted e: ResolutionAt(e.No).State = ResolutionState.Agreed; return true;
            case ResolutionDropped e: ResolutionAt(e.No).State = ResolutionState.Dropped; return true;
            case ResolutionFedBack e:
                (ResolutionAt(e.No).State, ResolutionAt(e.No).Feedback, ResolutionAt(e.No).FedBackAt) = (ResolutionState.FedBack, e.Text, at);
                return true;
            case ResolutionSentBack e: (ResolutionAt(e.No).State, ResolutionAt(e.No).SentBackAt) = (ResolutionState.Agreed, at); return true;
            case ResolutionSettled e: (ResolutionAt(e.No).State, ResolutionAt(e.No).SettledAt) = (ResolutionState.Settled, at); return true;
            default: return false;
        }
    }

    private Outcome CarryOut(
        LeaderRequest request, Decision decision, string text, OrgPath? routedTo, DateTimeOffset? dueAt, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if (decision == Decision.Approved && request is { Kind: RequestKind.Reassignment, Unit: { } unit, NewUnit: { } newUnit })
        {
            var old = UnitOf(unit)!;
            var (ask, isLead) = (old.Ask, old.IsLead);
            Record(new UnitReleased(unit, text.Length > 0 ? text : request.Reason), by, now);
            return Add(Summoning(newUnit, isLead, ask, rules, now), by, now);
        }

        if (routedTo is { } target)
        {
            if (UnitOf(target) is null)
            {
                Record(Summoning(target, false, text, rules, now), by, now);
            }

            return Add(new ResolutionMade(_resolutions.Count + 1, target, text, "", dueAt!.Value), by, now);
        }

        return Outcome.Done;
    }

    private Refusal? CheckQuestion(LeaderQuestion question, DateTimeOffset now) => question.Kind switch
    {
        RequestKind.Overdue => new("whistle.ask.overdue", "逾期由系统按时限方案提请。", "The clock asks this, by the time plan."),
        RequestKind.Extension or RequestKind.Suspension when question.Until is not { } until || until <= now =>
            new("whistle.ask.until", "请填写晚于现在的日期。", "Give a date in the future.", "until"),
        RequestKind.Extension when question.Resolution is { } no && ResolutionOf(no) is not { IsOpen: true } =>
            new("whistle.ask.resolution", "请选择在办的议定事项。", "Choose an open resolution.", "resolution"),
        RequestKind.Extension when question.Resolution is null && CaseId is null =>
            new("whistle.ask.no-case", "本哨没有关联案件，请选择要延期的议定事项。", "This whistle has no case: choose the resolution to extend.", "resolution"),
        RequestKind.Extension when question.Resolution is null && string.IsNullOrWhiteSpace(question.Explanation) =>
            new("whistle.ask.explanation", "延期须向诉求人说明，请写明说明的内容（条例第十五条）。", "An extension is explained to the petitioner: write what he was told (art. 15).", "explanation"),
        RequestKind.Suspension when CaseId is null =>
            new("whistle.ask.suspend-no-case", "没有关联案件，不能挂账。", "There is no case to suspend."),
        RequestKind.Reassignment when question.Unit is not { } unit || !CanBeReplaced(unit) =>
            new("whistle.ask.unit", "请选择提出异议、未响应或不予承办的单位。", "Choose a unit that objects, is silent or refuses.", "unit"),
        RequestKind.Reassignment when question.NewUnit is not { } newUnit || !Brief.CanBeSummoned(Whistler, newUnit) || UnitOf(newUnit) is not null =>
            new("whistle.ask.new-unit", "请选择改派的单位。", "Choose the unit to summon instead.", "newUnit"),
        _ => null,
    };

    private Refusal? CheckDecision(LeaderRequest request, Decision decision, string text, OrgPath? routedTo, DateTimeOffset? dueAt, DateTimeOffset now) =>
        (decision == Decision.Approved ? null : Missing(text, "text", "请写明意见。", "Write your opinion."))
        ?? (routedTo is { } unit && (decision != Decision.Instructed || !request.AddressedTo.Contains(unit) || unit.Kind is UnitKind.Community or UnitKind.District)
            ? new Refusal("whistle.decide.route", "批示可直转本级所属的部门、企业或街乡镇。", "An instruction can be routed to a unit of your own level.", "routedTo")
            : null)
        ?? (routedTo is not null && (dueAt is not { } due || due <= now)
            ? new Refusal("whistle.decide.due", "请填写办理时限。", "Give a deadline.", "dueAt")
            : null)
        ?? (!Stage.IsLive() && (routedTo is not null || (decision == Decision.Approved && request.Kind == RequestKind.Reassignment))
            ? new Refusal("whistle.decide.over", "哨已不在办理中，不能再改派或直转，请退回或只作批示。", "The whistle is over: send it back, or instruct without routing.")
            : null)
        ?? (decision == Decision.Approved && request is { Kind: RequestKind.Reassignment, Unit: { } old, NewUnit: { } next } && (!CanBeReplaced(old) || UnitOf(next) is not null)
            ? new Refusal("whistle.decide.moved-on", "哨室情况已变化，请退回后重新提请。", "The room has moved on; send it back.")
            : null);

    private bool CanBeReplaced(OrgPath unit) =>
        UnitOf(unit) is { State: UnitState.Objected or UnitState.Awaiting or UnitState.Refused }
        && !_resolutions.Exists(resolution => resolution.Unit == unit && resolution.IsOpen);

    private static Refusal? Missing(string? text, string field, string chinese, string english) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal($"whistle.missing.{field}", chinese, english, field) : null;

    private static readonly Refusal s_notTheChair = new("whistle.not-chair", "由吹哨单位办理。", "The whistler does this.");

    private Refusal? CheckChair(Actor by) => IsChair(by) ? null : s_notTheChair;

    private Refusal? CheckOpen() => IsOpen ? null : new Refusal("whistle.ended", "哨已结束。", "The whistle has ended.");

    private Refusal? CheckLive() =>
        Stage.IsLive() ? null : new Refusal("whistle.not-live", $"哨现在是“{Stage.Word()}”，不能这样操作。", $"The whistle is {Stage}; this is not possible now.");

    private Refusal? CheckResolution(int no, Actor by, params ResolutionState[] states) =>
        CheckChair(by)
        ?? CheckLive()
        ?? (ResolutionOf(no) is { } resolution && states.Contains(resolution.State)
            ? null
            : new Refusal("whistle.resolution.state", "该事项现在不能这样处理。", "This is not possible with the item as it stands."));
}
