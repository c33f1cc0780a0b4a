using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Callbacks: what counts, what stays, and what keeps a case from being closed falsely.</summary>
public class CallbackTests
{
    private static readonly DateTimeOffset s_late = At(8 * 24);

    [Fact]
    public void TheFirstValidCallback_Counts_ForTheFirstReceiver()
    {
        var file = CalledBackCase(solved: false);

        Assert.Equal((At(8 * 24), Mafang), (file.CalledBackAt, file.CountedUnit));
        Assert.Equal((true, false, Satisfaction.Unsatisfied), (file.FirstContacted, file.FirstSolved, file.FirstSatisfaction));
        Assert.Equal((true, false, Satisfaction.Unsatisfied), (file.FinalContacted, file.Solved, file.Satisfaction));
        Assert.Equal(CallbackChannel.Phone, Assert.IsType<PetitionerCalledBack>(file.Unsaved[^1].Event).Channel);
    }

    [Fact]
    public void ARedoneCase_KeepsItsFirstResult_BesideTheFinalOne()
    {
        var file = CalledBackCase(solved: false)
            .Do(f => f.Redo("再办", At(10 * 24), "7日", Dispatcher, At(9 * 24)))
            .Do(f => f.Contact(true, "再联系", Street, At((9 * 24) + 1)))
            .Do(f => f.Progress("又办一次", null, Street, At((9 * 24) + 2)))
            .Do(f => f.Submit("办好了", null, Street, At((9 * 24) + 3)))
            .Do(f => f.Answer("办好了", StreetHead, At((9 * 24) + 4)))
            .Do(f => f.CallBack(Yes with { Contacted = false }, Dispatcher, At(11 * 24)));

        Assert.Equal((true, false, Satisfaction.Unsatisfied), (file.FirstContacted, file.FirstSolved, file.FirstSatisfaction));
        Assert.Equal((false, true, Satisfaction.Satisfied), (file.FinalContacted, file.Solved, file.Satisfaction));
        Assert.Equal(At(8 * 24), file.CalledBackAt);
    }

    [Theory]
    [InlineData(false, Satisfaction.Satisfied, null, null, null, "case.missing.unsolved")]
    [InlineData(true, Satisfaction.Unsatisfied, null, null, null, "case.missing.unsatisfied")]
    [InlineData(false, Satisfaction.Basically, UnsolvedReason.Other, null, " ", "case.missing.remark")]
    [InlineData(true, Satisfaction.Unsatisfied, null, UnsatisfiedReason.Other, null, "case.missing.remark")]
    public void ANo_WithoutItsReason_IsRefused(bool solved, Satisfaction satisfaction, UnsolvedReason? unsolved, UnsatisfiedReason? unsatisfied, string? remark, string code) =>
        Refused(code, AnsweredCase(), file => file.CallBack(new CallbackAnswer(true, solved, satisfaction, unsolved, unsatisfied, remark), Dispatcher, s_late));

    [Fact]
    public void AYes_DropsTheReasonThatWasChosenBefore()
    {
        var file = AnsweredCase().Do(f => f.CallBack(Yes with { Unsolved = UnsolvedReason.CameBack, Unsatisfied = UnsatisfiedReason.Slow }, Dispatcher, s_late));

        var said = Assert.IsType<PetitionerCalledBack>(file.Unsaved[^1].Event);
        Assert.Equal((null, null), (said.Unsolved, said.Unsatisfied));
    }

    [Fact]
    public void ThreeMissedCalls_EndTheQueue_AndCountForNothing()
    {
        var file = AnsweredCase().Do(f => f.Ring(s_late));
        Assert.Equal(s_late, file.CallAt);

        file.Do(f => f.MissCall("无人接听", s_late.AddHours(3), Dispatcher, s_late)).Do(f => f.MissCall(null, s_late.AddHours(9), SecondDispatcher, s_late.AddHours(3)));
        Assert.Equal((CaseStatus.Answered, 2, s_late.AddHours(9)), (file.Status, file.CallsMissed, file.CallAt));

        file.Do(f => f.MissCall(null, null, Dispatcher, s_late.AddHours(9)));
        Assert.Equal((CaseStatus.CalledBack, true, null), (file.Status, file.IsUnreached, file.CallAt));
        Assert.Equal((null, null, null), (file.CalledBackAt, file.Solved, file.FirstSatisfaction));
        Assert.Null(file.Close("未接通，现场照片可证。", Dispatcher, s_late.AddHours(10)).Refusal);
    }

    [Fact]
    public void AFourthCall_ThatReachesHim_CountsAfterAll()
    {
        var file = UnreachedCase().Do(f => f.CallBack(Yes, Dispatcher, s_late.AddHours(20)));

        Assert.Equal((s_late.AddHours(20), true), (file.CalledBackAt, file.FirstSolved));
        Refused("case.callback.status", file, f => f.MissCall(null, s_late.AddHours(30), Dispatcher, s_late.AddHours(21)));
    }

