using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class DispatchTests
{
    private static readonly Actor s_matcher = Actor.Matcher(District);

    private static readonly DispatchProposal s_proposal = new([new(Mafang, 0.97, ["近30天同类诉求46件中41件由此单位办理"]), new(EnergyOffice, 0.02, [])]);

    private static DispatchOrder Order => new(Mafang, [], At(7 * 24), "一般诉求7日", Proposal: s_proposal);

    [Fact]
    public void Matcher_DispatchesAlone_AndSaysWhyInTheLog()
    {
        var file = RegisteredCase();

        Assert.True(file.Dispatch(Order, Rules.Calendar, s_matcher, At(0.01)).IsDone);

        var entry = file.Unsaved[^1];
        Assert.Equal(("matcher", 0.97), (entry.By.UserId, ((CaseDispatched)entry.Event).Proposal!.Top!.Confidence));
        Assert.Equal((CaseStatus.Dispatched, Mafang), (file.Status, file.FirstReceiver!.Value));
    }

    [Fact]
    public void Matcher_NeverDispatches_WhatSpeaksOfDanger() =>
        Assert.Equal("case.matcher.safety", RegisteredCase(Garage with { SafetyWord = "燃气" }).Dispatch(Order, Rules.Calendar, s_matcher, At(1)).Refusal?.Code);

    [Fact]
    public void Matcher_NeverDispatches_Reports() =>
        Assert.Equal("case.matcher.report", RegisteredCase(Garage with { Nature = Nature.Report }).Dispatch(Order, Rules.Calendar, s_matcher, At(1)).Refusal?.Code);

    [Fact]
    public void Matcher_DoesNotTryTwice()
    {
        var file = DispatchedCase().Do(f => f.ObjectToDispatch("不归我管", "三定方案", EnergyOffice, Rules, Street, At(1))).Do(f => f.ReviewObjection(true, "成立", Supervisor, At(2)));

        Assert.Equal("case.matcher.again", file.Dispatch(Order, Rules.Calendar, s_matcher, At(3)).Refusal?.Code);
        Assert.True(file.Dispatch(Order, Rules.Calendar, Dispatcher, At(3)).IsDone);
    }

    [Fact]
    public void Matcher_LeavesToTheStreet_WhatTheStreetRegistered() =>
        Assert.Equal("case.matcher.street", RegisteredCase(by: Street).Dispatch(Order, Rules.Calendar, s_matcher, At(1)).Refusal?.Code);

    [Fact]
    public void Matcher_OfAnotherDistrict_DoesNothing() =>
        Assert.Equal("case.intake.role", RegisteredCase().Dispatch(Order, Rules.Calendar, Actor.Matcher(new OrgPath("/11/110105/")), At(1)).Refusal?.Code);

    [Fact]
    public void OtherDoorsOfThePortal_DispatchNothing() =>
        Assert.Equal("case.intake.role", RegisteredCase().Dispatch(Order, Rules.Calendar, Actor.PublicDoor(District), At(1)).Refusal?.Code);

    [Fact]
    public void Joined_TheOtherCaseSaysSo()
    {
        var (first, again) = (DispatchedCase(), RegisteredCase());

        Assert.True(again.MergeInto(first, s_matcher, At(1)).IsDone);
        Assert.True(first.TakeIn(again, s_matcher, At(1)).IsDone);

        Assert.Equal((first.Id, 1), (again.MergedInto!.Value, first.JoinedCount));
        Assert.Equal(again.Text, ((CaseJoined)first.Unsaved[^1].Event).Text);
    }

    [Fact]
    public void Report_IsNotJoinedToACase_ThatTheReportedUnitSees()
    {
        var report = RegisteredCase(Garage with { Nature = Nature.Report, ReportedUnit = Mafang });

        Assert.Equal("case.merge.report", report.MergeInto(DispatchedCase(), Dispatcher, At(1)).Refusal?.Code);
        Assert.True(report.MergeInto(RegisteredCase(Garage with { Nature = Nature.Report, ReportedUnit = Mafang }), Dispatcher, At(1)).IsDone);
    }

    [Fact]
    public void Report_AboutNobodyYetNamed_IsNotJoinedToAnOrdinaryCase() => Assert.Equal(
        "case.merge.report", RegisteredCase(Garage with { Nature = Nature.Report, IsWithheld = true }).MergeInto(DispatchedCase(), Dispatcher, At(1)).Refusal?.Code);

    [Fact]
    public void Matcher_JoinsNothing_ToAReport_NorToWhatIsAnswered()
    {
        Assert.Equal("case.matcher.join", RegisteredCase().MergeInto(RegisteredCase(Garage with { Nature = Nature.Report }), s_matcher, At(1)).Refusal?.Code);
        Assert.Equal("case.matcher.join", RegisteredCase().MergeInto(AnsweredCase(), s_matcher, At(30)).Refusal?.Code);
        Assert.True(RegisteredCase().MergeInto(AnsweredCase(), Dispatcher, At(30)).IsDone);
    }

    [Fact]
    public void Matcher_DoesNotTryTwice_EvenIfTheSourceTakesItUpAgain()
    {
        var file = DispatchedCase()
            .Do(f => f.TakeOver(new SourceEnding(Mafang, At(1), "已办。", true, Satisfaction.Satisfied), Hotline, At(1)))
            .Do(f => f.ReopenAtSource(Hotline, At(2)));

        Assert.Equal("case.matcher.again", file.Dispatch(Order, Rules.Calendar, s_matcher, At(3)).Refusal?.Code);
    }

    [Fact]
    public void Joined_TheOtherCaseSpeaksOfTheSameDanger()
    {
        var (first, again) = (RegisteredCase(), RegisteredCase(Garage with { SafetyWord = "燃气" }));

        again.Do(file => file.MergeInto(first, Dispatcher, At(1)));
        first.Do(file => file.TakeIn(again, Dispatcher, At(1)));

        Assert.Equal("燃气", first.SafetyWord);
    }

    [Theory]
    [InlineData(0.9, 201, 48, "policy.crowd-size")]
    [InlineData(0.49, 5, 48, "policy.threshold"), InlineData(1.01, 5, 48, "policy.threshold"), InlineData(0.9, 1, 48, "policy.crowd-size"), InlineData(0.9, 5, 0, "policy.crowd-hours")]
    [InlineData(double.NaN, 5, 48, "policy.threshold")]
    public void Policy_StaysWithinBounds(double threshold, int size, int hours, string code) => Assert.Equal(
        code, DispatchPolicy.Begin(Guid.NewGuid(), District, new PolicyValues(true, threshold, size, hours), "试行", Dispatcher, Morning).Outcome.Refusal?.Code);

    [Fact]
    public void Policy_IsTheCommandCentres_AndWantsAReason()
    {
        Assert.Equal("policy.role", DispatchPolicy.Begin(Guid.NewGuid(), District, PolicyValues.Default, "试行", Street, Morning).Outcome.Refusal?.Code);
        Assert.Equal("policy.missing.reason", DispatchPolicy.Begin(Guid.NewGuid(), District, PolicyValues.Default, " ", Dispatcher, Morning).Outcome.Refusal?.Code);

        var policy = DispatchPolicy.Begin(Guid.NewGuid(), District, PolicyValues.Default with { IsAutomatic = true }, "试行", Dispatcher, Morning).Policy!;
        Assert.True(policy.Set(policy.Values with { Threshold = 0.95 }, "先从严", Dispatcher, At(1)).IsDone);
        Assert.Equal(policy.Values, DispatchPolicy.Replay(policy.Unsaved).Values);
    }
}
