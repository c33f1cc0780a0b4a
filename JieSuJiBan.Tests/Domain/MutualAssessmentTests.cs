using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>双考评: the whistler rates each unit, each unit the whistle, nobody himself, and what is missing in time is 未评.</summary>
public class MutualAssessmentTests
{
    private static readonly UnitRating s_good = new(5, 4, 5, 5, null);
    private static readonly WhistleRating s_clear = new(5, 4, 4, null);

    [Fact]
    public void Marks_StandOnTheUnit_WithTheDayTheyWereGiven()
    {
        var whistle = ConfirmedWhistle()
            .Do(w => w.AssessUnit(EnergyOffice, s_good, Street, At(51)))
            .Do(w => w.AssessWhistle(s_clear, Energy, At(52)));

        var unit = whistle.UnitOf(EnergyOffice)!;

        Assert.Equal((At(51), 5, 4, 5, 5), (unit.AssessedAt, unit.ResponseMark, unit.ArrivalMark, unit.MeasureMark, unit.ResultMark));
        Assert.Equal((At(52), 5, 4, 4), (unit.HasAssessedAt, unit.PreparedMark, unit.RightUnitMark, unit.ClearMark));
        Assert.Null(unit.RateBy);
        Assert.NotNull(whistle.UnitOf(PowerCompany)!.RateBy);
    }

    [Theory]
    [InlineData(2, null, "whistle.assess.reason")]
    [InlineData(2, " ", "whistle.assess.reason")]
    [InlineData(2, "到场晚了一小时", null)]
    [InlineData(3, null, null)]
    [InlineData(0, "没有选", "whistle.assess.marks")]
    [InlineData(6, null, "whistle.assess.marks")]
    public void AMarkBelowTheMiddle_WantsAReason(int mark, string? reason, string? refusal)
    {
        Assert.Equal(refusal, ConfirmedWhistle().AssessUnit(EnergyOffice, s_good with { Arrival = mark, Remark = reason }, Street, At(51)).Refusal?.Code);
        Assert.Equal(refusal, ConfirmedWhistle().AssessWhistle(s_clear with { Clear = mark, Remark = reason }, Energy, At(51)).Refusal?.Code);
    }

    [Fact]
    public void Marks_AreGivenOnce()
    {
        var whistle = ConfirmedWhistle().Do(w => w.AssessUnit(EnergyOffice, s_good, Street, At(51))).Do(w => w.AssessWhistle(s_clear, Energy, At(51)));

        Assert.Equal("whistle.assess.twice", whistle.AssessUnit(EnergyOffice, s_good, StreetHead, At(52)).Refusal?.Code);
        Assert.Equal("whistle.assess.twice", whistle.AssessWhistle(s_clear, EnergyHead, At(52)).Refusal?.Code);
    }

    [Fact]
    public void NobodyRatesHimself_ADeputyRatesForHisUnit()
    {
        var standIn = Energy with { UserId = "cgw-deputy", DeputyFor = EnergyHead.UserId, Role = Role.DepartmentHead };
        var whistle = ConfirmedWhistle();

        Assert.Equal("whistle.not-chair", whistle.AssessUnit(EnergyOffice, s_good, Energy, At(51)).Refusal?.Code);
        Assert.Equal("whistle.not-chair", whistle.AssessUnit(EnergyOffice, s_good, OtherStreet, At(51)).Refusal?.Code);
        Assert.Equal("whistle.not-summoned", whistle.AssessWhistle(s_clear, Street, At(51)).Refusal?.Code);
        Assert.Equal("whistle.not-summoned", whistle.AssessWhistle(s_clear, Water, At(51)).Refusal?.Code);
        Assert.Null(whistle.AssessWhistle(s_clear, standIn, At(51)).Refusal);
    }

