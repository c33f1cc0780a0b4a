using System.Runtime.CompilerServices;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>
/// Writes a message beside each log entry that a subscription wants to know of, whoever saves the entry: both are in the database, or
/// neither is. A message says that something happened to which case; nothing of what people wrote, and nothing at all of a 举报.
/// What is new on the books is told by the desk that opens it (<see cref="OutboxMessages.Tell"/>), since many at once go past the
/// change tracker; every later entry is seen here.
/// </summary>
/// <remarks>The contexts are made with this, so the books, which read from contexts, are asked for when they are needed.</remarks>
public sealed class Outbox(IServiceProvider services, Feed feed) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<PortalDbContext, List<Delivery>> _written = [];
    private readonly Lazy<WebhookBook> _book = new(services.GetRequiredService<WebhookBook>);
    private readonly Lazy<UnitBook> _units = new(services.GetRequiredService<UnitBook>);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        WriteChanged(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        WriteChanged(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        PutDown(eventData.Context, isSaved: true);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        PutDown(eventData.Context, isSaved: true);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => PutDown(eventData.Context, isSaved: false);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        PutDown(eventData.Context, isSaved: false);
        return Task.CompletedTask;
    }

    internal void Write(PortalDbContext db, Aggregate aggregate)
    {
        if (!_book.Value.IsEmpty && Tell(db, aggregate).ToList() is { Count: > 0 } told)
        {
            db.Deliveries.AddRange(told);
            _written.GetOrCreateValue(db).AddRange(told);
        }
    }

    private void WriteChanged(DbContext? context)
    {
        if (_book.Value.IsEmpty || context is not PortalDbContext db)
        {
            return;
        }

        foreach (var changed in db.ChangeTracker.Entries<Aggregate>().Where(tracked => tracked.State != EntityState.Added && tracked.Entity.Unsaved.Count > 0).ToList())
        {
            Write(db, changed.Entity);
        }
    }

    private IEnumerable<Delivery> Tell(PortalDbContext db, Aggregate aggregate) => aggregate switch
    {
        CaseFile { Nature: not Nature.Report, ReportedUnit: null } file => Tell(file, file.District, entry => new Message(
            entry.Type, entry.At, file.Id, entry.Sequence, file.Number, file.Status.ToString(), Unit(file.FirstReceiver), null)),

        // A draft is the whistler's own affair.
        Whistle { SoundedAt: not null, ReportedUnit: null } whistle when !IsOfReport(db, whistle) => Tell(whistle, whistle.District, entry => new Message(
            entry.Type, entry.At, whistle.Id, entry.Sequence, whistle.Number, whistle.Stage.ToString(), Unit(whistle.Whistler), whistle.CaseNumber)),
        _ => [],
    };

    private IEnumerable<Delivery> Tell(Aggregate aggregate, OrgPath district, Func<LogEntry, Message> tell) =>
        from entry in aggregate.Unsaved
        from webhook in _book.Value.Find(district, entry.Type)
        select tell(entry).For(webhook);

    // The case follows its whistle in the same transaction; were it not there, nothing would be told.
    private static bool IsOfReport(PortalDbContext db, Whistle whistle) =>
        whistle.CaseId is { } id && db.Cases.Local.FindEntry(id)?.Entity.Nature is null or Nature.Report;

    private UnitName? Unit(OrgPath? unit) => unit is { } path ? new UnitName(path.Value, _units.Value.Name(path)) : null;

    // A desk keeps its context: what was written need not be watched, and what was not written must not be written later.
    private void PutDown(DbContext? context, bool isSaved)
    {
        if (context is not PortalDbContext db || !_written.Remove(db, out var written))
        {
            return;
        }

        written.ForEach(delivery => db.Entry(delivery).State = EntityState.Detached);
        if (isSaved)
        {
            _ = Task.Run(() => feed.PublishAsync(Topic.Outbox));
        }
    }
}

internal static class OutboxMessages
{
    /// <summary>Writes what subscribers are told of a thing that is new on the books.</summary>
    public static void Tell(this PortalDbContext db, Aggregate opened) =>
        db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?.OfType<Outbox>().SingleOrDefault()?.Write(db, opened);
}
