using System.Net;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Who sees what: the same answer in the database, in memory, on every page and file. What one may not see is 404.</summary>
public class SightTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Actor s_otherDistrict = Dispatcher with { Unit = new OrgPath("/11/110105/d.zhzx/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheDatabaseAndMemory_JudgeAlike_ForEveryoneAndEverything()
    {
        var started = await portal.StartAsync();
        await portal.ConferAsync(started);
        await portal.DraftAsync(started);
        await portal.DraftAsync(brief: SmallBrief, by: Village);
        await portal.DispatchAsync(EnergyOffice);
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Mafang });
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = District.Child("d.zhzx") }, Village);
        await portal.CloseAsync();

        await using var db = await portal.OpenDatabaseAsync();
        var cases = await CaseDesk.WithParts(db.Cases.AsNoTracking()).ToListAsync(Stop);
        var whistles = await WhistleDesk.WithParts(db.Whistles.AsNoTracking()).ToListAsync(Stop);
        foreach (var actor in Cast.Append(s_otherDistrict))
        {
            var seen = await db.Cases.Where(Sight.Cases(actor)).Select(file => file.Id).ToListAsync(Stop);
            Assert.Equal(cases.Where(actor.CanSee).Select(file => file.Id).Order(), seen.Order());

            var heard = await db.Whistles.Where(Sight.Whistles(actor)).Select(whistle => whistle.Id).ToListAsync(Stop);
            Assert.Equal(whistles.Where(actor.CanSee).Select(whistle => whistle.Id).Order(), heard.Order());
        }
    }

    public static TheoryData<string, bool> CaseReaders() => new()
    {
        { "dispatch", true }, { "leader", true }, { "supervisor", true }, { "mafang", true }, { "mafang-lead", true }, { "mafang-hj", true },
        { "cgw", true }, { "gd", true }, { "binhe", false }, { "sw", false }, { "zjw", false }, { "mafang-zhzf", false }, { "archive", false }, { "admin", false },
    };

    [Theory]
    [MemberData(nameof(CaseReaders))]
    public async Task ACaseWithAWhistle_IsSeenByItsUnitsAndOverseers_AndIs404ForTheRest(string user, bool sees)
    {
        var caseId = await portal.StartAsync();
        var whistle = await portal.SoundAsync(caseId);
        var client = portal.CreateClientFor(Cast.Single(actor => actor.UserId == user));
        var expected = sees ? HttpStatusCode.OK : HttpStatusCode.NotFound;

        foreach (var path in new[] { $"/cases/{caseId}", $"/whistles/{whistle}", $"/cases/{caseId}/report" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            var isOwn = expected == response.StatusCode || (user == "mafang-hj" && path.StartsWith("/whistles", StringComparison.Ordinal));  // its village is not in the room
            Assert.True(isOwn, $"{user} {path}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task EmptyAndMadeUpIds_AreNotFound_LikeForeignOnes()
    {
        var foreign = await portal.DispatchAsync(Binhe, Garage with { Home = Binhe });
        var client = portal.CreateClientFor(Street);

        foreach (var id in new[] { foreign.ToString(), Guid.NewGuid().ToString(), Guid.Empty.ToString(), "1", "x" })
        {
            foreach (var path in new[] { $"/cases/{id}", $"/whistles/{id}", $"/files/{id}", $"/cases/{id}/report", $"/cases/{id}/report.pdf", $"/verify/{id}", $"/whistles/{id}/edit" })
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{path}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task ADraft_IsSeenByItsWhistlerAndSignerOnly()
    {
        var draft = await portal.DraftAsync();
        var desk = portal.Get<WhistleDesk>();

        foreach (var actor in Cast)
        {
            var isTheirs = actor.Unit == Mafang;
            Assert.Equal(isTheirs, await desk.FindAsync(draft, actor, Stop) is not null);
        }
    }

    [Fact]
    public async Task AReport_DoesNotExistForTheReportedUnit_EvenWhereItLies()
    {
        var id = await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Mafang });
        var list = portal.Get<CaseList>();

        foreach (var actor in new[] { Street, StreetHead, Village, GridWorker, Enforcer })
        {
            Assert.Null(await portal.Get<CaseDesk>().FindAsync(id, actor, Stop));
            Assert.DoesNotContain((await list.ReadAsync(actor, new CaseFilter(Scope: CaseFilter.All), Stop)).Lines, line => line.Id == id);
        }

        Assert.NotNull(await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop));
    }

    [Fact]
    public async Task AUnitThatWonItsObjection_LosesSight()
    {
        var id = await portal.DispatchAsync(EnergyOffice);
        await portal.DoAsync(id, Energy, file => file.ObjectToDispatch("不属本委", "职责清单", null, Rules, Energy, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Supervisor, file => file.ReviewObjection(true, "成立", Supervisor, portal.Clock.GetUtcNow()));

        Assert.Null(await portal.Get<CaseDesk>().FindAsync(id, Energy, Stop));
    }

    [Fact]
    public async Task AFile_IsSeenWhereItIsUsed_AndBeforeThatByItsUploader()
    {
        var id = await portal.StartAsync();
        var (file, _) = await portal.Get<FileStore>().SaveAsync("现场.png", new MemoryStream(Pictures.Png()), Street, Stop);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(Street, $"/files/{file!.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(StreetHead, $"/files/{file.Id}"));

        await portal.DoAsync(id, Street, c => c.Progress("附图", [file.ToRef()], Street, Morning));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(StreetHead, $"/files/{file.Id}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(Dispatcher, $"/files/{file.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(OtherStreet, $"/files/{file.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(Administrator, $"/files/{file.Id}"));
    }

    [Fact]
    public async Task TheWhistleOfAReport_IsHiddenFromTheUnitItIsAbout_EvenIfItOverseesTheDistrict()
    {
        var about = Supervisor.Unit;
        var id = await portal.DispatchAsync(demand: Garage with { Nature = Nature.Report, ReportedUnit = about });
        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        var whistle = await portal.SoundAsync(id);

        Assert.Null(await portal.Get<WhistleDesk>().FindAsync(whistle, Supervisor, Stop));
        Assert.NotNull(await portal.Get<WhistleDesk>().FindAsync(whistle, DistrictLeader, Stop));
    }

    [Fact]
    public async Task SomebodyElsesUpload_CannotBeAttached()
    {
        var id = await portal.StartAsync();
        var (file, _) = await portal.Get<FileStore>().SaveAsync("现场.png", new MemoryStream(Pictures.Png()), OtherStreet, Stop);

        foreach (var not in new[] { file!.Id, Guid.NewGuid(), Guid.Empty })
        {
            var (found, outcome) = await portal.Get<FileStore>().ResolveAsync([not], id, Street);
            Assert.Null(found);
            Assert.Equal("file.gone", outcome.Refusal?.Code);
        }
    }

    [Theory]
    [InlineData("/"), InlineData("/cases"), InlineData("/cases/new"), InlineData("/whistles"), InlineData("/inbox"), InlineData("/admin/officers"), InlineData("/commitments")]
    public async Task AStranger_IsSentToTheSignInPage(string path)
    {
        var client = portal.CreateClientFor(null);

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/account/sign-in", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mafang", "/inbox"), InlineData("mafang", "/admin/officers"), InlineData("admin", "/cases"), InlineData("admin", "/whistles"), InlineData("leader", "/cases/new"), InlineData("archive", "/whistles/new")]
    public async Task APageForOthers_DoesNotExist(string user, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(Cast.Single(actor => actor.UserId == user), path));

    private async Task<HttpStatusCode> GetAsync(Actor actor, string path)
    {
        using var response = await portal.CreateClientFor(actor).GetAsync(new Uri(path, UriKind.Relative), Stop);
        return response.StatusCode;
    }
}
