using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Cases that are older than triage get theirs at the first start, and no start after that looks through them again.</summary>
public sealed class TriageFillTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsOlderThanTriage_GetsIt_AndThenNobodyLooksAgain()
    {
        var id = await portal.RegisterAsync();
        await using var db = await portal.OpenDatabaseAsync();
        await db.Triages.Where(triage => triage.CaseId == id).ExecuteDeleteAsync(Stop);

        await FillAsync();
        Assert.False(await db.Triages.AnyAsync(triage => triage.CaseId == id, Stop));  // this database was filled when it was made

        await db.Counters.Where(counter => counter.Name == "triage-filled").ExecuteDeleteAsync(Stop);
        await FillAsync();
        await FillAsync();
        Assert.Equal(1, await db.Triages.CountAsync(triage => triage.CaseId == id, Stop));
    }

    private Task FillAsync() => portal.Get<TriageBook>().FillAsync(portal.Get<IDbContextFactory<PortalDbContext>>(), Stop);
}
