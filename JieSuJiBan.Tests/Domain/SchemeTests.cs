using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class SchemeTests
{
    private static readonly SchemeTerms s_usual = RuleBook.ReadScheme();

    private static readonly SchemeTerms s_terms = s_usual with { From = new DateOnly(2026, 4, 1), FirstDay = new(1, "区里通知"), Name = "自然月" };

    public static TheoryData<string, SchemeTerms> Wrong => new()
    {
        { "scheme.name", s_terms with { Name = " " } },
        { "scheme.from", s_terms with { From = new DateOnly(2026, 3, 2) } },
        { "scheme.weights", s_terms with { Solved = new(0.51m, "x") } },
        { "scheme.weights", s_terms with { Responded = new(-0.1m, "x"), Solved = new(0.7m, "x") } },
        { "scheme.basically", s_terms with { Basically = new(1.1m, "x") } },
        { "scheme.decimals", s_terms with { CompositeDecimals = new(5, "x") } },
        { "scheme.first-day", s_terms with { FirstDay = new(29, "x") } },
        { "scheme.small", s_terms with { SmallSample = new(-1, "x") } },
        { "scheme.lists", s_terms with { Lists = [] } },
        { "scheme.lists", s_terms with { Lists = [new(RankingList.Streets, true, [EnergyOffice], "x")] } },
        { "scheme.lists", s_terms with { Lists = [new(RankingList.Streets, true, [new OrgPath("/11/110105/110105001/")], "x")] } },
        { "scheme.basis", s_terms with { Basically = new(0.9m, " ") } },
        { "scheme.basis", s_terms with { ExcludedBasis = "" } },
        { "scheme.basis", s_terms with { CoUnits = new(true, " ") } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void WhatIsWrong_IsRefused(string code, SchemeTerms terms) =>
        Assert.Equal(code, AssessmentScheme.Begin(Guid.NewGuid(), terms, "试行", Supervisor, Morning).Outcome.Refusal?.Code);

    [Fact]
    public void WhatThePortalShipsWith_IsWhatTheRulesSay()
    {
        Assert.Equal((0.10m, 0.50m, 0.40m, 0.9m, 2, 1, 19), (s_usual.Responded.Value, s_usual.Solved.Value, s_usual.Satisfied.Value, s_usual.Basically.Value, s_usual.RateDecimals.Value, s_usual.CompositeDecimals.Value, s_usual.FirstDay.Value));
        Assert.Equal(["scheme.from"], s_usual.Problems(District, new DateOnly(2026, 3, 2)).Select(problem => problem.Code));
        Assert.All(Enum.GetValues<RankingList>(), list => Assert.NotNull(s_usual.ListOf(list)));
    }

    [Fact]
    public void CoUnits_CountByUnitOnly_WhereTheSchemeSaysSo_AndNotByDefault_NorByOlderVersions()
    {
        var old = (SchemeSet)EventText.Read("scheme.set", EventText.Write(new SchemeSet(District, s_terms with { CoUnits = null }, "旧版")));
        Assert.DoesNotContain("coUnits", EventText.Write(old), StringComparison.Ordinal);
        Assert.All(Enum.GetValues<RankingList>(), list => Assert.False(s_usual.CountsCoUnits(list) || old.Terms.CountsCoUnits(list)));

        var scheme = Scheme();
        Assert.True(scheme.Set(s_terms with { CoUnits = new(true, " 一单多派、一单多考 ") }, "双派的同考", Supervisor, At(1)).IsDone);
        var back = AssessmentScheme.Replay(scheme.Unsaved).Terms!;
        Assert.Equal("一单多派、一单多考", back.CoUnits!.Basis);
        Assert.Equal([true, true, true, false], Enum.GetValues<RankingList>().Select(back.CountsCoUnits));
    }

    [Fact]
    public void OnlyTheDistrictsLeadersAndSupervisors_KeepIt()
    {
        Assert.All(Cast, actor => Assert.Equal(
            actor.Role is Role.DistrictLeader or Role.Supervisor, AssessmentScheme.Begin(Guid.NewGuid(), s_terms, "试行", actor, Morning).Outcome.IsDone));
        var scheme = Scheme();
        Assert.Equal("scheme.role", scheme.Set(s_terms with { Name = "别区" }, "乱来", Supervisor with { Unit = new OrgPath("/11/110105/d.dcs/") }, Morning).Refusal?.Code);
    }

    [Fact]
    public void AVersion_NeedsAReason_AndAChange_AndComesBackFromItsLog()
    {
        var scheme = Scheme();
        Assert.Equal("scheme.reason", scheme.Set(s_terms with { Name = "二" }, " ", Supervisor, At(1)).Refusal?.Code);
        Assert.Equal("scheme.same", scheme.Set(s_terms with { Lists = [.. s_terms.Lists.Reverse()] }, "再来", Supervisor, At(1)).Refusal?.Code);
        Assert.True(scheme.Set(s_terms with { Lists = [s_terms.Lists[0] with { Except = [Binhe] }] }, "滨河暂不参评", DistrictLeader, At(1)).IsDone);

        var back = AssessmentScheme.Replay(scheme.Unsaved);
        Assert.Equal(2, back.Version);
        Assert.True(back.Terms!.Says(scheme.Terms!));
        Assert.False(back.Terms!.Says(s_terms));
    }

    [Theory]
    [InlineData("2026-03", "2026-02-19", "2026-03-19"), InlineData("2026-01", "2025-12-19", "2026-01-19"), InlineData("2026Q1", "2025-12-19", "2026-03-19"), InlineData("2026", "2025-12-19", "2026-12-19")]
    public void APeriod_RunsFromThe19thToThe18th(string key, string from, string until)
    {
        var span = new SchemeHistory(new(0, s_usual), []).SpanOf(Period.Parse(key));
        Assert.Equal((DateOnly.Parse(from, null), DateOnly.Parse(until, null)), (span.From, span.Until));
    }

    [Fact]
    public void TheRunningPeriod_KeepsItsScheme_AndNoDayIsLostOrCountedTwice_WhereTheFirstDayChanges()
    {
        // Set on 2 March for 1 April: the month of April runs since 19 March then, and ends on 18 April as it was told.
        var history = new SchemeHistory(new(0, s_usual), [new(1, s_terms), new(2, s_usual with { From = new DateOnly(2026, 10, 1) })]);

        var months = Enumerable.Range(1, 12).Select(month => history.SpanOf(Period.Month(2026, month))).ToList();
        Assert.All(months.Zip(months.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        Assert.All(months, span => Assert.True(span.From < span.Until));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2], months.Select(span => span.Scheme.Version));
        Assert.Equal((new DateOnly(2026, 4, 19), new DateOnly(2026, 6, 1)), (months[4].From, months[4].Until));
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 19)), (months[9].From, months[9].Until));
        for (var day = new DateOnly(2025, 12, 19); day < new DateOnly(2026, 12, 19); day = day.AddDays(1))
        {
            var span = history.At(PeriodKind.Month, day);
            Assert.True(span.From <= day && day < span.Until, $"{day}");
        }

        Assert.Equal("2026Q2", history.At(PeriodKind.Quarter, new DateOnly(2026, 3, 19)).Period.ToString());
        Assert.Equal(2, history.On(new DateOnly(2026, 10, 1)).Version);
    }

    [Fact]
    public void ALaterVersionForTheSameDay_TakesTheEarlierOnesPlace() =>
        Assert.Equal(2, new SchemeHistory(new(0, s_usual), [new(1, s_terms), new(2, s_terms with { Name = "更正" })]).On(s_terms.From).Version);

    [Theory]
    [InlineData("2026-13"), InlineData("2026-00"), InlineData("2026Q5"), InlineData("1999"), InlineData("2026-1"), InlineData(""), InlineData("２０２６"), InlineData("2026-+1")]
    public void WhatIsNoPeriod_IsNotRead(string text) => Assert.False(Period.TryParse(text, null, out _));

    [Fact]
    public void APeriod_KnowsTheOneBefore_TheNext_AndLastYears()
    {
        Assert.Equal(["2025-12", "2026-02", "2025-01"], new[] { Period.Parse("2026-01").Before, Period.Parse("2026-01").Next, Period.Parse("2026-01").YearBefore }.Select(period => period.ToString()));
        Assert.Equal(["2025Q4", "2026Q2", "2025Q1"], new[] { Period.Parse("2026Q1").Before, Period.Parse("2026Q1").Next, Period.Parse("2026Q1").YearBefore }.Select(period => period.ToString()));
        Assert.Equal(["2025", "2027", "2025"], new[] { Period.Parse("2026").Before, Period.Parse("2026").Next, Period.Parse("2026").YearBefore }.Select(period => period.ToString()));
    }

    private static AssessmentScheme Scheme() => AssessmentScheme.Begin(Guid.NewGuid(), s_terms, "区里通知", Supervisor, Morning).Scheme!;
}
