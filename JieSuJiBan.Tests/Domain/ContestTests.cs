using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>不合理诉求认定 and 考核申诉: filed by the unit, examined by the command centre, decided by somebody else of the district.</summary>
public class ContestTests
{
    private static readonly CallbackTerms s_terms = CallbackTerms.Default;
    private static readonly DateTimeOffset s_after = At((8 * 24) + 2);

    [Fact]
    public void AnUpheldAppeal_LeavesTheCaseOutOfTheRates_AndOnTheBooks()
    {
        var file = ExaminedCase().Do(f => f.DecideContest(true, ContestRemedy.Exclude, "回访记录有误。", Supervisor, At((8 * 24) + 4)));

        Assert.True(file.IsExcluded);
        Assert.Equal((ContestState.Upheld, ContestRemedy.Exclude), (file.Contests[0].State, file.Contests[0].Remedy));
        Assert.Equal((false, Satisfaction.Unsatisfied), (file.FirstSolved, file.FirstSatisfaction));
    }

    [Fact]
    public void ADismissedAppeal_SaysWhy_AndIsNotFiledAgain()
    {
        var file = ExaminedCase();
        Refused("case.missing.opinion", file, f => f.DecideContest(false, ContestRemedy.Exclude, " ", Supervisor, s_after));

        file.Do(f => f.DecideContest(false, ContestRemedy.Exclude, "证据不足。", DistrictLeader, s_after));
        Assert.False(file.IsExcluded);
        Assert.Null(file.Contests[0].Remedy);
        Refused("case.contest.decided", file, f => Appeal(f, s_after));
    }

    [Fact]
    public void ANewCall_CountsInThePlaceOfTheFirst_EvenOfAClosedCase_InTheSameMonthForTheSameUnit()
    {
        var file = RecalledCase(closed: true);
        Assert.Equal((true, true, At((8 * 24) + 5), CaseStatus.Closed), (file.IsRecalled, file.AwaitsCorrection, file.CallAt, file.Status));
        Assert.Equal((Correction.Waiting, false), (file.Contests[0].Correction, file.FirstSolved));

        file.Do(f => f.CallBack(Yes, SecondDispatcher, At((8 * 24) + 6)));

        Assert.Equal((CaseStatus.Closed, false, false, null), (file.Status, file.IsRecalled, file.AwaitsCorrection, file.CallAt));
        Assert.Equal((true, true, Satisfaction.Satisfied), (file.FirstContacted, file.FirstSolved, file.FirstSatisfaction));
        Assert.Equal((true, Satisfaction.Satisfied), (file.Solved, file.Satisfaction));
        Assert.Equal((At(8 * 24), Mafang, Correction.Made), (file.CalledBackAt, file.CountedUnit, file.Contests[0].Correction));
        Assert.Equal([false, true], file.Unsaved.Select(entry => entry.Event).OfType<PetitionerCalledBack>().Select(said => said.Solved));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void ARedo_DoesNotTakeTheCorrectionAway_AndAPersonCallsAfterIt()
    {
        var file = Redone(RecalledCase());
        Assert.Equal((false, true, null), (file.IsRecalled, file.AwaitsCorrection, file.CallAt));
        Refused("case.status", file, f => f.CallBack(Yes, SecondDispatcher, At(20 * 24)));       // the unit is at work on it again
        Refused("case.callback.status", file, f => f.MissCall(null, At(21 * 24), SecondDispatcher, At(20 * 24)));

        AnsweredAgain(file).Do(f => f.Ring(At(12 * 24)))
            .Do(f => f.AskPetitioner(null, 0, s_terms with { PhonePercent = 0, LinkFirstPercent = 0 }, 0, hasLink: true, Rules.Calendar, Actor.Clock, At(12 * 24)));
        Assert.Equal(CallbackWay.Phone, file.CallbackWay);

        file.Do(f => f.CallBack(Yes, SecondDispatcher, At((12 * 24) + 1)));
        Assert.Equal((true, At(8 * 24), Correction.Made), (file.FirstSolved, file.CalledBackAt, file.Contests[0].Correction));
    }

    [Fact]
    public void DecidedWhileItIsDoneAgain_ItCountsWhatHeSaysThen_AlsoByHisLink()
    {
        var file = AnsweredAgain(Redone(ExaminedCase())).Do(f => f.Ring(At(12 * 24)))
            .Do(f => f.AskPetitioner(null, 0, s_terms with { LinkFirstPercent = 0 }, 0, hasLink: true, Rules.Calendar, Actor.Clock, At(12 * 24)))
            .Do(f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, At((12 * 24) + 1)));
        Assert.Equal((CallbackWay.LinkOnly, null, true), (file.CallbackWay, file.CallAt, file.AwaitsCorrection));

        var silent = CaseFile.Replay(file.Unsaved).Do(f => f.Ring(At(15 * 24)));
        Assert.Equal((At(15 * 24), CaseStatus.Answered), (silent.CallAt, silent.Status));         // no answer: a person calls

        file.Do(f => f.AnswerByLink(Yes, Citizen, At((12 * 24) + 2)));
        Assert.Equal((true, Satisfaction.Satisfied, Correction.Made), (file.FirstSolved, file.FirstSatisfaction, file.Contests[0].Correction));
    }

