using System.Data.Common;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Figures;

/// <summary>How a series is cut.</summary>
public enum Step
{
    Day,
    Month,
}

/// <summary>
/// Answers what was counted where and when, from tallies by day and by month of Beijing. What has changed since they were last added
/// up is added here, in the same question, so a figure is never older than the case behind it.
/// </summary>
public sealed class FigureBook(IDbContextFactory<PortalDbContext> databases)
{
    internal static readonly string Names = string.Join(", ", Tally.Measures.Select(measure => $"\"{measure}\""));
    internal static readonly string Sums = string.Join(", ", Tally.Measures.Select(measure => $"SUM(\"{measure}\") AS \"{measure}\""));

    // Whole months are read as months, the days before and after them as days.
    private const string Spans = """
        FROM "Tallies" WHERE "District" = @district AND "Dimension" = @dimension AND "IsMonth" = 1 AND "Start" >= @firstMonth AND "Start" < @lastMonth
        """;

    private const string Days = """
        FROM "Tallies" WHERE "District" = @district AND "Dimension" = @dimension AND "IsMonth" = 0 AND
        """;

    private const string Pending = """
        FROM "FigureChanges" WHERE "District" = @district AND "Dimension" = @dimension AND "Day" >= @from AND "Day" < @until
        """;

    /// <summary>The sum for each subject over the days from <paramref name="from"/> until before <paramref name="until"/>.</summary>
    public async Task<IReadOnlyDictionary<string, Tally>> SumAsync(
        OrgPath district, Dimension dimension, DateOnly from, DateOnly until, CancellationToken cancellationToken = default)
    {
        var sql = $"""
            SELECT "Subject", {Sums} FROM (
                SELECT "Subject", {Names} {Spans}
                UNION ALL SELECT "Subject", {Names} {Days} "Start" >= @from AND "Start" < @firstMonth
                UNION ALL SELECT "Subject", {Names} {Days} "Start" >= @lastMonth AND "Start" < @until
                UNION ALL SELECT "Subject", {Names} {Pending})
            GROUP BY "Subject"
            """;
        var sums = new Dictionary<string, Tally>(StringComparer.Ordinal);
        await ReadAsync(sql, new Span(district, dimension, from, until), null, row => sums[row.GetString(0)] = TallyOf(row, 1), cancellationToken);
        return sums;
    }

    /// <summary>What one subject comes to, for each day or month in which anything was counted, in order.</summary>
    public async Task<IReadOnlyList<(DateOnly Start, Tally Tally)>> SeriesAsync(
        OrgPath district, Dimension dimension, string subject, Step step, DateOnly from, DateOnly until, CancellationToken cancellationToken = default)
    {
        var start = step == Step.Month ? "date(\"Day\", 'start of month')" : "\"Day\"";
        var sql = $"""
            SELECT "Start", {Sums} FROM (
                SELECT "Start", {Names} FROM "Tallies" WHERE "District" = @district AND "Dimension" = @dimension AND "IsMonth" = @isMonth AND "Start" >= @from AND "Start" < @until AND "Subject" = @subject
                UNION ALL SELECT {start}, {Names} {Pending} AND "Subject" = @subject)
            GROUP BY "Start" ORDER BY "Start"
            """;
        var series = new List<(DateOnly, Tally)>();
        await ReadAsync(
            sql, new Span(district, dimension, from, until), [("@subject", subject), ("@isMonth", step == Step.Month ? 1 : 0)],
            row => series.Add((DateOnly.ParseExact(row.GetString(0), "yyyy-MM-dd", null), TallyOf(row, 1))), cancellationToken);
        return series;
    }

    private async Task ReadAsync(string sql, Span span, (string Name, object Value)[]? more, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in span.Parameters().Concat(more ?? []))
        {
            command.Parameters.Add(new SqliteParameter(name, value));
        }

        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            read(rows);
        }
    }

    internal static Tally TallyOf(DbDataReader row, int first) => Tally.Of(measure => row.GetInt64(first + (int)measure));

    private readonly record struct Span(OrgPath District, Dimension Dimension, DateOnly From, DateOnly Until)
    {
        public IEnumerable<(string Name, object Value)> Parameters()
        {
            var firstMonth = From.Day == 1 ? From : new DateOnly(From.Year, From.Month, 1).AddMonths(1);
            var lastMonth = new DateOnly(Until.Year, Until.Month, 1);
            if (firstMonth >= lastMonth)
            {
                (firstMonth, lastMonth) = (Until, Until);  // no whole month in it: the days before the first are all of them
            }

            return
            [
                ("@district", District.Value), ("@dimension", Dimension.ToString()),
                ("@from", Day(From)), ("@until", Day(Until)),
                ("@firstMonth", Day(firstMonth)), ("@lastMonth", Day(lastMonth)),
            ];
        }

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", null);
    }
}
