using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What the owner of a case asks a leader without a whistle: more time, to park it, to take it up.</summary>
public class CaseAskingTests
{
    private static readonly Actor s_head = StreetHead.Fresh(At(21));
    private static readonly Actor s_mayor = DistrictLeader.Fresh(At(21));

    [Fact]
    public void TheFirstExtension_IsTheUnitsOwnLeaders_TheNextTheDistricts()
    {
        var file = CaseInProgress();
        var due = file.DueAt!.Value;

        file.Do(f => Extend(f, due.AddDays(3)));
        Assert.Equal(Mafang, file.Requests[0].AddressedTo);
        Assert.Equal("case.decide.role", file.Decide(1, Decision.Approved, "", s_mayor, At(21)).Refusal?.Code);
        file.Do(f => f.Decide(1, Decision.Approved, "", s_head, At(21)));
        Assert.Equal(due.AddDays(3), file.DueAt);

        file.Do(f => Extend(f, due.AddDays(6)));
        Assert.Equal(District, file.Requests[1].AddressedTo);
        file.Do(f => f.Decide(2, Decision.Returned, "不再延", s_mayor, At(21.2)));
        Assert.Equal(due.AddDays(3), file.DueAt);
    }

    [Fact]
    public void AnExtension_CarriesWhatThePetitionerWasTold()
    {
        var file = CaseInProgress();

        Assert.Equal("explanation", file.AskLeader(RequestKind.Extension, "等公示", file.DueAt!.Value.AddDays(3), " ", Rules, Street, At(20)).Refusal?.Field);
        file.Do(f => Extend(f, f.DueAt!.Value.AddDays(3))).Do(f => f.Decide(1, Decision.Approved, "", s_head, At(21)));
        Assert.Equal("已电话说明", file.Unsaved.Select(entry => entry.Event).OfType<CaseExtended>().Single().Explanation);
    }

