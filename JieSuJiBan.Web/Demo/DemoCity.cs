using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Reviews;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Demo;

/// <summary>Builds the invented 平谷区 in an empty database: its officers, and some seventy cases in every state with their logs.</summary>
public sealed class DemoCity(
    IDbContextFactory<PortalDbContext> databases, UnitBook units, TimeRules rules, SafetyWords safety, TriageBook triage, PetitionerVault vault, FileStore files, Feed feed, CaseDesk desk, ReviewFigures figures,
    SchemeTerms scheme, TimeProvider time, IOptions<DemoOptions> options)
{
    public static readonly OrgPath District = new("/11/110117/");

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Dictionary<string, int> _counters = [];

    /// <summary>The accounts that the sign-in page offers, in demo mode only.</summary>
    public IReadOnlyList<(string UserName, string Name, string Unit, string Title)> Accounts =>
        options.Value.Enabled
            ? [.. new DemoCast(units, District).Officers.DistinctBy(officer => officer.UserName)
                .Select(officer => (officer.UserName, officer.Name, units.ShortName(officer.Unit), officer.Title))]
            : [];

    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await AddDutiesAsync(db, cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken) || await db.Cases.AnyAsync(cancellationToken))
        {
            return;
        }

        var now = time.GetUtcNow();
        var cast = new DemoCast(units, District);
        AddOfficers(db, cast, now);
        await AddGarageAsync(db, cast, now);
        AddCases(db, cast, now);
        AddPolicy(db, cast, now);
        DemoScheme.Add(db, scheme, cast, now);
        AddForeseen(db, cast, now);
        db.Counters.AddRange(_counters.Select(counter => new Counter { Name = counter.Key, Value = counter.Value }));
        await db.SaveChangesAsync(cancellationToken);

        // What a review counts must be in the database first. Its numbers are of days past, so no counter goes on from them.
        await new DemoReviews(db, figures, cast, Next).HoldAsync(now, cancellationToken);
        new DemoOrders(db, cast, Next).Give(now);
        await db.SaveChangesAsync(cancellationToken);
    }

    // The default list, as the command centre would have taken it over a year ago: what concerns the streets was admitted by the leader.
    private async Task AddDutiesAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Duties.AnyAsync(duty => duty.District == District, cancellationToken))
        {
            return;
        }

        var (cast, start) = (new DemoCast(units, District), time.GetUtcNow().AddYears(-1));
        foreach (var (terms, at) in DefaultDuties.For(District, rules).Select((terms, no) => (terms, start.AddSeconds(no))))
        {
            var duty = Duty.Propose(Guid.CreateVersion7(at), terms, "按各单位“三定”规定和权力清单梳理。", null, cast.Dispatcher(at), at).Duty
                ?? throw new InvalidOperationException($"The default duty {terms.Category} is refused.");
            if (duty.WaitsFor == DutyJudge.Leader)
            {
                duty.Admit("已听取街乡镇意见，同意列入。", cast.DistrictLeader(at.AddDays(7)), at.AddDays(7));
            }

            db.Add(duty);
            db.Log.AddRange(duty.Unsaved);
            duty.MarkSaved();
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void AddOfficers(PortalDbContext db, DemoCast cast, DateTimeOffset now)
    {
        var hash = new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), options.Value.Password);
        db.Users.AddRange(cast.Officers.DistinctBy(officer => officer.UserName).Select(officer => new PortalUser
        {
            Id = officer.UserId,
            UserName = officer.UserName,
            NormalizedUserName = officer.UserName.ToUpperInvariant(),
            DisplayName = officer.Name,
            PasswordHash = hash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        }));
        db.Posts.AddRange(cast.Officers.Select((officer, order) => new Post
        {
            UserId = officer.UserId,
            Unit = officer.Unit,
            Role = officer.Role,
            Title = officer.Title,
            From = now.AddYears(-1).AddMinutes(order),
        }));
    }

    private async Task AddGarageAsync(PortalDbContext db, DemoCast cast, DateTimeOffset now)
    {
        var play = new DemoPlay(cast, rules, safety, now.AddHours(-DemoGarage.HoursAgo), now);
        play.PlayGarage(
            CaseNumber(play.RegisteredAt), WhistleNumber, [await PictureAsync("garage-before.png", "地下车库现状.png")], [await PictureAsync("garage-after.png", "充电桩建成.png")]);
        Perform(db, play);
    }

    // A newcomer sees the machine at work: it dispatches what it is sure of.
    private static void AddPolicy(PortalDbContext db, DemoCast cast, DateTimeOffset now)
    {
        var at = now.AddDays(-30);
        var policy = DispatchPolicy.Begin(PolicyDesk.IdOf(District), District, PolicyValues.Default with { IsAutomatic = true }, "试行自动派单。", cast.Dispatcher(at), at).Policy!;
        db.Add(policy);
        db.Log.AddRange(policy.Unsaved);
        policy.MarkSaved();
    }

    private static void AddForeseen(PortalDbContext db, DemoCast cast, DateTimeOffset now)
    {
        var start = now.AddDays(-60);
        foreach (var (terms, at) in DefaultForeseen.For(District).Select((terms, no) => (terms, start.AddSeconds(no))))
        {
            var problem = ForeseenProblem.Propose(Guid.CreateVersion7(at), terms, "按历年诉求梳理。", cast.Dispatcher(at), at).Problem
                ?? throw new InvalidOperationException($"The foreseen problem {terms.Title} is refused.");
            for (var day = at.AddDays(1); day <= now; day = day.AddDays(1))
            {
                problem.Ring(day);
                foreach (var step in problem.Steps.Where(step => problem.Season.DayAt(step.Offset, WorkCalendar.DateAt(day)) <= WorkCalendar.DateAt(day) && day < now.AddDays(-5) && step.StateOn(WorkCalendar.DateAt(day)) != StepState.Finished).ToList())
                {
                    problem.Finish(step.No, "已完成，情况报区指挥中心。", cast.Dispatcher(day), day);
                }
            }

            problem.Ring(now);
            db.Add(problem);
            db.Log.AddRange(problem.Unsaved);
            problem.MarkSaved();
        }
    }

    private void AddCases(PortalDbContext db, DemoCast cast, DateTimeOffset now)
    {
        using var json = typeof(DemoCity).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Demo.cases.json")!;
        var told = JsonSerializer.Deserialize<List<DemoCase>>(json, s_json)!;
        var files = new Dictionary<string, CaseFile>();

        // The oldest first, so that numbers run with time and a joined case finds the one it joins.
        foreach (var one in told.OrderByDescending(one => one.RegisteredHoursAgo))
        {
            var play = new DemoPlay(cast, rules, safety, now.AddHours(-one.RegisteredHoursAgo), now);
            play.Play(one, CaseNumber(play.RegisteredAt), WhistleNumber, one.MergeInto is null ? null : files[one.MergeInto]);
            Perform(db, play);
            files[one.Title] = play.File;
            if (one.End == DemoEnd.Archived)
            {
                ArchiveWhenStored(play.File.Id, cast);
            }
        }
    }

    private void Perform(PortalDbContext db, DemoPlay play)
    {
        play.Perform();
        triage.Open(db, play.File);
        db.CountOpened(play.File);
        db.MakeFindable(play.File);
        db.Petitioners.Add(vault.Seal(play.File.Id, play.Petitioner ?? Petitioner.Anonymous));
        foreach (var aggregate in play.Whistles.Cast<Aggregate>().Prepend(play.File))
        {
            db.Add(aggregate);
            db.Log.AddRange(aggregate.Unsaved);
            db.AttachmentUses.AddRange(aggregate.Unsaved
                .SelectMany(entry => (entry.Event as IBringsAttachments)?.Attachments ?? [])
                .Select(file => file.Id).Distinct()
                .Select(file => new AttachmentUse { AttachmentId = file, Stream = aggregate.Id }));
            aggregate.MarkSaved();
        }
    }

    // A case is archived with its printed file, and that is made by the portal itself once it runs.
    private void ArchiveWhenStored(Guid id, DemoCast cast) => feed.Subscribe(Topic.Case(id), () =>
    {
        var now = time.GetUtcNow();
        var archivist = cast.Archivist(now);
        return desk.DoAsync(id, archivist, file => file.StoredFile is null || file.Status != CaseStatus.Closed
            ? Domain.Outcome.Done
            : file.Archive($"PG·JSJB·{file.RegisteredAt.Year}·永久·001", "永久", archivist, now));
    });

    private async Task<AttachmentRef> PictureAsync(string resource, string name)
    {
        await using var picture = typeof(DemoCity).Assembly.GetManifestResourceStream($"JieSuJiBan.Web.Demo.{resource}")!;
        var (file, outcome) = await files.SaveAsync(name, picture, Actor.Clock);
        return file?.ToRef() ?? throw new InvalidOperationException(outcome.Refusal!.Code);
    }

    private string CaseNumber(DateTimeOffset at) => Next("", at, 4);

    private string WhistleNumber(DateTimeOffset at) => Next("哨", at, 3);

    private string Next(string prefix, DateTimeOffset at, int digits)
    {
        var series = $"{prefix}117-{at.ToOffset(WorkCalendar.Beijing).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-";
        var value = _counters[series] = _counters.GetValueOrDefault(series) + 1;
        return series + value.ToString($"D{digits}", CultureInfo.InvariantCulture);
    }
}
