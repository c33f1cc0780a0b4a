using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class TimePlanTests
{
    private static readonly PlanTerms s_terms = new(
        "供暖季 12小时", CaseLevel.Utility, "供热", new TimeLimit(12, LimitUnit.Hours), "本区供暖季要求",
        [new PlanNode(NodeKind.Accept, new TimeLimit(30, LimitUnit.Minutes), "本区供暖季要求")], [new PlanUrge(UrgeKind.Remind, new TimeLimit(6, LimitUnit.Hours), "本区供暖季要求")]);

    public static TheoryData<string, PlanTerms> Wrong => new()
    {
        { "plan.name", s_terms with { Name = " " } },
        { "plan.limit", s_terms with { Limit = default } },
        { "plan.basis", s_terms with { Basis = "" } },
        { "plan.basis", s_terms with { Nodes = [new PlanNode(NodeKind.Accept, new TimeLimit(1, LimitUnit.Hours), " ")] } },
        { "plan.order", s_terms with { Nodes = [new PlanNode(NodeKind.Accept, new TimeLimit(13, LimitUnit.Hours), "迟于时限")] } },
        { "plan.order", s_terms with { Nodes = [new PlanNode(NodeKind.Contact, new TimeLimit(2, LimitUnit.Hours), "先"), new PlanNode(NodeKind.Accept, new TimeLimit(3, LimitUnit.Hours), "后")] } },
        { "plan.order", s_terms with { Ladder = [new PlanUrge(UrgeKind.Remind, new TimeLimit(6, LimitUnit.Hours), "同时"), new PlanUrge(UrgeKind.Supervise, new TimeLimit(6, LimitUnit.Hours), "同时")] } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void WhatIsWrong_IsRefused(string code, PlanTerms terms) =>
        Assert.Equal(code, TimePlan.Begin(Guid.NewGuid(), terms, "试行", Rules.Calendar, Dispatcher, Morning).Outcome.Refusal?.Code);

    [Fact]
    public void OnlyTheCommandCentreAndTheSupervisors_KeepThem()
    {
        Assert.All(Cast, actor => Assert.Equal(
            actor.Role is Role.Dispatcher or Role.Supervisor, TimePlan.Begin(Guid.NewGuid(), s_terms, "试行", Rules.Calendar, actor, Morning).Outcome.IsDone));
        var plan = TimePlan.Begin(Guid.NewGuid(), s_terms, "试行", Rules.Calendar, Dispatcher, Morning).Plan!;
        var elsewhere = Dispatcher with { Unit = new OrgPath("/11/110105/d.zhzx/") };
        Assert.Equal("plan.role", plan.Set(s_terms, "乱来", Rules.Calendar, elsewhere, Morning).Refusal?.Code);
        Assert.Equal("plan.role", plan.End("乱来", elsewhere, Morning).Refusal?.Code);
    }

    [Fact]
    public void AVersion_IsTheNumberOfItsEntry_AndWhatHasEndedStaysEnded()
    {
        var plan = TimePlan.Begin(Guid.NewGuid(), s_terms, "试行", Rules.Calendar, Dispatcher, Morning).Plan!;
        Assert.True(plan.Set(s_terms with { Limit = new TimeLimit(10, LimitUnit.Hours) }, "提速", Rules.Calendar, Supervisor, At(1)).IsDone);
        Assert.Equal((2, new TimeLimit(10, LimitUnit.Hours)), (plan.Version, plan.Terms!.Limit));

        Assert.Equal("plan.missing.reason", plan.End(" ", Dispatcher, At(2)).Refusal?.Code);
        Assert.True(plan.End("供暖季结束", Dispatcher, At(2)).IsDone);
        Assert.Equal("plan.ended", plan.Set(s_terms, "再来", Rules.Calendar, Dispatcher, At(3)).Refusal?.Code);
        Assert.Equal("plan.ended", plan.End("再停", Dispatcher, At(3)).Refusal?.Code);
        Assert.False(TimePlan.Replay(plan.Unsaved).IsInForce);
    }

    [Theory]
    [InlineData("供热/供热质量/暖气不热", CaseLevel.Utility, 2), InlineData("供热", CaseLevel.Utility, 2), InlineData("供热管理", CaseLevel.Utility, null), InlineData("供热/供热质量", CaseLevel.Ordinary, null)]
    public void APlan_FitsItsLevelAndCategory(string category, CaseLevel level, int? fit) => Assert.Equal(fit, s_terms.Fit(level, category));

    [Fact]
    public void WorkingDays_SkipTheSpringFestival_AndCountItsMakeUpDays()
    {
        var terms = s_terms with
        {
            Limit = new TimeLimit(10, LimitUnit.WorkingDays),
            Nodes = [new PlanNode(NodeKind.Plan, new TimeLimit(2, LimitUnit.WorkingDays), "两个工作日")],
            Ladder = [],
        };

        // Friday the 13th of February 2026, 16:00; the festival is from the 15th to the 23rd, Saturday the 14th is worked.
        var dispatched = new DateTimeOffset(2026, 2, 13, 8, 0, 0, TimeSpan.Zero);
        var schedule = terms.Begin(null, 0, dispatched, terms.Limit.After(dispatched, Rules.Calendar), Rules.Calendar);

        Assert.Equal(new DateTimeOffset(2026, 2, 24, 8, 0, 0, TimeSpan.Zero), schedule.Nodes.Single().At);
    }

    [Fact]
    public void WhatWouldComeAfterTheLimit_IsLeftOut() =>
        Assert.Empty(s_terms.Begin(null, 0, Morning, Morning.AddMinutes(20), Rules.Calendar).Nodes);
}