    public static TheoryData<string, RequestKind, double, Actor> Wrong() => new()
    {
        { "case.ask.kind", RequestKind.Reassignment, 24 * 9, Street },
        { "case.not-yours", RequestKind.Extension, 24 * 9, OtherStreet },
        { "case.ask.until", RequestKind.Extension, 19, Street },
        { "case.ask.earlier", RequestKind.Extension, 24 * 2, Street },
        { "case.ask.until", RequestKind.Suspension, 19, Street },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatCannotBeAsked_IsRefused(string code, RequestKind kind, double until, Actor by) =>
        Assert.Equal(code, CaseInProgress().AskLeader(kind, "理由", At(until), "已说明", Rules, by, At(20)).Refusal?.Code);

    [Theory]
    [InlineData(RequestKind.Suspension), InlineData(RequestKind.Escalation)]
    public void BeforeTheWorkHasBegun_NothingIsParkedOrPutUp(RequestKind kind)
    {
        var file = DispatchedCase().Do(f => f.Accept(Street, At(1)));

        Assert.Equal("case.ask.not-begun", file.AskLeader(kind, "理由", At(24 * 9), null, Rules, Street, At(2)).Refusal?.Code);
    }

    [Fact]
    public void TheSame_IsNotAskedTwice_AndMoreTimeNotAfterTheLimit()
    {
        var file = CaseInProgress().Do(f => Extend(f, f.DueAt!.Value.AddDays(3)));

        Assert.Equal("case.ask.twice", Extend(file, file.DueAt!.Value.AddDays(4)).Refusal?.Code);
        var late = CaseInProgress();
        Assert.Equal("case.ask.late", late.AskLeader(RequestKind.Extension, "等公示", late.DueAt!.Value.AddDays(3), "已说明", Rules, Street, late.DueAt.Value).Refusal?.Code);
    }

    [Fact]
    public void ASuspension_StopsTheClock_OnlyWhenTheDistrictAgrees()
    {
        var file = CaseInProgress().Do(f => f.AskLeader(RequestKind.Suspension, "等汛期结束", At(24 * 30), null, Rules, Street, At(20)));
        Assert.Equal(District, file.Requests[0].AddressedTo);
        Assert.Null(file.SuspendedAt);

        file.Do(f => f.Decide(1, Decision.Approved, "同意", s_mayor, At(21)));

        Assert.Equal((CaseStatus.Suspended, At(24 * 30)), (file.Status, file.SuspendedUntil));
    }

    [Theory]
    [InlineData(Decision.Approved), InlineData(Decision.Returned), InlineData(Decision.Instructed)]
    public void AnEscalation_PutsTheCaseUp_AndTheDecisionBringsItBack(Decision decision)
    {
        var file = CaseInProgress().Do(f => f.AskLeader(RequestKind.Escalation, "口径定不了", null, null, Rules, Street, At(20)));
        Assert.Equal(CaseStatus.Escalated, file.Status);

        file.Do(f => f.Decide(1, decision, "意见", s_mayor, At(21)));

        Assert.Equal(CaseStatus.InProgress, file.Status);
    }

    [Fact]
    public void AReturn_NeedsAWord_AndADecisionAFreshPassword()
    {
        var file = CaseInProgress().Do(f => Extend(f, f.DueAt!.Value.AddDays(3)));

        Assert.Equal("text", file.Decide(1, Decision.Returned, " ", s_head, At(21)).Refusal?.Field);
        Assert.Equal(Freshness.Code, file.Decide(1, Decision.Approved, "", StreetHead, At(21)).Refusal?.Code);
    }

    [Fact]
    public void HandedOn_TheOtherLeaderDecides()
    {
        var second = s_head with { UserId = "mafang-second", Name = "沈二" };
        var file = CaseInProgress().Do(f => Extend(f, f.DueAt!.Value.AddDays(3))).Do(f => f.ForwardDecision(1, second, null, s_head, At(21)));

        Assert.Equal("case.decide.forwarded", file.Decide(1, Decision.Approved, "", s_head, At(21)).Refusal?.Code);
        file.Do(f => f.Decide(1, Decision.Approved, "", second, At(21)));
    }

    [Fact]
    public void TheLeaderIsReminded_AndItIsWrittenDownWhenHeIsLate_EachOnce()
    {
        var file = CaseInProgress().Do(f => f.AskLeader(RequestKind.Escalation, "口径定不了", null, null, Rules, Street, At(20)));
        var (remindAt, decideBy) = (file.Requests[0].RemindAt!.Value, file.Requests[0].DecideBy);
        Assert.Equal(Rules.PlanOf(WhistleKind.Routine).Terms.DecideFrom(At(20), Rules.Calendar), new DecisionTime(remindAt, decideBy));

        file.Do(f => f.Ring(decideBy.AddDays(2)));

        var rung = file.Unsaved.Select(entry => entry.Event).Where(happened => happened is CaseDecisionNear or CaseDecisionLapsed).ToList();
        Assert.Equal([typeof(CaseDecisionNear), typeof(CaseDecisionLapsed)], rung.Select(happened => happened.GetType()));
        Assert.Equal(CaseFile.Replay(file.Unsaved).ClockAt, file.ClockAt);
    }

    [Fact]
    public void ACaseThatGoesToAnotherUnit_AsksNothingAnyMore()
    {
        var file = DispatchedCase().Do(f => f.Accept(Street, At(1))).Do(f => Extend(f, f.DueAt!.Value.AddDays(3), At(2)))
            .Do(f => f.ObjectToDispatch("不归我管", "三定方案", EnergyOffice, Rules, Street, At(3)))
            .Do(f => f.ReviewObjection(true, "成立", Supervisor, At(4)));

        Assert.Equal(Decision.Moot, file.Requests[0].Decision);
        Assert.Equal("case.decide.none", file.Decide(1, Decision.Approved, "", s_head, At(21)).Refusal?.Code);
    }

    [Fact]
    public void WhatOneAskedOneself_AnotherDecides_AndADeputyHasNotAskedForSomebodyElse()
    {
        var deputy = Street with { Role = Role.StreetLeader, DeputyFor = StreetHead.UserId, SignedInAt = At(21) };
        var file = CaseInProgress().Do(f => Extend(f, f.DueAt!.Value.AddDays(3)));

        Assert.Equal("case.decide.own", file.Decide(1, Decision.Approved, "", deputy, At(21)).Refusal?.Code);
        file.Do(f => f.Decide(1, Decision.Approved, "", deputy with { UserId = "mafang-third" }, At(21)));
    }

    [Fact]
    public void InAWhistleInsideAStreet_ItIsTheSame()
    {
        var deputy = Street with { Role = Role.StreetLeader, DeputyFor = StreetHead.UserId, SignedInAt = At(6) };
        var whistle = DraftedWhistle(SmallBrief, Village).Do(w => w.Submit(Rules, Village, At(3.1))).Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(3.2)), At(3.2)))
            .Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "定不了"), Rules, Street, At(5)));

        Assert.Equal("whistle.decide.own", whistle.Decide(1, Decision.Approved, "", null, null, Rules, deputy, At(6)).Refusal?.Code);
    }

    [Fact]
    public void MoreThanTwiceTheTime_AndWhatFollowsAnyExtension_IsTheDistricts()
    {
        var file = CaseInProgress();
        Assert.Equal(District, file.DecidesOn(RequestKind.Extension, file.DueAt!.Value.AddDays(365)));

        var (whistled, whistle) = WhistledPair();
        var asked = whistle.Unsaved.Count;
        whistle.Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Extension, "公示7天", whistled.DueAt!.Value.AddDays(3), null, "已说明"), Rules, Street, At(20)))
            .Do(w => w.Decide(1, Decision.Approved, "", null, null, Rules, s_mayor, At(21)));
        whistle.Unsaved.Skip(asked).ToList().ForEach(entry => Assert.Null(whistled.Follow(whistle, entry).Refusal));
        Assert.Equal(District, whistled.DecidesOn(RequestKind.Extension, whistled.DueAt!.Value.AddDays(1)));
    }

    [Fact]
    public void ACaseThatWentBackWhileItWasParked_IsParkedNoMore()
    {
        var file = CaseInProgress().Do(f => f.ObjectToDispatch("不归我管", "三定方案", EnergyOffice, Rules, Street, At(3)))
            .Do(f => f.AskLeader(RequestKind.Suspension, "等汛期", At(24 * 30), null, Rules, Street, At(4)))
            .Do(f => f.Decide(1, Decision.Approved, "同意", DistrictLeader.Fresh(At(5)), At(5)))
            .Do(f => f.ReviewObjection(true, "成立", Supervisor, At(6)));
        Assert.NotNull(file.Resume("恢复", Dispatcher, At(6.5)).Refusal);

        file.Do(f => f.Dispatch(new DispatchOrder(EnergyOffice, [], At(7 * 24), "7日"), Rules.Calendar, Dispatcher, At(7)));

        Assert.Equal((CaseStatus.Dispatched, null, At(7 * 24)), (file.Status, file.SuspendedAt, file.ClockAt));
    }

    [Fact]
    public void AWhistleThatEndsAfterTheCaseWentBack_LeavesItWhereItIs()
    {
        var file = CaseInProgress().Do(f => f.ObjectToDispatch("不归我管", "三定方案", EnergyOffice, Rules, Street, At(2.5)));
        var whistle = DraftedWhistle(file: file).Do(w => w.Submit(Rules, Street, At(3.1))).Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(3.2)), At(3.2)));
        whistle.Unsaved.ToList().ForEach(entry => Assert.Null(file.Follow(whistle, entry).Refusal));
        var before = whistle.Unsaved.Count;
        file.Do(f => f.ReviewObjection(true, "成立", Supervisor, At(4)));

        whistle.Do(w => w.Recall("撤", Street, At(5)));
        whistle.Unsaved.Skip(before).ToList().ForEach(entry => Assert.Null(file.Follow(whistle, entry).Refusal));

        Assert.Equal((CaseStatus.Registered, District), (file.Status, file.NextUnit));
    }

    [Fact]
    public void WhatIsWithdrawn_BringsTheCaseBack_AndIsAskedNoMore()
    {
        var file = CaseInProgress().Do(f => f.AskLeader(RequestKind.Escalation, "口径定不了", null, null, Rules, Street, At(20)));

        Assert.Equal("case.not-yours", file.WithdrawQuestion(1, OtherStreet, At(20.5)).Refusal?.Code);
        file.Do(f => f.WithdrawQuestion(1, Street, At(20.5)));

        Assert.Equal((CaseStatus.InProgress, Decision.Moot, 0), (file.Status, file.Requests[0].Decision, file.OpenEscalations));
        Assert.Equal("case.decide.none", file.Decide(1, Decision.Approved, "", s_mayor, At(21)).Refusal?.Code);
    }

    private static Outcome Extend(CaseFile file, DateTimeOffset until, DateTimeOffset? at = null) =>
        file.AskLeader(RequestKind.Extension, "等公示", until, "已电话说明", Rules, Street, at ?? At(20));
}
