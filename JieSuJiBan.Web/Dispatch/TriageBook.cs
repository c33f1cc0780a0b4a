using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>Begins the triage of a case and follows what happens to it, in the case's own transactions.</summary>
public sealed class TriageBook(UnitBook units)
{
    private const int AtOnce = 1000;

    // The name under which it is kept that no case lacks its triage: every one that came later got it when it was opened.
    private const string Filled = "triage-filled";

    /// <summary>A new case is looked at soon; what came finished or dispatched already only teaches.</summary>
    public void Open(PortalDbContext db, CaseFile file)
    {
        db.Triages.Add(Begin(file));
        if (file.FirstReceiver is { } lead)
        {
            Teach(db, file, lead, isRight: true, file.RegisteredAt);
        }
    }

    /// <summary>Begins it for cases that are older than triage is: once, since among a million it takes a while to find that none is missing.</summary>
    public async Task FillAsync(IDbContextFactory<PortalDbContext> databases, CancellationToken cancellationToken)
    {
        for (var last = Guid.Empty; ;)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (await db.Counters.AnyAsync(counter => counter.Name == Filled, cancellationToken))
            {
                return;
            }

            // By their ids alone, which the index answers.
            var missing = await db.Cases.Where(file => file.Id.CompareTo(last) > 0 && !db.Triages.Any(triage => triage.CaseId == file.Id))
                .OrderBy(file => file.Id).Select(file => file.Id).Take(AtOnce).ToListAsync(cancellationToken);
            if (missing.Count == 0)
            {
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({Filled}, 1) ON CONFLICT ("Name") DO NOTHING""", cancellationToken);
                return;
            }

            (await db.Cases.AsNoTracking().Where(file => missing.Contains(file.Id)).OrderBy(file => file.Id).ToListAsync(cancellationToken)).ForEach(file => Open(db, file));
            await db.SaveChangesAsync(cancellationToken);
            last = missing[^1];
        }
    }

    /// <summary>What is known of a case before anybody has thought about it.</summary>
    internal Triage Begin(CaseFile file) => new()
    {
        CaseId = file.Id,
        District = file.District,
        RaisedAt = file.RaisedAt,
        Class = string.Join('/', file.Category.Split('/').Take(2)),
        Home = file.Home,
        Street = file.Street,
        // Reports are in no crowd: it would tell the reported unit of them.
        PlaceName = file.Nature == Nature.Report ? "" : NameOf(file.Place, file.Home) ?? NameOf(file.Title, file.Home) ?? "",
        PendingSince = file.IsOpen ? file.RegisteredAt : null,
        Lead = file.FirstReceiver,
        DispatchedAt = file.DispatchedAt,
    };

    /// <summary>What the entries teach, and what they say about the proposal.</summary>
    public static async Task FollowAsync(PortalDbContext db, CaseFile file, IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case CaseDispatched e:
                    if (await FindAsync(db, file.Id) is { } triage)
                    {
                        // Passed on before anybody signed for it: the first unit was wrong, whoever had chosen it.
                        if (triage.Lead is { } before && before != e.Lead)
                        {
                            Teach(db, file, before, isRight: false, entry.At);
                        }

                        (triage.Lead, triage.DispatchedAt, triage.IsAutomatic) = (e.Lead, triage.DispatchedAt ?? entry.At, triage.IsAutomatic || entry.By.ToActor(entry.At).IsMatcher);
                        triage.Assess();
                    }

                    // The machine's own choice teaches nothing until the unit has signed for it.
                    if (!entry.By.ToActor(entry.At).IsMatcher)
                    {
                        Teach(db, file, e.Lead, isRight: true, entry.At);
                    }

                    break;

                case CaseAccepted when file.DispatchedBy == Actor.Matcher(file.District).UserId:
                    Teach(db, file, file.FirstReceiver!.Value, isRight: true, entry.At);
                    break;

                case SourceUpdated { IsReport: true }:
                    if (await FindAsync(db, file.Id) is { } turned)
                    {
                        (turned.PlaceName, turned.Lead) = ("", file.FirstReceiver);
                        turned.Assess();
                    }

                    break;

                case CaseTakenOver { Lead: { } ended }:
                    Teach(db, file, ended, isRight: true, entry.At);
                    break;

                // It waits for its dispatch once more, and whoever dispatches it wants to know what the matcher thinks.
                case SourceReopened when await FindAsync(db, file.Id) is { } reopened:
                    (reopened.Lead, reopened.DispatchedAt, reopened.PendingSince) = (null, null, entry.At);
                    reopened.Assess();
                    break;

                case ObjectionReviewed { Upheld: true } e:
                    Teach(db, file, file.Objections.First(objection => objection.No == e.No).Unit, isRight: false, entry.At);
                    if (await FindAsync(db, file.Id) is { } reviewed)
                    {
                        reviewed.Lead = null;
                        reviewed.Assess();
                    }

                    break;
            }
        }
    }

    private static void Teach(PortalDbContext db, CaseFile file, OrgPath unit, bool isRight, DateTimeOffset at) =>
        db.Lessons.Add(new Lesson { District = file.District, CaseId = file.Id, Unit = unit, IsRight = isRight, At = at });

    private static async Task<Triage?> FindAsync(PortalDbContext db, Guid id) => await db.Triages.SingleOrDefaultAsync(triage => triage.CaseId == id);

    // The names of street and community are no news: what else is named there?
    private string? NameOf(string text, OrgPath home)
    {
        foreach (var unit in new[] { home, home.Answering, home.District }.Select(units.Find).OfType<OrgUnit>())
        {
            text = text.Replace(unit.Name, "，", StringComparison.Ordinal).Replace(unit.ShortName, "，", StringComparison.Ordinal);
        }

        return PlaceNames.Find(text) is [var first, ..] ? first : null;
    }
}
