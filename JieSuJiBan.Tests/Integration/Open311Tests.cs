using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Open311;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The contract: what GeoReport v2 says a server answers, document by document, in both formats.</summary>
public class Open311Tests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Here = "?jurisdiction_id=110117";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discovery_LeadsToTheEndpoint()
    {
        var discovery = await Open311Caller.WithoutKey(portal).GetAsync("discovery");

        GeoReport.HasFields(discovery, GeoReport.Discovery);
        Assert.True(GeoReport.Time(discovery["changeset"]) < DateTimeOffset.MaxValue);
        Assert.NotEmpty(discovery["contact"]!.GetValue<string>());
        Assert.NotEmpty(discovery["key_service"]!.GetValue<string>());
        var endpoint = Assert.Single(discovery["endpoints"]!.AsArray());
        GeoReport.HasFields(endpoint, GeoReport.Endpoint);
        Assert.Equal(GeoReport.Specification, endpoint!["specification"]!.GetValue<string>());
        Assert.Equal("http://localhost:5080/open311/v2", endpoint["url"]!.GetValue<string>());
        GeoReport.Time(endpoint["changeset"]);
        Assert.Equal("test", endpoint["type"]!.GetValue<string>());
        Assert.Equal(["text/xml", "application/json"], endpoint["formats"]!.AsArray().Select(format => format!.GetValue<string>()));
    }

    [Fact]
    public async Task Services_EachHasTheSpecifiedFields_AndACodeOfItsOwn()
    {
        var services = (await Open311Caller.WithoutKey(portal).GetAsync("services", Here)).AsArray();

        Assert.True(services.Count > 50);
        Assert.All(services, service =>
        {
            GeoReport.HasFields(service, GeoReport.Service);
            Assert.True(service!["metadata"]!.GetValue<bool>());
            Assert.Contains(service["type"]!.GetValue<string>(), GeoReport.Types);
            Assert.All(new[] { "service_code", "service_name", "description", "keywords", "group" }, field => Assert.NotEmpty(service[field]!.GetValue<string>()));
        });
        Assert.Equal(services.Count, services.Select(service => service!["service_code"]!.GetValue<string>()).Distinct().Count());
        var heating = services.Single(service => service!["service_name"]!.GetValue<string>() == "供热质量")!;
        Assert.Equal("供热", heating["group"]!.GetValue<string>());
        Assert.Contains("室内温度不达标, ", heating["keywords"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADefinition_SaysWhatElseIsAsked()
    {
        var code = await CodeAsync("垃圾与保洁");

        var definition = await Open311Caller.WithoutKey(portal).GetAsync($"services/{code}", Here);

        GeoReport.HasFields(definition, GeoReport.Definition);
        Assert.Equal(code, definition["service_code"]!.GetValue<string>());
        var attributes = definition["attributes"]!.AsArray();
        Assert.All(attributes, attribute =>
        {
            GeoReport.HasFields(attribute, GeoReport.Attribute);
            Assert.True(attribute!["variable"]!.GetValue<bool>());
            Assert.False(attribute["required"]!.GetValue<bool>());
            Assert.Contains(attribute["datatype"]!.GetValue<string>(), GeoReport.Datatypes);
            Assert.All(attribute["values"]!.AsArray(), value => GeoReport.HasFields(value, GeoReport.Value));
        });
        Assert.Equal([1, 2, 3], attributes.Select(attribute => attribute!["order"]!.GetValue<int>()));
        Assert.Equal(["singlevaluelist", "singlevaluelist", "string"], attributes.Select(attribute => Text(attribute!, "datatype")));
        Assert.Contains("垃圾清运", attributes[0]!["values"]!.AsArray().Select(value => Text(value!, "name")));
        Assert.Equal(["question", "help", "complaint", "report", "proposal", "thanks", "praise"], attributes[1]!["values"]!.AsArray().Select(value => Text(value!, "key")));
    }

    [Fact]
    public async Task APostedRequest_IsACase_AndIsReadBackWithEveryField()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var code = await CodeAsync("道路养护");
        var number = await caller.FileAsync(new()
        {
            ["jurisdiction_id"] = "110117",
            ["service_code"] = code,
            ["lat"] = "40.0371",
            ["long"] = "117.0012",
            ["address_string"] = "滨河街道滨河社区东门外",
            ["email"] = "smit333@example.org",
            ["device_id"] = "tt222111",
            ["account_id"] = "123456",
            ["first_name"] = "约翰",
            ["last_name"] = "史",
            ["phone"] = "13000001111",
            ["description"] = "路面塌陷一个大坑。\n晚上没有灯。",
            ["media_url"] = "http://farm3.static.example.org/2002/2212426634_5ed477a060.jpg",
            ["attribute[MATTER]"] = new Service("道路交通/道路养护", []).CodeOfMatter("市政道路破损"),
            ["attribute[NATURE]"] = "complaint",
            ["attribute[PLACE_DETAIL]"] = "公交站旁",
        });

        var request = Assert.Single((await caller.GetAsync($"requests/{number}")).AsArray())!;

        GeoReport.HasFields(request, GeoReport.Request);
        Assert.Equal(number, Text(request, "service_request_id"));
        Assert.Equal("open", Text(request, "status"));
        Assert.Equal("已收到，正在确定由谁办理", Text(request, "status_notes"));
        Assert.Equal("道路养护", Text(request, "service_name"));
        Assert.Equal(code, Text(request, "service_code"));
        Assert.Equal("路面塌陷一个大坑。\n晚上没有灯。", Text(request, "description"));
        Assert.Equal(portal.Clock.GetUtcNow(), GeoReport.Time(request["requested_datetime"]));
        Assert.Equal(portal.Clock.GetUtcNow(), GeoReport.Time(request["updated_datetime"]));
        Assert.Equal("滨河街道滨河社区东门外 公交站旁", Text(request, "address"));
        Assert.Equal("110117001009", Text(request, "address_id"));
        Assert.Equal((40.0371, 117.0012), (request["lat"]!.GetValue<double>(), request["long"]!.GetValue<double>()));
        Assert.Equal("http://farm3.static.example.org/2002/2212426634_5ed477a060.jpg", Text(request, "media_url"));
        Assert.All(new[] { "agency_responsible", "service_notice", "expected_datetime", "zipcode" }, field => Assert.Null(request[field]));

        var file = await FindAsync(number);
        Assert.Equal(
            (Channel.System, Nature.Complaint, "道路交通/道路养护/市政道路破损", Binhe, "路面塌陷一个大坑"), (file.Channel, file.Nature, file.Category, file.Home.Parent, file.Title));
        var petitioner = await portal.Get<PetitionerVault>().OpenAsync(file.Id, Stop);
        Assert.Equal(new Petitioner("史约翰", "13000001111", "", Email: "smit333@example.org"), petitioner);
        Assert.DoesNotContain("13000001111", await File.ReadAllTextAsync(Path.Combine(portal.Folder, "portal.log"), Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xml"), InlineData("json")]
    public async Task TheAnswerToAPost_HasTheSpecifiedFields(string format)
    {
        var caller = await Open311Caller.OfAsync(portal);
        using var form = new FormUrlEncodedContent(await SimpleAsync());

        var (body, _) = await caller.SendAsync(HttpMethod.Post, $"requests.{format}", form, HttpStatusCode.OK);

        var answer = format == "xml" ? GeoReport.Spark(XDocument.Parse(body).Root!)! : JsonNode.Parse(body)!;
        var request = Assert.Single(answer.AsArray())!;
        GeoReport.HasFields(request, GeoReport.Posted);
        Assert.Matches(@"^117-\d{8}-\d{4,}$", Text(request, "service_request_id"));
        Assert.Equal("诉求已登记，将派给负责的单位办理。", Text(request, "service_notice"));
        Assert.Null(request["account_id"]);
    }

    [Fact]
    public async Task AFormInParts_IsReadToo()
    {
        var caller = await Open311Caller.OfAsync(portal);
        using var parts = new MultipartFormDataContent();
        foreach (var (name, value) in await SimpleAsync())
        {
            parts.Add(new StringContent(value), name);
        }

        var (body, _) = await caller.SendAsync(HttpMethod.Post, "requests.json", parts, HttpStatusCode.OK);

        Assert.NotEmpty(JsonNode.Parse(body)!.AsArray());
    }

    [Fact]
    public async Task Dispatched_Answered_Closed_TheSenderSeesEach()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var number = await caller.FileAsync(await SimpleAsync());
        var id = (await FindAsync(number)).Id;
        var due = portal.Clock.GetUtcNow().AddDays(7);
        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(new DispatchOrder(Mafang, [], due, "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));

        var dispatched = Assert.Single((await caller.GetAsync($"requests/{number}")).AsArray())!;
        Assert.Equal("平谷区马坊镇", Text(dispatched, "agency_responsible"));
        Assert.Equal(due, GeoReport.Time(dispatched["expected_datetime"]));
        Assert.Equal("已交平谷区马坊镇", Text(dispatched, "status_notes"));

        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Contact(true, "已联系13000001111的孟先生", Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Progress("已清理。", null, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Submit("已清理。", null, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, StreetHead, file => file.Answer("已答复孟先生。", StreetHead, portal.Clock.GetUtcNow()));
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(Yes, Dispatcher, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Dispatcher, file => file.Close("同意结案。", Dispatcher, portal.Clock.GetUtcNow()));
        var closedAt = portal.Clock.GetUtcNow();
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await portal.DoAsync(id, Dispatcher, file => file.Reveal("核对", Dispatcher, portal.Clock.GetUtcNow()));

        var closed = Assert.Single((await caller.GetAsync($"requests/{number}")).AsArray())!;
        Assert.Equal("closed", Text(closed, "status"));
        Assert.Equal(closedAt, GeoReport.Time(closed["updated_datetime"]));
        Assert.DoesNotContain("孟先生", closed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AToken_IsTheSendersOwnReference_AndFindsTheRequest()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var number = await caller.FileAsync(await SimpleAsync(), reference: "order-2026:0001");

        var found = Assert.Single((await caller.GetAsync("tokens/order-2026:0001")).AsArray())!;

        GeoReport.HasFields(found, GeoReport.Token);
        Assert.Equal((number, "order-2026:0001"), (Text(found, "service_request_id"), Text(found, "token")));
    }

    [Fact]
    public async Task OncePetitionersAreErased_NothingIsToldOfWhatTheyWrote()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var number = await caller.FileAsync(await SimpleAsync());
        await using (var db = await portal.OpenDatabaseAsync())
        {
            var id = (await FindAsync(number)).Id;
            await PetitionerVault.EraseAsync(db, id);
            await db.SaveChangesAsync(Stop);
        }

        Assert.Null(Assert.Single((await caller.GetAsync($"requests/{number}")).AsArray())!["description"]);
    }

    [Fact]
    public async Task WhatSpeaksOfDanger_IsMarked_AndTheSenderIsToldWhomToCall()
    {
        var caller = await Open311Caller.OfAsync(portal);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(await SimpleAsync()) { ["description"] = "楼道里燃气泄漏，味道很大" });

        var (body, _) = await caller.SendAsync(HttpMethod.Post, "requests.json", form, HttpStatusCode.OK);

        var answer = Assert.Single(JsonNode.Parse(body)!.AsArray())!;
        Assert.Contains("119", Text(answer, "service_notice"), StringComparison.Ordinal);
        Assert.NotNull((await FindAsync(Text(answer, "service_request_id"))).SafetyWord);
    }

    [Fact]
    public async Task A举报_IsHiddenFromItsPlace_UntilSomebodyHasLooked()
    {
        var caller = await Open311Caller.OfAsync(portal);
        var number = await caller.FileAsync(new(await SimpleAsync()) { ["attribute[NATURE]"] = "report" });

        var id = (await FindAsync(number)).Id;

        Assert.NotNull(await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop));
        Assert.Null(await portal.Get<CaseDesk>().FindAsync(id, Street, Stop));
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private async Task<CaseFile> FindAsync(string number)
    {
        await using var db = await portal.OpenDatabaseAsync();
        return await db.Cases.AsNoTracking().SingleAsync(file => file.Number == number, Stop);
    }

    private async Task<string> CodeAsync(string name) => (await Open311Caller.WithoutKey(portal).GetAsync("services", Here)).AsArray()
        .Single(service => Text(service!, "service_name") == name)!["service_code"]!.GetValue<string>();

    private async Task<Dictionary<string, string>> SimpleAsync() => new()
    {
        ["service_code"] = await CodeAsync("垃圾与保洁"),
        ["address_string"] = "马坊镇汇景社区南门",
        ["description"] = "垃圾三天没有清运",
    };
}
