using System.Collections.Concurrent;
using System.Collections.Immutable;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

/// <summary>The assessment schemes in memory, every version that ever was: a handful a district, asked for with every table.</summary>
public sealed class SchemeBook(IDbContextFactory<PortalDbContext> databases, SchemeTerms usual)
{
    private static readonly string s_set = EventText.Name<SchemeSet>();

    private readonly ConcurrentDictionary<OrgPath, ImmutableDictionary<int, SchemeVersion>> _versions = [];

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var streams = db.Schemes.Select(scheme => scheme.Id);
        Put(await db.Log.AsNoTracking().Where(entry => streams.Contains(entry.Stream) && entry.Type == s_set).ToListAsync(cancellationToken));
    }

    /// <summary>The district's versions over the portal's own.</summary>
    public SchemeHistory Of(OrgPath district) => new(new SchemeVersion(0, usual), [.. _versions.GetValueOrDefault(district, ImmutableDictionary<int, SchemeVersion>.Empty).Values]);

    /// <summary>Whether what a callback of that day found counts for the co-units too (一单多考), by the scheme of its month.</summary>
    public bool CountsCoUnits(OrgPath district, DateTimeOffset calledBackAt) =>
        Of(district).At(PeriodKind.Month, WorkCalendar.DateAt(calledBackAt)).Scheme.Terms.CoUnits is { Value: true };

    /// <summary>For whom a case's first result counts: its lead, and its co-units where the scheme says so.</summary>
    public IEnumerable<OrgPath> CountedFor(CaseFile file)
    {
        var helpers = file.CalledBackAt is { } at && file.Nature != Nature.Report && file.ReportedUnit is null && CountsCoUnits(file.District, at) ? file.CountedCoUnits?.Units : null;
        return file.CountedUnit is { } lead ? [lead, .. helpers ?? []] : [];
    }

    internal void Put(IEnumerable<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            var set = (SchemeSet)entry.Event;
            var version = new SchemeVersion(entry.Sequence, set.Terms);
            _versions.AddOrUpdate(set.District, _ => ImmutableDictionary<int, SchemeVersion>.Empty.Add(version.Version, version), (_, known) => known.SetItem(version.Version, version));
        }
    }
}
