using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The figures that are kept are what the cases add up to, whatever happened to them and whoever added it up.</summary>
public sealed class FigureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatHappensToCases_IsCountedAtOnce_AndStaysSoundWhenFoldedAndCountedAnew()
    {
        await using var portal = new PortalFixture();
        await portal.StartAsync();
        await portal.CloseAsync();
        await portal.FindAsync();
        var (book, keeper, today) = (portal.Get<FigureBook>(), portal.Get<FigureKeeper>(), Season.DateAt(portal.Clock.GetUtcNow()));

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
    public async Task ASpanIsReadFromMonthsAndDays_AsTheDaysAddUp()
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
        var raised = (await db.Cases.Select(file => file.RaisedAt).ToListAsync(Stop)).ConvertAll(Season.DateAt);
        var (first, last) = (raised.Min(), raised.Max());

        for (var from = first.AddDays(-3); from <= last; from = from.AddDays(9))
        {
            for (var until = from; until <= last.AddDays(35); until = until.AddDays(13))
            {
                var expected = raised.Count(day => day >= from && day < until);
                var sum = (await book.SumAsync(District, Dimension.District, from, until, Stop)).GetValueOrDefault(District.Value, Tally.None);
                var series = await book.SeriesAsync(District, Dimension.District, District.Value, Step.Day, from, until, Stop);
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
        await db.Database.ExecuteSqlRawAsync("UPDATE Tallies SET Raised = 2 WHERE Dimension = 'Category' AND IsMonth = 0", Stop);

        Assert.Contains("Category", Assert.Single((await keeper.CompareAsync(Stop)).Differing));
    }
}
