using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

/// <summary>The desk at which a district sets its assessment scheme.</summary>
public sealed class SchemeDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, SchemeBook book, TimeProvider time) : Desk<AssessmentScheme>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a district's scheme: every node the same.</summary>
    public static Guid IdOf(OrgPath district) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"scheme:{district}")).AsSpan(0, 16));

    /// <param name="seen">The version that was changed, 0 for the portal's: who was slower looks again.</param>
    public async Task<Outcome> SetAsync(SchemeTerms terms, string reason, int seen, Actor by)
    {
        var id = IdOf(by.Unit.District);
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.Schemes.AnyAsync(scheme => scheme.Id == id))
        {
            return await DoAsync(id, by, scheme => scheme.Version != seen ? Changed : scheme.Set(terms, reason, by, time.GetUtcNow()));
        }

        var (begun, outcome) = AssessmentScheme.Begin(id, terms, reason, by, time.GetUtcNow());
        if (begun is null)
        {
            return outcome;
        }

        db.Add(begun);
        var saved = await SaveTogetherAsync(db, Changed);
        return saved.IsDone || await IsRepeatAsync(id, by) ? Outcome.Done : saved;
    }

    protected override bool CanSee(Actor by, AssessmentScheme stream) => by.Unit.District == stream.District;

    protected override Task<AssessmentScheme?> LoadAsync(PortalDbContext db, Guid id) => db.Schemes.SingleOrDefaultAsync(scheme => scheme.Id == id);

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries) => book.Put(entries);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Rankings(((AssessmentScheme)saved).District)];
}
