using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Data;

public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", CheckAsync).AllowAnonymous();

        // Answered without the database: a page asks it whether the line is back.
        routes.MapGet("/health/line", () => TypedResults.NoContent()).AllowAnonymous();
    }

    public sealed record Report(string Database, string? Migration);

    /// <summary>200 if the database answers and its newest migration is the newest we know; 503 otherwise.</summary>
    private static async Task<Results<Ok<Report>, JsonHttpResult<Report>>> CheckAsync(
        IDbContextFactory<PortalDbContext> databases, ILogger<Report> logger, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault();
            return applied is not null && applied == db.Database.GetMigrations().LastOrDefault()
                ? TypedResults.Ok(new Report("ok", applied))
                : TypedResults.Json(new Report("behind", applied), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.DatabaseSilent(exception);
            return TypedResults.Json(new Report("down", null), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

internal static partial class HealthLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not answer.")]
    public static partial void DatabaseSilent(this ILogger logger, Exception exception);
}
