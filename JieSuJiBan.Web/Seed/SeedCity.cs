using System.Diagnostics;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Seed;

/// <summary>How far the seeding has got.</summary>
internal sealed record SeedProgress(int Written, int All, TimeSpan Passed, string? Doing = null)
{
    public double PerSecond => Written / Math.Max(0.001, Passed.TotalSeconds);
}

/// <summary>
/// Fills an empty database with an invented year of 朝阳区: as many cases as are asked for, each with its log, the same for the same
/// number and the same end. Several make, one writes.
/// </summary>
public sealed class SeedCity(
    IDbContextFactory<PortalDbContext> databases, UnitBook units, TimeRules times, SafetyWords safety, SupervisionRules supervision, SchemeTerms scheme, TriageBook triage, PetitionerVault vault, SeedAccounts accounts)
{
    /// <summary>Some thousand decisions of the last weeks are what a matcher begins with.</summary>
    private const int Lessons = 20_000;

    /// <summary>So sure the matcher must be to dispatch alone; it is of seven cases in ten.</summary>
    internal const double Threshold = 0.9;

    /// <summary>Another one, and the same number makes another year.</summary>
    internal const int Edition = 7;

    /// <summary>Acts of the last year that was invented which the rules would not have.</summary>
    internal List<string> Refused { get; } = [];

    /// <summary>False if the database holds cases already.</summary>
    internal async Task<bool> BuildAsync(int cases, DateTimeOffset end, Action<SeedProgress> tell, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Cases.AnyAsync(cancellationToken))
        {
            return false;
        }

        Refused.Clear();
        var (cast, rules, started) = (new SeedCast(units), new SeedRules(times, safety, supervision), Stopwatch.GetTimestamp());
        var year = new SeedYear(cases, end, cast, SeedMatter.Read(SeedCast.District, times), rules);
        await accounts.OpenAsync(db, cast, end, cancellationToken);
        await BeginAsync(db, cast, year.DayAt(0).AddDays(-30), cancellationToken);

        var writer = new SeedWriter(db);
        await writer.BeginAsync(cancellationToken);
        var written = await WriteAsync(db, year, writer, cases, progress => tell(progress with { Passed = Stopwatch.GetElapsedTime(started) }), cancellationToken);
        await CountAsync(db, year, cancellationToken);
        await writer.FinishAsync((at, all) => tell(new(written, cases, Stopwatch.GetElapsedTime(started), $"index {at + 1} of {all}")), cancellationToken);
        await TeachAsync(db, cancellationToken);
        tell(new(written, cases, Stopwatch.GetElapsedTime(started), "done"));
        return true;
    }

    private async Task<int> WriteAsync(PortalDbContext db, SeedYear year, SeedWriter writer, int cases, Action<SeedProgress> tell, CancellationToken cancellationToken)
    {
        // So many days are made ahead of the one that is written: they wait in memory.
        var (counts, ahead, making, written) = (year.Counts(), Environment.ProcessorCount + 1, new Queue<Task<SeedRows>>(), 0);
        var figures = new Dictionary<Cell, Tally>();
        for (var (next, day) = (0, 0); day < counts.Count; day++)
        {
            for (; next < counts.Count && making.Count < ahead; next++)
            {
                var (made, count) = (next, counts[next]);
                making.Enqueue(Task.Run(() => Make(year, made, count), cancellationToken));
            }

            var rows = await making.Dequeue();
            await writer.WriteAsync(rows, cancellationToken);
            foreach (var (_, file) in rows.Day.Cases)
            {
                CaseFacts.Of(file).Count(figures);
            }

            written += rows.Day.Cases.Count;
            Refused.AddRange(rows.Day.Lives.Select(one => one.Life.Refused).OfType<string>());
            tell(new(written, cases, default));
        }

        tell(new(written, cases, default, "figures"));
        await FigureKeeper.PutAsync(db, figures, cancellationToken);
        return written;
    }

    private SeedRows Make(SeedYear year, int day, int count)
    {
        var made = SeedDay.Make(year, day, count);
        var lives = made.Lives.ToDictionary(one => one.Call, one => one.Life);
        return new(
            made,
            [.. made.Cases.Select(one => vault.Seal(one.File.Id, one.File.IsProactive ? Petitioner.Anonymous : one.Call.Petitioner))],
            [.. made.Cases.Select(one => CaseWords.Of(one.File))],
            [.. made.Lives.SelectMany(one => one.Life.Orders.All).Select(OrderWords.Of)],
            [.. made.Cases.Select(one => Triaged(one.Call, one.File, lives.GetValueOrDefault(one.Call)?.Proposal, year.End))]);
    }

    // As it stands once the look-out and everybody else have been at it.
    private Triage Triaged(SeedCall call, CaseFile file, DispatchProposal? proposal, DateTimeOffset end)
    {
        var begun = triage.Begin(file);
        var first = file.Unsaved.FirstOrDefault(entry => entry.Event is CaseDispatched);
        (begun.Crowd, begun.DispatchedAt, begun.Lead) = (call.Crowd, first?.At, file.FirstReceiver);
        begun.IsAutomatic = file.Unsaved.Any(entry => entry.Event is CaseDispatched && entry.By.UserId == Actor.Matcher(file.District).UserId);
        begun.PendingSince = file.Status == CaseStatus.Registered && file.DispatchCount == 0 && file.RegisteredAt > end.AddMinutes(-2) ? file.RegisteredAt : null;
        if (proposal is { Top: { } top })
        {
            (begun.Proposal, begun.Proposed, begun.Confidence) = (file.IsOpen ? proposal : null, top.Unit, top.Confidence);
        }

        begun.Assess();
        return begun;
    }

    // The duty list as the command centre would have taken it over, its word that the matcher may dispatch, and the scheme of the year.
    private async Task BeginAsync(PortalDbContext db, SeedCast cast, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var chance = new Random(1);
        foreach (var (terms, at) in DefaultDuties.For(SeedCast.District, times).Select((terms, no) => (terms, start.AddSeconds(no))))
        {
            var duty = Duty.Propose(chance.Id(at), terms, "按各单位“三定”规定和权力清单梳理。", null, cast.Dispatcher(at), at).Duty
                ?? throw new InvalidOperationException($"The default duty {terms.Category} is refused.");
            if (duty.WaitsFor == DutyJudge.Leader)
            {
                duty.Admit("已听取街乡镇意见，同意列入。", cast.Leader(at.AddDays(7)), at.AddDays(7));
            }

            Put(db, duty);
        }

        Put(db, DispatchPolicy.Begin(PolicyDesk.IdOf(SeedCast.District), SeedCast.District, PolicyValues.Default with { IsAutomatic = true, Threshold = Threshold }, "全区实行自动派单。", cast.Dispatcher(start), start).Policy!);
        var assessed = scheme with { Name = "朝阳区三率考评方案", From = WorkCalendar.DateAt(start.AddDays(30)), CoUnits = new(true, "区级考评办法（演示）：一单多派、一单多考") };
        Put(db, AssessmentScheme.Begin(SchemeDesk.IdOf(SeedCast.District), assessed, "双派的诉求，主办和协办一并考评。", cast.Leader(start), start).Scheme!);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static void Put(PortalDbContext db, Aggregate aggregate)
    {
        db.Add(aggregate);
        db.Log.AddRange(aggregate.Unsaved);
        aggregate.MarkSaved();
    }

    // What is registered next goes on from the numbers that were given.
    private static async Task CountAsync(PortalDbContext db, SeedYear year, CancellationToken cancellationToken)
    {
        foreach (var (count, day) in year.Counts().Select((count, day) => (count, day)).Where(day => day.count > 0))
        {
            db.Counters.Add(new Counter { Name = FormattableString.Invariant($"105-{year.DayAt(day):yyyyMMdd}-"), Value = count });
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static async Task TeachAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Lessons" ("District", "CaseId", "Unit", "IsRight", "At")
            SELECT "District", "CaseId", "Lead", 1, "At" FROM (
                SELECT "District", "CaseId", "Lead", "DispatchedAt" AS "At" FROM "Triage"
                WHERE "District" = {SeedCast.District.Value} AND "DispatchedAt" IS NOT NULL AND "Lead" IS NOT NULL ORDER BY "DispatchedAt" DESC LIMIT {Lessons})
            ORDER BY "At", "CaseId"
            """, cancellationToken);
    }
}
