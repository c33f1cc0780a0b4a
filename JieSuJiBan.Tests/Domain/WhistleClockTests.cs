using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What time alone makes true of a whistle: 自动催, 吹哨方督办, 报区 with the times that prove it, 领导批示; each once, until the unit moves.</summary>
public class WhistleClockTests
{
    private static readonly WhistleTerms s_hard = Rules.PlanOf(WhistleKind.Hard).Terms;

    [Fact]
    public void AUnitThatNeverAnswers_IsPressedStepByStep_AndOnlyOnceForBoth()
    {
        var whistle = SilentWhistle();
        var (respondBy, arriveBy) = (whistle.UnitOf(PowerCompany)!.RespondBy!.Value, whistle.UnitOf(PowerCompany)!.ArriveBy!.Value);

        var rung = Rung(whistle, At(24 * 14));

        Assert.Equal(
            [
                ("whistle.response-lapsed", respondBy), ("urged Urge", After(respondBy, 10, LimitUnit.Minutes)), ("urged Supervise", After(respondBy, 4, LimitUnit.WorkingHours)),
                ("whistle.late-reported", After(respondBy, 1, LimitUnit.WorkingDays)), ("whistle.arrival-lapsed", arriveBy), ("whistle.leader-asked", After(respondBy, 2, LimitUnit.WorkingDays)),
            ],
            rung);
        Assert.Null(whistle.ClockAt);
    }

    [Fact]
    public void TheReport_CarriesTheTimesThatProveIt_AndTheRuleItRestsOn()
    {
        var whistle = SilentWhistle().Do(w => w.See(Power, At(3.5)));
        var unit = whistle.UnitOf(PowerCompany)!;
        var (called, respondBy) = (unit.SummonedAt!.Value, unit.RespondBy!.Value);

        Watch(whistle, At(24 * 5));

        var report = whistle.Unsaved.Select(entry => entry.Event).OfType<LateReported>().Single();
        Assert.Equal((PowerCompany, LateMatter.Response, null, null), (report.Unit, report.Matter, report.Resolution, report.Text));
        Assert.Contains("第四十四条", report.Basis, StringComparison.Ordinal);
        Assert.Equal(
            new TimeEvidence(called, At(3.5), respondBy, respondBy, After(respondBy, 10, LimitUnit.Minutes), After(respondBy, 4, LimitUnit.WorkingHours)), report.Evidence);
        var asked = Assert.Single(whistle.Requests);
        Assert.Equal((RequestKind.Overdue, District, Mafang, Decision.Waiting, report.Evidence), (asked.Kind, asked.AddressedTo, asked.AskedBy, asked.Decision, asked.Evidence));
    }

    [Fact]
    public void LookedAtEveryMinute_OrOnlyAfterAMonth_TheSameIsWrittenDown_InTheSameOrder()
    {
        var (often, late) = (SilentWhistle(), SilentWhistle());

        Watch(often, At(24 * 30));
        late.Ring(Rules, At(24 * 30));

        Assert.Equal(Written(often), Written(late));
        Assert.Equal(6, Written(late).Count);
    }

    [Fact]
    public void WhoAnswersInTime_IsPressedForHisComingOnly()
    {
        var whistle = SilentWhistle().Do(w => w.Respond(null, null, Power, At(4)));
        var arriveBy = whistle.UnitOf(PowerCompany)!.ArriveBy!.Value;

        Assert.Equal("whistle.arrival-lapsed", Rung(whistle, arriveBy.AddHours(1))[0].What);
        Assert.Equal(LateMatter.Arrival, whistle.Unsaved.Select(entry => entry.Event).OfType<UnitUrged>().Single().Matter);
    }

    [Fact]
    public void WhoAnswersLate_BeginsAnewWithHisComing_AndWhoComes_IsLeftAlone()
    {
        var whistle = SilentWhistle();
        var respondBy = whistle.UnitOf(PowerCompany)!.RespondBy!.Value;
        Watch(whistle, respondBy.AddHours(1));
        Assert.Equal(OverdueStep.Supervise, whistle.UnitOf(PowerCompany)!.Late!.Next!.Kind);

        whistle.Do(w => w.Respond(null, null, Power, respondBy.AddHours(2)));
        Assert.Null(whistle.UnitOf(PowerCompany)!.Late);
        whistle.Do(w => w.ReportIn(ReportMode.Video, null, null, Power, respondBy.AddHours(3)));

        Assert.Empty(Rung(whistle, At(24 * 30)));
    }

