using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class ReviewTests
{
    private static string? Code(Outcome outcome) => outcome.Refusal?.Code;

    [Fact]
    public void AReview_IsHeld_Decides_AndIsClosedWithItsNumbers()
    {
        var review = HeldReview();

        Assert.Equal((false, At(3), "供热诉求集中，先保民生。", 12), (review.IsOpen, review.To, review.Remarks, review.Figures[0].Count));
        Assert.True(review.Attendance.Says(Round));
        var decision = Assert.Single(review.Decisions);
        Assert.Equal((1, EnergyOffice, "徐明远", At(72), "任117-20260302-001"), (decision.No, decision.Unit, decision.Person, decision.DueAt, decision.OrderNumber));
        Assert.Equal(review.Told(), Review.Replay(review.Unsaved).Told());
    }

    [Theory]
    [InlineData(Rhythm.Daily, "2026-03-01"), InlineData(Rhythm.Weekly, "2026-02-23"), InlineData(Rhythm.Monthly, "2026-02-02"), InlineData(Rhythm.Yearly, "2025-03-02")]
    public void TheFirstOfARhythm_LooksBackItsSpan_ALaterOneToWhereTheLastEnded(Rhythm rhythm, string from)
    {
        var first = Review.Open(Guid.NewGuid(), "会1", rhythm, null, Dispatcher, Morning).Review!;
        Assert.Equal(from, first.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(At(-5), Review.Open(Guid.NewGuid(), "会2", rhythm, At(-5), Dispatcher, Morning).Review!.From);
    }

    [Fact]
    public void WhoHoldsOne_IsTheDistrictsOverseers_OrTheStreetForItself()
    {
        Assert.All([Dispatcher, Supervisor, DistrictLeader], actor => Assert.Equal(District, OpenReview(actor).Unit));
        Assert.All([Street, StreetHead], actor => Assert.Equal(Mafang, OpenReview(actor).Unit));
        Assert.All([Energy, EnergyHead, Village, GridWorker, Enforcer, Archivist, Administrator, Power], actor =>
            Assert.Equal("review.role", Code(Review.Open(Guid.NewGuid(), "会", Rhythm.Daily, null, actor, Morning).Outcome)));

        var review = OpenReview();
        Assert.All([Street, Energy, OtherStreet], actor => Assert.Equal("review.role", Code(review.Remark("插一句。", actor, Morning))));
        Assert.Equal("review.role", Code(OpenReview(Street).Close(Morning, [], Dispatcher, Morning)));
    }

    [Fact]
    public void Attendance_NamesAChair_SomebodyPresent_AndNobodyTwice()
    {
        var review = OpenReview();
        Assert.Equal("review.chair", Code(review.Attend(Round with { Chair = " " }, Dispatcher, Morning)));
        Assert.Equal("review.present", Code(review.Attend(Round with { Present = ["  "] }, Dispatcher, Morning)));
        Assert.Equal("review.twice", Code(review.Attend(Round with { OnLeave = ["马坊镇"] }, Dispatcher, Morning)));
        Assert.Equal("review.names", Code(review.Attend(Round with { SittingIn = [new string('长', 61)] }, Dispatcher, Morning)));
        Assert.Null(review.Attend(Round, Dispatcher, Morning).Refusal);
        Assert.Equal("review.same", Code(review.Attend(Round, Dispatcher, Morning)));
        Assert.Equal(["区城管委", "马坊镇", "某人"], Attendance.Read("区城管委、马坊镇\n某人，"));
    }

    [Fact]
    public void ADecision_NamesUnit_Text_Person_AndAComingDay()
    {
        var review = OpenReview();
        Assert.Equal("review.unit", Decide(Fix with { Unit = District }));
        Assert.Equal("review.unit", Decide(Fix with { Unit = new OrgPath("/11/110105/d.cgw/") }));
        Assert.Equal("review.text", Decide(Fix with { Text = " " }));
        Assert.Equal("review.person", Decide(Fix with { Person = "" }));
        Assert.Equal("review.due", Decide(Fix with { DueAt = Morning }));
        Assert.Null(Decide(Fix));
        Assert.Null(Decide(Fix));
        Assert.Equal([1, 2], review.Decisions.Select(decision => decision.No));

        string? Decide(DecisionTerms terms) => Code(review.Decide(terms, Guid.NewGuid(), "任1", Dispatcher, Morning));
    }

    [Fact]
    public void ItCloses_OnlyWithSomebodyPresent_AndThenStaysAsItIs()
    {
        Assert.Equal("review.nobody", Code(OpenReview().Close(Morning, [], Dispatcher, Morning)));
        Assert.Equal("review.remarks", Code(OpenReview().Remark(" ", Dispatcher, Morning)));

        var review = HeldReview();
        Assert.Equal("review.closed", Code(review.Remark("再补一句。", Dispatcher, At(4))));
        Assert.Equal("review.closed", Code(review.Attend(Round with { Place = null }, Dispatcher, At(4))));
        Assert.Equal("review.closed", Code(review.Decide(Fix, Guid.NewGuid(), "任2", Dispatcher, At(4))));
        Assert.Equal("review.closed", Code(review.Close(At(4), [], Dispatcher, At(4))));
    }
}
