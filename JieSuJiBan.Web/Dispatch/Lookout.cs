using System.ComponentModel.DataAnnotations;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Dispatch;

public sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>How often the look-out looks for cases that no wake-up told it of.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often what the matcher has learnt is put away, so that a restart begins from there.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan KeepEvery { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>
/// Looks at every case once, soon after it came in: asks the matcher, joins it to an earlier one of the same person, dispatches it
/// where the policy lets it, and counts crowds. Every node runs one; what two do at once, the log's key and the domain let only one do.
/// </summary>
public sealed class Lookout(
    IDbContextFactory<PortalDbContext> databases, MatchBook matches, Orders orders, Repeats repeats, CrowdWatch crowds, PolicyDesk policies, CaseDesk desk, Feed feed,
    TimeProvider time, IOptions<DispatchOptions> options, ILogger<Lookout> logger) : BackgroundService
{
    private const int AtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var woken = new SemaphoreSlim(0);
        using var subscription = feed.Subscribe(Topic.Registered, () =>
        {
            if (woken.CurrentCount == 0)
            {
                woken.Release();
            }

            return Task.CompletedTask;
        });

        await matches.LoadAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LookFailed(exception);  // one bad look must not end the looking
            }

            using var tick = new CancellationTokenSource(options.Value.Tick, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, stoppingToken);
            try
            {
                await woken.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Nobody called: look all the same.
            }
        }
    }

    /// <summary>Learns what is new and looks at all that wait to be looked at. Tests call this; only the loop above knows about timers.</summary>
    public async Task TickAsync(CancellationToken cancellationToken = default)
    {
        await matches.LearnAsync(cancellationToken);
        while (await PendingAsync(cancellationToken) is { Count: > 0 } pending)
        {
            foreach (var triage in pending)
            {
                await LookAsync(triage, cancellationToken);
            }
        }
    }

    private async Task<List<Triage>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Triages.AsNoTracking().Where(triage => triage.PendingSince != null).OrderBy(triage => triage.PendingSince).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private async Task LookAsync(Triage triage, CancellationToken cancellationToken)
    {
        var policy = await policies.ReadAsync(triage.District, cancellationToken);
        var matcher = Actor.Matcher(triage.District);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var file = await CaseDesk.WithParts(db.Cases.AsNoTracking()).SingleAsync(file => file.Id == triage.CaseId, cancellationToken);

        var proposal = file.NextStep == CaseStep.Dispatch ? matches.Propose(file) : null;
        await KeepAsync(triage, proposal, cancellationToken);
        if (policy.IsAutomatic && file.NextStep == CaseStep.Dispatch && !await JoinAsync(file, matcher, cancellationToken)
            && proposal?.Top is { } top && top.Confidence >= policy.Threshold)
        {
            // A refusal is the domain's last word: what a machine may not decide waits for a person.
            var order = orders.For(file, top.Unit, proposal);
            await desk.DoAsync(file.Id, matcher, waiting => waiting.Dispatch(order, orders.Calendar, matcher, time.GetUtcNow()));
        }

        await crowds.CountAsync(triage, policy, cancellationToken);
        matches.Add(file);

        // Last of all: whoever is stopped in between is looked at again, and nothing happens twice.
        await db.Triages.Where(row => row.CaseId == file.Id).ExecuteUpdateAsync(row => row.SetProperty(seen => seen.PendingSince, (DateTimeOffset?)null), cancellationToken);
        if (file.NextStep == CaseStep.Dispatch && file.NextUnit is { } unit)
        {
            await feed.PublishAsync(Topic.Unit(unit));
        }
    }

    private async Task KeepAsync(Triage triage, DispatchProposal? proposal, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Triages.SingleAsync(row => row.CaseId == triage.CaseId, cancellationToken);
        (row.Proposal, row.Proposed, row.Confidence) = (proposal, proposal?.Top?.Unit, proposal?.Top?.Confidence ?? 0);
        row.Assess();
        await db.SaveChangesAsync(cancellationToken);
    }

    // The same matter of the same person, while the earlier case is still open.
    private async Task<bool> JoinAsync(CaseFile file, Actor matcher, CancellationToken cancellationToken)
    {
        var earlier = (await repeats.FindAsync(file, matcher, cancellationToken)).FirstOrDefault(repeat => repeat is { IsSameMatter: true, CanTakeIn: true } && repeat.Case.Category == file.Category);
        if (earlier is null)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await CaseDesk.WithParts(db.Cases.AsNoTracking()).SingleOrDefaultAsync(into => into.Id == earlier.Case.Id, cancellationToken) is { } into
            && (await desk.DoAsync(file.Id, matcher, waiting => waiting.MergeInto(into, matcher, time.GetUtcNow()))).IsDone;
    }
}

internal static partial class LookoutLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The look-out failed.")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
