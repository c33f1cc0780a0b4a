using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Duties;

/// <summary>Units that a duty names by where the matter lies: 属地街乡镇, 属地社区（村）.</summary>
public static class Locality
{
    public const string StreetName = "属地街乡镇", CommunityName = "属地社区（村）";

    public static readonly OrgPath Street = new("/~/street/");
    public static readonly OrgPath Community = new("/~/community/");

    public static bool IsLocality(this OrgPath unit) => unit == Street || unit == Community;

    /// <summary>A street or a community, one of its own or wherever the matter lies.</summary>
    public static bool IsOfStreets(this OrgPath unit) => unit.IsLocality() || unit.Kind is UnitKind.Street or UnitKind.Community;

    public static bool IsCommunity(this OrgPath unit) => unit == Community || unit.Kind == UnitKind.Community;

    /// <summary>The unit that is meant for a matter which lies in <paramref name="home"/>, a street or community.</summary>
    public static OrgPath At(this OrgPath unit, OrgPath home) =>
        unit == Street ? home.Answering : unit == Community ? home : unit;
}