    [Fact]
    public void WhenNobodyIsReachedInThreeCalls_TheFirstResultStays()
    {
        var file = RecalledCase(closed: true);
        foreach (var hours in new[] { 6, 8, 10 })
        {
            file.Do(f => f.MissCall(null, At((8 * 24) + hours + 2), SecondDispatcher, At((8 * 24) + hours)));
        }

        Assert.Equal((false, false, null, Correction.Unreached), (file.IsRecalled, file.AwaitsCorrection, file.CallAt, file.Contests[0].Correction));
        Assert.Equal((false, Satisfaction.Unsatisfied), (file.FirstSolved, file.FirstSatisfaction));
    }

    [Fact]
    public void TheSecondCallAfterIt_ChangesTheFinalResultOnly()
    {
        var file = RecalledCase().Do(f => f.CallBack(Yes, SecondDispatcher, At((8 * 24) + 6))).Do(f => f.CallBack(No, SecondDispatcher, At((8 * 24) + 7)));

        Assert.Equal((true, false), (file.FirstSolved, file.Solved));
    }

    [Fact]
    public void AnotherCall_IsNotDecidedOn_WhereItCouldSayNothing()
    {
        var erased = Archived(ExaminedCase()).Do(f => f.ErasePetitioner("保管期满", Archivist, s_after));
        Refused("case.contest.erased", erased, f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, s_after));
        Assert.Null(erased.DecideContest(true, ContestRemedy.Exclude, "不计入。", Supervisor, s_after).Refusal);

