using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Web.Supervision;

/// <summary>
/// Makes an order findable in the transaction that gives it, whoever does: the desk, a rule, a meeting, a leader's word. Once it is
/// ended it is found among the ended ones.
/// </summary>
public sealed class OrderWordsWriter : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        foreach (var (db, order) in Changed(eventData.Context))
        {
            Write(db, order, db.Set<OrderWords>().SingleOrDefault(words => words.Stream == order.Id));
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var (db, order) in Changed(eventData.Context))
        {
            Write(db, order, await db.Set<OrderWords>().SingleOrDefaultAsync(words => words.Stream == order.Id, cancellationToken));
        }

        return result;
    }

    private static List<(PortalDbContext Db, SupervisionOrder Order)> Changed(DbContext? context)
    {
        if (context is not PortalDbContext db)
        {
            return [];
        }

        var changed = db.ChangeTracker.Entries<SupervisionOrder>().Where(tracked => tracked.State != EntityState.Unchanged).ToList();
        foreach (var given in changed.Where(tracked => tracked.State == EntityState.Added))
        {
            db.Add(OrderWords.Of(given.Entity));
        }

        return [.. changed.Where(tracked => tracked.State == EntityState.Modified && tracked.Property(order => order.IsOpen).IsModified).Select(tracked => (db, tracked.Entity))];
    }

    private static void Write(PortalDbContext db, SupervisionOrder order, OrderWords? known)
    {
        var words = OrderWords.Of(order);
        if (known is null)
        {
            db.Add(words);
        }
        else
        {
            known.Words = words.Words;
        }
    }
}
