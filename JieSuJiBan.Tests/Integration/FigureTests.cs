using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The figures that are kept are what the cases add up to, whatever happened to them and whoever added it up.</summary>
public sealed class FigureTests
{
    private static readonly CallbackTerms s_terms = CallbackTerms.Default with { ContestWithin = new TimeLimit(200, LimitUnit.Days) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatHappensToCases_IsCountedAtOnce_AndStaysSoundWhenFoldedAndCountedAnew()
    {
        await using var portal = new PortalFixture();
        await portal.StartAsync();
        await portal.CloseAsync();
        await portal.FindAsync();
        var (book, keeper, today) = (portal.Get<FigureBook>(), portal.Get<FigureKeeper>(), WorkCalendar.DateAt(portal.Clock.GetUtcNow()));

        var fresh = await book.SumAsync(District, Dimension.District, today.AddDays(-40), today.AddDays(1), Stop);
        await keeper.FoldAsync(Stop);
        var folded = await book.SumAsync(District, Dimension.District, today.AddDays(-40), today.AddDays(1), Stop);
        Assert.Empty((await keeper.CompareAsync(Stop)).Differing);
        await keeper.RebuildAsync(Stop);
        var counted = await book.SumAsync(District, Dimension.District, today.AddDays(-40), today.AddDays(1), Stop);

        Assert.Equal(3, fresh[District.Value][Measure.Raised]);
        Assert.Equal(1, fresh[District.Value][Measure.Closed]);
        Assert.Equal(1, fresh[District.Value][Measure.Proactive]);
        Assert.Equal(fresh, folded);
        Assert.Equal(fresh, counted);
        Assert.Empty((await keeper.CompareAsync(Stop)).Differing);
    }

    [Fact]
    public async Task ASpanIsReadFromMonthsAndTheirPartsAndDays_AsTheDaysAddUp()
    {
        await using var portal = new PortalFixture();
        for (var month = 0; month < 4; month++)
        {
            foreach (var days in new[] { 0, 3, 11, 17 })
            {
                await portal.RegisterAsync();
                portal.Clock.Advance(TimeSpan.FromDays(days == 17 ? 3 : 8));
            }
        }

        var (book, keeper) = (portal.Get<FigureBook>(), portal.Get<FigureKeeper>());
        await keeper.FoldAsync(Stop);
        await portal.RegisterAsync();
        await using var db = await portal.OpenDatabaseAsync();
        var raised = (await db.Cases.Select(file => file.RaisedAt).ToListAsync(Stop)).ConvertAll(WorkCalendar.DateAt);
        var (first, last) = (raised.Min(), raised.Max());

        for (var from = first.AddDays(-3); from <= last; from = from.AddDays(9))
        {
            for (var until = from; until <= last.AddDays(35); until = until.AddDays(13))
            {
                var expected = raised.Count(day => day >= from && day < until);
                var sum = (await book.SumAsync(District, Dimension.District, from, until, Stop)).GetValueOrDefault(District.Value, Tally.None);
                var series = await book.SeriesAsync(District, Dimension.District, District.Value, Stretch.Day, from, until, Stop);
                Assert.Equal(expected, sum[Measure.Raised]);
                Assert.Equal(expected, series.Sum(day => day.Tally[Measure.Raised]));
            }
        }
    }

    [Fact]
    public async Task AFigureThatSomebodyAltered_IsNamed()
    {
        await using var portal = new PortalFixture();
        await portal.RegisterAsync();
        var keeper = portal.Get<FigureKeeper>();
        await keeper.FoldAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync("UPDATE Tallies SET Raised = 2 WHERE Dimension = 'Category' AND Stretch = 0", Stop);

        Assert.Contains("Category", Assert.Single((await keeper.CompareAsync(Stop)).Differing));
    }

    [Fact]
    public async Task AMonthOfAssessment_IsReadFromTheTwoPartsItIsMadeOf()
    {
        await using var portal = new PortalFixture();
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await portal.RegisterAsync();
        await portal.Get<FigureKeeper>().FoldAsync(Stop);
        var day = WorkCalendar.DateAt(portal.Clock.GetUtcNow());
        Assert.True(day.Day > 19);
        var from = new DateOnly(day.Year, day.Month, 19);

        await using var db = await portal.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync("UPDATE Tallies SET Raised = 5 WHERE Stretch = 2", Stop);

        Assert.Equal(5, await RaisedAsync(from, from.AddMonths(1)));
        Assert.Equal(5, await RaisedAsync(from.AddDays(-3), from.AddDays(14)));
        Assert.Equal(1, await RaisedAsync(from.AddDays(-18), from.AddDays(-18).AddMonths(1)));
        Assert.Equal(1, await RaisedAsync(from.AddDays(1), from.AddMonths(1)));

        async Task<long> RaisedAsync(DateOnly first, DateOnly end) =>
            (await portal.Get<FigureBook>().SumAsync(District, Dimension.District, first, end, Stop))[District.Value][Measure.Raised];
    }

    [Fact]
    public async Task CountingAnew_MendsWhatIsWrong_AlsoWhenTwoDoIt_WhileCasesGoOn()
    {
        await using var portal = new PortalFixture();
        await portal.RegisterAsync();
        var keeper = portal.Get<FigureKeeper>();
        await keeper.FoldAsync(Stop);
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE Tallies SET Raised = 7 WHERE Dimension = 'Category'; DELETE FROM Tallies WHERE Dimension = 'District'", Stop);
        }

        var (mine, theirs) = (await keeper.DifferAsync(Stop), await keeper.DifferAsync(Stop));
        await portal.RegisterAsync();
        Assert.True(await keeper.MendAsync(mine, Stop));
        Assert.False(await keeper.MendAsync(theirs, Stop));
        await portal.RegisterAsync();
        await keeper.RebuildAsync(Stop);

        Assert.Empty((await keeper.CompareAsync(Stop)).Differing);
    }

