using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using JieSuJiBan.Web.PublicDoor;

namespace JieSuJiBan.Tests.Support;

/// <summary>A portal whose public door is as wide as a test needs.</summary>
public sealed class DoorPortal : PortalFixture
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("PublicDoor:ReportsPerHour", "10000"), ("PublicDoor:TriesPerMinute", "10000")];
}

/// <summary>Somebody who comes through the public door with a browser that runs no script: form posts, cookies, and what stands on the page.</summary>
internal sealed partial class Visitor(PortalFixture portal)
{
    public static readonly Dictionary<string, string> Lamp = new()
    {
        ["nature"] = "Help",
        ["text"] = "汇景社区东门的路灯坏了。老人夜里看不清路。",
        ["street"] = Given.Mafang.Value,
        ["place"] = "汇景社区东门",
        ["name"] = "周小姐",
        ["phone"] = "13900007788",
    };

    private readonly HttpClient _client = portal.CreateClientFor(null);

    public HttpClient Client => _client;

    public async Task<string> ReadAsync(string path) => await _client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Opens the form, takes his time, and sends it with what he has changed in it.</summary>
    public async Task<HttpResponseMessage> ReportAsync(Dictionary<string, string>? changes = null, IEnumerable<byte[]>? photos = null)
    {
        var form = Hidden(await ReadAsync("/public"));
        portal.Clock.Advance(TimeSpan.FromSeconds(5));
        return await PostAsync("/public", form.Concat(Lamp), changes, photos);
    }

    /// <summary>Reports, and notes down what the page says.</summary>
    public async Task<(string Number, string Code)> ReportedAsync(Dictionary<string, string>? changes = null, IEnumerable<byte[]>? photos = null)
    {
        using var answer = await ReportAsync(changes, photos);
        Assert.Equal("/public/received", answer.Headers.Location?.ToString());
        return Receipt(await ReadAsync("/public/received"));
    }

    public async Task<HttpResponseMessage> OpenAsync(string number, string code) =>
        await PostAsync("/public/follow", Hidden(await ReadAsync("/public/follow"), "data-follow"), new() { ["number"] = number, ["code"] = code });

    /// <summary>Sends the form of the progress page.</summary>
    public async Task<HttpResponseMessage> SayAsync(string form, Dictionary<string, string> fields, IEnumerable<byte[]>? photos = null) =>
        await PostAsync($"/public/{form}", Hidden(await ReadAsync("/public/follow"), $"data-{form}"), fields, photos);

    public async Task<HttpResponseMessage> PostAsync(
        string path, IEnumerable<KeyValuePair<string, string>> fields, Dictionary<string, string>? changes = null, IEnumerable<byte[]>? photos = null, bool asksJson = false)
    {
        var values = new Dictionary<string, string>(fields);
        foreach (var (name, value) in changes ?? [])
        {
            values[name] = value;
        }

        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            body.Add(new StringContent(value), name);
        }

        foreach (var photo in photos ?? [])
        {
            var part = new ByteArrayContent(photo);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            body.Add(part, "photos", "IMG_20260302_090000.jpg");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        if (asksJson)
        {
            request.Headers.Accept.ParseAdd("application/json");
        }

        return await _client.SendAsync(request);
    }

    /// <summary>The hidden fields of the page's first form, or of the one that bears a mark.</summary>
    public static Dictionary<string, string> Hidden(string html, string mark = "data-report")
    {
        var form = Forms().Matches(html).First(form => form.Value[..form.Value.IndexOf('>', StringComparison.Ordinal)].Contains(mark, StringComparison.Ordinal)).Value;
        return HiddenFields().Matches(form).ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
    }

    public static (string Number, string Code) Receipt(string html) =>
        (Numbers().Match(html).Groups[1].Value, Codes().Match(html).Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();

    [GeneratedRegex("data-number=\"([^\"]+)\"")]
    private static partial Regex Numbers();

    [GeneratedRegex("data-code=\"([^\"]+)\"")]
    private static partial Regex Codes();
}