    [Fact]
    public void WhoHasActedForTheOtherSideInThisRoom_DoesNotRateFromThisOne()
    {
        var both = Street with { UserId = Energy.UserId };
        var whistle = ExecutingWhistle().Do(w => w.See(Energy, At(6.5)));
        whistle.Do(w => w.FeedBack(1, "已建成", null, Energy, At(48))).Do(w => w.FeedBack(2, "已送电", null, Power, At(48)))
            .Do(w => w.Settle(1, Street, At(49))).Do(w => w.Settle(2, Street, At(49))).Do(w => w.Confirm("已解决", Rules, Street, At(50)));

        Assert.Equal("whistle.assess.own", whistle.AssessUnit(EnergyOffice, s_good, both, At(51)).Refusal?.Code);
        Assert.Null(whistle.AssessUnit(PowerCompany, s_good, both, At(51)).Refusal);
        Assert.Equal("whistle.assess.own", whistle.AssessWhistle(s_clear, Energy with { UserId = Street.UserId }, At(51)).Refusal?.Code);
    }

    [Fact]
    public void ConfirmedByThePlan_ItSaysUntilWhenAndOnWhatThatRests()
    {
        var whistle = ConfirmedWhistle();
        var limit = Rules.PlanOf(WhistleKind.Hard).Terms.Assess!;

        Assert.Equal((limit.After.After(At(50), Rules.Calendar), limit.Basis), (whistle.AssessBy!.Value, whistle.AssessBasis));
        Assert.Equal(whistle.AssessBy, whistle.ClockAt);
    }

    [Fact]
    public void WhenTheTimeIsOver_WhatIsMissingIsRecordedOnce_AndTheWhistleEnds()
    {
        var whistle = ConfirmedWhistle().Do(w => w.AssessUnit(EnergyOffice, s_good, Street, At(51))).Do(w => w.AssessWhistle(s_clear, Power, At(51)));

        whistle.Ring(Rules, whistle.AssessBy!.Value.AddMilliseconds(-1));
        Assert.Equal(WhistleStage.Confirmed, whistle.Stage);

        whistle.Ring(Rules, whistle.AssessBy!.Value.AddDays(30));
        whistle.Ring(Rules, whistle.AssessBy!.Value.AddDays(31));

        var lapsed = Assert.Single(whistle.Unsaved.Select(entry => entry.Event).OfType<AssessmentLapsed>());
        Assert.Equal([PowerCompany], lapsed.Unrated);
        Assert.Equal([EnergyOffice], lapsed.Silent);
        Assert.Equal((WhistleStage.Ended, null), (whistle.Stage, whistle.ClockAt));
        Assert.Null(whistle.UnitOf(PowerCompany)!.AssessedAt);
        Assert.Equal("whistle.assess.late", whistle.AssessWhistle(s_clear, Energy, At(24 * 60)).Refusal?.Code);
        Assert.Equal(whistle.Told(), Whistle.Replay(whistle.Unsaved).Told());
    }

    [Fact]
    public void AllRated_TheClockOnlyEndsIt()
    {
        var whistle = ConfirmedWhistle();
        foreach (var (unit, by) in new[] { (EnergyOffice, Energy), (PowerCompany, Power) })
        {
            whistle.Do(w => w.AssessUnit(unit, s_good, Street, At(51))).Do(w => w.AssessWhistle(s_clear, by, At(51)));
        }

        whistle.Ring(Rules, whistle.AssessBy!.Value);

        Assert.Equal(WhistleStage.Ended, whistle.Stage);
        Assert.DoesNotContain(whistle.Unsaved, entry => entry.Event is AssessmentLapsed);
    }

    [Fact]
    public void EndedEarly_TheUnitsKeepTheirTime_AndTheCaseDoesNotWaitForThem()
    {
        var whistle = EndedWhistle();
        Assert.Equal(whistle.AssessBy, whistle.ClockAt);

        whistle.Do(w => w.AssessWhistle(s_clear, Energy, At(53)));
        whistle.Ring(Rules, whistle.AssessBy!.Value);

        Assert.Equal([PowerCompany], whistle.Unsaved.Select(entry => entry.Event).OfType<AssessmentLapsed>().Single().Silent);
        Assert.Single(whistle.Unsaved, entry => entry.Event is WhistleEnded);
        Assert.False(whistle.IsBeingAssessed);
    }

