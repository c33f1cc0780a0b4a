using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Foreseen;

/// <summary>What the address bar of the list holds.</summary>
public sealed record ForeseenFilter(string? Search = null, OrgPath? Unit = null, ForeseenState State = ForeseenState.InForce, int Page = 1)
{
    public static ForeseenFilter Of(string? search, string? unit, string? state, int? page) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(), string.IsNullOrWhiteSpace(unit) ? null : new OrgPath(unit),
        Enum.TryParse<ForeseenState>(state, out var named) && Enum.IsDefined(named) ? named : ForeseenState.InForce, page ?? 1);
}

/// <summary>Answers what is foreseen: for some days, or as a list.</summary>
public sealed class ForeseenList(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>So many are shown for a month or a week, and so many are exported. 朝阳 foresees 182 in a year.</summary>
    public const int Most = 500, MostExported = 5000;

    /// <summary>What is on the calendar and runs between two days, or has a step that is due then.</summary>
    public async Task<IReadOnlyList<ForeseenProblem>> BetweenAsync(Actor by, DateOnly from, DateOnly to, OrgPath? unit = null, CancellationToken cancellationToken = default)
    {
        var (first, last) = (Season.DayOf(from), Season.DayOf(to));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var problems = Of(db, by, ForeseenState.InForce, unit);
        problems = first <= last
            ? problems.Where(problem => (problem.FromDay <= problem.ToDay && problem.FromDay <= last && problem.ToDay >= first)
                || (problem.FromDay > problem.ToDay && (problem.FromDay <= last || problem.ToDay >= first))
                || problem.Steps.Any(step => step.DueDay >= first && step.DueDay <= last))
            : problems.Where(problem => problem.FromDay > problem.ToDay || problem.ToDay >= first || problem.FromDay <= last
                || problem.Steps.Any(step => step.DueDay >= first || step.DueDay <= last));
        return await problems.Include(problem => problem.Steps).OrderBy(problem => problem.FromDay).ThenBy(problem => problem.Id).Take(Most).ToListAsync(cancellationToken);
    }

    public async Task<ListPage<ForeseenProblem>> PageAsync(Actor by, ForeseenFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var problems = Filter(db, by, filter);
        var total = await problems.Take(ListPage<ForeseenProblem>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await problems.Include(problem => problem.Steps).OrderBy(problem => problem.FromDay).ThenBy(problem => problem.Id)
            .Skip((Math.Clamp(filter.Page, 1, 50) - 1) * ListPage<ForeseenProblem>.Size).Take(ListPage<ForeseenProblem>.Size).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<ForeseenProblem>.MaxTotal), total > ListPage<ForeseenProblem>.MaxTotal);
    }

    public async Task<IReadOnlyList<ForeseenProblem>> AllAsync(Actor by, ForeseenFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Filter(db, by, filter).Include(problem => problem.Steps).OrderBy(problem => problem.FromDay).ThenBy(problem => problem.Id).Take(MostExported).ToListAsync(cancellationToken);
    }

    /// <summary>Those with one of the titles that are on the calendar or proposed for it.</summary>
    internal async Task<Dictionary<string, ForeseenProblem>> ListedAsync(OrgPath district, IEnumerable<string> titles, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = new Dictionary<string, ForeseenProblem>(StringComparer.Ordinal);
        foreach (var some in titles.Distinct().Chunk(500))
        {
            await foreach (var problem in db.Foreseen.AsNoTracking().Include(problem => problem.Steps)
                .Where(problem => problem.District == district && problem.IsListed && some.Contains(problem.Title)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                found[problem.Title] = problem;
            }
        }

        return found;
    }

    private static IQueryable<ForeseenProblem> Filter(PortalDbContext db, Actor by, ForeseenFilter filter)
    {
        var problems = Of(db, by, filter.State, filter.Unit);
        return filter.Search is { } search ? problems.Where(problem => problem.Title.Contains(search) || problem.Category.Contains(search)) : problems;
    }

    // The district's own, and a unit's where it leads or has a step.
    private static IQueryable<ForeseenProblem> Of(PortalDbContext db, Actor by, ForeseenState state, OrgPath? unit)
    {
        var district = by.Unit.District;
        var problems = db.Foreseen.AsNoTracking().Where(problem => problem.District == district && problem.State == state);
        return unit is { } one ? problems.Where(problem => problem.Lead == one || problem.Steps.Any(step => step.Unit == one)) : problems;
    }
}
