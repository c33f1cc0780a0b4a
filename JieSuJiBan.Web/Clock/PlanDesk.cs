using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Clock;

/// <summary>The desk at which a district sets its time plans. One sort of case, and one kind of whistle, has one plan.</summary>
public sealed class PlanDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, PlanBook book, TimeRules rules, TimeProvider time) : Desk<TimePlan>(databases, feed)
{
    private static readonly Refusal s_taken = new("plan.taken", "这一类已有方案，请修改原有的。", "There is a plan for such things already: change that one.", "category");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public Task<(Guid Id, Outcome Outcome)> BeginAsync(PlanTerms terms, string reason, Actor by) =>
        BeginAsync(id => TimePlan.Begin(id, terms, reason, rules.Calendar, by, time.GetUtcNow()), id => CheckTaken(id, terms.Tidy(), by), by);

    public Task<(Guid Id, Outcome Outcome)> BeginAsync(WhistleTerms terms, string reason, Actor by) =>
        BeginAsync(id => TimePlan.Begin(id, terms, reason, rules.Calendar, by, time.GetUtcNow()), _ => CheckTaken(terms, by), by);

    private async Task<(Guid Id, Outcome Outcome)> BeginAsync(Func<Guid, (TimePlan?, Outcome)> begin, Func<Guid, Refusal?> checkTaken, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        var (plan, outcome) = begin(id);
        if ((outcome.Refusal ?? checkTaken(id)) is { } refusal)
        {
            return (id, refusal);
        }

        await using var db = await _databases.CreateDbContextAsync();
        db.Add(plan!);
        return (id, await SaveTogetherAsync(db, s_taken));
    }

    public Task<Outcome> SetAsync(Guid id, PlanTerms terms, string reason, Actor by) =>
        DoAsync(id, by, plan => CheckTaken(id, terms.Tidy(), by) ?? plan.Set(terms, reason, rules.Calendar, by, time.GetUtcNow()));

    public Task<Outcome> SetAsync(Guid id, WhistleTerms terms, string reason, Actor by) =>
        DoAsync(id, by, plan => plan.Set(terms, reason, rules.Calendar, by, time.GetUtcNow()));

    public Task<Outcome> EndAsync(Guid id, string reason, Actor by) => DoAsync(id, by, plan => plan.End(reason, by, time.GetUtcNow()));

    protected override bool CanSee(Actor by, TimePlan stream) => by.Unit.District == stream.District;

    protected override Task<TimePlan?> LoadAsync(PortalDbContext db, Guid id) => db.TimePlans.SingleOrDefaultAsync(plan => plan.Id == id);

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries) => book.Put((TimePlan)saved, entries);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Unit(((TimePlan)saved).District)];

    private Refusal? CheckTaken(WhistleTerms terms, Actor by) => book.RulesOf(by.Unit.District).PlanOf(terms.Kind).Id is null ? null : s_taken;

    private Refusal? CheckTaken(Guid id, PlanTerms terms, Actor by) =>
        book.Of(by.Unit.District).Any(plan => plan.Id is { } other && other != id && plan.Terms.Level == terms.Level && plan.Terms.Category == terms.Category) ? s_taken : null;
}
