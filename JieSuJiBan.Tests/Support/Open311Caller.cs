using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Open311;

namespace JieSuJiBan.Tests.Support;

/// <summary>Another system: it has a key, or none, and speaks GeoReport in both formats.</summary>
internal sealed class Open311Caller(HttpClient client, string? key = null)
{
    public string? Key => key;

    public static async Task<Open311Caller> OfAsync(PortalFixture portal, OrgPath? district = null)
    {
        var (secret, outcome) = await portal.Get<KeyDesk>().CreateAsync("随手拍", district ?? Given.District, Given.Administrator);
        Assert.Null(outcome.Refusal);
        return new Open311Caller(portal.CreateDefaultClient(), secret);
    }

    public static Open311Caller WithoutKey(PortalFixture portal) => new(portal.CreateDefaultClient());

    /// <summary>Asks for both formats, sees that they say the same, and gives the JSON.</summary>
    public async Task<JsonNode> GetAsync(string resource, string query = "", HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (json, _) = await SendAsync(HttpMethod.Get, $"{resource}.json{query}", null, expected);
        var (xml, _) = await SendAsync(HttpMethod.Get, $"{resource}.xml{query}", null, expected);
        AreTheSame(json, xml);
        return JsonNode.Parse(json)!;
    }

    public static void AreTheSame(string json, string xml) =>
        Assert.True(JsonNode.DeepEquals(GeoReport.AsText(JsonNode.Parse(json)), GeoReport.Spark(XDocument.Parse(xml).Root!)), $"{json}\n{xml}");

    /// <summary>Posts a request and gives its number.</summary>
    public async Task<string> FileAsync(Dictionary<string, string> fields, string? reference = null)
    {
        var (json, _) = await SendAsync(HttpMethod.Post, "requests.json", new FormUrlEncodedContent(fields), HttpStatusCode.OK, reference);
        return JsonNode.Parse(json)!.AsArray().Single()!["service_request_id"]!.GetValue<string>();
    }

    public async Task<JsonArray> PostBadAsync(Dictionary<string, string> fields, HttpStatusCode expected, string? reference = null)
    {
        var (json, _) = await SendAsync(HttpMethod.Post, "requests.json", new FormUrlEncodedContent(fields), expected, reference);
        var (xml, _) = await SendAsync(HttpMethod.Post, "requests.xml", new FormUrlEncodedContent(fields), expected, reference);
        AreTheSame(json, xml);
        return JsonNode.Parse(json)!.AsArray();
    }

    public async Task<(string Body, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string resource, HttpContent? content, HttpStatusCode expected, string? reference = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, $"/open311/v2/{resource}") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        if (reference is not null)
        {
            request.Headers.Add("Idempotency-Key", reference);
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var body = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode} {resource}: {body}");

        var isJson = resource.Split('?')[0].EndsWith(".json", StringComparison.Ordinal);
        Assert.Equal(isJson ? "application/json; charset=utf-8" : "text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        if (!isJson)
        {
            Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", body, StringComparison.Ordinal);
        }

        return (body, response.Headers);
    }
}
