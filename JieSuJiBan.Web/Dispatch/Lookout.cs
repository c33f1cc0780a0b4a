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

    private readonly SemaphoreSlim _looking = new(1);

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

        matches.Load();
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
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await matches.LearnAsync(cancellationToken);
            var failed = new HashSet<Guid>();
            while (failed.Count < AtOnce && await PendingAsync(failed, cancellationToken) is { Count: > 0 } pending)
            {
                await TryAsync(pending, failed, cancellationToken);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _looking.Dispose();
    }

    // One bad case must not hold up the others: it is put behind them, to be looked at again another time.
    private async Task TryAsync(List<Triage> pending, HashSet<Guid> failed, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(pending, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node looks at the same: look again at what it leaves.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (pending is [var bad])
            {
                failed.Add(bad.CaseId);
                logger.CaseFailed(bad.CaseId, exception);
                await WaitAsync([bad.CaseId], time.GetUtcNow(), cancellationToken);
                return;
            }

            foreach (var one in pending)
            {
                await TryAsync([one], failed, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(List<Guid> ids, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Triages.Where(triage => ids.Contains(triage.CaseId)).ExecuteUpdateAsync(row => row.SetProperty(triage => triage.PendingSince, since), cancellationToken);
    }

    private async Task<List<Triage>> PendingAsync(HashSet<Guid> except, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Triages.AsNoTracking().Where(triage => triage.PendingSince != null && !except.Contains(triage.CaseId)).OrderBy(triage => triage.PendingSince).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private async Task LookAsync(List<Triage> pending, CancellationToken cancellationToken)
    {
        var ids = pending.ConvertAll(triage => triage.CaseId);
        var files = await ProposeAsync(ids, cancellationToken);
        var waiting = new HashSet<OrgPath>();
        foreach (var district in pending.GroupBy(triage => triage.District))
        {
            var policy = await policies.ReadAsync(district.Key, cancellationToken);
            foreach (var triage in district)
            {
                var (file, proposal) = files[triage.CaseId];
                if (policy.IsAutomatic && file.NextStep == CaseStep.Dispatch)
                {
                    await DispatchAsync(file, proposal, policy, cancellationToken);
                }

                await crowds.CountAsync(triage, policy, cancellationToken);
                if (file is { NextStep: CaseStep.Dispatch, NextUnit: { } unit })
                {
                    waiting.Add(unit);
                }
            }
        }

        // Last of all: whoever is stopped in between looks again, and nothing happens twice.
        await WaitAsync(ids, null, cancellationToken);
        await Task.WhenAll(waiting.Select(unit => feed.PublishAsync(Topic.Unit(unit))));
    }

    // What the matcher thinks of each that still waits, put down before anything is done about it.
    private async Task<Dictionary<Guid, (CaseFile File, DispatchProposal? Proposal)>> ProposeAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var files = await CaseDesk.WithParts(db.Cases.AsNoTracking()).Where(file => ids.Contains(file.Id)).ToListAsync(cancellationToken);
        var thought = files.ToDictionary(file => file.Id, file => (file, file.NextStep == CaseStep.Dispatch ? matches.Propose(file) : null));
        foreach (var triage in await db.Triages.Where(triage => ids.Contains(triage.CaseId)).ToListAsync(cancellationToken))
        {
            if (thought[triage.CaseId].Item2 is { } proposal)
            {
                (triage.Proposal, triage.Proposed, triage.Confidence) = (proposal, proposal.Top?.Unit, proposal.Top?.Confidence ?? 0);
                triage.Assess();
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return thought;
    }

    private async Task DispatchAsync(CaseFile file, DispatchProposal? proposal, PolicyValues policy, CancellationToken cancellationToken)
    {
        var matcher = Actor.Matcher(file.District);
        if (!await JoinAsync(file, matcher, cancellationToken) && proposal?.Top is { } top && top.Confidence >= policy.Threshold)
        {
            // A refusal is the domain's last word: what a machine may not decide waits for a person.
            var order = orders.For(file, top.Unit, proposal);
            await desk.DoAsync(file.Id, matcher, waiting => waiting.Dispatch(order, orders.Calendar, matcher, time.GetUtcNow()));
        }
    }

    // Numbers are given in their order; ids that were made at the same moment, or in a browser, say nothing of it.
    private static bool IsEarlier(CaseLine other, CaseFile file) =>
        other.RegisteredAt < file.RegisteredAt || (other.RegisteredAt == file.RegisteredAt && string.CompareOrdinal(other.Number, file.Number) < 0);

    // The same matter of the same person, while the earlier case is still open.
    private async Task<bool> JoinAsync(CaseFile file, Actor matcher, CancellationToken cancellationToken)
    {
        var earlier = (await repeats.FindAsync(file, matcher, cancellationToken)).FirstOrDefault(repeat =>
            repeat is { IsSameMatter: true, CanTakeIn: true } && repeat.Case.Category == file.Category && IsEarlier(repeat.Case, file));
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Case {Case} could not be looked at.")]
    public static partial void CaseFailed(this ILogger logger, Guid @case, Exception exception);
}
