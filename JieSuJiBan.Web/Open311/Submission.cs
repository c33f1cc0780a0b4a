using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Open311;

/// <summary>A demand as a POST brings it, and everything that is wrong with it.</summary>
internal sealed class Submission
{
    public const int MaxDescription = 4000, MaxName = 50, MaxPhone = 30, MaxEmail = 100, MaxReference = 50;

    private readonly List<Refusal> _refusals = [];

    private Submission() { }

    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>The service it names is not on the list; the specification answers that with 404.</summary>
    public bool IsOfUnknownService { get; private set; }

    /// <summary>What the sender calls it, so that sending it again brings no second case.</summary>
    public string? Reference { get; private set; }

    public Demand? Demand { get; private set; }

    public Petitioner Petitioner { get; private set; } = Petitioner.Anonymous;

    public static async Task<Submission> ReadAsync(Call call, ServiceList services, Whereabouts whereabouts)
    {
        var submission = new Submission();
        var service = submission.ReadService(call, services);
        var position = submission.ReadPosition(call);
        var (home, place) = await submission.ReadPlaceAsync(call, whereabouts, position);
        var (matter, nature) = submission.ReadAttributes(call, service);
        var text = submission.Limited(call, "description", MaxDescription)?.Readable() ?? matter ?? service?.Name ?? "";
        submission.ReadReference(call);
        submission.ReadPetitioner(call);

        if (submission.Refusals.Count == 0)
        {
            var details = call["media_url"] is { } media ? new Dictionary<string, string> { [ChannelForms.MediaLink] = media } : null;
            submission.Demand = new Demand(
                Demand.TitleOf(text), text, Channel.System, nature,
                matter is null ? service!.Category : $"{service!.Category}/{matter}", home, place, Details: details, Position: position,
                SourceNumber: submission.Reference is { } reference ? call.Key!.SourceNumber(reference) : null,
                IsWithheld: nature == Nature.Report);  // nobody here has been named, so it could be about its own street
        }

        return submission;
    }

    private Service? ReadService(Call call, ServiceList services)
    {
        if (call["service_code"] is not { } code)
        {
            _refusals.Add(new("open311.service.missing", "缺少service_code。", "The service_code is missing."));
            return null;
        }

        var service = services.Find(call.District, code);
        if (service is null)
        {
            IsOfUnknownService = true;
            _refusals.Add(RequestDesk.UnknownService);
        }

        return service;
    }

    private Position? ReadPosition(Call call)
    {
        if (call["lat"] is null && call["long"] is null)
        {
            return null;
        }

        if (Degrees(call["lat"], 90) is { } latitude && Degrees(call["long"], 180) is { } longitude)
        {
            return new Position(latitude, longitude, 0);
        }

        _refusals.Add(new("open311.position", "lat和long应同时填写，用十进制度数（WGS84）。", "Give lat and long together, in decimal degrees (WGS84)."));
        return null;
    }

    private async Task<(OrgPath Home, string Place)> ReadPlaceAsync(Call call, Whereabouts whereabouts, Position? position)
    {
        var (address, code, detail) = (call["address_string"], call["address_id"], call[ServiceDefinition.PlaceField]);
        if (address is null && code is null && position is null && call["lat"] is null && call["long"] is null)
        {
            _refusals.Add(new("open311.place.missing", "请填写地点：lat和long，或address_string，或address_id。", "Say where: lat and long, or address_string, or address_id."));
        }

        var place = string.Join(' ', new[] { address?.Readable(), detail?.Readable() }.OfType<string>());
        var isTooLong = place.Length > Demand.MaxPlace;  // and each name in it would be looked up
        var home = code is not null ? whereabouts.ByCode(call.District, code) : isTooLong ? null : await whereabouts.ByNameAsync(call.District, place, call.Gone);
        if (code is not null && home is null)
        {
            _refusals.Add(new("open311.place.code", "没有这个address_id。请填写本区街乡镇（9位）或社区、村（12位）的行政区划代码。", "There is no such address_id: the national code of a street (9 digits) or community (12 digits) of this district."));
        }

        if (isTooLong)
        {
            _refusals.Add(TooLong("address_string", Demand.MaxPlace));
        }

        // Whose place it is, the district decides where nobody said it (条例 12).
        return (home ?? call.District, place.Length > 0 ? place : home is { } named ? whereabouts.Name(named) : "所报位置");
    }

    private (string? Matter, Nature Nature) ReadAttributes(Call call, Service? service)
    {
        foreach (var name in call.Form.Keys.Where(key => key.StartsWith("attribute", StringComparison.Ordinal) && !ServiceDefinition.Parameters.Contains(key)))
        {
            _refusals.Add(new("open311.attribute.unknown", $"没有{name}这一项。", $"There is no {name}."));
        }

        var (code, key) = (call[ServiceDefinition.MatterField], call[ServiceDefinition.NatureField]);
        var matter = code is null ? null : service?.FindMatter(code);
        if (service is not null && code is not null && matter is null)
        {
            _refusals.Add(NoSuchValue(ServiceDefinition.MatterField));
        }

        var nature = key is null ? Nature.Help : ServiceDefinition.NatureOf(key);
        if (nature is null)
        {
            _refusals.Add(NoSuchValue(ServiceDefinition.NatureField));
        }

        return (matter, nature ?? Nature.Help);
    }

    private static Refusal NoSuchValue(string parameter) => new("open311.attribute.value", $"{parameter}没有这个选项。", $"{parameter} has no such value.");

    private void ReadReference(Call call)
    {
        Reference = call.Http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } reference ? reference : null;
        if (Reference is { } given && !IsReference(given))
        {
            _refusals.Add(new("open311.reference", $"Idempotency-Key只能用字母、数字和 - _ . :，最多{MaxReference}个。", $"An Idempotency-Key is made of at most {MaxReference} letters, digits and - _ . :"));
        }
    }

    private void ReadPetitioner(Call call)
    {
        var (first, last) = (Limited(call, "first_name", MaxName)?.Readable() ?? "", Limited(call, "last_name", MaxName)?.Readable() ?? "");
        var isLatin = (first + last).All(char.IsAscii);
        Petitioner = new Petitioner(
            (isLatin ? $"{first} {last}" : last + first).Trim(), Limited(call, "phone", MaxPhone)?.Readable() ?? "", "", Email: Limited(call, "email", MaxEmail)?.Readable() ?? "");
    }

    private string? Limited(Call call, string name, int most)
    {
        var value = call[name];
        if (value?.Length > most)
        {
            _refusals.Add(TooLong(name, most));
        }

        return value;
    }

    public static bool IsReference(string text) => text.Length <= MaxReference && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.:".Contains(letter, StringComparison.Ordinal));

    private static Refusal TooLong(string name, int most) => new("open311.too-long", $"{name}太长了，最多{most}个字。", $"{name} is too long: at most {most} characters.");

    private static double? Degrees(string? text, double most) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;
}
