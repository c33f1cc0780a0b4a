using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>The desk at which a month's report on the demands of firms is drafted, edited, published and corrected.</summary>
public sealed class EnterpriseReportDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, EnterpriseBook book, TimeProvider time) : Desk<EnterpriseReport>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a month's report: every node the same.</summary>
    public static Guid IdOf(OrgPath district, Period period) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"enterprises:{district}:{period}")).AsSpan(0, 16));

    /// <summary>The report of the reader's district, if there is one and he may see it: a draft is for those who keep it.</summary>
    public async Task<EnterpriseReport?> FindAsync(Period period, Actor by, CancellationToken cancellationToken = default)
    {
        var id = IdOf(by.Unit.District, period);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.EnterpriseReports.AsNoTracking().Where(Sight.EnterpriseReports(by)).SingleOrDefaultAsync(report => report.Id == id, cancellationToken);
    }

    /// <summary>Counts a month and takes over what the portal writes of it.</summary>
    public async Task<Outcome> DraftAsync(Period period, Actor by)
    {
        var id = IdOf(by.Unit.District, period);
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.EnterpriseReports.AnyAsync(report => report.Id == id))
        {
            return await IsRepeatAsync(id, by) ? Outcome.Done : Changed;
        }

        var month = await book.ReadAsync(period, by);
        var (drafted, outcome) = EnterpriseReport.Draft(id, month, EnterpriseWriter.Write(month), by, time.GetUtcNow());
        if (drafted is null)
        {
            return outcome;
        }

        db.Add(drafted);
        var saved = await SaveTogetherAsync(db, Changed);
        return saved.IsDone || await IsRepeatAsync(id, by) ? Outcome.Done : saved;
    }

    /// <param name="seen">The version that the editor had before him: what somebody else wrote meanwhile is not written over.</param>
    public Task<Outcome> EditAsync(Period period, IReadOnlyList<ReportFinding> findings, int seen, Actor by) =>
        DoAsync(IdOf(by.Unit.District, period), by, report => report.Version != seen ? Changed : report.Edit(findings, by, time.GetUtcNow()));

    /// <summary>Counts and writes a draft anew.</summary>
    public async Task<Outcome> RecountAsync(Period period, int seen, Actor by)
    {
        var month = await book.ReadAsync(period, by);
        return await DoAsync(IdOf(by.Unit.District, period), by, report => report.Version != seen ? Changed : report.Recount(month, EnterpriseWriter.Write(month), by, time.GetUtcNow()));
    }

    public Task<Outcome> PublishAsync(Period period, int seen, Actor by) =>
        DoAsync(IdOf(by.Unit.District, period), by, report => report.Version != seen ? Changed : report.Publish(by, time.GetUtcNow()));

    /// <param name="month">The figures that the new text rests on: those of the last edition, or counted anew.</param>
    public Task<Outcome> CorrectAsync(Period period, EnterpriseMonth month, IReadOnlyList<ReportFinding> findings, string reason, int seen, Actor by) =>
        DoAsync(IdOf(by.Unit.District, period), by, report => report.Version != seen ? Changed : report.Correct(month, findings, reason, by, time.GetUtcNow()));

    protected override bool CanSee(Actor by, EnterpriseReport stream) => by.CanSee(stream);

    protected override Task<EnterpriseReport?> LoadAsync(PortalDbContext db, Guid id) => db.EnterpriseReports.SingleOrDefaultAsync(report => report.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.EnterpriseReports(((EnterpriseReport)saved).District)];
}
