namespace JieSuJiBan.Domain.Organisation;

/// <summary>
/// Who is acting, for which unit and in which role: everything a rule may ask about the person.
/// <paramref name="SignedInAt"/> is when the password was last given; a leader's decision wants it fresh.
/// </summary>
public sealed record Actor(string UserId, string Name, OrgPath Unit, string UnitName, Role Role, DateTimeOffset SignedInAt)
{
    /// <summary>The portal's own clock, which records what time alone has made true.</summary>
    public static readonly Actor Clock = new("clock", "系统时钟", OrgPath.Portal, "接诉即办协同门户", Role.Portal, DateTimeOffset.MinValue);

    public bool IsIn(OrgPath unit) => unit.Contains(Unit);

    public bool Oversees(OrgPath unit) => Role.OverseesDistrict() && Unit.District.Contains(unit);

    /// <summary>Leads the street, department or enterprise itself, and not merely an office within it.</summary>
    public bool Leads(OrgPath unit) => Unit == unit && (Role.LeadsItsUnit() || (Role == Role.DistrictLeader && unit.Kind == UnitKind.District));
}
