using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Supervision;

// Who may give orders to whom: the district to its streets, departments and enterprises, a street or department to what it consists of.
public sealed partial class SupervisionOrder
{
    public static (SupervisionOrder? Order, Outcome Outcome) Issue(Guid id, string number, OrderTerms terms, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        if ((CheckIssuer(terms.Kind, terms.Unit, by) ?? terms.Check(now)) is { } refusal)
        {
            return (null, refusal);
        }

        var order = new SupervisionOrder { Id = id };
        order.Record(new SupervisionIssued(number, terms.Unit.District, terms, CopiesOf(terms)), by, now);
        return (order, Outcome.Done);
    }

    /// <summary>A rule gives the order. The desks see to it that the same rule does so once.</summary>
    public static SupervisionOrder IssueByRule(Guid id, string number, OrderTerms terms, string rule, string ruleKey, DateTimeOffset now)
    {
        var order = new SupervisionOrder { Id = id };
        order.Record(new SupervisionIssued(number, terms.Unit.District, terms, CopiesOf(terms), rule, ruleKey), Actor.Clock, now);
        return order;
    }

    /// <summary>Whoever may give an order may also judge the answer to it.</summary>
    public static Refusal? CheckIssuer(SupervisionKind kind, OrgPath unit, Actor by)
    {
        if (by.Role.OverseesDistrict() && by.Unit.District.Contains(unit) && unit.Kind is UnitKind.Street or UnitKind.Department or UnitKind.Enterprise)
        {
            return by.Role == Role.Dispatcher && kind is SupervisionKind.Supervise or SupervisionKind.Investigate
                ? new("supervision.kind", "督办、查办由督查或区领导下达。", "The supervisors and the district's leaders supervise and investigate.", "kind")
                : null;
        }

        if (unit.Kind == UnitKind.Street && by.Role is Role.DepartmentHead or Role.DepartmentOfficer or Role.EnterpriseOfficer)
        {
            return new("supervision.street", "部门不得督办街乡镇，请报区督查。", "A department does not supervise a street: tell the district's supervisors.", "unit");
        }

        if (!MayIssue(by) || by.Role.OverseesDistrict() || !by.Unit.Contains(unit) || unit == by.Unit)
        {
            return new("supervision.role", "区级单位由区里督办，社区（村）和科室由所在街乡镇、部门督办。", "The district supervises its units; a street or department supervises its own communities and sections.", "unit");
        }

        return kind == SupervisionKind.Investigate ? new("supervision.kind", "查办由区督查或区领导下达。", "Only the district investigates.", "kind")
            : kind == SupervisionKind.Supervise && !by.Role.LeadsItsUnit() ? new("supervision.kind", "督办由本单位主要领导下达。", "The unit's leader supervises.", "kind")
            : null;
    }

    /// <summary>Holds a post that gives orders to anybody at all.</summary>
    public static bool MayIssue(Actor by) => by.Role.OverseesDistrict() || by.Role is Role.StreetLeader or Role.StreetOfficer or Role.DepartmentHead;

    // 催办: the unit and its head. 督办: whoever answers for the unit, and the supervisors. 查办: the district's leader as well, so the district itself.
    private static List<OrgPath> CopiesOf(OrderTerms terms)
    {
        var copies = new List<OrgPath>();
        if (terms.Unit.Answering != terms.Unit)
        {
            copies.Add(terms.Unit.Answering);
        }

        if (terms.Kind is SupervisionKind.Supervise or SupervisionKind.Investigate)
        {
            copies.Add(terms.Unit.District);
        }

        return copies;
    }
}
