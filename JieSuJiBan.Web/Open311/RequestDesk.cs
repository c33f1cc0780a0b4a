using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Open311;

/// <summary>A request as its sender may see it: what he sent himself, and how it stands.</summary>
internal sealed record RequestLine(CaseFile File, DateTimeOffset UpdatedAt, bool IsErased);

/// <summary>Registers what other systems send and answers what became of it. A key sees what came by itself, and nothing else.</summary>
internal sealed class RequestDesk(IDbContextFactory<PortalDbContext> databases, CaseDesk cases, TimeProvider time)
{
    public static readonly Refusal UnknownService = new("open311.service.unknown", "没有这个service_code。", "There is no such service_code.");

    /// <summary>Registers the demand; the same reference sent again is answered with the case that it brought the first time.</summary>
    public async Task<(string? Number, Outcome Outcome)> FileAsync(Demand demand, Petitioner petitioner, ApiKey key, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, demand.SourceNumber, cancellationToken) is { } known)
        {
            return (known, Outcome.Done);
        }

        try
        {
            var (id, outcome) = await cases.RegisterAsync(demand, petitioner, key.ToActor());
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return outcome.IsDone ? (await db.Cases.Where(file => file.Id == id).Select(file => file.Number).SingleAsync(cancellationToken), outcome) : (null, outcome);
        }
        catch (DbUpdateException) when (demand.SourceNumber is not null)
        {
            // Sent twice at once: the index let one of the two in.
            if (await FindAsync(key, demand.SourceNumber, cancellationToken) is { } twin)
            {
                return (twin, Outcome.Done);
            }

            throw;
        }
    }

    /// <summary>The number of the case that a reference of this key brought.</summary>
    public Task<string?> FindByReferenceAsync(ApiKey key, string reference, CancellationToken cancellationToken) =>
        Submission.IsReference(reference) ? FindAsync(key, key.SourceNumber(reference), cancellationToken) : Task.FromResult<string?>(null);

    public async Task<IReadOnlyList<RequestLine>> ListAsync(ApiKey key, RequestQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = key.ToActor().UserId;
        var own = db.Cases.AsNoTracking().Where(file => file.Channel == Channel.System && file.RegisteredBy == sender);
        var asked = query.Numbers is { Count: > 0 } numbers
            ? own.Where(file => numbers.Contains(file.Number))
            : Filter(own, query, time.GetUtcNow());

        return await asked
            .OrderByDescending(file => file.RegisteredAt).ThenByDescending(file => file.Id)
            .Skip((query.Page - 1) * query.PageSize).Take(query.PageSize)
            .Select(file => new RequestLine(
                file,
                file.ClosedAt ?? db.Log.Where(entry => entry.Stream == file.Id && entry.Sequence == file.Version).Select(entry => entry.At).First(),
                db.Petitioners.Any(petitioner => petitioner.CaseId == file.Id && petitioner.Sealed == null)))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<CaseFile> Filter(IQueryable<CaseFile> cases, RequestQuery query, DateTimeOffset now)
    {
        var (from, to) = query.Span(now);
        cases = cases.Where(file => file.RegisteredAt >= from && file.RegisteredAt <= to);
        if (query.Categories is { Count: > 0 } categories)
        {
            cases = cases.Where(file => categories.Any(category => EF.Functions.Like(file.Category + "/", category + "/%")));
        }

        return query.IsOpen is { } isOpen ? cases.Where(file => file.IsOpen == isOpen) : cases;
    }

    private async Task<string?> FindAsync(ApiKey key, string? sourceNumber, CancellationToken cancellationToken)
    {
        if (sourceNumber is null)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cases.Where(file => file.District == key.District && file.Channel == Channel.System && file.SourceNumber == sourceNumber)
            .Select(file => file.Number).SingleOrDefaultAsync(cancellationToken);
    }
}
