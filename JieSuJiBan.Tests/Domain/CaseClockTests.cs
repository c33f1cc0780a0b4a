using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What time alone makes true of a case: each rule once, in the order in which things fell due.</summary>
public class CaseClockTests
{
    private static readonly PlanTerms s_ordinary = Rules.LimitOf(CaseLevel.Ordinary);

    [Fact]
    public void AWaitingCase_LapsesAnHourAfterItsRegistration_Once()
    {
        var file = RegisteredCase(Order with { DispatchBy = At(1) });
        Assert.Equal(At(1), file.ClockAt);

        Assert.Empty(Rung(file, At(0.9)));
        Assert.Equal([new DispatchLapsed(At(1))], Rung(file, At(1)));
        Assert.Empty(Rung(file, At(50)));
        Assert.Null(file.ClockAt);
    }

    [Fact]
    public void AUnitThatDoesNothing_IsTakenThroughNodesAndLadder_InTheirOrder()
    {
        var file = PlannedCase();

        var rung = Rung(file, At(8 * 24));

        Assert.Equal(
            [
                new NodeLapsed(NodeKind.Accept, At(2)), new NodeLapsed(NodeKind.Contact, At(24)), new CaseUrged(UrgeKind.Remind, Mafang, At(48)),
                new NodeLapsed(NodeKind.Plan, At(72)), new CaseUrged(UrgeKind.Supervise, Mafang, At(72)), new CaseUrged(UrgeKind.Investigate, Mafang, At(96)),
                new NodeLapsed(NodeKind.Result, At(120)), new LimitReached(At(7 * 24)),
            ],
            rung);
        Assert.Equal(UrgeKind.Investigate, file.Urged);
        Assert.Null(file.ClockAt);
    }

    [Fact]
    public void LookedAtEveryHour_OrOnlyAfterAMonth_TheSameIsWrittenDown()
    {
        var (often, late) = (PlannedCase(), PlannedCase());

        var seen = Enumerable.Range(0, 30 * 24).SelectMany(hour => Rung(often, At(hour))).ToList();

        Assert.Equal(seen, Rung(late, At(30 * 24)));
    }

    [Fact]
    public void WhatWasDoneInTime_DoesNotLapse()
    {
        var file = PlannedCase().Do(f => f.Accept(Street, At(1))).Do(f => f.Contact(true, "已联系", Street, At(5))).Do(f => f.Progress("方案已定", null, Street, At(40)));

        Assert.Equal(
            [new CaseUrged(UrgeKind.Remind, Mafang, At(48)), new CaseUrged(UrgeKind.Supervise, Mafang, At(72)), new CaseUrged(UrgeKind.Investigate, Mafang, At(96))],
            Rung(file, At(100)));
        Assert.Equal(0, file.NodesLapsed);
    }

    [Fact]
    public void WhoHasSubmitted_IsUrgedNoMore()
    {
        var file = PlannedCase().Do(f => f.Accept(Street, At(1))).Do(f => f.Contact(true, "已联系", Street, At(5))).Do(f => f.Progress("在办", null, Street, At(40)));
        Assert.Single(Rung(file, At(50)));
        file.Do(f => f.Submit("办好了", null, Street, At(60)));

        Assert.Null(file.Urged);
        Assert.Equal([new LimitReached(At(7 * 24))], Rung(file, At(8 * 24)));
    }

    [Fact]
    public void TheCallback_IsDueWhenTheLimitIsReached_NotWhenTheUnitSaysDone()
    {
        var file = AnsweredCase();
        Assert.Equal((null, CaseStep.None), (file.NextUnit, file.NextStep));

        Rung(file, At(7 * 24));

        Assert.Equal((District, CaseStep.CallBack), (file.NextUnit, file.NextStep));
    }

    [Fact]
    public void Parking_StopsTheClock_AndMovesWhatIsStillToCome()
    {
        var file = PlannedCase().Do(f => f.Accept(Street, At(1))).Do(f => f.Contact(true, "已联系", Street, At(5))).Do(f => f.Progress("在办", null, Street, At(10)));
        file = Park(file, from: At(20), until: At(20 + (30 * 24)));

        Assert.Empty(Rung(file, At(29 * 24)));
        Assert.Equal([new SuspensionLapsed(At(20 + (30 * 24)))], Rung(file, At(31 * 24)));
        Assert.Empty(Rung(file, At(40 * 24)));
        file.Do(f => f.Resume("已具备条件", Street, At(20 + (40 * 24))));

        Assert.Equal(At(47 * 24), file.DueAt);
        Assert.Equal(At((40 * 24) + 48), file.ClockAt);
        Assert.Equal([new CaseUrged(UrgeKind.Remind, Mafang, At((40 * 24) + 48))], Rung(file, At((40 * 24) + 50)));
    }

