using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Open311;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The contract where something is wrong: the status, and the list of errors in the format that was asked for.</summary>
public class Open311ErrorTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly string s_service = Service.Of("市容环卫/垃圾与保洁").Code;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Simple => new() { ["service_code"] = s_service, ["address_string"] = "马坊镇汇景社区", ["description"] = "垃圾三天没有清运" };

    [Theory]
    [InlineData("services", "", HttpStatusCode.BadRequest)]
    [InlineData("services", "?jurisdiction_id=", HttpStatusCode.BadRequest)]
    [InlineData("services", "?jurisdiction_id=999999", HttpStatusCode.NotFound)]
    [InlineData("services", "?jurisdiction_id=../11", HttpStatusCode.NotFound)]
    [InlineData("services", "?jurisdiction_id=110117005", HttpStatusCode.NotFound)]
    [InlineData("services/0000000000", "?jurisdiction_id=110117", HttpStatusCode.NotFound)]
    [InlineData("services/0000000000", "", HttpStatusCode.BadRequest)]
    [InlineData("requests", "", HttpStatusCode.Forbidden)]
    [InlineData("requests", "?api_key=jsjb_00000000_000000000000000000000000000000000000000000000000", HttpStatusCode.Forbidden)]
    [InlineData("requests", "?api_key=%27%20OR%201%3D1", HttpStatusCode.Forbidden)]
    [InlineData("requests/117-20260302-0001", "", HttpStatusCode.Forbidden)]
    [InlineData("tokens/1", "", HttpStatusCode.Forbidden)]
    [InlineData("services", "?jurisdiction_id=110117&api_key=wrong", HttpStatusCode.Forbidden)]
    [InlineData("nothing", "", HttpStatusCode.NotFound)]
    [InlineData("services/a/b", "", HttpStatusCode.NotFound)]
    public async Task WhatIsWrong_IsSaidInBothFormats(string resource, string query, HttpStatusCode expected)
    {
        var errors = (await Open311Caller.WithoutKey(portal).GetAsync(resource, query, expected)).AsArray();

        var error = Assert.Single(errors);
        GeoReport.HasFields(error, GeoReport.Error);
        Assert.Equal((int)expected, error!["code"]!.GetValue<int>());
        Assert.NotEmpty(error["description"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("PUT", "requests.json", "GET, POST")]
    [InlineData("DELETE", "requests/117-20260302-0001.xml", "GET")]
    [InlineData("POST", "services.json", "GET")]
    [InlineData("POST", "tokens/1.json", "GET")]
    [InlineData("PATCH", "discovery.xml", "GET")]
    public async Task AnotherMethod_Is405_AndTheRightOnesAreNamed(string method, string resource, string allowed)
    {
        using var content = new StringContent("");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/open311/v2/{resource}") { Content = content };
        using var client = portal.CreateDefaultClient();
        using var response = await client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains("405", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services"), InlineData("services.html"), InlineData("requests.csv"), InlineData("")]
    public async Task AnUnknownEnding_Is404_InTheFormatThatEveryServerSpeaks(string resource)
    {
        using var client = portal.CreateDefaultClient();
        using var response = await client.GetAsync(new Uri($"/open311/v2/{resource}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("404", XDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).Root!.Element("error")!.Element("code")!.Value);
    }

    public static TheoryData<string, string?, HttpStatusCode, int> Bad() => new()
    {
        { "service_code", null, HttpStatusCode.BadRequest, 1 },
        { "service_code", "", HttpStatusCode.BadRequest, 1 },
        { "service_code", "0000000000", HttpStatusCode.NotFound, 1 },
        { "jurisdiction_id", "110105", HttpStatusCode.NotFound, 1 },
        { "jurisdiction_id", "999999", HttpStatusCode.NotFound, 1 },
        { "address_string", null, HttpStatusCode.BadRequest, 1 },
        { "address_string", $"马坊镇{new string('很', 200)}", HttpStatusCode.BadRequest, 1 },
        { "address_id", "110105001", HttpStatusCode.BadRequest, 1 },
        { "address_id", "110117", HttpStatusCode.BadRequest, 1 },
        { "lat", "40.1", HttpStatusCode.BadRequest, 1 },
        { "lat", "vierzig", HttpStatusCode.BadRequest, 1 },
        { "description", new string('长', 4001), HttpStatusCode.BadRequest, 1 },
        { "first_name", new string('名', 51), HttpStatusCode.BadRequest, 1 },
        { "phone", new string('1', 31), HttpStatusCode.BadRequest, 1 },
        { "email", new string('e', 101), HttpStatusCode.BadRequest, 1 },
        { "attribute[MATTER]", "0000000000", HttpStatusCode.BadRequest, 1 },
        { "attribute[NATURE]", "shouting", HttpStatusCode.BadRequest, 1 },
        { "attribute[NATURE][]", "help", HttpStatusCode.BadRequest, 1 },
        { "attribute[COLOUR]", "red", HttpStatusCode.BadRequest, 1 },
        { "media_url", "javascript:alert(1)", HttpStatusCode.BadRequest, 1 },
        { "media_url", "file:///etc/passwd", HttpStatusCode.BadRequest, 1 },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task APostThatIsWrong_IsRefused_AndLeavesNothing(string field, string? value, HttpStatusCode expected, int errors)
    {
        var caller = await Open311Caller.OfAsync(portal);
        var fields = Simple;
        fields.Remove(field);
        if (value is not null)
        {
            fields[field] = value;
        }

        var answer = await caller.PostBadAsync(fields, expected);

        Assert.Equal(errors, answer.Count);
        Assert.All(answer, error => GeoReport.HasFields(error, GeoReport.Error));
        Assert.All(answer, error => Assert.Equal((int)expected, error!["code"]!.GetValue<int>()));
        Assert.Empty((await caller.GetAsync("requests")).AsArray());
    }

    [Fact]
    public async Task SeveralMistakes_AreAllNamedAtOnce()
    {
        var caller = await Open311Caller.OfAsync(portal);

        var answer = await caller.PostBadAsync(new() { ["lat"] = "95", ["long"] = "117", ["attribute[NATURE]"] = "?" }, HttpStatusCode.BadRequest, reference: "spaces are not");

        Assert.Equal(4, answer.Count);
    }

    [Fact]
    public async Task AnEmptyParameter_IsAsGoodAsNone()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var fields = Simple;
        foreach (var optional in new[] { "jurisdiction_id", "lat", "long", "address_id", "email", "phone", "first_name", "last_name", "media_url", "attribute[NATURE]", "attribute[PLACE_DETAIL]" })
        {
            fields[optional] = "";
        }

        var request = Assert.Single((await caller.GetAsync($"requests/{await caller.FileAsync(fields)}")).AsArray())!;

        Assert.Null(request["lat"]);
        Assert.Null(request["media_url"]);
    }

    [Fact]
    public async Task WithoutADescription_TheServiceSaysWhatItIs()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var fields = Simple;
        fields.Remove("description");

        var request = Assert.Single((await caller.GetAsync($"requests/{await caller.FileAsync(fields)}")).AsArray())!;

        Assert.Equal("垃圾与保洁", request["description"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("application/json", "{}"), InlineData("text/plain", "service_code=1"), InlineData("multipart/form-data", "no boundary")]
    public async Task ABodyThatIsNoForm_Is400(string type, string text)
    {
        var caller = await Open311Caller.OfAsync(portal);
        using var content = new StringContent(text, Encoding.UTF8, type);

        var (body, _) = await caller.SendAsync(HttpMethod.Post, "requests.json", content, HttpStatusCode.BadRequest);

        Assert.Equal(400, JsonNode.Parse(body)!.AsArray().Single()!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task AHouseFullOfAddresses_CountsAsOne()
    {
        var statuses = new List<int>();
        for (var n = 0; n <= Door.PerMinuteAndAddress; n++)
        {
            var answered = await portal.Server.SendAsync(
                http =>
                {
                    http.Request.Path = "/open311/v2/nothing.json";
                    http.Connection.RemoteIpAddress = IPAddress.Parse($"2001:db8:7:7::{n:x}");
                },
                Stop);
            statuses.Add(answered.Response.StatusCode);
        }

        Assert.Equal(404, statuses[0]);
        Assert.Equal(429, statuses[^1]);
    }

    [Fact]
    public async Task WhoeverReadsEnglish_IsToldInEnglish()
    {
        var (body, _) = await Open311Caller.WithoutKey(portal).SendAsync(HttpMethod.Get, "requests.json", null, HttpStatusCode.Forbidden, language: "en-GB,en;q=0.9");

        Assert.Equal("The api_key is missing.", JsonNode.Parse(body)!.AsArray().Single()!["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task ControlCharacters_NeverSpoilTheXml()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var fields = Simple;
        fields["description"] = "一\u0001二\u000b三\n四 <b>&amp;</b> \ud83d\ude00";

        var request = Assert.Single((await caller.GetAsync($"requests/{await caller.FileAsync(fields)}")).AsArray())!;

        Assert.Equal("一二三\n四 <b>&amp;</b> 😀", request["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task APositionAlone_IsAPlace_AndTheDistrictDecidesWhose()
    {
        var caller = await Open311Caller.OfAsync(portal);

        var number = await caller.FileAsync(new() { ["service_code"] = s_service, ["lat"] = "40.03", ["long"] = "117.01" });

        var request = Assert.Single((await caller.GetAsync($"requests/{number}")).AsArray())!;
        Assert.Equal(("所报位置", "110117"), (request["address"]!.GetValue<string>(), request["address_id"]!.GetValue<string>()));
        Assert.Equal((40.03, 117.01), (request["lat"]!.GetValue<double>(), request["long"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData("110117005", "/11/110117/110117005/")]
    [InlineData("110117001009", "/11/110117/110117001/110117001009/")]
    [InlineData("/11/110117/110117005/", "/11/110117/110117005/")]
    [InlineData("马坊镇政府东侧", "/11/110117/110117005/")]
    [InlineData("滨河社区3号楼前", "/11/110117/110117001/110117001009/")]
    [InlineData("人民路5号", "/11/110117/")]
    [InlineData("马坊镇与滨河街道之间", "/11/110117/")]
    [InlineData("东高村镇大集", "/11/110117/110117101/")]
    [InlineData("东高村镇东高村村口", "/11/110117/110117101/110117101200/")]
    public async Task TheStreetOrCommunity_IsFoundByCodeOrName(string where, string expected)
    {
        var caller = await Open311Caller.OfAsync(portal);
        var fields = Simple;
        fields.Remove("address_string");
        fields[char.IsAsciiDigit(where[0]) || where[0] == '/' ? "address_id" : "address_string"] = where;

        var number = await caller.FileAsync(fields);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal(new OrgPath(expected), (await db.Cases.AsNoTracking().SingleAsync(file => file.Number == number, Stop)).Home);
    }
}