    [Fact]
    public void WhoAnswersAfterHeShouldHaveCome_IsReportedForNotComing_WithThatTime()
    {
        var whistle = SilentWhistle();
        var arriveBy = whistle.UnitOf(PowerCompany)!.ArriveBy!.Value;
        Watch(whistle, arriveBy.AddMinutes(1));
        whistle.Do(w => w.Respond(null, "马上来", Power, arriveBy.AddMinutes(2)));

        Watch(whistle, At(24 * 14));

        var asked = Assert.Single(whistle.Requests);
        Assert.Equal((LateMatter.Arrival, arriveBy), (asked.Late, asked.Evidence!.DueAt));
    }

    [Fact]
    public void AnObjection_DoesNotStopTheClock_AndIsLookedAtInTime()
    {
        var whistle = SilentWhistle().Do(w => w.ObjectToSummons("不属本公司", "供用电合同", Rules, Power, At(4)));
        var unit = whistle.UnitOf(PowerCompany)!;
        Assert.Equal(After(At(4), 2, LimitUnit.WorkingDays), unit.ReviewBy);

        var rung = Rung(whistle, unit.ReviewBy!.Value);

        Assert.Contains(("whistle.arrival-lapsed", unit.ArriveBy!.Value), rung);
        Assert.Equal("whistle.objection-lapsed", rung[^1].What);
        whistle.Do(w => w.Release(PowerCompany, "异议成立", Street, unit.ReviewBy.Value.AddHours(1)));
        Assert.Empty(Rung(whistle, At(24 * 30)));
    }

    [Fact]
    public void AnObjectionThatIsAnswered_IsNotLate()
    {
        var whistle = SilentWhistle().Do(w => w.ObjectToSummons("不属本公司", "供用电合同", Rules, Power, At(4))).Do(w => w.Respond(null, "已说清，来", Power, At(5))).Do(w => w.ReportIn(ReportMode.OnSite, null, null, Power, At(6)));

        Assert.Empty(Rung(whistle, At(24 * 30)));
    }

    [Fact]
    public void AMeasureThatIsNotCarriedOut_GoesUpTheSameWay()
    {
        var whistle = ExecutingWhistle().Do(w => w.FeedBack(2, "已送电", null, Power, At(20)));
        var dueAt = whistle.ResolutionOf(1)!.DueAt;

        var rung = Rung(whistle, dueAt.AddDays(10));

        Assert.Equal(["whistle.resolution-lapsed", "urged Urge", "urged Supervise", "whistle.late-reported", "whistle.leader-asked"], rung.Select(one => one.What));
        Assert.Equal((1, LateMatter.Measure), (whistle.Requests.Single().Resolution, whistle.Requests.Single().Late));
    }

    [Fact]
    public void WhatIsFedBack_IsNotPressed_AndSentBackItBeginsAtThatMoment()
    {
        var whistle = ExecutingWhistle().Do(w => w.FeedBack(2, "已送电", null, Power, At(20)));
        var back = whistle.ResolutionOf(1)!.DueAt.AddDays(5);
        whistle.Do(w => w.FeedBack(1, "建好了", null, Energy, At(30)));
        Assert.Empty(Rung(whistle, back));

        whistle.Do(w => w.SendBack(1, "还差8个", Street, back));

        Assert.Equal([("whistle.resolution-lapsed", back), ("urged Urge", back.AddMinutes(10))], Rung(whistle, back.AddMinutes(30)));
    }

