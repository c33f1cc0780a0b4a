using System.Net;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Open311;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Who may make keys, how they are shown, and what ends them.</summary>
public class KeyTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly OrgPath s_chaoyang = new("/11/110105/");
    private static readonly Actor s_cityAdministrator = Administrator with { Unit = new OrgPath("/11/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeyDesk Desk => portal.Get<KeyDesk>();

    public static TheoryData<string, Actor, OrgPath, string?> Makers() => new()
    {
        { "本区", Administrator, District, null },
        { "本区部门的管理员", Administrator with { Unit = EnergyOffice }, District, null },
        { "市级管理员", s_cityAdministrator, s_chaoyang, null },
        { "外区", Administrator, s_chaoyang, "key.unknown" },
        { "上级", Administrator, new OrgPath("/11/"), "key.district" },
        { "没有选区", s_cityAdministrator, OrgPath.Portal, "key.district" },
        { "不是区", Administrator, Mafang, "key.district" },
        { "调度员", Dispatcher, District, "key.unknown" },
        { "区领导", DistrictLeader, District, "key.unknown" },
        { " ", Administrator, District, "key.name" },
        { new string('长', 51), Administrator, District, "key.name" },
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task AKey_IsMadeByAnAdministratorForHisOwnDistrictOnly(string name, Actor by, OrgPath district, string? refused)
    {
        var (secret, outcome) = await Desk.CreateAsync(name, district, by);

        Assert.Equal(refused, outcome.Refusal?.Code);
        Assert.Equal(refused is null, secret is not null);
    }

    [Fact]
    public async Task ASecret_IsKeptNowhere()
    {
        var (secret, _) = await Desk.CreateAsync("保密", District, Administrator);

        var hidden = secret!.Split('_')[2];
        Assert.All(
            Directory.EnumerateFiles(portal.Folder, "portal.*"),
            file => Assert.DoesNotContain(hidden, System.Text.Encoding.Latin1.GetString(ReadShared(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARotatedKey_HasANewSecret_AndTheOldOneEndsAtOnce()
    {
        var old = await Open311Caller.OfAsync(portal);
        var key = await Desk.FindAsync(old.Key!, Stop);
        var number = await FileAsync(old);

        var (secret, outcome) = await Desk.RotateAsync(key!.Id, Administrator);

        Assert.Null(outcome.Refusal);
        await old.GetAsync("requests", expected: HttpStatusCode.Forbidden);
        Assert.Single((await new Open311Caller(portal.CreateDefaultClient(), secret).GetAsync($"requests/{number}")).AsArray());
    }

    [Fact]
    public async Task ARevokedKey_IsForbidden_AndStaysSo()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var id = (await Desk.FindAsync(caller.Key!, Stop))!.Id;

        Assert.Null((await Desk.RevokeAsync(id, Administrator)).Refusal);

        await caller.GetAsync("requests", expected: HttpStatusCode.Forbidden);
        Assert.Equal("key.unknown", (await Desk.RotateAsync(id, Administrator)).Outcome.Refusal?.Code);
        Assert.NotNull((await Desk.ListAsync(Administrator, 1, Stop)).Keys.Single(key => key.Id == id).RevokedAt);
    }

    [Fact]
    public async Task AForeignAdministrator_FindsNoSuchKey()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var id = (await Desk.FindAsync(caller.Key!, Stop))!.Id;

        foreach (var by in new[] { Administrator with { Unit = s_chaoyang }, Dispatcher, StreetHead })
        {
            Assert.Equal("key.unknown", (await Desk.RevokeAsync(id, by)).Refusal?.Code);
            Assert.Equal("key.unknown", (await Desk.RotateAsync(id, by)).Outcome.Refusal?.Code);
            Assert.DoesNotContain((await Desk.ListAsync(by, 1, Stop)).Keys, key => key.Id == id);
        }

        Assert.Contains((await Desk.ListAsync(s_cityAdministrator, 1, Stop)).Keys, key => key.Id == id);
    }

    [Fact]
    public async Task TheDayOfItsLastUse_IsNoted()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var id = (await Desk.FindAsync(caller.Key!, Stop))!.Id;

        await caller.GetAsync("requests");

        Assert.Equal(new DateOnly(2026, 3, 2), (await Desk.ListAsync(Administrator, 1, Stop)).Keys.Single(key => key.Id == id).LastUsedOn);
    }

    [Theory]
    [InlineData("header"), InlineData("query"), InlineData("form")]
    public async Task AKey_MayComeAsHeaderQueryOrField(string where)
    {
        var secret = (await Open311Caller.OfAsync(portal)).Key!;
        using var client = portal.CreateDefaultClient();
        using var form = new FormUrlEncodedContent(where == "form" ? new Dictionary<string, string> { ["api_key"] = secret } : []);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/open311/v2/requests.json{(where == "query" ? $"?api_key={secret}" : "")}") { Content = form };
        if (where == "header")
        {
            request.Headers.Add("X-Api-Key", secret);
        }

        using var response = await client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);  // let in, and told what is missing
    }

    [Fact]
    public async Task AKeyThatAsksTooOften_Waits_AndNobodyElseDoes()
    {
        await using var slow = new SlowPortal();
        var (hasty, other) = (await Open311Caller.OfAsync(slow), await Open311Caller.OfAsync(slow));

        for (var n = 0; n < 4; n++)
        {
            await hasty.SendAsync(HttpMethod.Get, "requests.json", null, HttpStatusCode.OK);
        }

        var (_, headers) = await hasty.SendAsync(HttpMethod.Get, "requests.json", null, HttpStatusCode.TooManyRequests);
        Assert.InRange(headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        await other.SendAsync(HttpMethod.Get, "requests.json", null, HttpStatusCode.OK);
    }

    private static Task<string> FileAsync(Open311Caller caller) =>
        caller.FileAsync(new() { ["service_code"] = Service.Of("市容环卫/垃圾与保洁").Code, ["address_string"] = "马坊镇" });

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class SlowPortal : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Open311:PerMinute", "4")];
    }
}
