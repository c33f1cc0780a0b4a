using System.Runtime.CompilerServices;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Web.Cases;

/// <summary>
/// Keeps what a case is found by as the case is, in whatever transaction changes it. What is new on the books is made findable by the
/// desk that opens it, since many at once go past the change tracker.
/// </summary>
public sealed class CaseWordsWriter : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<PortalDbContext, List<CaseWords>> _written = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        foreach (var (db, file) in Changed(eventData.Context))
        {
            Write(db, file, db.Set<CaseWords>().SingleOrDefault(words => words.Stream == file.Id));
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var (db, file) in Changed(eventData.Context))
        {
            Write(db, file, await db.Set<CaseWords>().SingleOrDefaultAsync(words => words.Stream == file.Id, cancellationToken));
        }

        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        PutDown(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        PutDown(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => PutDown(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        PutDown(eventData.Context);
        return Task.CompletedTask;
    }

    private static List<(PortalDbContext Db, CaseFile File)> Changed(DbContext? context) => context is not PortalDbContext db ? [] :
    [
        .. db.ChangeTracker.Entries<CaseFile>().Where(tracked => tracked.State != EntityState.Added && tracked.Entity.Unsaved.Count > 0).Select(tracked => (db, tracked.Entity)),
    ];

    private void Write(PortalDbContext db, CaseFile file, CaseWords? known)
    {
        var words = CaseWords.Of(file);
        if (known is null)
        {
            db.Add(known = words);
        }

        known.Words = words.Words;
        _written.GetOrCreateValue(db).Add(known);
    }

    // A desk keeps its context: what was written need not be watched, and what was not written must not be written later.
    private void PutDown(DbContext? context)
    {
        if (context is PortalDbContext db && _written.Remove(db, out var written))
        {
            written.ForEach(row => db.Entry(row).State = EntityState.Detached);
        }
    }
}
