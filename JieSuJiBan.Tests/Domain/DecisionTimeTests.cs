using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>A leader is reminded before his decision is late, and it is written down when it is: each once, whatever the clock missed.</summary>
public class DecisionTimeTests
{
    [Theory]
    [InlineData(WhistleKind.Routine, 4, 8)]
    [InlineData(WhistleKind.Hard, 2, 4)]
    public void ASignature_IsDueByThePlan_AndTheLeaderIsRemindedBefore(WhistleKind kind, double remind, double due)
    {
        var whistle = SubmittedWhistle(Brief with { Kind = kind });
        Assert.Equal(Rules.Calendar.Add(At(3.1), TimeSpan.FromHours(due)), whistle.SignBy);

        var remindAt = Rules.Calendar.Add(At(3.1), TimeSpan.FromHours(remind));
        Assert.Empty(Rung(whistle, remindAt.AddMinutes(-1)));
        Assert.IsType<DecisionNear>(Assert.Single(Rung(whistle, remindAt)));
        Assert.IsType<DecisionLapsed>(Assert.Single(Rung(whistle, whistle.SignBy!.Value)));
        Assert.Empty(Rung(whistle, At(24 * 30)));
    }

    [Fact]
    public void AfterATimeAway_BothAreWrittenInOrder_Once() =>
        Assert.Equal([typeof(DecisionNear), typeof(DecisionLapsed)], Rung(SubmittedWhistle(), At(24 * 9)).Select(happened => happened.GetType()));

    [Fact]
    public void WhatIsSigned_OrSentBack_RingsNoMore_AndSubmittedAgainItBeginsAnew()
    {
        Assert.DoesNotContain(Rung(SoundedWhistle(), At(24 * 9)), happened => happened is DecisionNear or DecisionLapsed);

        var returned = SubmittedWhistle().Do(w => w.ReturnDraft("再查", StreetHead.Fresh(At(4)), At(4)));
        Assert.Empty(Rung(returned, At(24 * 9)));

        returned.Do(w => w.Submit(Rules, Street, At(24 * 9)));
        Assert.Equal(2, Rung(returned, At(24 * 12)).Count);
    }

    [Fact]
    public void AnEmergencyThatSounded_IsSignedAfter_WithinItsTime()
    {
        var whistle = EmergencyWhistle();

        Assert.Equal(At(3.2).AddHours(2), whistle.SignBy);
        Assert.Contains(Rung(whistle, At(3.2).AddHours(2)), happened => happened is DecisionLapsed { No: null });
    }

    [Fact]
    public void AQuestion_IsDueToo_UntilItIsAnswered()
    {
        var asked = At(6);
        var whistle = ConferringWhistle().Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "面积口径定不了"), Rules, Street, asked));
        var request = whistle.Requests.Single();
        Assert.Equal(Rules.PlanOf(whistle.Kind).Terms.DecideFrom(asked, Rules.Calendar), new DecisionTime(request.RemindAt!.Value, request.DecideBy!.Value));

        Assert.Contains(Rung(whistle, request.RemindAt.Value), happened => happened is DecisionNear { No: 1 });
        var leader = DistrictLeader.Fresh(request.DecideBy!.Value);
        whistle.Do(w => w.Decide(1, Decision.Approved, "", null, null, Rules, leader, request.DecideBy.Value));

        Assert.DoesNotContain(Rung(whistle, At(24 * 30)), happened => happened is DecisionLapsed);
    }

    [Fact]
    public void AReplayedLog_RingsNoSecondTime()
    {
        var whistle = SubmittedWhistle();
        Rung(whistle, At(24 * 9));

        var replayed = Whistle.Replay(whistle.Unsaved);

        Assert.Equal((whistle.SignBy, whistle.SignLapsedAt, whistle.ClockAt), (replayed.SignBy, replayed.SignLapsedAt, replayed.ClockAt));
        Assert.Null(replayed.ClockAt);
    }

    private static List<WhistleEvent> Rung(Whistle whistle, DateTimeOffset now)
    {
        var before = whistle.Unsaved.Count;
        Assert.True(whistle.Ring(Rules, now).IsDone);
        return [.. whistle.Unsaved.Skip(before).Select(entry => (WhistleEvent)entry.Event)];
    }
}
