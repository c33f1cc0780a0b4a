using System.Collections.Concurrent;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Clock;

/// <summary>One version of a time plan; <paramref name="Id"/> is none for what the portal ships with.</summary>
public sealed record PlanVersion(Guid? Id, int Version, PlanTerms Terms)
{
    public Schedule Begin(DateTimeOffset now, DateTimeOffset dueAt, WorkCalendar calendar) => Terms.Begin(Id, Version, now, dueAt, calendar);
}

/// <summary>
/// The time plans in memory, every version that ever was: a case is dispatched by the newest and shows the basis of its own; a whistle
/// is blown by the newest. Few dozen a district. What a district has no plan of its own for is served by the portal's.
/// </summary>
public sealed class PlanBook(IDbContextFactory<PortalDbContext> databases, TimeRules rules)
{
    private static readonly string s_set = EventText.Name<TimePlanSet>();

    private readonly ConcurrentDictionary<Guid, TimePlan> _plans = [];
    private readonly ConcurrentDictionary<(Guid, int), PlanTerms> _versions = [];

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var plan in await db.TimePlans.AsNoTracking().ToListAsync(cancellationToken))
        {
            Put(plan, await db.Log.AsNoTracking().Where(entry => entry.Stream == plan.Id && entry.Type == s_set).ToListAsync(cancellationToken));
        }
    }

    /// <summary>The plans in force in a district, its own before the portal's, by level.</summary>
    public IReadOnlyList<PlanVersion> Of(OrgPath district)
    {
        var own = InForce(district).Where(plan => plan.Terms is not null).Select(plan => new PlanVersion(plan.Id, plan.Version, plan.Terms!)).ToList();
        return
        [
            .. own.Concat(rules.Plans.Where(usual => !own.Exists(plan => plan.Terms.Level == usual.Level && plan.Terms.Category.Length == 0)).Select(usual => new PlanVersion(null, 0, usual)))
                .OrderBy(plan => plan.Terms.Level).ThenBy(plan => plan.Terms.Category, StringComparer.Ordinal),
        ];
    }

    /// <summary>The rules with the district's own plans for whistles, where it has any.</summary>
    public TimeRules RulesOf(OrgPath district)
    {
        var own = InForce(district).Where(plan => plan.Whistles is not null).Select(plan => new WhistlePlan(plan.Id, plan.Version, plan.Whistles!)).ToList();
        return rules.With([.. rules.Whistles.Select(usual => own.Find(plan => plan.Terms.Kind == usual.Terms.Kind) ?? usual)]);
    }

    /// <summary>The plan that fits a case most closely. There is always one: the portal's serve every level.</summary>
    public PlanVersion For(OrgPath district, CaseLevel level, string category) => Of(district).Where(plan => plan.Terms.Fit(level, category) is not null).MaxBy(plan => plan.Terms.Fit(level, category))!;

    /// <summary>What a case's schedule was made from, to show what its times rest on.</summary>
    public PlanTerms? TermsOf(Schedule schedule) =>
        schedule.Plan is not { } id ? rules.Plans.FirstOrDefault(usual => usual.Name == schedule.Name) : _versions.GetValueOrDefault((id, schedule.Version));

    internal void Put(TimePlan plan, IEnumerable<LogEntry> entries)
    {
        foreach (var (version, set) in entries.Select(entry => (entry.Sequence, entry.Event as TimePlanSet)))
        {
            if (set is not null)
            {
                _versions[(plan.Id, version)] = set.Terms;
            }
        }

        _plans.AddOrUpdate(plan.Id, plan, (_, known) => known.Version > plan.Version ? known : plan);
    }

    private IEnumerable<TimePlan> InForce(OrgPath district) => _plans.Values.Where(plan => plan.District == district && plan.IsInForce);
}
