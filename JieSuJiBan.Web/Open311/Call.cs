using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Open311;

/// <summary>One request: in which format it wants its answer, whose key it bears, which district it means, and what it says.</summary>
internal sealed class Call(HttpContext http)
{
    private readonly bool _isEnglish = http.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public HttpContext Http => http;

    public CancellationToken Gone => http.RequestAborted;

    /// <summary>What the address ends in; null if it is no format we speak.</summary>
    public Format? Ending { get; } = FormatOf(http.Request.RouteValues["format"] as string ?? http.Request.Path.Value!.Split('.')[^1]);

    public Format Format => Ending ?? Format.Xml;

    public IFormCollection Form { get; set; } = FormCollection.Empty;

    public ApiKey? Key { get; set; }

    public OrgPath District { get; set; } = OrgPath.Portal;

    /// <summary>A part of the address.</summary>
    public string Route(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>A parameter, sent in the form or the query; an empty one is as good as none.</summary>
    public string? this[string name]
    {
        get
        {
            var value = Form.TryGetValue(name, out var posted) ? posted.ToString() : http.Request.Query[name].ToString();
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    /// <summary>A parameter that may name several things, with commas or by being repeated.</summary>
    public IReadOnlyList<string> List(string name) => this[name]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public Answer No(int status, params IEnumerable<Refusal> refusals) => new(status, new Document("errors", new Items("error", refusals.Select(refusal =>
        new Fields(("code", status), ("description", _isEnglish ? refusal.English : refusal.Chinese))))));

    private static Format? FormatOf(string ending) => ending switch
    {
        "json" => Open311.Format.Json,
        "xml" => Open311.Format.Xml,
        _ => null,
    };
}

/// <summary>What a request is answered.</summary>
internal sealed record Answer(int Status, Document Document)
{
    public static Answer Of(string root, object content) => new(StatusCodes.Status200OK, new Document(root, content));

    public async Task SendAsync(HttpContext http, Format format)
    {
        var bytes = Document.Write(format);
        http.Response.StatusCode = Status;
        http.Response.ContentType = Document.ContentType(format);
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }
}
