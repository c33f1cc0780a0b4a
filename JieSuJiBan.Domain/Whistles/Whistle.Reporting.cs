using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

// What a summoned unit does: see, respond or object, report in, commit or refuse, feed back, leave.
public sealed partial class Whistle
{
    /// <summary>The first time each person of a summoned unit opens the room. Asking again records nothing.</summary>
    public Outcome See(Actor by, DateTimeOffset now) =>
        Stage.IsLive() && UnitOf(by) is { } unit && !_readers.Exists(reader => reader.UserId == by.UserId && reader.Unit == unit.Unit)
            ? Add(new AskSeen(unit.Unit), by, now)
            : Outcome.Done;

    /// <summary>The unit will come, by the limit or by an earlier time that it names.</summary>
    public Outcome Respond(DateTimeOffset? arriveBy, string? text, Actor by, DateTimeOffset now)
    {
        if (CheckUnit(by, out var unit) is { } refusal)
        {
            return refusal;
        }

        if (unit.State is not (UnitState.Awaiting or UnitState.Objected))
        {
            return new Refusal("whistle.respond.twice", "本单位已经响应。", "Your unit has responded already.");
        }

        return arriveBy > unit.ArriveBy || arriveBy < now
            ? new Refusal("whistle.respond.time", "约定到场时间须在现在与到场时限之间。", "The time must lie between now and the limit for arriving.", "arriveBy")
            : Add(new UnitResponded(unit.Unit, arriveBy, text?.Trim()), by, now);
    }

    /// <summary>Not our duty, and why. The whistler releases the unit, convinces it, or asks the leader. Until then the clock runs on.</summary>
    public Outcome ObjectToSummons(string reason, string basis, TimeRules rules, Actor by, DateTimeOffset now) =>
        CheckUnit(by, out var unit)
        ?? (unit.State is UnitState.Awaiting or UnitState.Responded
            ? null
            : new Refusal("whistle.object.late", "报到后不能再提职责异议，可说明理由不予承办。", "After reporting in a unit refuses with a reason instead."))
        ?? Missing(reason, "reason", "请说明异议理由。", "Say why it is not your duty.")
        ?? Missing(basis, "basis", "请写明依据的文件或条款。", "Name the rule you rely on.")
        ?? Add(new UnitObjected(unit.Unit, reason.Trim(), basis.Trim(), TermsBy(rules).Review.After.After(now, rules.Calendar)), by, now);

    public Outcome ReportIn(ReportMode mode, string? text, Position? position, Actor by, DateTimeOffset now)
    {
        if (CheckUnit(by, out var unit) is { } refusal)
        {
            return refusal;
        }

        if (unit.ReportedAt is not null)
        {
            return new Refusal("whistle.report.twice", "本单位已经报到。", "Your unit has reported in already.");
        }

        if (position is not null && (Kind != WhistleKind.Emergency || mode != ReportMode.OnSite))
        {
            return new Refusal("whistle.report.position", "只有应急哨现场报到可以附位置。", "A position is taken only when arriving for an emergency whistle.");
        }

        return mode == ReportMode.Writing && string.IsNullOrWhiteSpace(text)
            ? new Refusal("whistle.report.text", "书面报到请写明意见。", "Reporting in writing needs the text.", "text")
            : Add(new UnitReportedIn(unit.Unit, mode, text?.Trim(), position), by, now);
    }

    public Outcome Commit(string measure, string person, DateTimeOffset dueAt, Actor by, DateTimeOffset now) =>
        CheckUnit(by, out var unit)
        ?? CheckReported(unit)
        ?? Missing(measure, "measure", "请写明措施。", "Name the measure.")
        ?? Missing(person, "person", "请写明责任人。", "Name the responsible person.")
        ?? CheckFuture(dueAt, now)
        ?? Add(new UnitCommitted(_resolutions.Count + 1, unit.Unit, measure.Trim(), person.Trim(), dueAt), by, now);

    public Outcome Refuse(string reason, string basis, Actor by, DateTimeOffset now) =>
        CheckUnit(by, out var unit)
        ?? CheckReported(unit)
        ?? (_resolutions.Exists(resolution => resolution.Unit == unit.Unit && resolution.IsOpen)
            ? new Refusal("whistle.refuse.committed", "本单位已有承诺的事项，不能再拒绝。", "Your unit has committed itself already.")
            : null)
        ?? Missing(reason, "reason", "请写明不予承办的理由。", "Give the reason.")
        ?? Missing(basis, "basis", "请写明依据的文件或条款。", "Name the rule you rely on.")
        ?? Add(new UnitRefused(unit.Unit, reason.Trim(), basis.Trim()), by, now);

    /// <summary>A unit leaves the room only after a commitment or a reasoned refusal.</summary>
    public Outcome Leave(Actor by, DateTimeOffset now) =>
        CheckUnit(by, out var unit)
        ?? (unit.State is UnitState.Committed or UnitState.Refused or UnitState.FedBack or UnitState.Settled
            ? null
            : new Refusal("whistle.leave.empty-handed", "提出措施（措施、责任人、时限）或说明不予承办的理由后才能离会。", "Commit to a measure or refuse with a reason before you leave."))
        ?? (unit.HasLeft ? Outcome.Done : Add(new UnitLeft(unit.Unit), by, now));

