using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

public enum AlarmKind
{
    [Word("哨声")] Whistle,
    [Word("安全类诉求")] Danger,
    [Word("群诉")] Crowd,
}

/// <summary>Something that sounds until somebody has answered it. <paramref name="Unit"/> is who calls, or where it is.</summary>
public sealed record Alarm(AlarmKind Kind, Guid Id, string Title, OrgPath Unit, DateTimeOffset Since, DateTimeOffset? AnswerBy, bool IsUrgent)
{
    public string Link => Kind switch { AlarmKind.Whistle => $"/whistles/{Id}", AlarmKind.Danger => $"/cases/{Id}?do=dispatch", _ => $"/crowds/{Id}" };

    /// <summary>Under which a browser remembers that it has sounded.</summary>
    public string Key => $"{Id:N}/{Since.ToUnixTimeMilliseconds()}";
}

/// <summary>What sounds for somebody wherever he is in the portal: whistles that call his unit, demands that speak of danger, crowds.</summary>
public sealed class Alarms(IDbContextFactory<PortalDbContext> databases)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Alarm>> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var alarms = await Danger(db, by).ToListAsync(cancellationToken);
        alarms.AddRange(await Whistles(db, by).ToListAsync(cancellationToken));
        if (by.Role is Role.Dispatcher or Role.StreetLeader or Role.StreetOfficer)
        {
            alarms.AddRange(await Crowds(db, by).ToListAsync(cancellationToken));
        }

        return alarms;
    }

    private static IQueryable<Alarm> Whistles(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Whistles.Where(Sight.Whistles(by)).SelectMany(whistle => whistle.Units, (whistle, summoned) => new { whistle, summoned })
            .Where(row => row.summoned.Unit == unit && row.summoned.State == UnitState.Awaiting && row.summoned.SummonedAt != null && row.whistle.IsOpen)
            .OrderByDescending(row => row.summoned.SummonedAt)
            .Take(Most)
            .Select(row => new Alarm(
                AlarmKind.Whistle, row.whistle.Id, row.whistle.Title, row.whistle.Whistler, row.summoned.SummonedAt!.Value, row.summoned.RespondBy, row.whistle.Kind == WhistleKind.Emergency));
    }

    // A person dispatches these, and at once.
    private static IQueryable<Alarm> Danger(PortalDbContext db, Actor by)
    {
        var unit = by.Role == Role.Dispatcher ? by.Unit.District : by.Unit;
        return db.Cases.Where(Sight.Cases(by))
            .Where(file => file.NextUnit == unit && file.NextStep == CaseStep.Dispatch && file.SafetyWord != null)
            .OrderBy(file => file.Id)
            .Take(Most)
            .Select(file => new Alarm(AlarmKind.Danger, file.Id, file.Title, file.Home, file.RegisteredAt, null, true));
    }

    private static IQueryable<Alarm> Crowds(PortalDbContext db, Actor by) => db.Crowds.Where(Sight.Crowds(by))
        .Where(crowd => crowd.State == CrowdState.Open)
        .OrderByDescending(crowd => crowd.LastAt)
        .Take(Most)
        .Select(crowd => new Alarm(AlarmKind.Crowd, crowd.Id, crowd.Place + " · " + crowd.Class, crowd.Street, crowd.RaisedAt, null, false));
}
