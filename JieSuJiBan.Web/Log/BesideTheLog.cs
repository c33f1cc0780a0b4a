using System.Runtime.CompilerServices;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Web.Log;

/// <summary>
/// Writes rows beside each log entry of a thing that is known already, whoever saves the entry: both are in the database, or neither
/// is. What is new on the books is told by the desk that opens it, since many at once go past the change tracker.
/// </summary>
public abstract class BesideTheLog<TRow> : SaveChangesInterceptor
    where TRow : class
{
    private readonly ConditionalWeakTable<PortalDbContext, List<TRow>> _written = [];

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

    /// <summary>Whether what is new on the books is told by this, too, where the change tracker brings it.</summary>
    protected virtual bool TellsOfNew => false;

    /// <summary>Nobody wants to know of anything now, so nothing need be looked through.</summary>
    protected virtual bool IsIdle => false;

    /// <summary>The rows that stand beside what is about to be saved of one thing.</summary>
    protected abstract IEnumerable<TRow> Tell(PortalDbContext db, Aggregate changed);

    /// <summary>They are in the database: whoever waits for them is woken.</summary>
    protected abstract void OnWritten(IReadOnlyList<TRow> rows);

    protected void Write(PortalDbContext db, Aggregate changed)
    {
        if (Tell(db, changed).ToList() is { Count: > 0 } told)
        {
            db.Set<TRow>().AddRange(told);
            _written.GetOrCreateValue(db).AddRange(told);
        }
    }

    private void WriteChanged(DbContext? context)
    {
        if (IsIdle || context is not PortalDbContext db)
        {
            return;
        }

        foreach (var changed in db.ChangeTracker.Entries<Aggregate>().Where(tracked => (TellsOfNew || tracked.State != EntityState.Added) && tracked.Entity.Unsaved.Count > 0).ToList())
        {
            Write(db, changed.Entity);
        }
    }

    // A desk keeps its context: what was written need not be watched, and what was not written must not be written later.
    private void PutDown(DbContext? context, bool isSaved)
    {
        if (context is not PortalDbContext db || !_written.Remove(db, out var written))
        {
            return;
        }

        written.ForEach(row => db.Entry(row).State = EntityState.Detached);
        if (isSaved)
        {
            OnWritten(written);
        }
    }
}
