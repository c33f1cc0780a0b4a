using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Supervision;

internal static class OrderCopies
{
    private static readonly string[] s_supervisors = ["区督查"], s_leadersToo = ["区督查", "区领导"];

    /// <summary>Whom an order was copied to, in words: the district's copy is the supervisors', and the leaders' where they are to know.</summary>
    public static List<string> Of(SupervisionOrder order, UnitBook units) =>
    [
        .. order.Parties.Where(party => party.Part == OrderPart.Copy).SelectMany(party => party.Unit.Kind != UnitKind.District ? [units.ShortName(party.Unit)]
            : order.Kind == SupervisionKind.Investigate ? s_leadersToo : s_supervisors),
    ];
}
