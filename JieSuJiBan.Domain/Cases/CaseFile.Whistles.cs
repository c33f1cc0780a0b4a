using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Cases;

// What the whistles of a case do to it. The case never does anything to a whistle.
public sealed partial class CaseFile
{
    /// <summary>Whether somebody may draft a whistle from this case.</summary>
    public Refusal? CheckWhistle(WhistleBrief brief, Actor by)
    {
        if (!Status.IsBeingHandled())
        {
            return new Refusal("case.whistle.status", $"案件现在是“{Status.Word()}”，签收后才能吹哨。", $"The case is {Status}: a whistle is blown while it is being handled.");
        }

        if (Withdrawn.Contains(by.UserId))
        {
            return s_withdrawn;
        }

        if (!by.Role.HandlesCases() || !MayBlow(by.Unit))
        {
            return s_notBlownByYou;
        }

        return brief.Summons.Any(summons => IsReported(summons.Unit)) ? s_reportedUnitCalled : null;
    }

    /// <summary>Follows one thing that happened in a whistle of this case; both are saved together, or neither.</summary>
    public Outcome Follow(Whistle whistle, LogEntry entry)
    {
        var (by, now) = (entry.By.ToActor(entry.At), entry.At);
        return entry.Event switch
        {
            not AskSeen when Withdrawn.Contains(by.UserId) => s_withdrawn,
            WhistleSounded => CheckSounding(whistle) ?? Add(
                new CaseWhistled(whistle.Id, whistle.Number, whistle.Title, [.. whistle.Units.Select(unit => unit.Unit)]), by, now),
            UnitSummoned e => IsReported(e.Summons.Unit) ? s_reportedUnitCalled : Add(new CaseWhistleJoined(whistle.Id, e.Summons.Unit), by, now),
            WhistleEnded => Add(new CaseWhistleEnded(whistle.Id, whistle.Number, whistle.Result ?? ""), by, now),
            WhistleRecalled e when whistle.SoundedAt is not null => Add(new CaseWhistleEnded(whistle.Id, whistle.Number, $"撤哨：{e.Reason}"), by, now),
            UnitAssessed or WhistleAssessed or AssessmentLapsed when IsPrinted && whistle.IsAssessed => Add(new CaseWhistleAssessed(whistle.Id, whistle.Number), by, now),
            LeaderAsked { Question.Kind: RequestKind.Escalation } e => Add(new CaseEscalated(whistle.Id, e.AddressedTo, e.Question.Reason), by, now),
            LeaderDecided e => FollowDecision(whistle, e, by, now),
            _ => Outcome.Done,
        };
    }

    /// <summary>Takes a parked case up again. Its limit moves by the time it was parked.</summary>
    public Outcome Resume(string reason, Actor by, DateTimeOffset now) =>
        (IsLead(by) || (by.Role == Role.Dispatcher && by.Oversees(District))
            ? null
            : new Refusal("case.not-yours", "只有首接主办单位可以这样做。", "Only the unit that owns the case can do this."))
        ?? (SuspendedAt is { } since
            ? CheckHandled() ?? Missing(reason, "reason", "请写明恢复办理的原因。", "Say why it is taken up again.")
                ?? Add(new CaseResumed(DueAt!.Value + (now - since), reason.Trim()), by, now)
            : new Refusal("case.resume.none", "案件没有挂账。", "The case is not suspended."));

    private Outcome FollowDecision(Whistle whistle, LeaderDecided decided, Actor by, DateTimeOffset now)
    {
        var request = whistle.Requests.First(asked => asked.No == decided.No);
        var approved = decided.Decision == Decision.Approved;
        return request.Kind switch
        {
            RequestKind.Escalation => Add(new CaseEscalationDecided(whistle.Id, decided.Decision.ToString(), decided.Text), by, now),
            RequestKind.Extension or RequestKind.Suspension when approved && request.Resolution is null && !Status.IsBeingHandled() =>
                new Refusal("case.decide.over", "案件已不在办理中，请退回。", "The case is not being handled any more; send it back."),
            RequestKind.Extension when approved && request is { Resolution: null, Until: { } tooEarly } && (tooEarly <= DueAt || tooEarly <= now) =>
                new Refusal("case.extend.earlier", "申请的日期已不晚于现有时限，请退回后重新提请。", "The date asked for is no later than the limit or has passed; send it back."),
            RequestKind.Extension when approved && request is { Resolution: null, Until: { } until } =>
                Add(new CaseExtended(until, request.Reason, request.Explanation ?? ""), by, now),
            RequestKind.Suspension when approved => SuspendedAt is null
                ? Add(new CaseSuspended(request.Until!.Value, request.Reason), by, now)
                : new Refusal("case.suspend.twice", "案件已经挂账，请退回。", "The case is suspended already; send it back."),
            _ => Outcome.Done,
        };
    }

    private Refusal? CheckSounding(Whistle whistle) =>
        !Status.IsBeingHandled() ? new Refusal("case.whistle.status", $"案件现在是“{Status.Word()}”，不能吹哨。", $"The case is {Status}: the whistle cannot be blown.")
        : !MayBlow(whistle.Whistler) ? s_notBlownByYou
        : whistle.Units.Any(unit => IsReported(unit.Unit)) ? s_reportedUnitCalled
        : null;

    // The owner, whom it has asked for help, and the community where it happened; the draft may be older than the last dispatch.
    private bool MayBlow(OrgPath unit) =>
        FirstReceiver == unit || HasPart(unit, Part.Assist) || (unit.Kind == UnitKind.Community && HasPart(unit, Part.Home));

    private static readonly Refusal s_notBlownByYou =
        new("case.whistle.not-yours", "由承办单位或属地社区（村）吹哨。", "The owning unit or the home community blows it.");

    private static readonly Refusal s_reportedUnitCalled =
        new("case.whistle.reported", "举报不得召集被举报单位。", "The unit a report is about is never summoned.", "units");
}
