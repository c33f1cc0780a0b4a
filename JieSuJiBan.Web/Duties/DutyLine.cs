using System.Globalization;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;

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

    public static DutyLine Of(Duty duty) => new(duty.Id, duty.District, duty.Terms, duty.State, duty.WaitsFor, duty.Version, duty.ChangedAt);

    /// <summary>The unit that leads a matter which lies in a street or community.</summary>
    public OrgPath LeadAt(OrgPath home) => Terms.Lead.At(home);
}

/// <summary>What the address bar of the list holds.</summary>
public sealed record DutyFilter(string? Search = null, string? Area = null, OrgPath? Unit = null, DutyScope? Scope = null, DutyState? State = null, bool OnlyWaiting = false, int Page = 1)
{
    public bool Fits(DutyLine line) =>
        (State is { } state ? line.State == state : line.IsListed)
        && (!OnlyWaiting || line.WaitsFor != DutyJudge.Nobody)
        && (Area is null || line.Terms.Area == Area)
        && (Scope is null || line.Terms.Scope == Scope)
        && (Unit is not { } unit || line.Parts.Any(part => part.Unit == unit || (part.Unit.IsLocality() && part.Unit == Local(unit))));

    // A street finds its own and those of whichever street it is.
    private static OrgPath? Local(OrgPath unit) => unit.Kind switch
    {
        UnitKind.Street => Locality.Street,
        UnitKind.Community => Locality.Community,
        _ => null,
    };
}