        Refused("case.contest.moved", Moved(ExaminedCase(withObjection: true)), f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, At(10 * 24)));
        Refused("case.erase.recalled", Archived(RecalledCase()), f => f.ErasePetitioner("保管期满", Archivist, s_after));
    }

    [Fact]
    public void WhereAnotherUnitHasItNow_WhatHeSaysOfThatOne_CorrectsNothing()
    {
        var file = Moved(ExaminedCase(withObjection: true).Do(f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, At((8 * 24) + 5))));

        Assert.Equal((false, Correction.Moved, false), (file.AwaitsCorrection, file.Contests[0].Correction, file.FirstSolved));
    }

    [Fact]
    public void AnOlderDecision_KeepsTheMeaningItHad()
    {
        var file = ExaminedCase();
        var old = new LogEntry(file.Id, file.Id, file.Version + 1, At((8 * 24) + 5), Supervisor, new ContestDecided(1, true, ContestRemedy.CallAgain, "重新回访。"), null, file.Head);
        var replayed = CaseFile.Replay([.. file.Unsaved, old]).Do(f => f.CallBack(Yes, SecondDispatcher, At((8 * 24) + 6)));

        Assert.Equal((true, false, null), (replayed.Solved, replayed.FirstSolved, replayed.Contests[0].Correction));
    }

    [Fact]
    public void AnUnreasonableDemand_IsFoundSoByTwoPersons()
    {
        var file = CaseInProgress().Do(f => f.Contest(ContestKind.Unreasonable, ContestGround.NoBasis, "要求赔偿无依据。", [Pdf], s_terms, Rules.Calendar, Street, At(3)));
        Refused("case.contest.remedy", Examined(file), f => f.DecideContest(true, ContestRemedy.CallAgain, "成立", Supervisor, At(5)));

        file.Do(f => f.DecideContest(true, ContestRemedy.Exclude, "同意认定。", Supervisor, At(5)));
        Assert.True(file.IsExcluded);
        Assert.True(file.IsOpen);
    }

    [Fact]
    public void OnlyTheUnitItCountsFor_Contests_InTime_OnceAtATime()
    {
        Refused("case.contest.not-yours", CalledBackCase(solved: false), f => Appeal(f, s_after, OtherStreet));
        Refused("case.contest.not-yours", AnsweredCase(), f => Appeal(f, At(24)));
        Refused("case.contest.late", CalledBackCase(solved: false), f => Appeal(f, At(30 * 24)));
        Refused("case.contest.ground", CalledBackCase(), f => f.Contest(ContestKind.Result, ContestGround.NoBasis, "理由", null, s_terms, Rules.Calendar, Street, s_after));
        Refused("case.missing.text", CalledBackCase(), f => f.Contest(ContestKind.Result, ContestGround.Other, " ", null, s_terms, Rules.Calendar, Street, s_after));
        Refused("case.contest.twice", FiledCase(), f => Appeal(f, s_after));
        Refused("case.contest.status", DispatchedCase(), f => f.Contest(ContestKind.Unreasonable, ContestGround.NoBasis, "理由", null, s_terms, Rules.Calendar, Street, At(1)));
    }

    [Fact]
    public void WhoMadeTheCall_DoesNotExamine_AndWhoExamined_DoesNotDecide()
    {
        Refused("case.contest.own-call", FiledCase(), f => f.ExamineContest(true, "听了录音。", s_terms, Rules.Calendar, Dispatcher, s_after));
        Refused("case.not-command-centre", FiledCase(), f => f.ExamineContest(true, "看过。", s_terms, Rules.Calendar, Street, s_after));
        Refused("case.contest.none", FiledCase(), f => f.DecideContest(true, ContestRemedy.Exclude, "同意", Supervisor, s_after));
        Refused("case.contest.reviewer", ExaminedCase(), f => f.DecideContest(true, ContestRemedy.Exclude, "同意", SecondDispatcher, s_after));
        Refused("case.contest.own-finding", ExaminedCase(), f => f.DecideContest(true, ContestRemedy.Exclude, "同意", Supervisor with { UserId = SecondDispatcher.UserId }, s_after));
    }

    [Fact]
    public void WhoMadeTheContestedCall_DoesNotMakeTheNewOne_AColleagueDoes()
    {
        var again = At((8 * 24) + 8);
        Refused("case.callback.own-call", RecalledCase(closed: true), f => f.CallBack(Yes, Dispatcher, At((8 * 24) + 6)));
        Refused("case.callback.own-call", RecalledCase(), f => f.CallBack(Yes, Dispatcher, At((8 * 24) + 6)));
        Refused("case.callback.own-call", RecalledCase(), f => f.MissCall(null, again, Dispatcher, At((8 * 24) + 6)));  // three of them would let the first result stand
        Refused("case.callback.own-call", AnsweredAgain(Redone(RecalledCase())), f => f.CallBack(Yes, Dispatcher, At(12 * 24)));

        var file = RecalledCase().Do(f => f.MissCall(null, again, SecondDispatcher, At((8 * 24) + 6))).Do(f => f.CallBack(Yes, SecondDispatcher, again));
        Assert.Equal(SecondDispatcher.UserId, file.CalledBy);
        Assert.Null(file.CallBack(Yes, Dispatcher, again).Refusal);                               // corrected: the last word is anybody's again
        Assert.Null(CalledBackCase().CallBack(Yes, Dispatcher, s_after).Refusal);
    }

    [Fact]
    public void WhoMadeTheFirstCall_IsBoundAsWhoMadeTheLast_UntilAnotherStandsInItsPlace()
    {
        var third = SecondDispatcher with { UserId = "dispatch-3", Name = "丙" };
        var file = CalledBackCase().Do(f => f.CallBack(No, SecondDispatcher, At((8 * 24) + 1))).Do(f => Appeal(f, s_after));
        Refused("case.contest.own-call", file, f => f.ExamineContest(true, "听了录音。", s_terms, Rules.Calendar, Dispatcher, s_after));

        file.Do(f => f.ExamineContest(true, "听了录音。", s_terms, Rules.Calendar, third, s_after)).Do(f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, s_after));
        Refused("case.callback.own-call", file, f => f.CallBack(Yes, Dispatcher, s_after));
        Refused("case.callback.own-call", file, f => f.CallBack(Yes, SecondDispatcher, s_after));

        file.Do(f => f.CallBack(Yes, third, s_after));
        Assert.Equal(("dispatch-3", "dispatch-3"), (file.CalledBy, file.FirstCalledBy));
    }

    [Fact]
    public void AUnit_TakesBackWhatItFiled()
    {
        Refused("case.contest.not-yours", FiledCase(), f => f.WithdrawContest(OtherStreet, s_after));

        var file = FiledCase().Do(f => f.WithdrawContest(Street, s_after));
        Assert.Equal(ContestState.Withdrawn, file.Contests[0].State);
        Assert.Null(Appeal(file, s_after).Refusal);
    }

    [Fact]
    public void EachStep_RemindsInItsLastQuarter_AndSaysOnceThatItIsLate_EvenOfAClosedCase()
    {
        var file = Closed(FiledCase());
        var due = file.Contests[0].DueAt;
        Assert.Equal(due - TimeSpan.FromTicks((due - s_after).Ticks / 4), file.ClockAt);

        file.Do(f => f.Ring(file.ClockAt!.Value)).Do(f => f.Ring(due)).Do(f => f.Ring(due.AddDays(9)));
        Assert.Equal([new ContestNear(1, due), new ContestLapsed(1, due)], Rung(file));
        Assert.Equal((due, null), (file.Contests[0].LapsedAt, file.ClockAt));

        Examined(file, due.AddHours(1));
        Assert.Null(file.Contests[0].LapsedAt);
        file.Do(f => f.Ring(file.Contests[0].DueAt));
        Assert.Equal([new ContestNear(1, file.Contests[0].DueAt), new ContestLapsed(1, file.Contests[0].DueAt)], Rung(file).Skip(2));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void TheLamp_TurnsWithTheReminder_OfTheStepThatIsNowDue()
    {
        var (file, examined) = (FiledCase(), At((8 * 24) + 12));
        var contest = file.Contests[0];
        var (remind, due) = (contest.RemindAt!.Value, contest.DueAt);
        Assert.Equal([Lamp.Green, Lamp.Yellow, Lamp.Red], new[] { remind.AddTicks(-1), remind, due }.Select(contest.LampAt));
        file.Do(f => f.Ring(remind));
        Assert.Equal(Lamp.Yellow, contest.LampAt(remind));

        Examined(file, examined);
        (remind, due) = (contest.RemindAt!.Value, contest.DueAt);
        Assert.Equal(due - TimeSpan.FromTicks((due - examined).Ticks / 4), remind);
        Assert.Equal([Lamp.Green, Lamp.Green, Lamp.Yellow, Lamp.Red], new[] { examined, remind.AddTicks(-1), remind, due }.Select(contest.LampAt));
    }

    [Fact]
    public void WhatIsDecidedOrTakenBack_RingsNoMore()
    {
        Assert.Empty(Rung(Closed(ExaminedCase()).Do(f => f.DecideContest(false, ContestRemedy.Exclude, "不成立", Supervisor, s_after.AddHours(2))).Do(f => f.Ring(At(60 * 24)))));
        Assert.Empty(Rung(Closed(FiledCase()).Do(f => f.WithdrawContest(Street, s_after.AddHours(1))).Do(f => f.Ring(At(60 * 24)))));
    }

    [Fact]
    public void EachStep_HasItsLimit()
    {
        Assert.Equal(s_terms.ExamineWithin.After(s_after, Rules.Calendar), FiledCase().Contests[0].DueAt);
        Assert.Equal(s_terms.DecideWithin.After(At((8 * 24) + 3), Rules.Calendar), ExaminedCase().Contests[0].DueAt);
    }

    private static IEnumerable<LogEvent> Rung(CaseFile file) => file.Unsaved.Select(entry => entry.Event).Where(happened => happened is ContestNear or ContestLapsed);

    private static Outcome Appeal(CaseFile file, DateTimeOffset at, Actor? by = null) =>
        file.Contest(ContestKind.Result, ContestGround.WrongRecord, "诉求人次日说已满意。", null, s_terms, Rules.Calendar, by ?? Street, at);

    private static CaseFile FiledCase() => CalledBackCase(solved: false).Do(file => Appeal(file, s_after));

    private static CaseFile ExaminedCase(bool withObjection = false) => Examined(withObjection ? ObjectedCase() : FiledCase(), At((8 * 24) + 3));

    private static CaseFile ObjectedCase() => CaseInProgress()
        .Do(f => f.ObjectToDispatch("不在职责内", "《清单》", null, Rules, Street, At(3)))
        .Do(f => f.Submit("办好了", null, Street, At(20)))
        .Do(f => f.Answer("办好了", StreetHead, At(21)))
        .Do(f => f.CallBack(No, Dispatcher, At(8 * 24)))
        .Do(f => Appeal(f, s_after));

    private static CaseFile RecalledCase(bool closed = false) => (closed ? Closed(ExaminedCase()) : ExaminedCase())
        .Do(f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, At((8 * 24) + 5)));

    private static CaseFile Closed(CaseFile file) => file
        .Do(f => f.AssignCharge(DistrictLeader, null, "双否", Supervisor, s_after))
        .Do(f => f.Close("同意结案。", Dispatcher, s_after));

    private static CaseFile Archived(CaseFile file) => Closed(file)
        .Do(f => f.StoreFile(Pdf, 3, f.Version, s_after))
        .Do(f => f.Archive("PG-1", "30年", Archivist, s_after));

    private static CaseFile Redone(CaseFile file) => file.Do(f => f.Redo("再办", At(11 * 24), "7日", Dispatcher, At(9 * 24)));

    private static CaseFile AnsweredAgain(CaseFile file) => file
        .Do(f => f.Contact(true, "再联系", Street, At((9 * 24) + 1)))
        .Do(f => f.Progress("又办一次", null, Street, At((9 * 24) + 2)))
        .Do(f => f.Submit("办好了", null, Street, At((9 * 24) + 3)))
        .Do(f => f.Answer("办好了", StreetHead, At((9 * 24) + 4)));

    // An objection of the first days is upheld late, and another unit gets it.
    private static CaseFile Moved(CaseFile file) => Redone(file)
        .Do(f => f.ReviewObjection(true, "改派", SecondDispatcher, At((9 * 24) + 2)))
        .Do(f => f.Dispatch(new DispatchOrder(EnergyOffice, [], At(15 * 24), "7日"), Rules.Calendar, Dispatcher, At((9 * 24) + 3)));

    private static CaseFile Examined(CaseFile file, DateTimeOffset? at = null) =>
        file.Do(f => f.ExamineContest(true, "核查属实。", s_terms, Rules.Calendar, SecondDispatcher, at ?? At(4)));

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var version = file.Version;

        Assert.Equal(code, act(file).Refusal?.Code);
        Assert.Equal(version, file.Version);
    }
}
