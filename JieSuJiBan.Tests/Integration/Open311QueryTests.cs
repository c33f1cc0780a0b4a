using System.Net;
using System.Text.Json.Nodes;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Open311;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>GET requests: every filter of the specification, and that a key sees its own requests only.</summary>
public class Open311QueryTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly string s_waste = Service.Of("市容环卫/垃圾与保洁").Code;
    private static readonly string s_noise = Service.Of("生态环境/噪声").Code;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryFilter_KeepsWhatItNames()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var old = await FileAsync(caller, s_waste);
        portal.Clock.Advance(TimeSpan.FromDays(60));
        var middle = await FileAsync(caller, s_noise);
        await EndAsync(middle);
        portal.Clock.Advance(TimeSpan.FromDays(40));
        var young = await FileAsync(caller, s_waste, matter: new Service("市容环卫/垃圾与保洁", []).CodeOfMatter("垃圾清运"));
        var now = portal.Clock.GetUtcNow();

        await AssertAsync(caller, "", young, middle);
        await AssertAsync(caller, "?status=open", young);
        await AssertAsync(caller, "?status=closed", middle);
        await AssertAsync(caller, "?status=open,closed", young, middle);
        await AssertAsync(caller, $"?service_code={s_waste}", young);
        await AssertAsync(caller, $"?service_code={s_waste},{s_noise}", young, middle);
        await AssertAsync(caller, $"?service_code={s_waste}&service_code={s_noise}", young, middle);
        await AssertAsync(caller, $"?service_request_id={old},{young}", young, old);
        await AssertAsync(caller, $"?service_request_id={old}&status=closed&start_date={Time(now)}", old);
        await AssertAsync(caller, "?service_request_id=117-20000101-0001");
        await AssertAsync(caller, $"?start_date={Time(now.AddDays(-101))}&end_date={Time(now.AddDays(-30))}", middle, old);
        await AssertAsync(caller, $"?start_date={Time(now.AddDays(-101))}", middle, old);
        await AssertAsync(caller, $"?end_date={Time(now.AddDays(-99))}", old);
        await AssertAsync(caller, $"?start_date={Time(now.AddDays(-45))}&end_date={Time(now)}", young, middle);
        await AssertAsync(caller, "?page=1&page_size=1", young);
        await AssertAsync(caller, "?page=2&page_size=1", middle);
        await AssertAsync(caller, "?page=3&page_size=1");
        await AssertAsync(caller, "?jurisdiction_id=110117", young, middle);
    }

    [Theory]
    [InlineData("?start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z")]
    [InlineData("?start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z")]
    [InlineData("?start_date=2026-01-01")]
    [InlineData("?start_date=2026-01-01T00:00:00")]
    [InlineData("?end_date=yesterday")]
    [InlineData("?status=pending")]
    [InlineData("?page=0")]
    [InlineData("?page_size=1001")]
    public async Task AQueryThatIsWrong_Is400(string query)
    {
        var caller = await Open311Caller.OfAsync(portal);

        var errors = (await caller.GetAsync("requests", query, HttpStatusCode.BadRequest)).AsArray();

        GeoReport.HasFields(Assert.Single(errors), GeoReport.Error);
    }

    [Fact]
    public async Task AServiceThatIsNotThere_Is404()
    {
        var caller = await Open311Caller.OfAsync(portal);

        Assert.Equal(404, Assert.Single((await caller.GetAsync("requests", "?service_code=0000000000", HttpStatusCode.NotFound)).AsArray())!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("2026-03-01T00:00:00+08:00"), InlineData("2026-03-01T00:00:00%2B08:00"), InlineData("2026-03-01T00:00Z"), InlineData("2026-03-01T00:00:00.5Z")]
    public async Task ATime_IsReadWithEveryZone(string time)
    {
        var caller = await Open311Caller.OfAsync(portal);

        Assert.Empty((await caller.GetAsync("requests", $"?start_date={time}")).AsArray());
    }

    [Fact]
    public async Task AnotherKeysRequests_DoNotExist()
    {
        var (caller, other) = (await Open311Caller.OfAsync(portal), await Open311Caller.OfAsync(portal));
        var number = await FileAsync(caller, s_waste, "mine-1");
        var hotline = await portal.RegisterAsync();

        await AssertAsync(other, $"?service_request_id={number}");
        await other.GetAsync($"requests/{number}", expected: HttpStatusCode.NotFound);
        await other.GetAsync("tokens/mine-1", expected: HttpStatusCode.NotFound);
        await using var db = await portal.OpenDatabaseAsync();
        var foreign = await db.Cases.Where(file => file.Id == hotline).Select(file => file.Number).SingleAsync(Stop);
        await caller.GetAsync($"requests/{foreign}", expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TheSameReferenceAgain_IsTheSameRequest_HoweverOftenAtOnce()
    {
        var (caller, other) = (await Open311Caller.OfAsync(portal), await Open311Caller.OfAsync(portal));

        var numbers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => FileAsync(caller, s_waste, "A-1")));
        var again = await FileAsync(caller, s_waste, "A-1");
        var elsewhere = await FileAsync(other, s_waste, "A-1");

        Assert.Equal([again], numbers.Distinct());
        Assert.NotEqual(again, elsewhere);
        await AssertAsync(caller, "", again);
    }

    [Fact]
    public void AServiceCode_IsMadeOfItsCategory_AndNeverChanges() => Assert.Equal("a93aaf1468", s_waste);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<string> FileAsync(Open311Caller caller, string service, string? reference = null, string matter = "") =>
        caller.FileAsync(new() { ["service_code"] = service, ["address_string"] = "马坊镇汇景社区", ["attribute[MATTER]"] = matter }, reference);

    private static async Task AssertAsync(Open311Caller caller, string query, params string[] expected) =>
        Assert.Equal(expected, (await caller.GetAsync("requests", query)).AsArray().Select(request => request!["service_request_id"]!.GetValue<string>()));

    private async Task EndAsync(string number)
    {
        await using var db = await portal.OpenDatabaseAsync();
        var id = await db.Cases.Where(file => file.Number == number).Select(file => file.Id).SingleAsync(Stop);
        await portal.DoAsync(id, Dispatcher, file => file.AnswerAtOnce("已解释。", Dispatcher, portal.Clock.GetUtcNow()));
    }
}
