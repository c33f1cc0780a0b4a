using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class MonthlyAnalysisTests
{
    private static readonly Finding s_finding = new("3月共收到诉求12件。", [new("诉求", "/insight/cases?measure=Raised")]);
    private static readonly DateOnly s_march = new(2026, 3, 1);
    private static readonly DateTimeOffset s_april = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void AMonth_IsTakenOverOnlyWhenItIsOver_InBeijing()
    {
        Assert.Equal("analysis.month", MonthlyAnalysis.Draft(Guid.NewGuid(), s_march, [s_finding], Dispatcher, s_april.AddSeconds(-1)).Outcome.Refusal?.Code);
        Assert.Null(MonthlyAnalysis.Draft(Guid.NewGuid(), s_march, [s_finding], Dispatcher, s_april).Outcome.Refusal);
    }

    [Fact]
    public void OnlyTheDistrictsPeople_KeepIt()
    {
        Assert.Equal("analysis.role", MonthlyAnalysis.Draft(Guid.NewGuid(), s_march, [s_finding], Street, s_april).Outcome.Refusal?.Code);
        Assert.Equal("analysis.role", Drafted().Publish(StreetHead, s_april).Refusal?.Code);
        Assert.Equal("analysis.role", Drafted().Edit([s_finding], Energy, s_april).Refusal?.Code);
    }

    [Fact]
    public void WhatIsPublished_ChangesOnlyAsANewEdition_WithAReason()
    {
        var analysis = Drafted();
        Assert.Equal("analysis.draft", analysis.Correct([s_finding], "漏了", Dispatcher, s_april).Refusal?.Code);
        Assert.Null(analysis.Edit([s_finding with { Text = "改" }], Dispatcher, s_april).Refusal);
        Assert.Null(analysis.Publish(DistrictLeader, s_april).Refusal);

        Assert.Equal("analysis.published", analysis.Edit([s_finding], Dispatcher, s_april).Refusal?.Code);
        Assert.Equal("analysis.published", analysis.Publish(Dispatcher, s_april).Refusal?.Code);
        Assert.Equal("analysis.reason", analysis.Correct([s_finding], " ", Dispatcher, s_april).Refusal?.Code);
        Assert.Null(analysis.Correct([s_finding], "漏了一件", Dispatcher, s_april).Refusal);
        Assert.Equal((2, "漏了一件"), (analysis.Edition, analysis.Reason));
        Assert.Equal(analysis.Told(), MonthlyAnalysis.Replay(analysis.Unsaved).Told());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void AnEmptyFinding_OrNone_IsRefused(string text)
    {
        Assert.Equal("analysis.findings", Drafted().Edit([], Dispatcher, s_april).Refusal?.Code);
        Assert.Equal("analysis.findings", Drafted().Edit([new(text, [])], Dispatcher, s_april).Refusal?.Code);
        Assert.Equal("analysis.findings", Drafted().Edit([new(new string('长', Finding.MaxText + 1), [])], Dispatcher, s_april).Refusal?.Code);
    }

    [Fact]
    public void TheLedgerOfRepeatCallers_WantsAPurpose_AndAnOverseer()
    {
        Assert.Equal("repeats.role", RepeatReading.Read(Guid.NewGuid(), "研判", Street, s_april).Outcome.Refusal?.Code);
        Assert.Equal("repeats.purpose", RepeatReading.Read(Guid.NewGuid(), " ", Supervisor, s_april).Outcome.Refusal?.Code);
        var (reading, outcome) = RepeatReading.Read(Guid.NewGuid(), "研判", Supervisor, s_april);
        Assert.Null(outcome.Refusal);
        Assert.Equal((District, "研判", Supervisor.Name), (reading!.District, reading.Purpose, reading.ReadBy));
    }

    private static MonthlyAnalysis Drafted() => MonthlyAnalysis.Draft(Guid.NewGuid(), s_march, [s_finding], Dispatcher, s_april).Analysis!;
}
