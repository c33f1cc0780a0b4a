using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

/// <summary>
/// Loads a thing, lets the domain decide, saves rows and log entries together, then wakes whoever is looking.
/// Requests for one stream form a line: whoever is waiting when a transaction begins shares it, and each gets an answer of its own
/// after the commit. The desk keeps the last streams in hand, so that a busy one is not read anew each time; another node may have
/// changed it meanwhile, so only what the database has taken counts, and a refusal is looked up before it is given. Across nodes the
/// log's key decides, and the loser decides again on what the winner left. So <c>decide</c> may run more than once and must do
/// nothing but decide.
/// </summary>
public abstract class Desk<TAggregate>(IDbContextFactory<PortalDbContext> databases, Feed feed)
    where TAggregate : Aggregate
{
    private const int Attempts = 8;
    private const int StreamsInHand = 64;

    private readonly Dictionary<Guid, Line<TAggregate>> _lines = [];

    /// <summary>What a stream that nobody knows is answered with; foreign ones look the same.</summary>
    public static readonly Refusal Unknown = new("unknown", "没有找到。", "There is no such thing.");

    /// <summary>Lets <paramref name="by"/> do something to a stream that he may see.</summary>
    public async Task<Outcome> DoAsync(Guid id, Actor by, Func<TAggregate, Outcome> decide)
    {
        var outcome = await LineUp(id, by, decide);
        return outcome.IsDone || !await IsRepeatAsync(id, by) ? outcome : Outcome.Done;
    }

    private Task<Outcome> LineUp(Guid id, Actor by, Func<TAggregate, Outcome> decide)
    {
        var turn = new Turn<TAggregate>(by, decide);
        lock (_lines)
        {
            if (!_lines.TryGetValue(id, out var line))
            {
                line = _lines[id] = new Line<TAggregate>(id);
            }

            if (line.Join(turn))
            {
                return turn.Answer;
            }

            _ = Task.Run(() => ServeAsync(line));
        }

        return turn.Answer;
    }

    /// <summary>Somebody else was at it in the meantime.</summary>
    protected static readonly Refusal Changed = new("changed", "内容刚被别人改过，请重新查看。", "Somebody else has just changed this. Look again.");

    /// <summary>Whether this very form was taken before, by this stream: he only did not hear the answer.</summary>
    protected async Task<bool> IsRepeatAsync(Guid id, Actor by)
    {
        if (by.FormKey is not { } key)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync();
        return await db.Log.AnyAsync(entry => entry.Stream == id && entry.Key == key && entry.By.UserId == by.UserId);
    }

    /// <summary>Puts a new thing on the books; what one form brings twice at once, once.</summary>
    protected async Task OpenAsync(PortalDbContext db, TAggregate opened, Actor by)
    {
        db.Add(opened);
        OnOpening(db, opened);
        try
        {
            await SaveAsync(db);
        }
        catch (DbUpdateException)
        {
            if (!await IsRepeatAsync(opened.Id, by))
            {
                throw;
            }

            return;
        }

        Announce([opened]);
    }

    /// <summary>Saves everything that was decided in one transaction, or nothing of it: then a faster hand was there first.</summary>
    protected async Task<Outcome> SaveTogetherAsync(PortalDbContext db, Refusal refusal)
    {
        try
        {
            Announce(await SaveAsync(db));
            return Outcome.Done;
        }
        catch (DbUpdateException)
        {
            return refusal;
        }
    }

    /// <summary>What else is put on the books with it.</summary>
    protected virtual void OnOpening(PortalDbContext db, TAggregate opened)
    {
    }

    /// <summary>
    /// Puts many things on the books in one transaction: new ones, what was decided on those that <paramref name="db"/> tracks, and
    /// what <paramref name="beside"/> writes. Nobody is woken: the answer is whom it concerns, for the caller to wake when it suits.
    /// </summary>
    protected async Task<IReadOnlySet<Topic>> OpenManyAsync(PortalDbContext db, IReadOnlyList<TAggregate> opened, Func<Task> beside)
    {
        var changed = db.ChangeTracker.Entries<TAggregate>().Select(entry => entry.Entity).Where(aggregate => aggregate.Unsaved.Count > 0).ToList();
        foreach (var aggregate in opened)
        {
            OnOpening(db, aggregate);
        }

        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertManyAsync(opened);
            var entries = opened.SelectMany(aggregate => aggregate.Unsaved).ToList();
            await db.InsertManyAsync(entries);
            await db.InsertManyAsync([.. Attached(entries).Select(use => new AttachmentUse { AttachmentId = use.File, Stream = use.Stream })]);
            await db.InsertAddedAsync();
            await beside();
            foreach (var aggregate in changed)
            {
                if (await FollowAsync(db, aggregate, aggregate.Unsaved) is { Refusal: { } refusal })
                {
                    throw new InvalidOperationException($"Among many nothing can be refused any more: {refusal.Code}");
                }
            }

            await SaveAsync(db);
            await transaction.CommitAsync();
        }

        var topics = new HashSet<Topic>();
        foreach (var aggregate in opened.Concat(changed))
        {
            var entries = aggregate.Unsaved.ToList();
            aggregate.MarkSaved();
            OnSaved(aggregate, entries);
            topics.UnionWith(Topics(aggregate, entries));
        }

        return topics;
    }

    protected abstract bool CanSee(Actor by, TAggregate stream);

    /// <summary>Loads the thing with all its parts, tracked.</summary>
    protected abstract Task<TAggregate?> LoadAsync(PortalDbContext db, Guid id);

    /// <summary>What must happen elsewhere in the same transaction because of these entries.</summary>
    protected virtual Task<Outcome> FollowAsync(PortalDbContext db, TAggregate decided, IReadOnlyList<LogEntry> entries) => Task.FromResult(Outcome.Done);

    /// <summary>Whom the entries concern.</summary>
    protected abstract IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries);

    private async Task ServeAsync(Line<TAggregate> line)
    {
        while (true)
        {
            List<Turn<TAggregate>> turns;
            lock (_lines)
            {
                if (!line.Call(out turns))
                {
                    PutAway();
                    return;
                }
            }

            try
            {
                await DecideTogetherAsync(line, turns);
            }
            catch (Exception exception)
            {
                line.PutDown();
                turns.ForEach(turn => turn.Fail(exception));
            }
        }
    }

    private void PutAway()
    {
        while (_lines.Count > StreamsInHand && _lines.Values.Where(line => !line.IsServed).MinBy(line => line.LastServed) is { } idle)
        {
            _lines.Remove(idle.Id);
            idle.PutDown();
        }
    }

    private async Task DecideTogetherAsync(Line<TAggregate> line, List<Turn<TAggregate>> turns)
    {
        for (var conflicts = 0; turns.Exists(turn => turn.IsOpen);)
        {
            var isFresh = line.Hand is null;
            if (line.Hand is not { } hand)
            {
                var opened = await databases.CreateDbContextAsync();
                await opened.Database.OpenConnectionAsync();
                if (await LoadAsync(opened, line.Id) is not { } stream)
                {
                    await opened.DisposeAsync();
                    turns.ForEach(turn => turn.Answered(Unknown));
                    return;
                }

                line.Hand = hand = (opened, stream);
            }

            if (!await DecideAsync(hand.Db, hand.Stream, turns, isFresh))
            {
                line.PutDown();  // what is in hand is worth nothing now: start again
                continue;
            }

            IReadOnlyList<Aggregate> saved;
            try
            {
                saved = await SaveAsync(hand.Db);
            }
            catch (DbUpdateException) when (++conflicts < Attempts)
            {
                // Another node was faster, or a message came twice. Either way: look again and decide again.
                line.PutDown();
                await AnswerRepeatsAsync(line.Id, turns);
                continue;
            }

            Announce(saved);  // first, so that whoever hears his answer finds what it did wherever he looks
            turns.ForEach(turn => turn.Commit());
            if (hand.Db.ChangeTracker.Entries<Aggregate>().All(tracked => tracked.Entity == hand.Stream))
            {
                Tidy(hand.Db);
            }
            else
            {
                line.PutDown();  // it carries others along, changed or only read, which their own desks will change
            }
        }
    }

    // False if somebody's no, or his exception, left traces in the aggregate, or came of one that was not read just now.
    private async Task<bool> DecideAsync(PortalDbContext db, TAggregate stream, List<Turn<TAggregate>> turns, bool isFresh)
    {
        foreach (var turn in turns.Where(turn => turn is { IsOpen: true, IsDeferred: false }))
        {
            if (turn.By.FormKey is { } form && stream.Unsaved.Any(entry => entry.Key == form))
            {
                (turn.Key, turn.IsDeferred) = (form, true);  // its twin goes first
                continue;
            }

            var before = stream.Unsaved.Count;
            try
            {
                turn.Provisional = turn.By.IsPortal || CanSee(turn.By, stream) ? turn.Decide(stream) : Unknown;
                if (turn.Provisional.IsDone && stream.Unsaved.Count > before)
                {
                    turn.Provisional = await FollowAsync(db, stream, [.. stream.Unsaved.Skip(before)]);
                    turn.Key = stream.Unsaved[before].Key;
                }
            }
            catch (Exception exception)
            {
                if (isFresh)
                {
                    turn.Fail(exception);
                }

                return false;
            }

            var hasRecorded = stream.Unsaved.Count > before;
            if (turn.Provisional.IsDone && hasRecorded)
            {
                continue;
            }

            if (!isFresh)
            {
                return false;
            }

            if (hasRecorded)
            {
                turn.Commit();
                return false;
            }
        }

        return true;
    }

    // What was written need not be watched any longer.
    private static void Tidy(PortalDbContext db)
    {
        foreach (var written in db.ChangeTracker.Entries().Where(entry => entry.Entity is LogEntry or AttachmentUse or Triage or Lesson).ToList())
        {
            written.State = EntityState.Detached;
        }
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
        foreach (var stream in Attached(entries).GroupBy(use => use.Stream))
        {
            var files = stream.Select(use => use.File).ToList();
            var known = await db.AttachmentUses.Where(use => use.Stream == stream.Key && files.Contains(use.AttachmentId)).Select(use => use.AttachmentId).ToListAsync();
            db.AttachmentUses.AddRange(files.Except(known).Select(file => new AttachmentUse { AttachmentId = file, Stream = stream.Key }));
        }
    }

    // The same message may stand in one batch twice: two pages of one person send what neither knows to be recorded.
    private static IEnumerable<(Guid File, Guid Stream)> Attached(IReadOnlyList<LogEntry> entries) => entries
        .Where(entry => entry.Event is IBringsAttachments { Attachments.Count: > 0 })
        .SelectMany(entry => ((IBringsAttachments)entry.Event).Attachments!.Select(file => (file.Id, entry.Stream)))
        .Distinct();

    private async Task AnswerRepeatsAsync(Guid id, List<Turn<TAggregate>> turns)
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

    /// <summary>Sees the entries before anybody is woken for them.</summary>
    protected virtual void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
    }

    private void Announce(IReadOnlyList<Aggregate> saved)
    {
        var topics = new HashSet<Topic>();
        foreach (var aggregate in saved)
        {
            var entries = aggregate.Unsaved.ToList();
            aggregate.MarkSaved();
            OnSaved(aggregate, entries);
            topics.UnionWith(Topics(aggregate, entries));
        }

        foreach (var topic in topics)
        {
            _ = Task.Run(() => feed.PublishAsync(topic));  // it is saved: nobody who is slow to hear of it holds up the line
        }
    }
}
