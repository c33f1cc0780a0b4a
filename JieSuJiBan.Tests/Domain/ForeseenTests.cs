using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Foreseen;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class ForeseenTests
{
    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Code(Outcome outcome) => outcome.Refusal?.Code;

    // ------------------------------------------------------------------ the season

    [Theory]
    [InlineData("11月7日至11月30日", "11月7日至11月30日", 24), InlineData("11-07~11-30", "11月7日至11月30日", 24), InlineData("12.10—2.28", "12月10日至2月28日", 81)]
    [InlineData("第44周至第46周", "10月26日至11月15日", 21), InlineData("第1周", "12月29日至1月4日", 7)]
    public void ASeason_IsReadAsPeopleWriteIt(string text, string again, int days)
    {
        Assert.True(Season.TryParse(text, 2026, out var season));

        Assert.Equal((again, days), (season.ToString(), season.Days));
    }

    [Theory]
    [InlineData(""), InlineData("春天"), InlineData("2月30日至3月1日"), InlineData("第54周"), InlineData("1月1日至12月31日"), InlineData("13月1日至13月2日")]
    public void WhatIsNoSeason_IsNotReadAsOne(string text) => Assert.False(Season.TryParse(text, 2026, out _));

    [Theory]
    [InlineData("2026-11-10", "2026-11-07", "2026-11-30")]   // it runs
    [InlineData("2026-11-30", "2026-11-07", "2026-11-30")]   // its last day
    [InlineData("2026-12-01", "2027-11-07", "2027-11-30")]   // over: the next one
    [InlineData("2026-03-02", "2026-11-07", "2026-11-30")]   // comes
    public void TheSeasonThatCounts_IsTheOneThatIsNotOver(string today, string begins, string ends)
    {
        var season = Season.Of(11, 7, 11, 30);

        Assert.Equal((Day(begins), Day(ends)), (season.BeginFrom(Day(today)), season.EndFrom(Day(today))));
    }

    [Fact]
    public void ASeasonOverNewYear_BelongsToBothYears()
    {
        var season = Season.Of(12, 10, 2, 28);

        Assert.Equal((Day("2026-12-10"), Day("2027-02-28")), (season.BeginFrom(Day("2027-01-05")), season.EndFrom(Day("2027-01-05"))));
        Assert.Equal(Day("2026-11-10"), season.DayAt(-30, Day("2027-01-05")));
        Assert.Equal(Day("2027-01-09"), season.DayAt(30, Day("2026-12-20")));
    }

    [Theory]
    [InlineData("提前30天", -30), InlineData("当天", 0), InlineData("第3天", 2), InlineData("10月8日", -30), InlineData("11-10", 3)]
    public void AStepsTime_IsReadAsPeopleWriteIt(string text, int offset)
    {
        Assert.True(StepTerms.TryParseWhen(text, Season.Of(11, 7, 11, 30), out var read));

        Assert.Equal(offset, read);
        Assert.False(StepTerms.TryParseWhen("尽快", Season.Of(11, 7, 11, 30), out _));
    }

    // ------------------------------------------------------------------ the calendar

    [Fact]
    public void Propose_ByTheCommandCentre_IsOnTheCalendarAtOnce_ByAUnitItWaits()
    {
        Assert.Equal(ForeseenState.InForce, ForeseenOn(Cold).State);
        var proposed = ForeseenOn(Cold, Street);
        Assert.Equal((ForeseenState.Proposed, true, Mafang), (proposed.State, proposed.IsListed, proposed.ProposedBy));

        Assert.Equal("foreseen.role", Code(proposed.Confirm(null, Energy, Morning)));
        Assert.Null(proposed.Confirm(null, Dispatcher, Morning).Refusal);
        Assert.Equal(ForeseenState.InForce, proposed.State);
        Assert.Equal("foreseen.decided", Code(proposed.Reject("晚了", Dispatcher, Morning)));
        Assert.True(proposed.Terms.Says(Cold));
    }

    [Fact]
    public void Propose_ByAUnit_WantsAReason_AndByNobodyElse()
    {
        Assert.Equal("foreseen.missing.reason", Code(ForeseenProblem.Propose(Guid.NewGuid(), Cold, " ", Energy, Morning).Outcome));
        Assert.Null(ForeseenProblem.Propose(Guid.NewGuid(), Cold, null, Dispatcher, Morning).Outcome.Refusal);
        Assert.All([DistrictLeader, Supervisor, Archivist, Administrator, Village, GridWorker, Enforcer], actor =>
            Assert.Equal("foreseen.role", Code(ForeseenProblem.Propose(Guid.NewGuid(), Cold, "理由", actor, Morning).Outcome)));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "no title", "foreseen.title" }, { "no why", "foreseen.why" }, { "no category", "foreseen.category" }, { "no season", "foreseen.season" }, { "whole year", "foreseen.season" },
        { "foreign lead", "foreseen.lead" }, { "community leads", "foreseen.lead" }, { "helper twice", "foreseen.co-units" }, { "lead helps", "foreseen.co-units" },
        { "no steps", "foreseen.steps" }, { "empty step", "foreseen.step.text" }, { "stranger's step", "foreseen.step.unit" }, { "step too early", "foreseen.step.when" }, { "step too late", "foreseen.step.when" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Terms_ThatAreWrong_AreRefused(string what, string code)
    {
        var step = Cold.Steps[0];
        var terms = what switch
        {
            "no title" => Cold with { Title = " " },
            "no why" => Cold with { Why = "" },
            "no category" => Cold with { Category = "" },
            "no season" => Cold with { Season = default },
            "whole year" => Cold with { Season = Season.Of(1, 1, 12, 31) },
            "foreign lead" => Cold with { Lead = new OrgPath("/11/110105/d.cgw/"), Steps = [step with { Unit = new OrgPath("/11/110105/d.cgw/") }] },
            "community leads" => Cold with { Lead = Huijing, Steps = [step with { Unit = Huijing }] },
            "helper twice" => Cold with { CoUnits = [HousingOffice, HousingOffice, PowerCompany] },
            "lead helps" => Cold with { CoUnits = [.. Cold.CoUnits, Cold.Lead] },
            "no steps" => Cold with { Steps = [] },
            "empty step" => Cold with { Steps = [step with { Text = " " }] },
            "stranger's step" => Cold with { Steps = [step with { Unit = WaterOffice }] },
            "step too early" => Cold with { Steps = [step with { Offset = -121 }] },
            _ => Cold with { Steps = [step with { Offset = Cold.Season.Days }] },
        };

        Assert.Equal(code, Code(ForeseenProblem.Propose(Guid.NewGuid(), terms, null, Dispatcher, Morning).Outcome));
    }

    [Fact]
    public void Revise_KeepsWhatWasDoneForAStepThatStays_AndForgetsTheRest()
    {
        var problem = ForeseenOn(Cold);
        Assert.Null(problem.Finish(1, "换热站全部检修完。", Energy, Morning).Refusal);

        Assert.Equal("foreseen.same", Code(problem.Revise(Cold, "没变", Dispatcher, Morning)));
        Assert.Equal("foreseen.role", Code(problem.Revise(Cold with { Why = "别的" }, "改", Energy, Morning)));
        Assert.Equal("foreseen.missing.reason", Code(problem.Revise(Cold with { Why = "别的" }, "", Dispatcher, Morning)));
        Assert.Null(problem.Revise(Cold with { Steps = [new StepTerms(-60, HousingOffice, "先摸底"), Cold.Steps[0]] }, "多一步", Dispatcher, Morning).Refusal);

        Assert.Equal([StepState.Waiting, StepState.Finished], problem.Steps.Select(step => step.StateOn(WorkCalendar.DateAt(Morning))));
        Assert.Equal(problem.Told(), ForeseenProblem.Replay(problem.Unsaved).Told());
    }

    [Fact]
    public void ASeasonThatIsProlonged_KeepsWhatWasDoneForIt_AndWarnsOfNothingPast()
    {
        var problem = ForeseenOn(Cold);
        Rung(problem, At("2026-10-05T08:00"));
        Assert.Null(problem.Finish(1, "换热站全部检修完。", Energy, At("2026-10-06T08:00")).Refusal);
        Rung(problem, At("2026-11-19T08:00"));

        Assert.Null(problem.Revise(Cold with { Season = Season.Of(11, 7, 12, 10) }, "天冷得久", Dispatcher, At("2026-11-20T08:00")).Refusal);

        Assert.Equal(StepState.Finished, problem.Steps[0].StateOn(new(2026, 12, 5)));
        Assert.Empty(Rung(problem, At("2026-12-10T08:00")));
        Assert.Equal(problem.Told(), ForeseenProblem.Replay(problem.Unsaved).Told());
    }

    [Fact]
    public void End_TakesItOff_ByTheCommandCentreOnly_AndThenNothingCanBeDone()
    {
        var problem = ForeseenOn(Cold);

        Assert.Equal("foreseen.role", Code(problem.End("不要了", EnergyHead, Morning)));
        Assert.Equal("foreseen.missing.reason", Code(problem.End(" ", Dispatcher, Morning)));
        Assert.Null(problem.End("已纳入常态工作", Dispatcher, Morning).Refusal);

        Assert.Equal((ForeseenState.Ended, false, false), (problem.State, problem.IsListed, problem.Steps[0].IsInForce));
        Assert.Equal("foreseen.over", Code(problem.Revise(Cold with { Why = "别的" }, "改", Dispatcher, Morning)));
        Assert.Equal("foreseen.over", Code(problem.Finish(1, "做了", Energy, Morning)));
        Assert.Equal("foreseen.over", Code(problem.Blow(Guid.NewGuid(), "哨", Street, Morning)));
    }

    // ------------------------------------------------------------------ the steps

    [Fact]
    public void AStep_IsStarted_FinishedWithEvidence_AndWaitsAgainNextSeason()
    {
        var problem = ForeseenOn(Cold);
        var (today, step) = (WorkCalendar.DateAt(Morning), problem.Steps[0]);
        Assert.Equal((Day("2026-10-08"), StepState.Waiting), (problem.Season.DayAt(step.Offset, today), step.StateOn(today)));

        Assert.Null(problem.Start(1, "徐明远", Day("2026-09-30"), Energy, Morning).Refusal);
        Assert.Equal((StepState.Started, "徐明远"), (step.StateOn(today), step.Person));
        Assert.Null(problem.Finish(1, "换热站全部检修完。", Energy, Morning).Refusal);

        Assert.Equal(StepState.Finished, step.StateOn(Day("2026-11-30")));
        Assert.Equal(StepState.Waiting, step.StateOn(Day("2026-12-01")));
        Assert.Equal("foreseen.step.done", Code(problem.Finish(1, "再做一次", Energy, Morning)));
        Assert.Null(problem.Finish(1, "第二年的", Energy, Morning.AddYears(1)).Refusal);
    }

    [Fact]
    public void AStep_IsTheUnitsOwn_AndWantsPersonDayAndEvidence()
    {
        var problem = ForeseenOn(Cold);

        Assert.Equal("foreseen.role", Code(problem.Start(1, "某人", Day("2026-09-30"), Housing, Morning)));
        Assert.Equal("foreseen.role", Code(problem.Finish(1, "做了", DistrictLeader, Morning)));
        Assert.Equal("foreseen.step", Code(problem.Finish(9, "做了", Energy, Morning)));
        Assert.Equal("foreseen.step.person", Code(problem.Start(1, " ", Day("2026-09-30"), Energy, Morning)));
        Assert.Equal("foreseen.step.planned", Code(problem.Start(1, "徐明远", null, Energy, Morning)));
        Assert.Equal("foreseen.step.planned", Code(problem.Start(1, "徐明远", Day("2026-03-01"), Energy, Morning)));
        Assert.Equal("foreseen.step.planned", Code(problem.Start(1, "徐明远", Day("2026-12-01"), Energy, Morning)));
        Assert.Equal("foreseen.step.evidence", Code(problem.Finish(1, "", Energy, Morning)));
        Assert.Null(problem.Start(1, "区城管委值班员", Day("2026-09-30"), Dispatcher, Morning).Refusal);
    }

    [Fact]
    public void AWhistle_IsWrittenDown_ByWhoeverIsOfTheDistrict()
    {
        var problem = ForeseenOn(Cold);

        Assert.Equal("foreseen.role", Code(problem.Blow(Guid.NewGuid(), "哨", Street with { Unit = new OrgPath("/11/110105/110105001/") }, Morning)));
        Assert.Null(problem.Blow(Guid.NewGuid(), "哨117-20260302-001", Street, Morning).Refusal);
        Assert.Equal("哨117-20260302-001", problem.WhistleNumber);
    }

    [Fact]
    public void TheDefaultCalendar_IsSound_AndOfItsSize()
    {
        var all = DefaultForeseen.For(District);

        Assert.InRange(all.Count, 40, 60);
        Assert.Equal(all.Count, all.DistinctBy(terms => terms.Title).Count());
        Assert.All(all, terms => Assert.Empty(terms.Problems(District)));
    }

    // ------------------------------------------------------------------ the clock

    [Fact]
    public void TheClock_TellsEachUnitAWeekBefore_OncePerSeason()
    {
        var problem = ForeseenOn(Cold);
        Assert.Equal(At("2026-10-01T08:00"), problem.ClockAt);
        Assert.Empty(Rung(problem, At("2026-10-01T07:59")));

        var first = Assert.IsType<StepDue>(Assert.Single(Rung(problem, At("2026-10-01T08:00"))));
        Assert.Equal((1, ForeseenStep.WarnDays, Day("2026-10-08"), Day("2026-11-30")), (first.No, first.DaysBefore, first.DueOn, first.SeasonEnds));
        Assert.Empty(Rung(problem, At("2026-10-30T23:00")));

        Assert.Null(problem.Finish(2, "用电有保障", Dispatcher, At("2026-10-30T23:00")).Refusal);
        var near = Assert.IsType<SeasonNear>(Assert.Single(Rung(problem, At("2026-10-31T08:00"))));
        Assert.Equal([HousingOffice], near.Units);
        Assert.Equal(Day("2026-11-07"), near.BeginsOn);
        Assert.Equal(At("2027-10-01T08:00"), problem.ClockAt);
        Assert.Equal([Day("2027-10-08"), Day("2027-11-07")], Rung(problem, At("2027-11-01T08:00")).OfType<StepDue>().Select(due => due.DueOn));
    }

    [Fact]
    public void AClockThatWasAway_TellsWhatItMissed_InOrder_AndOnce()
    {
        var problem = ForeseenOn(Cold);

        Assert.Equal([typeof(StepDue), typeof(StepDue), typeof(SeasonNear)], Rung(problem, At("2026-12-05T08:00")).Select(happened => happened.GetType()));
        Assert.Empty(Rung(problem, At("2026-12-05T08:00")));
        Assert.Equal(At("2027-10-01T08:00"), problem.ClockAt);
    }

    [Fact]
    public void WhatIsNotOnTheCalendar_RingsNoBell()
    {
        Assert.Null(ForeseenOn(Cold, Street).ClockAt);
        var problem = ForeseenOn(Cold);
        Assert.Null(problem.End("停用", Dispatcher, Morning).Refusal);
        Assert.Null(problem.ClockAt);
    }

    [Fact]
    public void OverNewYear_AStepIsToldInItsOwnYear()
    {
        var problem = ForeseenOn(Cold with { Season = Season.Of(12, 20, 1, 31), CoUnits = [], Steps = [new StepTerms(14, EnergyOffice, "节后再查")] });

        Assert.Equal(At("2026-12-27T08:00"), problem.ClockAt);
        Assert.Equal(Day("2027-01-03"), Assert.IsType<StepDue>(Assert.Single(Rung(problem, At("2027-01-02T08:00")))).DueOn);
        Assert.Equal(At("2027-12-27T08:00"), problem.ClockAt);
    }

    private static DateTimeOffset At(string beijing) => DateTimeOffset.Parse($"{beijing}:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    private static List<JieSuJiBan.Domain.Log.LogEvent> Rung(ForeseenProblem problem, DateTimeOffset now)
    {
        var before = problem.Unsaved.Count;
        Assert.Null(problem.Ring(now).Refusal);
        return [.. problem.Unsaved.Skip(before).Select(entry => entry.Event)];
    }
}
