using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
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
    public void AnAppealThatLeadsToAnotherCall_CorrectsTheFinalResult_EvenOfAClosedCase()
    {
        var file = ExaminedCase()
            .Do(f => f.AssignCharge(DistrictLeader, null, "双否", Supervisor, s_after))
            .Do(f => f.Close("同意结案。", Dispatcher, s_after))
            .Do(f => f.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, At((8 * 24) + 5)));
        Assert.Equal((true, At((8 * 24) + 5), CaseStatus.Closed), (file.IsRecalled, file.CallAt, file.Status));

        file.Do(f => f.CallBack(Yes, SecondDispatcher, At((8 * 24) + 6)));

        Assert.Equal((CaseStatus.Closed, false, null), (file.Status, file.IsRecalled, file.CallAt));
        Assert.Equal((true, Satisfaction.Satisfied), (file.Solved, file.Satisfaction));
        Assert.Equal((false, Satisfaction.Unsatisfied), (file.FirstSolved, file.FirstSatisfaction));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
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
    public void AUnit_TakesBackWhatItFiled()
    {
        Refused("case.contest.not-yours", FiledCase(), f => f.WithdrawContest(OtherStreet, s_after));

        var file = FiledCase().Do(f => f.WithdrawContest(Street, s_after));
        Assert.Equal(ContestState.Withdrawn, file.Contests[0].State);
        Assert.Null(Appeal(file, s_after).Refusal);
    }

    [Fact]
    public void EachStep_HasItsLimit()
    {
        Assert.Equal(s_terms.ExamineWithin.After(s_after, Rules.Calendar), FiledCase().Contests[0].DueAt);
        Assert.Equal(s_terms.DecideWithin.After(At((8 * 24) + 3), Rules.Calendar), ExaminedCase().Contests[0].DueAt);
    }

    private static Outcome Appeal(CaseFile file, DateTimeOffset at, Actor? by = null) =>
        file.Contest(ContestKind.Result, ContestGround.WrongRecord, "诉求人次日说已满意。", null, s_terms, Rules.Calendar, by ?? Street, at);

    private static CaseFile FiledCase() => CalledBackCase(solved: false).Do(file => Appeal(file, s_after));

    private static CaseFile ExaminedCase() => Examined(FiledCase(), At((8 * 24) + 3));

    private static CaseFile Examined(CaseFile file, DateTimeOffset? at = null) =>
        file.Do(f => f.ExamineContest(true, "核查属实。", s_terms, Rules.Calendar, SecondDispatcher, at ?? At(4)));

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var version = file.Version;

        Assert.Equal(code, act(file).Refusal?.Code);
        Assert.Equal(version, file.Version);
    }
}