    [Fact]
    public void AnExtension_TakesThePressureAway_UntilItsOwnEnd()
    {
        var whistle = ExecutingWhistle().Do(w => w.FeedBack(2, "已送电", null, Power, At(20)));
        var dueAt = whistle.ResolutionOf(1)!.DueAt;
        Watch(whistle, dueAt.AddHours(1));
        whistle.Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Extension, "缺货", dueAt.AddDays(7), 1), Rules, Energy, dueAt.AddHours(2)))
            .Do(w => w.Decide(1, Decision.Approved, "同意", null, null, Rules, DistrictLeader.Fresh(dueAt.AddHours(3)), dueAt.AddHours(3)));

        Assert.Empty(Rung(whistle, dueAt.AddDays(6)));
        Assert.Equal(("whistle.resolution-lapsed", dueAt.AddDays(7)), Rung(whistle, dueAt.AddDays(8))[0]);
    }

    [Fact]
    public void WhatALeaderWasAsked_AnswersItself_WhenTheUnitComesAfterAll()
    {
        var whistle = SilentWhistle();
        Watch(whistle, At(24 * 14));
        Assert.Equal(Decision.Waiting, whistle.Requests.Single().Decision);

        whistle.Do(w => w.ReportIn(ReportMode.OnSite, "来晚了", null, Power, At(24 * 14)));

        Assert.Equal(Decision.Moot, whistle.Requests.Single().Decision);
        Assert.Equal("whistle.decide.none", whistle.Decide(1, Decision.Approved, "知道了", null, null, Rules, DistrictLeader.Fresh(At(24 * 15)), At(24 * 15)).Refusal?.Code);
        Assert.Equal("whistle.decide.none", SilentWhistle().Decide(1, Decision.Moot, "知道了", null, null, Rules, DistrictLeader.Fresh(At(5)), At(5)).Refusal?.Code);
    }

    [Fact]
    public void TheWhistler_MayReportByHand_AndTheClockDoesNotRepeatIt()
    {
        var whistle = SilentWhistle();
        Assert.Equal("whistle.late.none", whistle.ReportLate(PowerCompany, null, "不来", Street, At(4)).Refusal?.Code);
        var respondBy = whistle.UnitOf(PowerCompany)!.RespondBy!.Value;
        Watch(whistle, respondBy.AddMinutes(30));

        Assert.Equal("whistle.not-chair", whistle.ReportLate(PowerCompany, null, "不来", Energy, respondBy.AddHours(1)).Refusal?.Code);
        Assert.Equal("text", whistle.ReportLate(PowerCompany, null, " ", Street, respondBy.AddHours(1)).Refusal?.Field);
        whistle.Do(w => w.ReportLate(PowerCompany, null, "电话不接", Street, respondBy.AddHours(1)));
        Assert.Equal("whistle.late.none", whistle.ReportLate(PowerCompany, null, "再报", Street, respondBy.AddHours(1)).Refusal?.Code);

        Assert.Equal(["whistle.arrival-lapsed", "whistle.leader-asked"], Rung(whistle, At(24 * 14)).Select(one => one.What));
        Assert.Equal(Whistle.ReportBasis, whistle.Unsaved.Select(entry => entry.Event).OfType<LateReported>().Single().Basis);
    }

    [Fact]
    public void InsideAStreet_ItsOwnLeaderDecides_AndNothingGoesToTheDistrict()
    {
        var whistle = DraftedWhistle(SmallBrief, Village).Do(w => w.Submit(Rules, Village, At(3.1))).Do(w => w.Sign("同意。", Rules, StreetHead.Fresh(At(3.2)), At(3.2)));

        Watch(whistle, At(24 * 14));

        Assert.DoesNotContain(whistle.Unsaved, entry => entry.Event is LateReported);
        Assert.All(whistle.Requests, request => Assert.Equal(Mafang, request.AddressedTo));
        Assert.Equal(2, whistle.Requests.Count);
        Assert.Empty(whistle.ToReport);
    }

    [Fact]
    public void AnEmergency_RunsByTheClock_AtNightToo()
    {
        var night = new DateTimeOffset(2026, 2, 16, 23, 50, 0, WorkCalendar.Beijing);  // the eve of the Spring Festival
        var whistle = DraftedWhistle(Brief with { Kind = WhistleKind.Emergency }).Do(w => w.SoundAtOnce(Rules, Street, night));

        var rung = Rung(whistle, night.AddMinutes(30));

        Assert.Equal([0, 1, 5, 10, 20, 20], rung.Where((_, no) => no % 2 == 0).Select(one => (one.At - night).TotalMinutes - 10));
    }

    [Theory]
    [InlineData(LimitUnit.Minutes, 0, "plan.limit"), InlineData(LimitUnit.WorkingHours, 3, "plan.order"), InlineData(LimitUnit.WorkingDays, 3, null)]
    public void TheArrival_IsNotBeforeTheAnswer(LimitUnit unit, int count, string? refused) =>
        Assert.Equal(refused, (s_hard with { Arrive = new BasedLimit(new TimeLimit(count, unit), "试行") }).Problems(Rules.Calendar).FirstOrDefault()?.Code);

    [Fact]
    public void AChain_Rises_AndNamesItsBasis()
    {
        Assert.Equal("plan.order", (s_hard with { Overdue = [.. s_hard.Overdue.Reverse()] }).Problems(Rules.Calendar).Single().Code);
        Assert.Equal("plan.basis", (s_hard with { Overdue = [new PlanStep(OverdueStep.Urge, new TimeLimit(1, LimitUnit.Hours), " ")] }).Problems(Rules.Calendar).Single().Code);
        Assert.Empty((s_hard with { Overdue = [] }).Problems(Rules.Calendar));
    }

    [Fact]
    public void AWhistle_RunsByThePlanItWasBlownBy_WhateverBecomesOfThat()
    {
        var quick = Rules.With([.. Rules.Whistles.Select(plan => plan.Terms.Kind == WhistleKind.Hard
            ? new WhistlePlan(Guid.NewGuid(), 3, s_hard with { Respond = new BasedLimit(new TimeLimit(1, LimitUnit.Hours), "本区要求"), Overdue = [new PlanStep(OverdueStep.Urge, new TimeLimit(5, LimitUnit.Minutes), "本区要求")] })
            : plan)]);
        var whistle = SubmittedWhistle().Do(w => w.Sign("同意。", quick, StreetHead.Fresh(At(3.2)), At(3.2)));
        whistle.Do(w => w.Summon(HousingOffice, "来", Rules, Street, At(4)));

        Assert.Equal((3, At(5)), (whistle.Plan!.Version, whistle.UnitOf(HousingOffice)!.RespondBy));
        Watch(whistle, At(5.5));
        Assert.Equal("本区要求", whistle.Unsaved.Select(entry => entry.Event).OfType<UnitUrged>().First().Basis);
        Assert.Equal(whistle.Told(), Whistle.Replay(whistle.Unsaved).Told());
    }

    [Fact]
    public void WhatWasBlownBeforeThereWerePlans_RunsByThePortalsOwn()
    {
        var blown = SilentWhistle();
        var old = Whistle.Replay(Old(blown.Unsaved));
        Assert.Null(old.Plan);

        Assert.Equal(Rung(blown, At(24 * 14)), Rung(old, At(24 * 14)));
    }

    // The energy office has come; the power company says nothing.
    private static Whistle SilentWhistle() => SoundedWhistle()
        .Do(w => w.Respond(null, "收到", Energy, At(3.3))).Do(w => w.ReportIn(ReportMode.OnSite, null, null, Energy, At(3.5)));

    private static DateTimeOffset After(DateTimeOffset from, int count, LimitUnit unit) => new TimeLimit(count, unit).After(from, Rules.Calendar);

    // Looks whenever something is due, as the clock does.
    private static void Watch(Whistle whistle, DateTimeOffset until)
    {
        while (whistle.ClockAt is { } due && due <= until)
        {
            Assert.True(whistle.Ring(Rules, due).IsDone);
        }
    }

    private static List<(string What, DateTimeOffset At)> Rung(Whistle whistle, DateTimeOffset until)
    {
        var before = whistle.Unsaved.Count;
        Watch(whistle, until);
        return [.. whistle.Unsaved.Skip(before).Where(IsOfUnits).Select(entry => (entry.Event is UnitUrged urged ? $"urged {urged.Step}" : entry.Type, entry.At))];
    }

    // The times at which it was looked at differ, and are part of what a report says.
    private static List<string> Written(Whistle whistle) => [.. whistle.Unsaved.Where(entry => entry.By.UserId == Actor.Clock.UserId && IsOfUnits(entry)).Select(entry => entry.Event is LateReported or LeaderAsked ? entry.Type : entry.Body)];

    // How the leader is reminded of what he is asked is DecisionTimeTests' affair; his time runs from when he was asked.
    private static bool IsOfUnits(LogEntry entry) => entry.Event is not (DecisionNear or DecisionLapsed);

    private static IEnumerable<LogEntry> Old(IEnumerable<LogEntry> log)
    {
        var head = new byte[LogEntry.HashLength];
        foreach (var entry in log)
        {
            var happened = entry.Event is WhistleSounded sounded ? sounded with { Plan = null } : entry.Event;
            var again = new LogEntry(entry.Stream, entry.CaseId, entry.Sequence, entry.At, entry.By.ToActor(entry.At), happened, entry.Key, head);
            head = again.Hash;
            yield return again;
        }
    }
}
