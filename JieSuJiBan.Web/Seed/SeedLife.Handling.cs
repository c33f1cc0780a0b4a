using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Seed;

// The unit's work, and what the petitioner says of it.
internal sealed partial class SeedLife
{
    private static readonly UnsolvedReason[] s_unsolved = [UnsolvedReason.NotDone, UnsolvedReason.InPart, UnsolvedReason.InPart, UnsolvedReason.CameBack, UnsolvedReason.OnlyPromised, UnsolvedReason.NeedsTime];

    private static readonly UnsatisfiedReason[] s_unsatisfied = [UnsatisfiedReason.Slow, UnsatisfiedReason.Result, UnsatisfiedReason.Result, UnsatisfiedReason.Unexplained, UnsatisfiedReason.NotContacted, UnsatisfiedReason.Manner];

    /// <summary>So many of the callbacks of 朝阳 are answered by a link.</summary>
    private const double LinkShare = 0.431;

    private OrgPath Lead => File.FirstReceiver!.Value;

    private void Handle()
    {
        if (Work(isAgain: false) && CallBack(isAgain: false) is { } solved)
        {
            if (!solved && chance.Is(0.03))
            {
                Contest();
            }

            var mustRedo = File.IsTwiceNo || File.ReporterSaysSolved == false;
            if ((mustRedo || (!solved && chance.Is(0.25))) && !Redo())
            {
                return;
            }

            if (File.Status == CaseStatus.CalledBack)
            {
                Step(Minutes(40, 2400), at => File.Close(chance.Of(SeedWords.Conclusions), cast.Dispatcher(at, _who + 2), at));
            }
        }
    }

    private bool Redo()
    {
        var duty = call.Matter.Duty;
        if (!Step(Minutes(60, 2000), at =>
            {
                var due = duty.Limit.After(at, Times.Calendar);
                return File.Redo("诉求人表示没有解决，请重新核实办理。", due, $"职责清单：{duty.Matter}，{duty.Limit}", cast.Dispatcher(at, _who), at, Times.LimitOf(duty.Level).Begin(null, 0, at, due, Times.Calendar));
            }))
        {
            return false;
        }

        return Work(isAgain: true) && CallBack(isAgain: true) is not null;
    }

    private bool Work(bool isAgain)
    {
        var began = _now;
        var limit = File.DueAt!.Value - began;
        if (!isAgain && !Step(limit < TimeSpan.FromHours(3) ? Minutes(2, 13) : chance.Is(0.03) ? Minutes(125, 400) : Minutes(5, 110), at => File.Accept(cast.Officer(Lead, at, _who), at)))
        {
            return false;
        }

        var finished = began + (limit * Share());
        if (!File.IsProactive && !Step(Part(finished, 0.15), at => File.Contact(true, chance.Of(SeedWords.Contacts), cast.Officer(Lead, at, _who), at)))
        {
            return false;
        }

        if (Lead.Kind == UnitKind.Street && File.Home.Kind == UnitKind.Community && chance.Is(0.2)
            && !Step(Part(finished, 0.1), at => File.Assign(File.Home, chance.Of(SeedWords.Assists), cast.Officer(Lead, at, _who), at)))
        {
            return false;
        }

        for (var (left, share) = (chance.Is(0.25) ? 2 : 1, 0.4); left > 0; left--, share += 0.2)
        {
            if (!Step(Part(finished, share), at => File.Progress(chance.Of(SeedWords.Progress), null, cast.Officer(Lead, at, _who), at)))
            {
                return false;
            }
        }

        if (call.IsHard && !isAgain ? !Blow() : chance.Is(0.008) ? !Extend(limit) : chance.Is(0.003) && !Park())
        {
            return false;
        }

        if (chance.Is(0.06) && !Step(Part(finished, 0.8), at => File.CheckOnTheSpot(true, "现场已处置，与单位所报一致。", null, cast.Officer(Lead, at, _who + 1), at)))
        {
            return false;
        }

        return Step(Part(finished, 1), at => File.Submit($"已{call.Matter.Duty.Text}。{chance.Of(SeedWords.Progress)}", null, cast.Officer(Lead, at, _who), at))
            && (chance.Is(0.97) || Return())
            && Step(Minutes(20, 300), at => File.Answer($"{chance.Of(SeedWords.Replies)}{call.Matter.Duty.Text}。", cast.Head(Lead, at), at));
    }

    private bool Return() =>
        Step(Minutes(20, 120), at => File.ReturnResult("请补充现场处置情况。", cast.Head(Lead, at), at))
        && Step(Minutes(30, 600), at => File.Submit($"补充：{call.Matter.Duty.Text}，已再次核实。", null, cast.Officer(Lead, at, _who), at));

