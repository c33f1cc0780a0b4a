namespace JieSuJiBan.Domain.Organisation;

/// <summary>
/// Who is acting, for which unit and in which role: everything a rule may ask about the person.
/// <paramref name="SignedInAt"/> is when the password was last given; a leader's decision wants it fresh.
/// </summary>
public sealed record Actor(string UserId, string Name, OrgPath Unit, string UnitName, Role Role, DateTimeOffset SignedInAt)
{
    private const string MatcherId = "matcher";

    /// <summary>
    /// The form that he sends, if it is one. Sent again, because the answer was lost on the way, it is done once; what it puts on
    /// the books has its id.
    /// </summary>
    public Guid? Form { get; init; }

    /// <summary>The key of what the form does, in the log.</summary>
    public string? FormKey => Form is { } form ? $"form:{form:N}" : null;

    /// <summary>The leader in whose place he acts, if he does so as a deputy.</summary>
    public string? DeputyFor { get; init; }

    public bool IsDeputy => DeputyFor is not null;

    /// <summary>Is this person, or stands in for him.</summary>
    public bool Stands(string userId) => (DeputyFor ?? UserId) == userId;

    /// <summary>The portal's own clock, which records what time alone has made true.</summary>
    public static readonly Actor Clock = new("clock", "系统时钟", OrgPath.Portal, "接诉即办协同门户", Role.Portal, DateTimeOffset.MinValue);

    /// <summary>The portal itself where it dispatches without a person.</summary>
    public static Actor Matcher(OrgPath district) => new(MatcherId, "自动派单", district, "接诉即办协同门户", Role.Portal, DateTimeOffset.MinValue);

    private const string AtThePublicDoor = "public";

    /// <summary>Whoever comes through the public door: nobody asks him who he is.</summary>
    public static Actor PublicDoor(OrgPath district) => new(AtThePublicDoor, "诉求人", district, "民意直通车", Role.Portal, DateTimeOffset.MinValue);

    /// <summary>Another system that holds a key of ours; <paramref name="name"/> is what the key is called.</summary>
    public static Actor System(Guid key, string name, OrgPath district) => new($"key:{key:N}", name, district, "其他系统", Role.Portal, DateTimeOffset.MinValue);

    /// <summary>What the hotline itself did with an order, and the import that says so.</summary>
    public static Actor Hotline(OrgPath district) => new("hotline", "12345热线", district, "12345热线", Role.Portal, DateTimeOffset.MinValue);

    public bool IsMatcher => IsPortal && UserId == MatcherId;

    /// <summary>No person: the clock, the matcher, the doors. Each may do only what the domain lets the portal do.</summary>
    public bool IsPortal => Role == Role.Portal;

    public bool IsAtPublicDoor => IsPortal && UserId == AtThePublicDoor;

    public bool IsIn(OrgPath unit) => unit.Contains(Unit);

    public bool Oversees(OrgPath unit) => Role.OverseesDistrict() && Unit.District.Contains(unit);

    /// <summary>Leads the street, department or enterprise itself, and not merely an office within it.</summary>
    public bool Leads(OrgPath unit) => Unit == unit && (Role.LeadsItsUnit() || (Role == Role.DistrictLeader && unit.Kind == UnitKind.District));
}
