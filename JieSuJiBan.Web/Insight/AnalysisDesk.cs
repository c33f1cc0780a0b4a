using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Insight;

/// <summary>The desk at which a month's analysis is taken over, edited and published.</summary>
public sealed class AnalysisDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time) : Desk<MonthlyAnalysis>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The district's analysis of a month, if there is one and the actor may see it: a draft is for those who keep it.</summary>
    public async Task<MonthlyAnalysis?> FindAsync(DateOnly month, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var district = by.Unit.District;
        var analysis = await db.Analyses.AsNoTracking().SingleOrDefaultAsync(analysis => analysis.District == district && analysis.Month == month, cancellationToken);
        return analysis is not null && CanSee(by, analysis) ? analysis : null;
    }

    /// <summary>Takes a month over with these findings; corrects what is published, edits what is not.</summary>
    /// <param name="seen">The version that the editor had before him; 0 where there was none. What somebody else wrote meanwhile is not written over.</param>
    public async Task<Outcome> SaveAsync(DateOnly month, IReadOnlyList<Finding> findings, string reason, int seen, Actor by)
    {
        if (await FindAsync(month, by) is { } known)
        {
            return await DoAsync(known.Id, by, analysis => analysis.Version != seen ? Changed : analysis.IsPublished
                ? analysis.Correct(findings, reason, by, time.GetUtcNow())
                : analysis.Edit(findings, by, time.GetUtcNow()));
        }

        var (drafted, outcome) = MonthlyAnalysis.Draft(by.Form ?? Guid.CreateVersion7(time.GetUtcNow()), month, findings, by, time.GetUtcNow());
        if (!outcome.IsDone)
        {
            return outcome;
        }

        await using var db = await _databases.CreateDbContextAsync();
        db.Add(drafted!);
        return await SaveTogetherAsync(db, Changed);
    }

    protected override bool CanSee(Actor by, MonthlyAnalysis stream) =>
        by.Unit.District == stream.District && by.Role.HandlesCases() && (stream.IsPublished || MonthlyAnalysis.CanKeep(by));

    protected override Task<MonthlyAnalysis?> LoadAsync(PortalDbContext db, Guid id) => db.Analyses.SingleOrDefaultAsync(analysis => analysis.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Analyses(((MonthlyAnalysis)saved).District)];
}
