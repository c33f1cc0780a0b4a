using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>What a citizen writes into the form of the public door, and nothing that he does not write there.</summary>
public sealed record PublicReport
{
    public const int MaxText = 2000, MaxPlace = 100, MaxName = 40, MaxPhone = 30;

    /// <summary>What one can want, in the order of the form.</summary>
    public static readonly IReadOnlyList<Nature> Natures = [Nature.Help, Nature.Complaint, Nature.Question, Nature.Proposal, Nature.Praise, Nature.Report];

    /// <summary>Chosen at random where the form was opened; sending the same thing again bears the same key.</summary>
    public required Guid Key { get; init; }

    public Nature Nature { get; init; } = Nature.Help;
    public string Text { get; init; } = "";

    /// <summary>A street; the district itself where somebody does not know.</summary>
    public OrgPath? Home { get; init; }

    public string Place { get; init; } = "";
    public Position? Position { get; init; }
    public OrgPath? Reported { get; init; }
    public string Name { get; init; } = "";
    public string Phone { get; init; } = "";
    public IReadOnlyList<IFormFile> Photos { get; init; } = [];

    /// <summary>No person sees this field; programs fill it in.</summary>
    public string Website { get; init; } = "";

    public string Opened { get; init; } = "";

    public static PublicReport Blank() => new() { Key = Guid.NewGuid() };

    public static PublicReport Read(IFormCollection form)
    {
        var nature = Enum.TryParse<Nature>(form["nature"], out var parsed) && Natures.Contains(parsed) ? parsed : Nature.Help;
        return new()
        {
            Key = Guid.TryParse(form["key"], out var key) && key != Guid.Empty ? key : Guid.NewGuid(),
            Nature = nature,
            Text = Line(form, "text"),
            Home = Unit(form, "street"),
            Place = Line(form, "place"),
            Position = ReadPosition(form),
            Reported = nature == Nature.Report ? Unit(form, "reported") : null,
            Name = Line(form, "name"),
            Phone = Line(form, "phone"),
            Photos = [.. form.Files.Where(file => file.Name == "photos" && file.Length > 0)],
            Website = Line(form, "website"),
            Opened = Line(form, "opened"),
        };
    }

    /// <summary>Everything that is missing or too much, each beside its field.</summary>
    public IEnumerable<Refusal> Check(UnitBook units, OrgPath district)
    {
        if (Text.Length == 0)
        {
            yield return new("case.missing.text", "请写明要反映的问题。", "Please say what is wrong.", "text");
        }

        if (Text.Length > MaxText)
        {
            yield return new("case.too-long", $"太长了，最多{MaxText}个字。", $"Too long: at most {MaxText} characters.", "text");
        }

        if (Home is not { } home || (home != district && !(home.Kind == UnitKind.Street && home.Parent == district && units.Find(home) is not null)))
        {
            yield return new("case.register.home", "请选择所在的街道、乡镇；不清楚的选“不清楚”。", "Choose the street or township, or that you do not know.", "street");
        }

        if (Place.Length == 0 && Position is null)
        {
            yield return new("case.missing.place", "请写明地点，或附上您的位置。", "Say where it is, or give your position.", "place");
        }

        if (Place.Length > MaxPlace)
        {
            yield return new("case.too-long", $"太长了，最多{MaxPlace}个字。", $"Too long: at most {MaxPlace} characters.", "place");
        }

        if (Name.Length > MaxName)
        {
            yield return new("case.too-long", $"太长了，最多{MaxName}个字。", $"Too long: at most {MaxName} characters.", "name");
        }

        if (Phone.Length > MaxPhone || Phone.Any(letter => !char.IsAsciiDigit(letter) && letter is not ('+' or '-' or ' ')))
        {
            yield return new("public.phone", "电话只填数字，如13800000000。", "Digits only, please, such as 13800000000.", "phone");
        }

        if (Reported is { } reported && !(reported.Parent == district && units.Find(reported) is { Kind: UnitKind.Street or UnitKind.Department or UnitKind.Enterprise }))
        {
            yield return new("public.reported", "请从名单中选择被举报单位。", "Choose the unit from the list.", "reported");
        }
    }

    public Demand ToDemand(string category, IReadOnlyList<AttachmentRef>? photos) => new(
        Demand.TitleOf(Text), Text, Channel.PublicDoor, Nature, category, Home!.Value, Place.Length > 0 ? Place : "手机定位处",
        Reported, photos, Position: Position);

    // Given on purpose, or not at all: half a position, or one that is none, is left out.
    private static Position? ReadPosition(IFormCollection form) =>
        Number(form, "latitude") is { } latitude and >= -90 and <= 90 && Number(form, "longitude") is { } longitude and >= -180 and <= 180
            ? new Position(Math.Round(latitude, 6), Math.Round(longitude, 6), Math.Round(Math.Clamp(Number(form, "accuracy") ?? 0, 0, 100_000)))
            : null;

    private static double? Number(IFormCollection form, string name) =>
        double.TryParse(form[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static OrgPath? Unit(IFormCollection form, string name) => Line(form, name) is { Length: > 0 and <= 100 } path ? new OrgPath(path) : null;

    internal static string Line(IFormCollection form, string name) => form[name].ToString().ReplaceLineEndings("\n").Readable().Trim();
}