    [Fact]
    public void AnObjection_DoesNotStopTheClock_UnlessItIsUpheld()
    {
        var file = PlannedCase().Do(f => f.ObjectToDispatch("不是我们的", "三定规定", null, Rules, Street, At(1)));
        Assert.Equal([new NodeLapsed(NodeKind.Accept, At(2))], Rung(file, At(3)));

        file.Do(f => f.ReviewObjection(true, "成立", SecondDispatcher, At(4)));

        Assert.Null(file.ClockAt);
        Assert.Null(file.Schedule);
        Assert.Empty(Rung(file, At(30 * 24)));
    }

    [Fact]
    public void ARunningCase_KeepsThePlanItStartedWith()
    {
        var file = PlannedCase();
        var stored = CaseFile.Replay(file.Unsaved);

        Assert.Equal(s_ordinary.Nodes.Count, stored.Schedule!.Nodes.Count);
        Assert.Equal((s_ordinary.Name, 0, file.ClockAt), (stored.Schedule.Name, stored.Schedule.Version, stored.ClockAt));
    }

    [Fact]
    public void TheThirdDispatch_Designates()
    {
        var file = RegisteredCase();
        for (var round = 0; round < 2; round++)
        {
            file.Do(f => f.Dispatch(PlannedOrder(At(round)), Rules.Calendar, Dispatcher, At(round)));
            file.Do(f => f.ObjectToDispatch("不是我们的", "三定规定", null, Rules, Street, At(round)));
            file.Do(f => f.ReviewObjection(true, "成立", SecondDispatcher, At(round)));
        }

        file.Do(f => f.Dispatch(PlannedOrder(At(5)), Rules.Calendar, Dispatcher, At(5)));

        Assert.Null(file.ObjectBy);
        Assert.Equal("case.object.designated", file.ObjectToDispatch("还不是", "三定规定", null, Rules, Street, At(6)).Refusal?.Code);
    }

    [Fact]
    public void TheDistrictsLeader_RulesOnTheSecondObjection_NotOnTheFirst()
    {
        var file = RegisteredCase();
        for (var round = 0; round < 2; round++)
        {
            file.Do(f => f.Dispatch(PlannedOrder(At(round)), Rules.Calendar, Dispatcher, At(round)));
            file.Do(f => f.ObjectToDispatch("不是我们的", "三定规定", null, Rules, Street, At(round)));

            var ruled = file.ReviewObjection(true, "成立", DistrictLeader, At(round));

            Assert.Equal(round == 0 ? "case.review.role" : null, ruled.Refusal?.Code);
            if (round == 0)
            {
                file.Do(f => f.ReviewObjection(true, "成立", SecondDispatcher, At(round)));
            }
        }

        Assert.True(file.IsDesignation);
    }

    [Theory]
    [InlineData(10, Lamp.Green), InlineData(24 * 6, Lamp.Yellow), InlineData(24 * 7, Lamp.Red)]
    public void TheLamp_TurnsWithTheTime(double hours, Lamp lamp) => Assert.Equal(lamp, DispatchedCase().LampAt(At(hours)));

    [Fact]
    public void AMissedNode_TurnsTheLampYellow()
    {
        var file = PlannedCase();
        Rung(file, At(3));
        Assert.Equal(Lamp.Yellow, file.LampAt(At(3)));
    }

    private static DispatchOrder PlannedOrder(DateTimeOffset now) =>
        new(Mafang, [], now.AddDays(7), s_ordinary.Basis, Schedule: s_ordinary.Begin(null, 0, now, now.AddDays(7), Rules.Calendar));

    private static CaseFile PlannedCase() => RegisteredCase().Do(file => file.Dispatch(PlannedOrder(At(0)), Rules.Calendar, Dispatcher, At(0)));

    private static CaseFile Park(CaseFile file, DateTimeOffset from, DateTimeOffset until)
    {
        var log = file.Unsaved.ToList();
        log.Add(new LogEntry(file.Id, file.Id, file.Version + 1, from, Dispatcher, new CaseSuspended(until, "等待供暖季结束"), null, file.Head));
        return CaseFile.Replay(log);
    }

    private static List<CaseEvent> Rung(CaseFile file, DateTimeOffset now)
    {
        var before = file.Unsaved.Count;
        Assert.True(file.Ring(now).IsDone);
        return [.. file.Unsaved.Skip(before).Select(entry => (CaseEvent)entry.Event)];
    }
}
