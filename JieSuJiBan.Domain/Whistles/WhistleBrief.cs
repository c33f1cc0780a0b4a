using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Whistles;

/// <summary>
/// What a whistle says. It cannot be blown without what was tried, what is asked of each unit and the legal basis:
/// whistlers who come unprepared are what departments complain of most.
/// </summary>
public sealed record WhistleBrief(
    WhistleKind Kind, WhistleSubject Subject, Grounds Grounds, Direction Direction, string Title, string Tried, string LegalBasis,
    IReadOnlyList<Summons> Summons)
{
    public const int MaxTitle = 80;

    /// <summary>Everything that is still wrong with it, each beside its field.</summary>
    public IEnumerable<Refusal> Problems(OrgPath whistler)
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > MaxTitle)
        {
            yield return new("whistle.brief.title", $"请填写{MaxTitle}字以内的标题。", $"Give it a title of at most {MaxTitle} characters.", "title");
        }

        if (string.IsNullOrWhiteSpace(Tried))
        {
            yield return new("whistle.brief.tried", "请写明吹哨前已经做了什么。", "Say what was tried before.", "tried");
        }

        if (string.IsNullOrWhiteSpace(LegalBasis))
        {
            yield return new("whistle.brief.basis", "请写明法规或职责依据。", "Name the legal basis.", "legalBasis");
        }

        if (!SuitsWhistler(whistler))
        {
            yield return new("whistle.brief.direction", "吹哨方向与您的单位不符。", "Your unit cannot blow in this direction.", "direction");
        }

        if (Summons.Count == 0)
        {
            yield return new("whistle.brief.units", "请选择要召集的单位。", "Choose the units to summon.", "units");
        }
        else if (Summons.Count(summons => summons.IsLead) != 1)
        {
            yield return new("whistle.brief.lead", "请指定一个主责单位。", "Name exactly one lead unit.", "units");
        }

        if (Summons.DistinctBy(summons => summons.Unit).Count() != Summons.Count || Summons.Any(summons => summons.Unit == whistler))
        {
            yield return new("whistle.brief.twice", "召集的单位重复，或包含了本单位。", "A unit is named twice, or it is your own.", "units");
        }

        foreach (var summons in Summons.Where(summons => string.IsNullOrWhiteSpace(summons.Ask)))
        {
            yield return new("whistle.brief.ask", "请写明请该单位做什么。", "Say what is asked of this unit.", $"ask:{summons.Unit}");
        }

        if (Summons.Any(summons => !CanBeSummoned(whistler, summons.Unit)))
        {
            yield return new("whistle.brief.unit-kind", "所选单位与吹哨方向不符，或不在本区（本街乡）。", "A chosen unit does not fit the direction, or lies outside your district or street.", "units");
        }
    }

    public static IReadOnlyList<Direction> DirectionsOf(OrgPath whistler) => whistler.Kind switch
    {
        UnitKind.Street => [Direction.StreetToDepartments],
        UnitKind.Department => [Direction.DepartmentToDepartments, Direction.DepartmentToStreets],
        UnitKind.Community => [Direction.VillageToSections],
        _ => [],
    };

    private bool SuitsWhistler(OrgPath whistler) => DirectionsOf(whistler).Contains(Direction);

    /// <summary>Whether a unit may be called in this direction. Later additions to a room ask the same.</summary>
    public bool CanBeSummoned(OrgPath whistler, OrgPath unit) => Direction switch
    {
        Direction.StreetToDepartments or Direction.DepartmentToDepartments =>
            unit.Kind is UnitKind.Department or UnitKind.Enterprise && unit.District == whistler.District,
        Direction.DepartmentToStreets => unit.Kind == UnitKind.Street && unit.District == whistler.District,
        Direction.VillageToSections => unit.Kind == UnitKind.Section && unit.Parent == whistler.Parent,
        _ => false,
    };
}

/// <summary>What the room asks of a leader. The fields that count depend on the kind.</summary>
/// <param name="Kind">Escalation, extension, suspension, re-assignment, or a unit that is late.</param>
/// <param name="Reason">Why the room cannot settle it.</param>
/// <param name="Until">The new limit (extension) or the day on which it is looked at again (suspension).</param>
/// <param name="Resolution">An extension of one resolution; without it, of the case.</param>
/// <param name="Explanation">What the petitioner was told of an extension of the case (条例 15).</param>
/// <param name="Unit">The unit to take out (re-assignment), or that is late.</param>
/// <param name="NewUnit">The unit to put in its place.</param>
/// <param name="Late">What the unit is late with; only the clock asks that.</param>
/// <param name="Evidence">The times that prove it.</param>
public sealed record LeaderQuestion(
    RequestKind Kind, string Reason, DateTimeOffset? Until = null, int? Resolution = null, string? Explanation = null, OrgPath? Unit = null, OrgPath? NewUnit = null,
    LateMatter? Late = null, TimeEvidence? Evidence = null);

/// <summary>The whistler's marks for a unit, each from 1 to 5. One below the middle wants a reason.</summary>
public sealed record UnitRating(int Response, int Arrival, int Measure, int Result, string? Remark)
{
    public const int Best = 5, Middle = 3, MaxRemark = 500;

    internal IReadOnlyList<int> Marks => [Response, Arrival, Measure, Result];
}

/// <summary>A unit's marks for the whistle, in the same way.</summary>
public sealed record WhistleRating(int Prepared, int RightUnit, int Clear, string? Remark)
{
    internal IReadOnlyList<int> Marks => [Prepared, RightUnit, Clear];
}
