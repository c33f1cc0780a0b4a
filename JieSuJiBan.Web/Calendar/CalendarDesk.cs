using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Calendar;

/// <summary>
/// The desk at which the state's working calendar is written down. Whatever counts working days counts by the new days at once;
/// limits that were set before stay as they were told.
/// </summary>
public sealed class CalendarDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeRules rules, TimeProvider time) : Desk<CalendarYear>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a year: every node the same.</summary>
    public static Guid IdOf(int year) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"calendar:{year}")).AsSpan(0, 16));

    /// <summary>Puts what was written down in the place of the default.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        foreach (var year in await db.CalendarYears.AsNoTracking().ToListAsync(cancellationToken))
        {
            rules.Calendar.Replace(year.Year, year.Days);
        }
    }

    /// <summary>The year as somebody wrote it down; nothing where the default still counts.</summary>
    public async Task<CalendarYear?> FindAsync(int year, CancellationToken cancellationToken = default)
    {
        var id = IdOf(year);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.CalendarYears.AsNoTracking().SingleOrDefaultAsync(calendar => calendar.Id == id, cancellationToken);
    }

    /// <param name="seen">The version that was changed, 0 for the default: who was slower looks again.</param>
    public async Task<Outcome> SetAsync(int year, CalendarDays days, string basis, int seen, Actor by)
    {
        if (await FindAsync(year) is not null)
        {
            return await DoAsync(IdOf(year), by, calendar => calendar.Version != seen ? Changed : calendar.Set(days, basis, by, time.GetUtcNow()));
        }

        var (begun, outcome) = CalendarYear.Begin(IdOf(year), year, days, basis, by, time.GetUtcNow());
        if (begun is null)
        {
            return outcome;
        }

        await using var db = await _databases.CreateDbContextAsync();
        db.Add(begun);
        return await SaveTogetherAsync(db, Changed);
    }

    protected override bool CanSee(Actor by, CalendarYear stream) => CalendarYear.CanKeep(by);

    protected override Task<CalendarYear?> LoadAsync(PortalDbContext db, Guid id) => db.CalendarYears.SingleOrDefaultAsync(calendar => calendar.Id == id);

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        var calendar = (CalendarYear)saved;
        rules.Calendar.Replace(calendar.Year, calendar.Days);
    }

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Calendar];
}
