using System.Collections.Concurrent;
using System.Linq.Expressions;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Access;

/// <summary>
/// Who may see what: the one place that says so. Each rule is an expression, so the same words filter a list in the database and
/// judge a single case, room, file, print or push in memory. What one may not see does not exist: 404 everywhere.
/// </summary>
public static class Sight
{
    private static readonly ConcurrentDictionary<(Role, OrgPath), (Func<CaseFile, bool> Case, Func<Whistle, bool> Whistle, Func<SupervisionOrder, bool> Order)> s_compiled = [];

    /// <summary>
    /// The units with a part in the case; in its district the command centre, leaders and supervisors; the archivist, once it is
    /// finished. Never the unit that a 举报 is about, whatever its part.
    /// </summary>
    public static Expression<Func<CaseFile, bool>> Cases(Actor actor)
    {
        var (unit, district, role) = (actor.Unit, actor.Unit.District, actor.Role);
        var own = Upwards(unit);

        if (role.OverseesDistrict())
        {
            return file => file.District == district && (file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value));
        }

        if (role == Role.Archivist)
        {
            return file => file.District == district && (file.Status == CaseStatus.Closed || file.Status == CaseStatus.Archived)
                && (file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value));
        }

        return role.HandlesCases()
            ? file => file.Parties.Any(party => party.Unit == unit && party.IsCurrent)
                && (file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value))
            : file => false;
    }

    /// <summary>
    /// The whistler and his signer from the first draft; the summoned, whoever answers for them, and the district once it has
    /// sounded. Never the unit that the 举报 behind it is about.
    /// </summary>
    public static Expression<Func<Whistle, bool>> Whistles(Actor actor)
    {
        var (unit, district, role) = (actor.Unit, actor.Unit.District, actor.Role);
        var own = Upwards(unit);

        if (role.OverseesDistrict())
        {
            return whistle => whistle.SoundedAt != null && whistle.District == district && (whistle.ReportedUnit == null || !own.Contains(whistle.ReportedUnit.Value));
        }

        if (role == Role.Archivist)
        {
            return whistle => whistle.Stage == WhistleStage.Ended && whistle.District == district && (whistle.ReportedUnit == null || !own.Contains(whistle.ReportedUnit.Value));
        }

        return role.HandlesCases()
            ? whistle => (whistle.ReportedUnit == null || !own.Contains(whistle.ReportedUnit.Value))
                && (whistle.Whistler == unit || whistle.Signer == unit
                    || (whistle.SoundedAt != null && whistle.Units.Any(summoned => summoned.Unit == unit || summoned.Answering == unit)))
            : whistle => false;
    }

    /// <summary>
    /// The cases that the actor may see, for a list. Whoever sees by his unit's part is led to them from that part's index: the
    /// rule alone would be asked of every case there is.
    /// </summary>
    public static IQueryable<CaseFile> CasesFor(this PortalDbContext db, Actor actor, bool onlyOpen = false)
    {
        if (actor.Role.OverseesDistrict() || !actor.Role.HandlesCases())
        {
            var all = db.Cases.AsNoTracking().Where(Cases(actor));
            return onlyOpen ? all.Where(file => file.IsOpen) : all;
        }

        // To have a part is to see it, so it is not asked again. Of the open ones most of what lists ask stands in a narrow index.
        var (unit, own) = (actor.Unit, Upwards(actor.Unit));
        var cases = onlyOpen
            ? db.Cases.FromSql($"""
                SELECT * FROM "Cases" INDEXED BY "IX_Cases_Found" WHERE "IsOpen" = 1
                    AND "Id" IN (SELECT "CaseId" FROM "CaseParties" WHERE "Unit" = {unit.Value} AND "IsCurrent" = 1 AND "IsOpen" = 1)
                """)
            : db.Cases.Where(file => db.Set<CaseParty>().Where(party => party.Unit == unit && party.IsCurrent).Select(party => party.CaseId).Contains(file.Id));
        return cases.AsNoTracking().Where(file => file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value));
    }

    /// <summary>The duty list is open to every officer of its district.</summary>
    public static bool CanSee(this Actor actor, Duty duty) => actor.Unit.District == duty.District;

    /// <summary>Who oversees the district works on the red and black list; what was published is for everybody in it who works on cases.</summary>
    public static Expression<Func<FirmList, bool>> FirmLists(Actor actor)
    {
        var (district, keeps, reads) = (actor.Unit.District, FirmList.CanKeep(actor), actor.Role.SeesCases());
        return list => list.District == district && (keeps || (reads && list.Edition > 0));
    }

    public static bool CanSee(this Actor actor, FirmList list) => FirmLists(actor).Compile()(list);

    /// <summary>So is the calendar of foreseen problems.</summary>
    public static bool CanSee(this Actor actor, ForeseenProblem problem) => actor.Unit.District == problem.District;

    /// <summary>Who holds the reviews of the district or street; once one is closed, whoever works there.</summary>
    public static Expression<Func<Review, bool>> Reviews(Actor actor)
    {
        var (own, district, keeps, works) = (Review.UnitOf(actor), actor.Unit.District, Review.CanKeep(actor), actor.Role.HandlesCases());
        return review => works && ((review.Unit == own && (keeps || !review.IsOpen)) || (review.Unit == district && !review.IsOpen));
    }

    /// <summary>What was published is for everybody in the district who works on cases, the withdrawn too: it had been read.</summary>
    public static Expression<Func<PublishedRanking, bool>> Rankings(Actor actor)
    {
        var (district, reads) = (actor.Unit.District, actor.Role.SeesCases());
        return ranking => reads && ranking.District == district;
    }

    public static bool CanSee(this Actor actor, PublishedRanking ranking) => Rankings(actor).Compile()(ranking);

    /// <summary>So is a published report on the demands of firms; a draft is for those who keep it.</summary>
    public static Expression<Func<EnterpriseReport, bool>> EnterpriseReports(Actor actor)
    {
        var (district, reads, keeps) = (actor.Unit.District, actor.Role.SeesCases(), EnterpriseReport.CanKeep(actor));
        return report => reads && report.District == district && (keeps || report.Edition > 0);
    }

    public static bool CanSee(this Actor actor, EnterpriseReport report) => EnterpriseReports(actor).Compile()(report);

    /// <summary>
    /// A unit's figures before they are published, and the cases behind them: who oversees the district, and whoever works in the
    /// unit; a street those of its communities too.
    /// </summary>
    public static bool CanSeeFiguresOf(this Actor actor, OrgPath unit) =>
        actor.Role.OverseesDistrict() ? actor.Unit.District.Contains(unit)
        : actor.Role.HandlesCases() && (actor.Unit == unit || (actor.Unit.Kind == UnitKind.Section && actor.Unit.Answering == unit) || (actor.Unit.Kind == UnitKind.Street && actor.Unit.Contains(unit)));

    public static bool CanSee(this Actor actor, Review review) => Reviews(actor).Compile()(review);

    /// <summary>The district's overseers, and the street where it is. Reports are in no crowd, so nobody is kept from one.</summary>
    public static Expression<Func<Crowd, bool>> Crowds(Actor actor)
    {
        var (unit, district, role) = (actor.Unit, actor.Unit.District, actor.Role);
        return role.OverseesDistrict() ? crowd => crowd.District == district
            : role is Role.StreetLeader or Role.StreetOfficer ? crowd => crowd.Street == unit
            : crowd => false;
    }

    public static bool CanSee(this Actor actor, Crowd crowd) => Crowds(actor).Compile()(crowd);

    /// <summary>
    /// In its district the command centre, leaders and supervisors; elsewhere the unit that has to answer, whoever gave the order, and
    /// whom it was copied to. Never the unit that the 举报 behind it is about.
    /// </summary>
    public static Expression<Func<SupervisionOrder, bool>> Orders(Actor actor)
    {
        var (unit, district, role) = (actor.Unit, actor.Unit.District, actor.Role);
        var own = Upwards(unit);
        return role.OverseesDistrict() ? order => order.District == district && (order.ReportedUnit == null || !own.Contains(order.ReportedUnit.Value))
            : role == Role.Archivist ? order => order.District == district && !order.IsOpen && (order.ReportedUnit == null || !own.Contains(order.ReportedUnit.Value))
            : role.HandlesCases() ? order => order.Parties.Any(party => party.Unit == unit) && (order.ReportedUnit == null || !own.Contains(order.ReportedUnit.Value))
            : order => false;
    }

    /// <summary>The orders that the actor may see, for a list: led to by his unit's part, as for cases.</summary>
    public static IQueryable<SupervisionOrder> OrdersFor(this PortalDbContext db, Actor actor, bool onlyOpen = false)
    {
        if (actor.Role.OverseesDistrict() || !actor.Role.HandlesCases())
        {
            return db.SupervisionOrders.AsNoTracking().Where(Orders(actor));
        }

        var (unit, own) = (actor.Unit, Upwards(actor.Unit));
        var parts = db.Set<OrderParty>().Where(party => party.Unit == unit && (!onlyOpen || party.IsOpen)).Select(party => party.OrderId);
        return db.SupervisionOrders.AsNoTracking().Where(order => parts.Contains(order.Id) && (order.ReportedUnit == null || !own.Contains(order.ReportedUnit.Value)));
    }

    public static bool CanSee(this Actor actor, SupervisionOrder order) => Compiled(actor).Order(order);

    public static bool CanSee(this Actor actor, CaseFile file) => Compiled(actor).Case(file);

    public static bool CanSee(this Actor actor, Whistle whistle) => Compiled(actor).Whistle(whistle);

    // The rules ask for role and unit only, so a few hundred delegates serve a whole district.
    private static (Func<CaseFile, bool> Case, Func<Whistle, bool> Whistle, Func<SupervisionOrder, bool> Order) Compiled(Actor actor) =>
        s_compiled.GetOrAdd((actor.Role, actor.Unit), static (_, actor) => (Cases(actor).Compile(), Whistles(actor).Compile(), Orders(actor).Compile()), actor);

    /// <summary>The unit and what it is part of, up to the street, department or enterprise: what is about one of them is about it.</summary>
    internal static List<OrgPath> Upwards(OrgPath unit)
    {
        var paths = new List<OrgPath>();
        for (var path = unit; path.Kind is not (UnitKind.None or UnitKind.City or UnitKind.District); path = path.Parent)
        {
            paths.Add(path);
        }

        return paths;
    }
}