    public Outcome FeedBack(int no, string text, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now) =>
        CheckUnit(by, out var unit)
        ?? (ResolutionOf(no) is { IsOpen: true } resolution && resolution.Unit == unit.Unit
            ? null
            : new Refusal("whistle.feedback.not-yours", "这不是本单位在办的事项。", "This is not an open item of your unit."))
        ?? Missing(text, "text", "请写明落实情况。", "Say what was done.")
        ?? Add(new ResolutionFedBack(no, text.Trim(), attachments), by, now);

    public Outcome ConfirmMinutes(Actor by, DateTimeOffset now) =>
        CheckMinutes(by, out var unit) ?? Add(new MinutesConfirmed(MinutesEdition, unit.Unit), by, now);

    public Outcome DisputeMinutes(string remark, Actor by, DateTimeOffset now) =>
        CheckMinutes(by, out var unit)
        ?? Missing(remark, "remark", "请写明不同意见。", "Say what is wrong with them.")
        ?? Add(new MinutesDisputed(MinutesEdition, unit.Unit, remark.Trim()), by, now);

    private bool ApplyToUnit(WhistleEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case UnitResponded e:
                UnitAt(e.Unit).RespondedAt = at;
                UnitAt(e.Unit).ArriveBy = e.ArriveBy ?? UnitAt(e.Unit).ArriveBy;
                UnitAt(e.Unit).Answer(UnitState.Responded);
                return true;
            case UnitObjected e:
                UnitAt(e.Unit).Answer(UnitState.Objected);
                (UnitAt(e.Unit).Reason, UnitAt(e.Unit).ReviewBy, UnitAt(e.Unit).ReviewLapsedAt) = (e.Reason, e.ReviewBy, null);
                return true;
            case UnitReleased e:
                (UnitAt(e.Unit).State, UnitAt(e.Unit).IsLead) = (UnitState.Released, false);
                return true;
            case UnitReportedIn e:
                UnitAt(e.Unit).RespondedAt ??= at;
                (UnitAt(e.Unit).ReportedAt, UnitAt(e.Unit).Mode, UnitAt(e.Unit).State) = (at, e.Mode, UnitState.ReportedIn);
                Stage = Stage == WhistleStage.Sounded ? WhistleStage.Conferring : Stage;
                return true;
            case UnitRefused e:
                (UnitAt(e.Unit).State, UnitAt(e.Unit).Reason) = (UnitState.Refused, e.Reason);
                return true;
            case UnitLeft e: UnitAt(e.Unit).HasLeft = true; return true;
            default: return false;
        }
    }

    // Once it is here, what a unit has taken on decides where it stands; before that what it last said, whatever others gave it to
    // do: a unit that has not come is still awaited. What it did when it was summoned before counts no more.
    private UnitState StateOf(WhistleUnit unit)
    {
        if (unit.State == UnitState.Released || unit.ReportedAt is null)
        {
            return unit.State;
        }

        var own = _resolutions.Where(resolution => resolution.Unit == unit.Unit && resolution.No > unit.Earlier && resolution.State != ResolutionState.Dropped).ToList();
        return own.Count == 0 ? (unit.State is UnitState.Committed or UnitState.FedBack or UnitState.Settled ? UnitState.ReportedIn : unit.State)
            : own.TrueForAll(resolution => resolution.State == ResolutionState.Settled) ? UnitState.Settled
            : own.TrueForAll(resolution => resolution.State is ResolutionState.Settled or ResolutionState.FedBack) ? UnitState.FedBack
            : UnitState.Committed;
    }

    private Refusal? CheckUnit(Actor by, out WhistleUnit unit)
    {
        unit = UnitOf(by)!;
        return unit is null ? new Refusal("whistle.not-summoned", "本哨没有召集您的单位。", "Your unit was not summoned.") : CheckLive();
    }

    private Refusal? CheckMinutes(Actor by, out WhistleUnit unit) =>
        CheckUnit(by, out unit)
        ?? (MinutesEdition == 0 ? new Refusal("whistle.minutes.none", "纪要还没有印发。", "No minutes have been issued.") : null)
        ?? (unit.Minutes == MinutesAnswer.Waiting ? null : new Refusal("whistle.minutes.answered", "本单位已对这版纪要表态。", "Your unit has answered this edition."));

    private static Refusal? CheckReported(WhistleUnit unit) =>
        unit.ReportedAt is null ? new Refusal("whistle.not-reported", "请先报到。", "Report in first.") : null;

    private static Refusal? CheckFuture(DateTimeOffset dueAt, DateTimeOffset now) =>
        dueAt <= now ? new Refusal("whistle.due.past", "时限必须晚于现在。", "The deadline must lie in the future.", "dueAt") : null;
}