    private bool Extend(TimeSpan limit)
    {
        var until = File.DueAt!.Value + (limit * 0.5);
        return !File.Status.IsBeingHandled() || until <= _now.AddDays(1) || File.DueAt <= _now.AddHours(10)
            || (Step(Minutes(30, 300), at => File.AskLeader(RequestKind.Extension, "施工材料到货推迟，需要延长办理时间。", until, "已电话向诉求人说明原因和新的时间。", Times, cast.Officer(Lead, at, _who), at))
                && Step(Minutes(30, 200), at => File.Decide(File.Requests.Count, Decision.Approved, "同意，请按期办结。", cast.Head(Lead, at), at)));
    }

    // Parked for weeks or months with the leader's word, until the works begin.
    private bool Park()
    {
        var until = _now.AddDays(chance.Next(20, 120));
        return !File.Status.IsBeingHandled() || File.DueAt <= _now.AddDays(1)
            || (Step(Minutes(30, 200), at => File.AskLeader(RequestKind.Suspension, "已列入改造计划，等待进场施工。", until, null, Times, cast.Officer(Lead, at, _who), at))
                && Step(Minutes(30, 400), at => File.Decide(File.Requests.Count, Decision.Approved, "同意挂账，按计划推进。", cast.Leader(at), at))
                && Step(until - _now + Minutes(-2000, 600), at => File.Resume("已具备施工条件，恢复办理。", cast.Officer(Lead, at, _who), at)));
    }

    // The petitioner is asked when the limit has passed; four of ten answer the link that they are sent, the others are called.
    private bool? CallBack(bool isAgain)
    {
        var solved = chance.Is(isAgain ? 0.7 : 0.88);
        var satisfaction = solved
            ? chance.NextDouble() switch { < .8 => Satisfaction.Satisfied, < .95 => Satisfaction.Basically, _ => Satisfaction.Unsatisfied }
            : chance.NextDouble() switch { < .25 => Satisfaction.Satisfied, < .6 => Satisfaction.Basically, _ => Satisfaction.Unsatisfied };
        var remark = chance.Of(solved ? SeedWords.Pleased : SeedWords.Displeased);
        if (File.AwaitsReporter)
        {
            if (!Step(Minutes(30, 1500), at => File.Confirm(solved, remark, Finder(at), at)))
            {
                return null;
            }
        }

        var wait = (File.DueAt!.Value > _now && File.ReporterSaysSolved is null ? File.DueAt.Value - _now : TimeSpan.Zero) + Minutes(60, 2600);
        var answer = new CallbackAnswer(
            chance.Is(0.97), solved, satisfaction, solved ? null : chance.Of(s_unsolved), satisfaction == Satisfaction.Unsatisfied ? chance.Of(s_unsatisfied) : null, remark, Reached.Petitioner);
        if (!File.IsProactive && chance.Is(LinkShare))
        {
            return Step(wait - Minutes(40, 55), at => File.AskPetitioner(null, 0, CallbackTerms.Default, 0, hasLink: true, Times.Calendar, Actor.Clock, at))
                && (!File.AwaitsLink || Step(Minutes(3, 2000), at => File.AnswerByLink(answer, Actor.PublicDoor(SeedCast.District), at)))
                && (File.HasSpoken || Step(Minutes(60, 900), at => File.CallBack(answer, cast.Dispatcher(at, _who + 3), at)))
                ? File.Solved
                : null;
        }

        var missed = File.IsProactive ? 0 : chance.NextDouble() switch { < 0.8 => 0, < 0.9 => 1, < 0.95 => 2, _ => CaseFile.CallbackTries };
        for (var call = 0; call < missed; call++, wait = Minutes(100, 1500))
        {
            var again = Minutes(60, 1400);
            if (!Step(wait, at => File.MissCall(null, at + again, cast.Dispatcher(at, _who + 3), at)))
            {
                return null;
            }
        }

        return missed == CaseFile.CallbackTries ? true
            : Step(wait, at => File.CallBack(answer, cast.Dispatcher(at, _who + 3), at)) ? File.Solved
            : null;
    }

    // Most are done well before the limit, some in its last hour, a few after it.
    private double Share() => chance.NextDouble() switch
    {
        < 0.015 => 1.02 + (0.5 * chance.NextDouble()),
        < 0.03 => 0.995,
        _ => Math.Clamp(chance.LongTailed(0.16, 0.55), 0.03, 0.95),
    };

    // So much of what is left until then, and at least a few minutes.
    private TimeSpan Part(DateTimeOffset finished, double share) => finished - _now is var left && left * share > TimeSpan.FromMinutes(10) ? left * share : Minutes(4, 12);
}
