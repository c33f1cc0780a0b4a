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
public abstract partial class Desk<TAggregate>(IDbContextFactory<PortalDbContext> databases, Feed feed)
    where TAggregate : Aggregate
{
    /// <summary>What a stream that nobody knows is answered with; foreign ones look the same.</summary>
    public static readonly Refusal Unknown = new("unknown", "没有找到。", "There is no such thing.");

    /// <summary>Lets <paramref name="by"/> do something to a stream that he may see.</summary>
    public async Task<Outcome> DoAsync(Guid id, Actor by, Func<TAggregate, Outcome> decide)
    {
        var outcome = await LineUp(id, by, decide);
        return outcome.IsDone || !await IsRepeatAsync(id, by) ? outcome : Outcome.Done;
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

        IReadOnlyList<Aggregate> followed;
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

            followed = await SaveAsync(db);
            await transaction.CommitAsync();
        }

        var topics = new HashSet<Topic>();
        foreach (var aggregate in opened.Cast<Aggregate>().Concat(changed).Concat(followed).Distinct().ToList())
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
