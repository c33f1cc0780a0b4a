using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Seed;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The invented year of 朝阳区: lived through by the rules, and the same each time.</summary>
public sealed class SeedTests(SeedTests.Seeded portal) : IClassFixture<SeedTests.Seeded>
{
    private const int Cases = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryChain_IsSound_AndNothingLiesInTheFuture()
    {
        var report = await portal.Get<LogVerifier>().VerifyAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.Empty(report.Broken);
        Assert.Empty(portal.Get<SeedCity>().Refused);
        Assert.False(await db.Log.AnyAsync(entry => entry.At > Given.Morning, Stop));
        Assert.False(await db.Cases.AnyAsync(file => file.ClockAt <= Given.Morning, Stop));
    }

    [Fact]
    public async Task AYear_HasItsSeasons_AndEndsOfEveryKind()
    {
        await using var db = await portal.OpenDatabaseAsync();
        var cases = await db.Cases.AsNoTracking().ToListAsync(Stop);

        Assert.Equal(Cases, cases.Count);
        Assert.All(cases, file => Assert.Equal(SeedCast.District, file.District));
        Assert.True(cases.Count(file => file.Category.StartsWith("供热", StringComparison.Ordinal) && file.RaisedAt.ToOffset(WorkCalendar.Beijing).Month is 11 or 12 or 1 or 2)
            > cases.Count(file => file.Category.StartsWith("供热", StringComparison.Ordinal) && file.RaisedAt.ToOffset(WorkCalendar.Beijing).Month is >= 4 and <= 9));
        Assert.Superset(
            new HashSet<CaseStatus> { CaseStatus.Closed, CaseStatus.Answered, CaseStatus.AnsweredAtOnce, CaseStatus.Informed }, cases.Select(file => file.Status).ToHashSet());
        Assert.InRange(await db.Triages.CountAsync(triage => triage.IsAutomatic, Stop), Cases / 2, Cases * 8 / 10);
        Assert.Equal(Cases, await db.Petitioners.CountAsync(Stop));
        Assert.Contains(cases, file => file.SubjectComplainedOf is not null);
        Assert.Equal(await db.Petitioners.Where(row => row.Trace != null).CountAsync(Stop), await db.RepeatCallers.SumAsync(caller => caller.Cases, Stop));
    }

    [Fact]
    public async Task ItsFigures_AreWhatTheCasesAddUpTo()
    {
        var report = await portal.Get<FigureKeeper>().CompareAsync(Stop);

        Assert.Empty(report.Differing);
        Assert.True(report.Figures > Cases);
    }

    [Fact]
    public async Task ItsOrders_CanBeFound()
    {
        await using var db = await portal.OpenDatabaseAsync();
        var order = await db.SupervisionOrders.AsNoTracking().OrderBy(order => order.Id).FirstAsync(Stop);

        var found = await portal.Get<SupervisionList>().ReadAsync(
            Given.Supervisor with { Unit = SeedCast.District.Child("d.dcs") }, new SupervisionFilter(SupervisionFilter.All, Search: order.Number), Stop);

        Assert.Equal([order.Id], found.Lines.Select(line => line.Id));
        Assert.Equal(0, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
    }

    [Fact]
    public async Task TheSameNumber_MakesTheSameYear()
    {
        await using var again = new Seeded();

        Assert.Equal(await HeadsAsync(portal), await HeadsAsync(again));

        static async Task<List<string>> HeadsAsync(PortalFixture of)
        {
            await using var db = await of.OpenDatabaseAsync();
            var cases = await db.Cases.AsNoTracking().OrderBy(file => file.Number).Select(file => new { file.Number, file.Id, file.Head }).ToListAsync(Stop);
            return cases.ConvertAll(file => $"{file.Number} {file.Id} {Convert.ToHexString(file.Head)}");
        }
    }

    [Fact]
    public async Task WhereCasesAreAlready_NothingIsInvented()
    {
        Assert.False(await portal.Get<SeedCity>().BuildAsync(10, Given.Morning, _ => { }, Stop));
    }

    [Fact]
    public async Task ItsOfficers_CanSignIn()
    {
        await portal.Get<PostBook>().LoadAsync(Stop);
        var (client, _) = await portal.SignInAsync($"{SeedAccounts.Prefix}dispatch", portal.Get<SeedAccounts>().Password);

        Assert.Contains("/cases", await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    public sealed class Seeded : PortalFixture
    {
        public Seeded() => Assert.True(Get<SeedCity>().BuildAsync(Cases, Given.Morning, _ => { }).GetAwaiter().GetResult());
    }
}
