using System.Globalization;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Duties;

/// <summary>A duty as it is read: never changed, only replaced by a newer one.</summary>
public sealed record DutyLine(Guid Id, OrgPath District, DutyTerms Terms, DutyState State, DutyJudge WaitsFor, int Version, DateTimeOffset ChangedAt)
{
    private static readonly CompareInfo s_chinese = CompareInfo.GetCompareInfo("zh-CN");

    public bool IsListed => State is DutyState.Proposed or DutyState.InForce;

    /// <summary>The units that own it, the lead first, each with what it must do.</summary>
    public IEnumerable<CoDuty> Parts => Terms.CoUnits.Prepend(new CoDuty(Terms.Lead, Terms.Text));

    /// <summary>By area, group and matter, as Chinese is sorted.</summary>
    internal SortKey Order { get; } = s_chinese.GetSortKey(Terms.Category);

    /// <summary>Where its limit comes from: the usual one of its level, or the list itself.</summary>
    public string LimitBasis(TimeRules rules) => rules.LimitOf(Terms.Level).Limit == Terms.Limit
        ? rules.LimitOf(Terms.Level).Basis
        : $"职责清单：{Terms.Matter}{Terms.Limit}（{Terms.Basis}）";

    public static DutyLine Of(Duty duty) => new(duty.Id, duty.District, duty.Terms, duty.State, duty.WaitsFor, duty.Version, duty.ChangedAt);

    /// <summary>The unit that leads a matter which lies in a street or community.</summary>
    public OrgPath LeadAt(OrgPath home) => Terms.Lead.At(home);
}

/// <summary>What the address bar of the list holds.</summary>
public sealed record DutyFilter(string? Search = null, string? Area = null, OrgPath? Unit = null, DutyScope? Scope = null, DutyState? State = null, bool OnlyWaiting = false, int Page = 1)
{
    /// <summary>As an address says it; what it says wrongly is left out.</summary>
    public static DutyFilter Of(string? search, string? area, string? unit, string? scope, string? state, int? page) => new(
        search?.Trim(), Written(area), Written(unit) is { } path ? new OrgPath(path) : null, Named<DutyScope>(scope), Named<DutyState>(state), state == "waiting", page ?? 1);

    public bool Fits(DutyLine line) =>
        (State is { } state ? line.State == state : line.IsListed)
        && (!OnlyWaiting || line.WaitsFor != DutyJudge.Nobody)
        && (Area is null || line.Terms.Area == Area)
        && (Scope is null || line.Terms.Scope == Scope)
        && (Unit is not { } unit || line.Parts.Any(part => part.Unit == unit || (part.Unit.IsLocality() && part.Unit == Local(unit))));

    private static string? Written(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static TEnum? Named<TEnum>(string? name)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(name, out var value) && Enum.IsDefined(value) ? value : null;

    // A street finds its own and those of whichever street it is.
    private static OrgPath? Local(OrgPath unit) => unit.Kind switch
    {
        UnitKind.Street => Locality.Street,
        UnitKind.Community => Locality.Community,
        _ => null,
    };
}