    [Fact]
    public void AMissedCall_WithoutALaterTime_OrBeforeTheLimit_OrBySomebodyElse_IsRefused()
    {
        Refused("case.callback.again", AnsweredCase(), file => file.MissCall(null, null, Dispatcher, s_late));
        Refused("case.callback.again", AnsweredCase(), file => file.MissCall(null, s_late, Dispatcher, s_late));
        Refused("case.callback.early", AnsweredCase(), file => file.MissCall(null, At(30), Dispatcher, At(24)));
        Refused("case.not-command-centre", AnsweredCase(), file => file.MissCall(null, At(300), Street, s_late));
        Refused("case.callback.status", FoundAndAnswered(), file => file.MissCall(null, At(300), Dispatcher, s_late));
    }

    [Fact]
    public void WhereNobodyComplained_NoCallbackCounts()
    {
        var file = FoundAndConfirmed().Do(f => f.CallBack(Yes, Dispatcher, At(8)));

        Assert.Equal((null, null, null), (file.CalledBackAt, file.CountedUnit, file.FirstSolved));
        Assert.Null(FoundAndAnswered().Do(f => f.Ring(s_late)).CallAt);
    }

    [Fact]
    public void TwiceNo_NeedsARedo_OrALeaderInCharge()
    {
        Refused("case.close.twice-no", CalledBackCase(solved: false), file => file.Close("结案", Dispatcher, At(200)));

        var led = CalledBackCase(solved: false).Do(f => f.AssignCharge(DistrictLeader, null, "双否包案", Supervisor, At(199)));
        Assert.Null(led.Close("包案领导已当面答复。", Dispatcher, At(200)).Refusal);
    }

    [Theory]
    [InlineData(-1.01, false), InlineData(-1, true), InlineData(-0.2, true), InlineData(0.5, false)]
    public void WhatIsAnsweredInTheLastHour_IsMarked(double hoursToTheLimit, bool isMarked)
    {
        var file = SubmittedCase().Do(f => f.Answer("已办好", StreetHead, At((7 * 24) + hoursToTheLimit)));

        Assert.Equal(isMarked, file.IsMarked);
    }

    [Fact]
    public void WhoCheckedOnTheSpot_DoesNotReportItDone()
    {
        var colleague = Street with { UserId = "mafang2", Name = "孙一鸣" };
        var file = CaseInProgress().Do(f => f.CheckOnTheSpot(true, "充电桩已通电。", null, Street, At(10)));

        Refused("case.submit.checked", file, f => f.Submit("已办好", null, Street, At(11)));
        Assert.Null(file.Submit("已办好", null, colleague, At(11)).Refusal);
        Refused("case.check.own-result", file, f => f.CheckOnTheSpot(true, "看过", null, colleague, At(12)));
    }

    [Fact]
    public void ACheckThatFindsItNotDone_HoldsTheAnswerBack()
    {
        var file = SubmittedCase().Do(f => f.CheckOnTheSpot(false, "还没通电。", null, Village, At(20.2)));
        Refused("case.answer.check-failed", file, f => f.Answer("已办好", StreetHead, At(20.5)));

        file.Do(f => f.ReturnResult("通电再报", StreetHead, At(21))).Do(f => f.Submit("已通电", null, Street, At(22)));
        Assert.Null(file.Answer("已通电", StreetHead, At(23)).Refusal);
    }

    [Fact]
    public void ACheck_ByWhoeverHasNoPartInIt_OrWithoutWords_IsRefused()
    {
        Refused("case.check.role", CaseInProgress(), file => file.CheckOnTheSpot(true, "看过", null, OtherStreet, At(3)));
        Refused("case.missing.finding", CaseInProgress(), file => file.CheckOnTheSpot(true, " ", null, Village, At(3)));
        Refused("case.not-handled", DispatchedCase(), file => file.CheckOnTheSpot(true, "看过", null, Supervisor, At(3)));
    }

    [Fact]
    public void WhistlesAreCounted_AndStayCounted() => Assert.Equal(1, WhistledCase().WhistleCount);

    [Fact]
    public void AnOlderEntryWithoutAChannel_SaidWhetherHeWasReached()
    {
        Assert.True(new PetitionerCalledBack(true, true, Satisfaction.Satisfied, null).IsValid);
        Assert.False(new PetitionerCalledBack(false, false, Satisfaction.NotSaid, null).IsValid);
        Assert.True(new PetitionerCalledBack(false, true, Satisfaction.Satisfied, null, Channel: CallbackChannel.Link).IsValid);
    }

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var version = file.Version;

        Assert.Equal(code, act(file).Refusal?.Code);
        Assert.Equal(version, file.Version);
    }
}
