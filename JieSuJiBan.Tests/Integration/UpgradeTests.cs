using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Dispatch;
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
    public async Task AnOlderDatabase_LearnsTheStreetOfEachCase_AndCountsHowTheMatcherDid()
    {
        await using var portal = new PortalFixture();
        await portal.DispatchAsync(EnergyOffice);
        await portal.RegisterAsync(Garage with { Home = Village.Unit, SourceNumber = null });
        await portal.RegisterAsync(Garage with { Home = Mafang, SourceNumber = null });
        await portal.RegisterAsync(Garage with { Home = District, Channel = Channel.PublicDoor, SourceNumber = null }, Actor.PublicDoor(District));

        await using var db = await portal.OpenDatabaseAsync();
        await db.GetService<IMigrator>().MigrateAsync("HelpersAreFound", Stop);
        await db.GetService<IMigrator>().MigrateAsync(null, Stop);

        var homes = await db.Cases.AsNoTracking().Select(file => new { file.Home, file.Street }).ToListAsync(Stop);
        Assert.True(homes.Select(file => file.Home).Distinct().Count() >= 3);
        Assert.All(homes, file => Assert.Equal(file.Home.Answering, file.Street));
        var (lines, differing) = await DispatchDay.CompareAsync(db, Stop);
        Assert.True(lines > 0);
        Assert.Equal(0, differing);
    }
}
