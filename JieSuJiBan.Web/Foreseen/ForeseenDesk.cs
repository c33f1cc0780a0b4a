using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Foreseen;

/// <summary>The desk at which everything is done to the calendar of foreseen problems.</summary>
public sealed class ForeseenDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, DutyBook duties, UnitBook units, TimeProvider time)
    : Desk<ForeseenProblem>(databases, feed)
{
    private static readonly Refusal s_taken = new("foreseen.taken", "日历上已有同名问题，请修改原有的一项。", "The calendar already has a problem of this name: revise that one.", "title");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The problem, if there is one and the actor may see it.</summary>
    public async Task<ForeseenProblem?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var problem = await db.Foreseen.AsNoTracking().Include(problem => problem.Steps).SingleOrDefaultAsync(problem => problem.Id == id, cancellationToken);
        return problem is not null && by.CanSee(problem) ? problem : null;
    }

    public async Task<(Guid Id, Outcome Outcome)> ProposeAsync(ForeseenTerms terms, string? reason, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return (id, Outcome.Done);
        }

        var (problem, outcome) = ForeseenProblem.Propose(id, terms, reason, by, time.GetUtcNow());
        if ((outcome.Refusal ?? CheckNames(problem!.Terms, by)) is { } refusal)
        {
            return (id, refusal);
        }

        await using var db = await _databases.CreateDbContextAsync();
        db.Add(problem!);
        return (id, await SaveTogetherAsync(db, s_taken));
    }

    public Task<Outcome> ReviseAsync(Guid id, ForeseenTerms terms, string reason, Actor by) =>
        DoAsync(id, by, problem => CheckNames(terms.Tidy(), by) ?? problem.Revise(terms, reason, by, time.GetUtcNow()));

    /// <summary>The problems of which somebody is to be told, the longest due first.</summary>
    public async Task<IReadOnlyList<Guid>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.Foreseen.Where(problem => problem.ClockAt <= now).OrderBy(problem => problem.ClockAt).Select(problem => problem.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>Does what was planned, in one transaction: all rows or none.</summary>
    public async Task<Outcome> ImportAsync(ForeseenPlan plan, string reason, Actor by)
    {
        if (!ForeseenProblem.CanKeep(by) || !plan.CanBeDone)
        {
            return new Refusal("foreseen.import.not-now", "由区指挥中心导入，且每一行都要能导入。", "The command centre imports, and only if every row can be.");
        }

        var now = time.GetUtcNow();
        var ids = plan.Rows.Where(row => row.Kind == ForeseenRowKind.Changed).Select(row => row.Known!.Id).ToList();
        await using var db = await _databases.CreateDbContextAsync();
        var known = await db.Foreseen.Include(problem => problem.Steps).Include(problem => problem.StandBys).Where(problem => ids.Contains(problem.Id)).ToDictionaryAsync(problem => problem.Id);
        foreach (var row in plan.Rows)
        {
            var outcome = row.Kind switch
            {
                ForeseenRowKind.New => Add(db, ForeseenProblem.Propose(Guid.CreateVersion7(now), row.Terms, reason, by, now)),
                ForeseenRowKind.Changed => known.GetValueOrDefault(row.Known!.Id) is { } problem && problem.Version == row.Known.Version ? problem.Revise(row.Terms, reason, by, now) : Changed,
                _ => Outcome.Done,
            };
            if (!outcome.IsDone)
            {
                return outcome;
            }
        }

        return await SaveTogetherAsync(db, Changed);
    }

    /// <summary>What no rule of the calendar itself can know: whether the category and the units exist.</summary>
    internal Refusal? CheckNames(ForeseenTerms terms, Actor by) =>
        !duties.MattersOf(by.Unit.District).Any(matter => matter.Terms.Category == terms.Category || matter.Terms.Category.StartsWith($"{terms.Category}/", StringComparison.Ordinal))
            ? new Refusal("foreseen.category.unknown", "职责清单中没有这个分类。", "The duty list has no such category.", "category")
        : terms.CoUnits.Append(terms.Lead).Any(unit => units.Find(unit) is null)
            ? new Refusal("foreseen.unit", "所选单位不存在。", "There is no such unit.", "lead")
            : null;

    protected override bool CanSee(Actor by, ForeseenProblem stream) => by.CanSee(stream);

    protected override Task<ForeseenProblem?> LoadAsync(PortalDbContext db, Guid id) =>
        db.Foreseen.Include(problem => problem.Steps).Include(problem => problem.StandBys).SingleOrDefaultAsync(problem => problem.Id == id);

    protected override async Task<Outcome> FollowAsync(PortalDbContext db, ForeseenProblem decided, IReadOnlyList<LogEntry> entries) =>
        entries.Any(entry => entry.Event is ForeseenRevised)
        && await db.Foreseen.AnyAsync(other => other.District == decided.District && other.IsListed && other.Title == decided.Title && other.Id != decided.Id) ? s_taken : Outcome.Done;

    // Whoever looks at the calendar, the command centre's home, and the homes of those who have to do something.
    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        var problem = (ForeseenProblem)saved;
        return problem.Steps.Select(step => step.Unit).Concat(problem.StandBys.Select(unit => unit.Unit)).Append(problem.ProposedBy).Append(problem.District).Distinct().Select(Topic.Unit).Prepend(Topic.Foreseen(problem.District));
    }

    private static Outcome Add(PortalDbContext db, (ForeseenProblem? Problem, Outcome Outcome) proposed)
    {
        if (proposed.Problem is { } problem)
        {
            db.Add(problem);
        }

        return proposed.Outcome;
    }
}