    /// <summary>Twenty cases live random lives; every figure is then counted by hand, over all of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AfterRandomLives_EveryFigureIsWhatCountingByHandGives_AndOpensAsManyCases(int seed)
    {
        await using var portal = new PortalFixture();
        var random = new Random(seed);
        var (book, keeper, list) = (portal.Get<FigureBook>(), portal.Get<FigureKeeper>(), portal.Get<FigureCases>());
        var ids = new List<Guid>();
        for (var step = 0; step < 360; step++)
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 1500)));
            if (ids.Count < 20 && random.Next(8) == 0)
            {
                ids.Add(await portal.RegisterAsync(Garage with { Home = Pick(random, Mafang, Huijing, Binhe), Category = Pick(random, "停车", "噪声") }));
            }
            else if (ids.Count > 0)
            {
                await portal.Get<CaseDesk>().DoAsync(ids[random.Next(ids.Count)], Actor.Clock, file => Live(file, random, portal.Clock.GetUtcNow()));
            }

            if (random.Next(20) == 0)
            {
                await keeper.FoldAsync(Stop);
            }
        }

        Assert.Empty((await keeper.CompareAsync(Stop)).Differing);
        await using var db = await portal.OpenDatabaseAsync();
        var cases = await db.Cases.AsNoTracking().ToListAsync(Stop);
        Assert.Contains(cases, file => file.RedoneCount > 0 && file.Solved != file.FirstSolved);
        Assert.Contains(cases, file => file.IsExcluded);
        var (corrected, helpers) = (0, new Dictionary<Guid, IReadOnlyList<OrgPath>>());
        foreach (var file in cases)
        {
            var log = await portal.Get<LogBook>().ReadAfterAsync(file.Id, 0, cancellationToken: Stop);
            var said = FirstResults.Of(log);
            Assert.Equal((said?.Contacted, said?.Solved, said?.Satisfaction), (file.FirstContacted, file.FirstSolved, file.FirstSatisfaction));
            var called = log.FirstOrDefault(entry => entry.Event is PetitionerCalledBack);
            Assert.Equal(called?.At, file.CalledBackAt);
            helpers[file.Id] = called is null ? [] : HelpersOf(log.TakeWhile(entry => entry != called));
            corrected += said is not null && said != called!.Event ? 1 : 0;
        }

        Assert.True(corrected > 0);
        Assert.Contains(helpers.Values, units => units.Contains(HousingOffice));
        Assert.Contains(helpers.Values, units => units.Contains(Mafang));
        var first = WorkCalendar.DateAt(cases.Min(file => file.RaisedAt));
        var nineteenth = new DateOnly(first.Year, first.Month, 19).AddMonths(1);
        foreach (var (from, until) in new[]
        {
            (first, first.AddDays(400)), (first.AddDays(20), first.AddDays(75)), (first.AddDays(31), first.AddDays(40)),
            (nineteenth, nineteenth.AddMonths(1)), (nineteenth.AddDays(-18), nineteenth), (nineteenth.AddDays(-1), nineteenth.AddMonths(3).AddDays(1)),
        })
        {
            var total = await book.SumAsync(District, Dimension.District, from, until, Stop);
            var streets = await book.SumAsync(District, Dimension.Street, from, until, Stop);
            var communities = await book.SumAsync(District, Dimension.Community, from, until, Stop);
            var categories = await book.SumAsync(District, Dimension.Category, from, until, Stop);
            var units = await book.SumAsync(District, Dimension.Unit, from, until, Stop);
            var coUnits = await book.SumAsync(District, Dimension.CoUnit, from, until, Stop);
            foreach (var measure in Tally.Measures)
            {
                long ByHand(Func<CaseFile, bool> which) => cases.Where(which).Sum(file => CountByHand(file, measure, from, until));
                Assert.Equal((measure, ByHand(_ => true)), (measure, total.GetValueOrDefault(District.Value, Tally.None)[measure]));
                Assert.Equal((measure, ByHand(file => file.Home == Mafang || file.Home == Huijing)), (measure, streets.GetValueOrDefault(Mafang.Value, Tally.None)[measure]));
                Assert.Equal((measure, ByHand(file => file.Home == Huijing)), (measure, communities.GetValueOrDefault(Huijing.Value, Tally.None)[measure]));
                Assert.Equal((measure, ByHand(file => file.Category == "噪声")), (measure, categories.GetValueOrDefault("噪声", Tally.None)[measure]));
                if (measure is not (Measure.Raised or Measure.IntakeMinutes or Measure.Proactive))
                {
                    var ofUnit = ByHand(file => (measure.IsOfCallbacks() ? file.CountedUnit : file.FirstReceiver) == EnergyOffice);
                    Assert.Equal((measure, ofUnit), (measure, units.GetValueOrDefault(EnergyOffice.Value, Tally.None)[measure]));
                }

                foreach (var unit in new[] { Mafang, EnergyOffice, HousingOffice, Huijing })
                {
                    var ofHelper = measure.IsOfCallbacks() ? ByHand(file => helpers[file.Id].Contains(unit)) : 0;
                    Assert.Equal((unit, measure, ofHelper), (unit, measure, coUnits.GetValueOrDefault(unit.Value, Tally.None)[measure]));
                }

                if (!measure.ToString().EndsWith("Minutes", StringComparison.Ordinal))
                {
                    var opened = await list.ReadAsync(Dispatcher, new FigureQuestion(District, measure, from, until, Mafang, "停车"), Stop);
                    Assert.Equal((measure, ByHand(file => file.Home != Binhe && file.Category == "停车")), (measure, opened.Total));
                }
            }
        }
    }

    private static Outcome Live(CaseFile file, Random random, DateTimeOffset now)
    {
        var (officer, head) = file.FirstReceiver == EnergyOffice ? (Energy, EnergyHead) : (Street, StreetHead);
        if (file.OpenContest is { } contest)
        {
            return contest.State == ContestState.Filed
                ? file.ExamineContest(true, "属实。", s_terms, Rules.Calendar, SecondDispatcher, now)
                : file.DecideContest(random.Next(5) > 0, random.Next(4) == 0 ? ContestRemedy.Exclude : ContestRemedy.CallAgain, "审定。", Supervisor, now);
        }

        if (file.IsRecalled && random.Next(3) > 0)
        {
            return random.Next(6) == 0 ? file.MissCall(null, now.AddHours(1), SecondDispatcher, now) : file.CallBack(Pick(random, Yes, No), SecondDispatcher, now);
        }

        if (file.CalledBackAt is not null && random.Next(2) == 0 && file.CheckContest(ContestKind.Result, s_terms, Rules.Calendar, officer, now) is null)
        {
            return file.Contest(ContestKind.Result, ContestGround.Other, "理由", null, s_terms, Rules.Calendar, officer, now);
        }

        return file.Status switch
        {
            CaseStatus.Registered => random.Next(10) == 0
                ? file.Inform(InformReason.NothingNew, "已告知。", Dispatcher, now)
                : file.Dispatch(new DispatchOrder(Pick(random, Mafang, EnergyOffice), Helpers(now.Minute), now.AddDays(random.Next(1, 8)), "7日"), Rules.Calendar, Dispatcher, now),
            CaseStatus.Dispatched => now.Minute % 5 == 0
                ? file.Dispatch(new DispatchOrder(file.FirstReceiver!.Value, Helpers(now.Hour), file.DueAt!.Value.AddDays(1), "7日"), Rules.Calendar, Dispatcher, now)
                : file.Accept(officer, now),
            CaseStatus.Accepted => file.Contact(true, "已联系。", officer, now),
            CaseStatus.Contacted => file.Progress("已查看。", null, officer, now),
            CaseStatus.InProgress => file.Submit("已修好。", null, officer, now),
            CaseStatus.Submitted => random.Next(4) == 0 ? file.ReturnResult("再看。", head, now) : file.Answer("已修好。", head, now),
            CaseStatus.Answered => file.CallBack(Pick(random, Yes, No, Yes with { Satisfaction = Satisfaction.Basically }, Yes with { Contacted = false }), file.AwaitsCorrection ? SecondDispatcher : Dispatcher, now),
            CaseStatus.CalledBack => random.Next(3) == 0 ? file.Redo("重办。", now.AddDays(3), "7日", Dispatcher, now) : file.Close("结案。", Dispatcher, now),
            _ => Outcome.Done,
        };
    }

    private static OrgPath[] Helpers(int choice) => (choice % 4) switch { 0 => [], 1 => [HousingOffice, EnergyOffice], 2 => [Huijing, HousingOffice], _ => [EnergyOffice.Child("s.nyk")] };

    // Those of the last dispatch before the callback, but for the lead; the street for its community.
    private static IReadOnlyList<OrgPath> HelpersOf(IEnumerable<LogEntry> before)
    {
        var sent = before.Select(entry => entry.Event).OfType<CaseDispatched>().Last();
        return [.. sent.CoUnits.Select(unit => unit == Huijing ? Mafang : unit.Value.Contains("/s.", StringComparison.Ordinal) ? EnergyOffice : unit).Where(unit => unit != sent.Lead).Distinct()];
    }

    // Slow and obvious on purpose, and written without a look at how the portal counts.
    private static long CountByHand(CaseFile file, Measure measure, DateOnly from, DateOnly until)
    {
        bool On(DateTimeOffset? at) => at is { } moment && moment.AddHours(8).Date is var day && DateOnly.FromDateTime(day) >= from && DateOnly.FromDateTime(day) < until;
        long Minutes(DateTimeOffset? begin, DateTimeOffset? end) => begin is { } b && end is { } e && e > b ? (long)(e - b).TotalMinutes : 0;
        var valid = On(file.CalledBackAt) && !file.IsExcluded;
        return measure switch
        {
            Measure.Raised => On(file.RaisedAt) ? 1 : 0,
            Measure.IntakeMinutes => On(file.RaisedAt) ? Minutes(file.RaisedAt, file.RegisteredAt) : 0,
            Measure.Proactive => On(file.RaisedAt) && file.IsProactive ? 1 : 0,
            Measure.Dispatched => On(file.DispatchedAt) ? 1 : 0,
            Measure.MatchMinutes => On(file.DispatchedAt) ? Minutes(file.RegisteredAt, file.DispatchedAt) : 0,
            Measure.Answered => On(file.AnsweredAt) ? 1 : 0,
            Measure.HandleMinutes => On(file.AnsweredAt) ? Minutes(file.DispatchedAt, file.AnsweredAt) : 0,
            Measure.AnsweredLate => On(file.AnsweredAt) && file.AnsweredAt > file.DueAt ? 1 : 0,
            Measure.Whistled => On(file.AnsweredAt) && file.WhistleCount > 0 ? 1 : 0,
            Measure.WhistledMinutes => On(file.AnsweredAt) && file.WhistleCount > 0 ? Minutes(file.DispatchedAt, file.AnsweredAt) : 0,
            Measure.Valid => valid ? 1 : 0,
            Measure.Excluded => On(file.CalledBackAt) && file.IsExcluded ? 1 : 0,
            Measure.FirstContacted => valid && file.FirstContacted == true ? 1 : 0,
            Measure.FirstSolved => valid && file.FirstSolved == true ? 1 : 0,
            Measure.FirstSatisfied => valid && file.FirstSatisfaction == Satisfaction.Satisfied ? 1 : 0,
            Measure.FirstBasically => valid && file.FirstSatisfaction == Satisfaction.Basically ? 1 : 0,
            Measure.FinalContacted => valid && file.FinalContacted == true ? 1 : 0,
            Measure.FinalSolved => valid && file.Solved == true ? 1 : 0,
            Measure.FinalSatisfied => valid && file.Satisfaction == Satisfaction.Satisfied ? 1 : 0,
            Measure.FinalBasically => valid && file.Satisfaction == Satisfaction.Basically ? 1 : 0,
            Measure.TwiceNo => valid && file.FirstSolved == false && file.FirstSatisfaction == Satisfaction.Unsatisfied ? 1 : 0,
            Measure.Redone => valid && file.RedoneCount > 0 ? 1 : 0,
            Measure.AskMinutes => valid ? Minutes(file.AnsweredAt, file.CalledBackAt) : 0,
            Measure.WhistledValid => valid && file.WhistleCount > 0 ? 1 : 0,
            Measure.WhistledSolved => valid && file.WhistleCount > 0 && file.FirstSolved == true ? 1 : 0,
            Measure.Closed => On(file.ClosedAt) ? 1 : 0,
            Measure.CloseMinutes => On(file.ClosedAt) ? Minutes(file.CalledBackAt, file.ClosedAt) : 0,
            Measure.Merged => On(file.ClosedAt) && file.Status == CaseStatus.Merged ? 1 : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Say how it is counted by hand."),
        };
    }

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];
}
