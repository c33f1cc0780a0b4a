using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

/// <summary>
/// Loads a thing, lets the domain decide, saves rows and log entries together, then wakes whoever is looking.
/// Requests for one stream form a line: whoever is waiting when a transaction begins shares it, and each gets an answer of its own
/// after the commit. Across nodes the log's key decides, and the loser decides again on what the winner left. So <c>decide</c> may
/// run more than once and must do nothing but decide.
/// </summary>
public abstract class Desk<TAggregate>(IDbContextFactory<PortalDbContext> databases, Feed feed)
    where TAggregate : Aggregate
{
    private const int Attempts = 8;

    private readonly Dictionary<Guid, List<Turn>> _lines = [];

    /// <summary>What a stream that nobody knows is answered with; foreign ones look the same.</summary>
    public static readonly Refusal Unknown = new("unknown", "没有找到。", "There is no such thing.");

    /// <summary>Lets <paramref name="by"/> do something to a stream that he may see.</summary>
    public Task<Outcome> DoAsync(Guid id, Actor by, Func<TAggregate, Outcome> decide)
    {
        var turn = new Turn(by, decide);
        lock (_lines)
        {
            if (_lines.TryGetValue(id, out var line))
            {
                line.Add(turn);
                return turn.Answer;
            }

            _lines[id] = [turn];
        }

        _ = Task.Run(() => ServeAsync(id));
        return turn.Answer;
    }

    /// <summary>Puts a new thing on the books.</summary>
    protected async Task OpenAsync(PortalDbContext db, TAggregate opened)
    {
        db.Add(opened);
        await SaveAsync(db);
        Announce([opened]);
    }

    protected abstract bool CanSee(Actor by, TAggregate stream);

    /// <summary>Loads the thing with all its parts, tracked.</summary>
    protected abstract Task<TAggregate?> LoadAsync(PortalDbContext db, Guid id);

    /// <summary>What must happen elsewhere in the same transaction because of these entries.</summary>
    protected virtual Task<Outcome> FollowAsync(PortalDbContext db, TAggregate decided, IReadOnlyList<LogEntry> entries) => Task.FromResult(Outcome.Done);

    /// <summary>Whom the entries concern.</summary>
    protected abstract IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries);

    private async Task ServeAsync(Guid id)
    {
        while (true)
        {
            List<Turn> turns;
            lock (_lines)
            {
                turns = _lines[id];
                if (turns.Count == 0)
                {
                    _lines.Remove(id);
                    return;
                }

                _lines[id] = [];
            }

            try
            {
                await DecideTogetherAsync(id, turns);
            }
            catch (Exception exception)
            {
                turns.ForEach(turn => turn.Fail(exception));
            }
        }
    }

    private async Task DecideTogetherAsync(Guid id, List<Turn> turns)
    {
        for (var conflicts = 0; turns.Exists(turn => turn.IsOpen);)
        {
            await using var db = await databases.CreateDbContextAsync();
            if (await LoadAsync(db, id) is not { } stream)
            {
                turns.ForEach(turn => turn.Answered(Unknown));
                return;
            }

            if (!await DecideAsync(db, stream, turns))
            {
                continue;  // somebody's no left traces in memory: start again without him
            }

            IReadOnlyList<Aggregate> saved;
            try
            {
                saved = await SaveAsync(db);
            }
            catch (DbUpdateException) when (++conflicts < Attempts)
            {
                // Another node was faster, or a message came twice. Either way: look again and decide again.
                await AnswerRepeatsAsync(id, turns);
                continue;
            }

            turns.ForEach(turn => turn.Commit());
            Announce(saved);
        }
    }

    // False if a refusal or an exception came after events had been recorded: the aggregate in hand is then worth nothing.
    private async Task<bool> DecideAsync(PortalDbContext db, TAggregate stream, List<Turn> turns)
    {
        foreach (var turn in turns.Where(turn => turn is { IsOpen: true, IsDeferred: false }))
        {
            var before = stream.Unsaved.Count;
            try
            {
                turn.Provisional = turn.By == Actor.Clock || CanSee(turn.By, stream) ? turn.Decide(stream) : Unknown;
                if (turn.Provisional.IsDone && stream.Unsaved.Count > before)
                {
                    turn.Provisional = await FollowAsync(db, stream, [.. stream.Unsaved.Skip(before)]);
                    turn.Key = stream.Unsaved[before].Key;
                }

                if (!turn.Provisional.IsDone && stream.Unsaved.Count > before)
                {
                    turn.Commit();
                    return false;
                }
            }
            catch (Exception exception)
            {
                turn.Fail(exception);
                return false;
            }
        }

        return true;
    }

    private static async Task<IReadOnlyList<Aggregate>> SaveAsync(PortalDbContext db)
    {
        var changed = db.ChangeTracker.Entries<Aggregate>().Select(entry => entry.Entity).Where(aggregate => aggregate.Unsaved.Count > 0).ToList();
        if (changed.Count == 0)
        {
            return [];
        }

        var entries = changed.SelectMany(aggregate => aggregate.Unsaved).ToList();
        db.Log.AddRange(entries);
        await AttachAsync(db, entries);
        await db.SaveChangesAsync();
        return changed;
    }

    private static async Task AttachAsync(PortalDbContext db, List<LogEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Event is IBringsAttachments { Attachments.Count: > 0 }))
        {
            var files = ((IBringsAttachments)entry.Event).Attachments!.Select(file => file.Id).ToList();
            var known = await db.AttachmentUses.Where(use => use.Stream == entry.Stream && files.Contains(use.AttachmentId)).Select(use => use.AttachmentId).ToListAsync();
            db.AttachmentUses.AddRange(files.Except(known).Select(file => new AttachmentUse { AttachmentId = file, Stream = entry.Stream }));
        }
    }

    private async Task AnswerRepeatsAsync(Guid id, List<Turn> turns)
    {
        var keys = turns.Where(turn => turn is { IsOpen: true, Key: not null }).Select(turn => turn.Key).ToList();
        await using var db = await databases.CreateDbContextAsync();
        var known = await db.Log.Where(entry => entry.Stream == id && keys.Contains(entry.Key)).Select(entry => entry.Key).ToListAsync();

        foreach (var repeats in turns.Where(turn => turn is { IsOpen: true, Key: not null }).GroupBy(turn => turn.Key))
        {
            foreach (var (turn, place) in repeats.Select((turn, place) => (turn, place)).ToList())
            {
                if (known.Contains(turn.Key))
                {
                    turn.Answered(Outcome.Done);  // recorded before: the sender only did not hear the answer
                }
                else
                {
                    turn.IsDeferred = place > 0;  // its twin goes first; what becomes of that is this one's answer too
                }
            }
        }
    }

    private void Announce(IReadOnlyList<Aggregate> saved)
    {
        foreach (var aggregate in saved)
        {
            var entries = aggregate.Unsaved.ToList();
            aggregate.MarkSaved();
            foreach (var topic in Topics(aggregate, entries).Distinct())
            {
                _ = feed.PublishAsync(topic);  // it is saved: nobody who is slow to hear of it holds up the line
            }
        }
    }

    private sealed class Turn(Actor by, Func<TAggregate, Outcome> decide)
    {
        private readonly TaskCompletionSource<Outcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Actor By => by;

        public Func<TAggregate, Outcome> Decide => decide;

        /// <summary>What the rules said; an answer only once it is committed.</summary>
        public Outcome Provisional { get; set; }

        public string? Key { get; set; }

        public bool IsDeferred { get; set; }

        public Task<Outcome> Answer => _answer.Task;

        public bool IsOpen => !_answer.Task.IsCompleted;

        public void Commit()
        {
            if (IsDeferred)
            {
                IsDeferred = false;
                return;
            }

            _answer.TrySetResult(Provisional);
        }

        public void Answered(Outcome outcome) => _answer.TrySetResult(outcome);

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}
