using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Duties;

namespace JieSuJiBan.Web.Open311;

/// <summary>The two upper levels of categories as a service; the matters below them are what it asks for.</summary>
/// <param name="Category">As a case carries it: 市容环卫/垃圾与保洁.</param>
internal sealed record Service(string Category, IReadOnlyList<string> Matters)
{
    /// <summary>Made of the category, so it stays as long as the category's name does.</summary>
    public string Code => CodeOf(Category);

    public string Name => Category[(Category.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public string Group => Category.Split('/')[0];

    /// <summary>The service that a case of this category is filed under, whether or not the list still has it.</summary>
    public static Service Of(string category) => new(string.Join('/', category.Split('/').Take(2)), []);

    public string CodeOfMatter(string matter) => CodeOf($"{Category}/{matter}");

    public string? FindMatter(string code) => Matters.FirstOrDefault(matter => CodeOfMatter(matter) == code);

    private static string CodeOf(string category) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(category)).AsSpan(0, 5));
}

/// <summary>A district's duty list as services. The one place here that knows where categories come from.</summary>
internal sealed class ServiceList(DutyBook duties)
{
    private static readonly DateTimeOffset s_shipped = new(File.GetLastWriteTimeUtc(typeof(ServiceList).Assembly.Location), TimeSpan.Zero);

    public IReadOnlyList<Service> Of(OrgPath district) =>
    [
        .. duties.MattersOf(district)
            .GroupBy(line => $"{line.Terms.Area}/{line.Terms.Group}")
            .Select(group => new Service(group.Key, [.. group.Select(line => line.Terms.Matter)])),
    ];

    public Service? Find(OrgPath district, string code) => Of(district).FirstOrDefault(service => service.Code == code);

    /// <summary>Clients that keep the list read it anew after this. A district without a list of its own has the one that came with the portal.</summary>
    public DateTimeOffset ChangedAt(OrgPath district) => duties.MattersOf(district).Select(line => line.ChangedAt).Append(s_shipped).Max();
}
