using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

/// <summary>How a unit has kept its times lately, for whoever has to decide on it: counts, never persons.</summary>
public sealed record UnitRecord(int Summoned, int LateResponses, int LateArrivals, int OverdueResolutions, int OpenCases, int OverdueCases);

public sealed class UnitRecords(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>The days that "lately" means.</summary>
    public const int Days = 90;

    /// <summary>Of every unit that is asked for, in four questions however many there are.</summary>
    public async Task<IReadOnlyDictionary<OrgPath, UnitRecord>> ReadAsync(IReadOnlyCollection<OrgPath> units, CancellationToken cancellationToken = default)
    {
        if (units.Count == 0)
        {
            return new Dictionary<OrgPath, UnitRecord>();
        }

        var now = time.GetUtcNow();
        var since = now.AddDays(-Days);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var called = await db.Set<WhistleUnit>().Where(one => units.Contains(one.Unit) && one.SummonedAt >= since)
            .GroupBy(one => one.Unit)
            .Select(unit => new { unit.Key, All = unit.Count(), Late = unit.Count(one => one.ResponseLapsedAt != null), Absent = unit.Count(one => one.ArrivalLapsedAt != null) })
            .ToDictionaryAsync(unit => unit.Key, cancellationToken);
        var overdue = await db.Set<Resolution>()
            .Where(one => units.Contains(one.Unit) && (one.State == ResolutionState.Proposed || one.State == ResolutionState.Agreed) && one.DueAt < now)
            .Join(db.Whistles.Where(whistle => whistle.IsOpen), one => one.WhistleId, whistle => whistle.Id, (one, _) => one)
            .GroupBy(one => one.Unit).Select(unit => new { unit.Key, Count = unit.Count() })
            .ToDictionaryAsync(unit => unit.Key, unit => unit.Count, cancellationToken);
        var leading = db.Set<CaseParty>().Where(party => units.Contains(party.Unit) && party.IsCurrent && party.IsOpen && party.Part == Part.Lead);
        var open = await leading.GroupBy(party => party.Unit).Select(unit => new { unit.Key, Count = unit.Count() })
            .ToDictionaryAsync(unit => unit.Key, unit => unit.Count, cancellationToken);
        var late = await leading.Join(db.Cases, party => party.CaseId, file => file.Id, (party, file) => new { party.Unit, file })
            .Where(row => row.file.DueAt < now && row.file.SuspendedAt == null && row.file.Status != CaseStatus.Answered && row.file.Status != CaseStatus.CalledBack)
            .GroupBy(row => row.Unit).Select(unit => new { unit.Key, Count = unit.Count() })
            .ToDictionaryAsync(unit => unit.Key, unit => unit.Count, cancellationToken);

        return units.Distinct().ToDictionary(unit => unit, unit => new UnitRecord(
            called.GetValueOrDefault(unit)?.All ?? 0, called.GetValueOrDefault(unit)?.Late ?? 0, called.GetValueOrDefault(unit)?.Absent ?? 0,
            overdue.GetValueOrDefault(unit), open.GetValueOrDefault(unit), late.GetValueOrDefault(unit)));
    }
}
