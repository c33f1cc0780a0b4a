using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What goes up from the room, what the leader decides, and what becomes of the case.</summary>
public class LeaderQuestionTests
{
    [Fact]
    public void Escalation_PutsTheCaseUp_AndTheDecisionBringsItBack()
    {
        var (file, whistle) = WhistledPair();

        Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "面积口径定不了"), Rules, Street, At(6)));
        Assert.Equal(CaseStatus.Escalated, file.Status);

        Follow(file, whistle, w => Decide(w, Decision.Approved, ""));
        Assert.Equal(CaseStatus.Whistled, file.Status);
    }

    [Fact]
    public void Extension_OfTheCase_NeedsWhatThePetitionerWasTold()
    {
        var (_, whistle) = WhistledPair();

        Assert.Equal("explanation", whistle.AskLeader(new LeaderQuestion(RequestKind.Extension, "公示7天", At(20 * 24)), Rules, Street, At(6)).Refusal?.Field);
    }

    [Fact]
    public void Extension_Approved_MovesTheLimit_Returned_DoesNot()
    {
        foreach (var (decision, expected) in new[] { (Decision.Approved, At(20 * 24)), (Decision.Returned, At(7 * 24)) })
        {
            var (file, whistle) = WhistledPair();
            Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Extension, "公示7天", At(20 * 24), null, "已当面说明"), Rules, Street, At(6)));

            Follow(file, whistle, w => Decide(w, decision, "意见"));

            Assert.Equal(expected, file.DueAt);
        }
    }

    [Fact]
    public void Extension_OfOneResolution_MovesOnlyThat()
    {
        var whistle = CommittedWhistle().Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Extension, "缺货", At(30 * 24), 1), Rules, Energy, At(6)));

        whistle.Do(w => Decide(w, Decision.Approved, ""));

        Assert.Equal((At(30 * 24), At(9 * 24)), (whistle.ResolutionOf(1)!.DueAt, whistle.ResolutionOf(2)!.DueAt));
    }

    [Fact]
    public void Suspension_StopsTheClock_AndResumingMovesTheLimitByThatTime()
    {
        var (file, whistle) = WhistledPair();
        Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Suspension, "等汛期结束", At(30 * 24)), Rules, Street, At(6)));
        Follow(file, whistle, w => Decide(w, Decision.Approved, ""));
        Assert.Equal(CaseStatus.Suspended, file.Status);
        Assert.False(file.IsOverdueAt(At(15 * 24)));

        file.Do(f => f.Resume("汛期结束", Street, At(7 + (10 * 24))));

        Assert.Equal((CaseStatus.Whistled, At(17 * 24)), (file.Status, file.DueAt));
    }

    [Fact]
    public void Reassignment_PutsTheNewUnitInThePlaceOfTheOld()
    {
        var (file, whistle) = WhistledPair();
        Follow(file, whistle, w => w.ObjectToSummons("不属本委", "职责清单", Rules, Energy, At(5)));
        Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Reassignment, "请定", Unit: EnergyOffice, NewUnit: HousingOffice), Rules, Street, At(6)));

        Follow(file, whistle, w => Decide(w, Decision.Approved, "由住建委牵头"));

        Assert.Null(whistle.UnitOf(EnergyOffice));
        Assert.True(whistle.UnitOf(HousingOffice) is { IsLead: true, State: UnitState.Awaiting, Ask: "牵头定建设主体" });
        Assert.True(file.HasPart(HousingOffice, Part.Summoned));
    }

    [Fact]
    public void Instruction_GoesStraightToAUnit_WithADeadline()
    {
        var (file, whistle) = WhistledPair();
        Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, At(6)));

        Assert.Equal("dueAt", whistle.Decide(1, Decision.Instructed, "请水务局办", WaterOffice, null, Rules, DistrictLeader.Fresh(At(7)), At(7)).Refusal?.Field);
        Follow(file, whistle, w => w.Decide(1, Decision.Instructed, "请水务局三日内办", WaterOffice, At(80), Rules, DistrictLeader.Fresh(At(7)), At(7)));

        Assert.NotNull(whistle.UnitOf(WaterOffice));
        Assert.Contains(whistle.Resolutions, resolution => resolution.Unit == WaterOffice && resolution.DueAt == At(80));
        Assert.True(file.HasPart(WaterOffice, Part.Summoned));
    }

    [Fact]
    public void AUnitThatIsGivenSomethingBeforeItCame_IsStillAwaited_AndItsClockRuns()
    {
        var (file, whistle) = WhistledPair();
        Follow(file, whistle, w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, At(6)));
        Follow(file, whistle, w => w.Decide(1, Decision.Instructed, "请水务局三日内办", WaterOffice, At(80), Rules, DistrictLeader.Fresh(At(7)), At(7)));

        var water = whistle.UnitOf(WaterOffice)!;
        Assert.Equal((UnitState.Awaiting, At(7 + 19)), (water.State, water.RespondBy!.Value));
        whistle.Do(w => w.Respond(null, null, Water, At(7.5)));
        Assert.Equal(UnitState.Responded, water.State);
        whistle.Do(w => w.ReportIn(ReportMode.OnSite, null, null, Water, At(8)));
        Assert.Equal(UnitState.Committed, water.State);
    }

    [Fact]
    public void AUnitThatIsSummonedAgain_StartsAnew_WhateverItSettledBefore()
    {
        var whistle = SettledWhistle()
            .Do(w => w.Release(PowerCompany, "已送电", Street, At(50)))
            .Do(w => w.Summon(PowerCompany, "再增容一次", Rules, Street, At(51)));
        Assert.Equal(UnitState.Awaiting, whistle.UnitOf(PowerCompany)!.State);

        whistle.Do(w => w.ReportIn(ReportMode.Video, null, null, Power, At(52)));

        Assert.Equal(UnitState.ReportedIn, whistle.UnitOf(PowerCompany)!.State);
        Assert.Equal("whistle.confirm.open", whistle.Confirm("已解决", Rules, Street, At(53)).Refusal?.Code);
    }

    [Fact]
    public void Reassignment_OfAUnitThatHasMeanwhileCome_OrOfAWhistleThatIsOver_IsRefused()
    {
        var moved = SoundedWhistle()
            .Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Reassignment, "没有回音", Unit: EnergyOffice, NewUnit: HousingOffice), Rules, Street, At(4)))
            .Do(w => w.ReportIn(ReportMode.OnSite, null, null, Energy, At(5)));
        Assert.Equal("whistle.decide.moved-on", Decide(moved, Decision.Approved, "").Refusal?.Code);

        var over = SoundedWhistle()
            .Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Reassignment, "没有回音", Unit: EnergyOffice, NewUnit: HousingOffice), Rules, Street, At(4)))
            .Do(w => w.Recall("已自行解决", Street, At(5)));
        Assert.Equal("whistle.decide.over", Decide(over, Decision.Approved, "").Refusal?.Code);
        over.Do(w => Decide(w, Decision.Returned, "哨已撤回"));
    }

    [Fact]
    public void Suspension_OfACaseThatIsSuspended_AndAnExtensionToAnEarlierDay_AreRefusedByTheCase()
    {
        foreach (var (question, code) in new[]
        {
            (new LeaderQuestion(RequestKind.Suspension, "再等等", At(40 * 24)), "case.suspend.twice"),
            (new LeaderQuestion(RequestKind.Extension, "记错了", At(6.5 * 24), null, "已说明"), "case.extend.earlier"),
        })
        {
            var (file, whistle) = WhistledPair();
            if (question.Kind == RequestKind.Suspension)
            {
                Follow(file, whistle, w => w.AskLeader(question, Rules, Street, At(6)));
                Follow(file, whistle, w => Decide(w, Decision.Approved, ""));
            }

            var no = whistle.Requests.Count + 1;
            Follow(file, whistle, w => w.AskLeader(question, Rules, Street, At(6)));
            var before = whistle.Unsaved.Count;
            whistle.Do(w => w.Decide(no, Decision.Approved, "", null, null, Rules, DistrictLeader.Fresh(At(7)), At(7)));

            Assert.Equal(code, file.Follow(whistle, whistle.Unsaved[before]).Refusal?.Code);
        }
    }

    [Fact]
    public void Whistle_OnACaseThatIsAnothersNow_DoesNotSound()
    {
        var file = DispatchedCase(EnergyOffice).Do(f => f.Accept(Energy, At(0.5)));
        Assert.Equal("case.whistle.not-yours", file.CheckWhistle(Brief, Street)?.Code);

        var drafted = DraftedWhistle(file: file).Do(w => w.Submit(Rules, Street, At(3))).Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(5)), At(5)));

        Assert.Contains(drafted.Unsaved, entry => file.Follow(drafted, entry).Refusal?.Code == "case.whistle.not-yours");
    }

    [Fact]
    public void WhoHasWithdrawn_NeitherBlowsNorActsInTheRoom_NorReadsTheFullFile()
    {
        var (file, whistle) = WhistledPair();
        file.Do(f => f.Withdraw("当事人是亲属", Street, At(5)));

        Assert.Equal("case.withdrawn", file.CheckWhistle(Brief, Street)?.Code);
        Assert.False(file.MayReadFullFile(Street));
        var before = whistle.Unsaved.Count;
        whistle.Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, At(6)));
        Assert.Equal("case.withdrawn", file.Follow(whistle, whistle.Unsaved[before]).Refusal?.Code);
    }

    [Fact]
    public void Decision_ByAnybodyElse_OrTwice_OrWithAnOldSignIn_IsRefused()
    {
        var whistle = ConferringWhistle().Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Power, At(6)));

        Assert.Equal("whistle.decide.role", whistle.Decide(1, Decision.Approved, "", null, null, Rules, StreetHead.Fresh(At(7)), At(7)).Refusal?.Code);
        Assert.Equal("whistle.decide.role", whistle.Decide(1, Decision.Approved, "", null, null, Rules, Supervisor.Fresh(At(7)), At(7)).Refusal?.Code);
        Assert.Equal(Freshness.Code, whistle.Decide(1, Decision.Approved, "", null, null, Rules, DistrictLeader, At(7)).Refusal?.Code);
        Assert.Equal("text", whistle.Decide(1, Decision.Returned, " ", null, null, Rules, DistrictLeader.Fresh(At(7)), At(7)).Refusal?.Field);
        whistle.Do(w => Decide(w, Decision.Approved, ""));
        Assert.Equal("whistle.decide.none", Decide(whistle, Decision.Approved, "").Refusal?.Code);
    }

    [Fact]
    public void SmallWhistles_AskTheStreetsLeader()
    {
        var whistle = DraftedWhistle(SmallBrief, Village).Do(w => w.Submit(Rules, Village, At(3.1))).Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(3.2)), At(3.2)));

        whistle.Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "科室意见不一"), Rules, Village, At(4)));

        Assert.Equal(Mafang, whistle.Requests[0].AddressedTo);
        Assert.Null(whistle.Decide(1, Decision.Approved, "", null, null, Rules, StreetHead.Fresh(At(5)), At(5)).Refusal);
    }

    [Fact]
    public void Whistle_OfAReport_NeverCallsTheReportedUnit()
    {
        var file = DispatchedCase(Mafang, Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice }).Do(f => f.Accept(Street, At(1)));

        Assert.Equal("case.whistle.reported", file.CheckWhistle(Brief, Street)?.Code);
    }

    [Fact]
    public void Whistle_SignedAfterTheCaseWasAnswered_IsRefusedByTheCase()
    {
        var file = CaseInProgress();
        var whistle = DraftedWhistle(file: file).Do(w => w.Submit(Rules, Street, At(3)));
        file.Do(f => f.Submit("已解决", null, Street, At(4)));
        whistle.Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(5)), At(5)));

        var refused = whistle.Unsaved.Select(entry => file.Follow(whistle, entry)).First(outcome => !outcome.IsDone);

        Assert.Equal("case.whistle.status", refused.Refusal?.Code);
    }

    [Fact]
    public void TwoWhistles_TheCaseWaitsForTheLast()
    {
        var (file, first) = WhistledPair();
        var second = DraftedWhistle(Brief with { Kind = WhistleKind.Emergency }, file: file);
        Follow(file, second, w => w.SoundAtOnce(Rules, Street, At(5)));
        Assert.Equal(2, file.OpenWhistles);

        Follow(file, first, w => w.Recall("合并到第二个哨", Street, At(6)));
        Assert.Equal(CaseStatus.Whistled, file.Status);
        Follow(file, second, w => w.Recall("已解决", Street, At(7)));
        Assert.Equal(CaseStatus.InProgress, file.Status);
    }

    private static Outcome Decide(Whistle whistle, Decision decision, string text) =>
        whistle.Decide(1, decision, text, null, null, Rules, DistrictLeader.Fresh(At(7)), At(7));

    private static void Follow(CaseFile file, Whistle whistle, Func<Whistle, Outcome> act)
    {
        var before = whistle.Unsaved.Count;
        Assert.Null(act(whistle).Refusal);
        foreach (var entry in whistle.Unsaved.Skip(before))
        {
            Assert.Null(file.Follow(whistle, entry).Refusal);
        }
    }
}
