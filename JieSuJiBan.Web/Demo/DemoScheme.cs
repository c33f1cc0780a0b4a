using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Data;

namespace JieSuJiBan.Web.Demo;

/// <summary>The invented district has a scheme of its own: an order that goes to several units is assessed for each of them (一单多派、一单多考).</summary>
internal static class DemoScheme
{
    public static void Add(PortalDbContext db, SchemeTerms usual, DemoCast cast, DateTimeOffset now)
    {
        var at = now.AddDays(-150);
        var terms = usual with { Name = "平谷区三率考评方案", From = WorkCalendar.DateAt(at.AddDays(30)), CoUnits = new(true, "区级考评办法（演示）：一单多派、一单多考") };
        var scheme = AssessmentScheme.Begin(SchemeDesk.IdOf(DemoCity.District), terms, "双派的诉求，主办和协办一并考评。", cast.DistrictLeader(at), at).Scheme
            ?? throw new InvalidOperationException("The invented scheme is refused.");
        db.Add(scheme);
        db.Log.AddRange(scheme.Unsaved);
        scheme.MarkSaved();
    }
}
