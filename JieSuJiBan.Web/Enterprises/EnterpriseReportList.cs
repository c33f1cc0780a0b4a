using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>A month of the list: what is published of it, drafted, or still to be written.</summary>
public sealed record EnterpriseReportLine(PeriodSpan Span, bool HasEnded, int? Edition, DateTimeOffset? PublishedAt);

/// <summary>The months that have a report or can have one.</summary>
public sealed class EnterpriseReportList(IDbContextFactory<PortalDbContext> databases, SchemeBook schemes, TimeProvider time)
{
    /// <summary>For those who keep it the months of two years, the one that runs first; for the others what was published.</summary>
    public async Task<ListPage<EnterpriseReportLine>> ReadAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        var (district, history, today) = (by.Unit.District, schemes.Of(by.Unit.District), WorkCalendar.DateAt(time.GetUtcNow()));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reports = await db.EnterpriseReports.AsNoTracking().Where(Sight.EnterpriseReports(by)).Where(report => report.District == district)
            .OrderByDescending(report => report.Key).Take(ListPage<EnterpriseReportLine>.MaxTotal)
            .Select(report => new { report.Key, report.Edition, report.PublishedAt }).ToListAsync(cancellationToken);
        var known = reports.ToDictionary(report => report.Key);
        var months = known.Keys.ToList();
        if (EnterpriseReport.CanKeep(by))
        {
            var period = history.At(PeriodKind.Month, today).Period;
            for (var back = 0; back < 25; back++, period = period.Before)
            {
                months.Add(period.ToString());
            }
        }

        var sorted = months.Distinct().OrderDescending(StringComparer.Ordinal).ToList();
        return new(
            [.. sorted.Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<EnterpriseReportLine>.Size).Take(ListPage<EnterpriseReportLine>.Size).Select(Line)], sorted.Count, false);

        EnterpriseReportLine Line(string key)
        {
            var span = history.SpanOf(Period.Parse(key));
            var report = known.GetValueOrDefault(key);
            return new(span, span.HasEndedOn(today), report?.Edition, report?.PublishedAt);
        }
    }
}