    [Fact]
    public void MarksThatCompleteAWhistle_MakeTheStoredFileDueAgain_Once()
    {
        var (file, whistle) = (StoredCase(), EndedWhistle());

        Assert.False(Follow(file, whistle.Do(w => w.AssessWhistle(s_clear, Energy, At(53)))).IsPrintDue);  // one more is awaited
        Assert.True(Follow(file, whistle.Do(w => w.AssessWhistle(s_clear, Power, At(54)))).IsPrintDue);
        Assert.False(file.Do(f => f.StoreFile(Pdf, 13, f.Version, At(300))).IsPrintDue);

        Assert.Single(file.Unsaved, entry => entry.Event is CaseWhistleAssessed);
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void MarksThatWereNeverGiven_MakeItDueToo_BeforeTheClosingThereIsNothingToPrint()
    {
        var (stored, closed, answered, whistle) = (StoredCase(), ClosedCase(), AnsweredCase(), EndedWhistle());
        whistle.Ring(Rules, whistle.AssessBy!.Value);

        Assert.True(Follow(stored, whistle).IsPrintDue);
        Assert.Contains(Follow(closed, whistle).Unsaved, entry => entry.Event is CaseWhistleAssessed);     // it may be under the printer
        Assert.DoesNotContain(Follow(answered, whistle).Unsaved, entry => entry.Event is CaseWhistleAssessed);
    }

    private static CaseFile Follow(CaseFile file, Whistle whistle)
    {
        Assert.Null(file.Follow(whistle, whistle.Unsaved[^1]).Refusal);
        return file;
    }

    [Fact]
    public void AfterTheLimit_EvenBeforeTheClockHasLooked_ItIsTooLate()
    {
        var whistle = ConfirmedWhistle().Do(w => w.AssessUnit(PowerCompany, s_good, Street, At(51)));
        var (inTime, late) = (whistle.AssessBy!.Value.AddTicks(-1), whistle.AssessBy!.Value);

        Assert.Equal("whistle.assess.late", whistle.AssessUnit(EnergyOffice, s_good, Street, late).Refusal?.Code);
        Assert.Equal("whistle.assess.late", whistle.AssessWhistle(s_clear, Energy, late).Refusal?.Code);
        Assert.Equal("whistle.assess.late", whistle.End(Street, late).Refusal?.Code);
        Assert.Equal("whistle.end.unassessed", whistle.End(Street, inTime).Refusal?.Code);

        whistle.Do(w => w.AssessUnit(EnergyOffice, s_good, Street, inTime)).Do(w => w.AssessWhistle(s_clear, Energy, inTime)).Do(w => w.End(Street, late));
        Assert.Equal("whistle.assess.late", whistle.AssessWhistle(s_clear, Power, late).Refusal?.Code);
        Assert.Equal("whistle.assess.early", SettledWhistle().AssessUnit(EnergyOffice, s_good, Street, At(49)).Refusal?.Code);
    }

    [Fact]
    public void ADistrictsOlderPlan_IsServedByThePortalsLimit()
    {
        var old = Rules.Whistles.Select(plan => plan with { Id = Guid.NewGuid(), Version = 1, Terms = plan.Terms with { Assess = null } }).ToList();
        Assert.All(Rules.With(old).Whistles, plan => Assert.Equal(Rules.PlanOf(plan.Terms.Kind).Terms.Assess, plan.Terms.Assess));
        Assert.Contains(
            (Rules.PlanOf(WhistleKind.Hard).Terms with { Assess = new BasedLimit(new TimeLimit(3, LimitUnit.WorkingDays), " ") }).Problems(Rules.Calendar), problem => problem.Code == "plan.basis");
    }
}
