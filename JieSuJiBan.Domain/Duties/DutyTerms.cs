using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Duties;

/// <summary>What another unit contributes to a matter.</summary>
public sealed record CoDuty(OrgPath Unit, string Text);

/// <summary>
/// What a duty says: which matter, who owns it, what he must do about it, who helps with what, by which law, and within what time.
/// </summary>
/// <param name="Area">一级分类, e.g. 供热.</param>
/// <param name="Group">二级分类, e.g. 供热质量.</param>
/// <param name="Matter">三级分类, the matter itself, e.g. 室内温度不达标.</param>
/// <param name="Scope">On whose list it stands.</param>
/// <param name="Lead">The unit that owns it; <see cref="Locality.Street"/> for the street where it lies.</param>
/// <param name="Text">What the lead must do.</param>
/// <param name="CoUnits">Who helps, and with what.</param>
/// <param name="Basis">The law it rests on.</param>
/// <param name="Level">How pressing it is.</param>
/// <param name="Limit">How long it may take where nobody sets another limit.</param>
/// <param name="Keywords">Other words that people use for it, with spaces between them.</param>
public sealed record DutyTerms(
    string Area, string Group, string Matter, DutyScope Scope, OrgPath Lead, string Text, IReadOnlyList<CoDuty> CoUnits, string Basis, CaseLevel Level,
    TimeLimit Limit, string Keywords)
{
    public const int MaxName = 30, MaxText = 500;

    /// <summary>The three levels in one, as a case carries them: 供热/供热质量/室内温度不达标.</summary>
    public string Category => $"{Area}/{Group}/{Matter}";

    /// <summary>Streets or communities have to do something here: 准入 is the district's.</summary>
    public bool ConcernsStreets => Scope != DutyScope.District || Lead.IsOfStreets() || CoUnits.Any(part => part.Unit.IsOfStreets());

    /// <summary>The same without stray spaces and line breaks, which a spreadsheet would not bring back.</summary>
    public DutyTerms Tidy() => this with
    {
        Area = Tidy(Area),
        Group = Tidy(Group),
        Matter = Tidy(Matter),
        Text = Tidy(Text),
        CoUnits = [.. CoUnits.Select(part => part with { Text = Tidy(part.Text) })],
        Basis = Tidy(Basis),
        Keywords = Tidy(Keywords),
    };

    public bool Says(DutyTerms other) => this with { CoUnits = other.CoUnits } == other && CoUnits.SequenceEqual(other.CoUnits);

    /// <summary>Streets or communities have to do something that <paramref name="inForce"/> does not yet ask of them.</summary>
    public bool AsksMoreOfStreetsThan(DutyTerms? inForce) =>
        ConcernsStreets && (inForce is null || inForce.Scope != Scope || !StreetParts().All(inForce.StreetParts().Contains));

    /// <summary>Everything that is wrong with it, each beside its field.</summary>
    public IEnumerable<Refusal> Problems(OrgPath district) => [.. NameProblems(), .. LeadProblems(district), .. CoUnitProblems(district), .. TextProblems()];

    private IEnumerable<(OrgPath Unit, string Text, TimeLimit? Limit)> StreetParts() => CoUnits
        .Where(part => part.Unit.IsOfStreets()).Select(part => (part.Unit, part.Text, (TimeLimit?)null))
        .Concat(Lead.IsOfStreets() ? [(Lead, Text, Limit)] : []);

    private IEnumerable<Refusal> NameProblems()
    {
        foreach (var (name, field) in new[] { (Area, "area"), (Group, "group"), (Matter, "matter") })
        {
            if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Contains('/', StringComparison.Ordinal))
            {
                yield return new("duty.name", $"请填写{MaxName}字以内的名称，不能含斜杠。", $"Give it a name of at most {MaxName} characters, without a slash.", field);
            }
        }
    }

    private IEnumerable<Refusal> LeadProblems(OrgPath district)
    {
        if (Lead.IsCommunity())
        {
            yield return new("duty.lead.community", "社区（村）只能协助，不能主责（条例第十七条）。", "A community or village committee may assist but never lead (art. 17).", "lead");
        }
        else if (!BelongsTo(district, Lead) || !SuitsScope(Lead))
        {
            yield return Scope switch
            {
                DutyScope.District => new("duty.lead.district", "区级职责的主责单位应是本区部门或公共服务企业。", "A duty of the district is led by one of its departments or enterprises.", "lead"),
                DutyScope.Street => new("duty.lead.street", "街乡镇职责的主责单位应是属地街乡镇或本区某个街乡镇。", "A duty of the streets is led by the street where it lies, or by one street of the district.", "lead"),
                _ => new Refusal("duty.lead", "请选择主责单位。", "Choose the lead unit.", "lead"),
            };
        }
    }

    private IEnumerable<Refusal> CoUnitProblems(OrgPath district)
    {
        if (CoUnits.Any(part => part.Unit == Lead) || CoUnits.DistinctBy(part => part.Unit).Count() != CoUnits.Count)
        {
            yield return new("duty.co-unit.twice", "配合单位重复，或与主责单位相同。", "A unit is named twice.", "coUnits");
        }

        if (CoUnits.Any(part => !BelongsTo(district, part.Unit)))
        {
            yield return new("duty.co-unit.district", "配合单位应是本区的部门、企业、街乡镇或社区（村）。", "Those who help are departments, enterprises, streets or communities of the district.", "coUnits");
        }

        if (CoUnits.Any(part => string.IsNullOrWhiteSpace(part.Text) || part.Text.Length > MaxText))
        {
            yield return new("duty.co-unit.text", $"请写明每个配合单位做什么，{MaxText}字以内。", $"Say what each unit helps with, in at most {MaxText} characters.", "coUnits");
        }

        if (Scope == DutyScope.Community && !CoUnits.Any(part => part.Unit.IsCommunity()))
        {
            yield return new("duty.community.none", "社区（村）协助事项要写明社区（村）协助做什么。", "Say what the community helps with.", "coUnits");
        }
    }

    private IEnumerable<Refusal> TextProblems()
    {
        if (string.IsNullOrWhiteSpace(Text) || Text.Length > MaxText)
        {
            yield return new("duty.text", $"请用{MaxText}字以内写明主责单位的职责。", $"Say in at most {MaxText} characters what the lead must do.", "text");
        }

        if (string.IsNullOrWhiteSpace(Basis) || Basis.Length > MaxText)
        {
            yield return new("duty.basis", $"请写明法规依据，{MaxText}字以内。", $"Name the law it rests on, in at most {MaxText} characters.", "basis");
        }

        if (!Limit.IsValid)
        {
            yield return new("duty.limit", "请填写办理时限。", "Give a time limit.", "limit");
        }

        if (Keywords.Length > MaxText)
        {
            yield return new("duty.keywords", $"常用说法最多{MaxText}字。", $"At most {MaxText} characters of other words.", "keywords");
        }
    }

    private static string Tidy(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool BelongsTo(OrgPath district, OrgPath unit) => unit.IsLocality()
        || (district.Contains(unit) && unit.Kind is UnitKind.Department or UnitKind.Enterprise or UnitKind.Street or UnitKind.Community);

    private bool SuitsScope(OrgPath lead) => Scope switch
    {
        DutyScope.District => lead.Kind is UnitKind.Department or UnitKind.Enterprise,
        DutyScope.Street => lead == Locality.Street || lead.Kind == UnitKind.Street,
        _ => true,
    };
}
