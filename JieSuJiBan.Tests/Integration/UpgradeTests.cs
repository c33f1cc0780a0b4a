using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What a migration works out for the rows that are there.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnOlderDatabase_LearnsTheStreetOfEachCase_AndCountsByPartsOfMonths_AndHowTheMatcherDid()
    {
        await using var portal = new PortalFixture();
        await portal.DispatchAsync(EnergyOffice);
        await portal.RegisterAsync(Garage with { Home = Village.Unit, SourceNumber = null });
        await portal.RegisterAsync(Garage with { Home = Mafang, SourceNumber = null });
        portal.Clock.Advance(TimeSpan.FromDays(20));  // into the later part of a month
        await portal.RegisterAsync(Garage with { Home = District, Channel = Channel.PublicDoor, SourceNumber = null }, Actor.PublicDoor(District));
        await portal.Get<FigureKeeper>().FoldAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        await db.GetService<IMigrator>().MigrateAsync("HelpersAreFound", Stop);
        await db.GetService<IMigrator>().MigrateAsync(null, Stop);

        var homes = await db.Cases.AsNoTracking().Select(file => new { file.Home, file.Street }).ToListAsync(Stop);
        Assert.True(homes.Select(file => file.Home).Distinct().Count() >= 3);
        Assert.All(homes, file => Assert.Equal(file.Home.Answering, file.Street));
        var (lines, differing) = await DispatchDay.CompareAsync(db, Stop);
        Assert.True(lines > 0);
        Assert.Equal(0, differing);
        Assert.Contains(await db.Set<TallyRow>().Select(tally => tally.Stretch).Distinct().ToListAsync(Stop), stretch => stretch == Stretch.Part);
        Assert.Empty((await portal.Get<FigureKeeper>().CompareAsync(Stop)).Differing);
    }
}
