using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Figures;

/// <summary>
/// Answers what was counted where and when, from tallies by day, by part of a month and by month of Beijing. What has changed since they
/// were last added up is added here, in the same question, so a figure is never older than the case behind it.
/// </summary>
public sealed class FigureBook(IDbContextFactory<PortalDbContext> databases)
{
    internal static readonly string Names = NamesOf(Tally.Measures);
    internal static readonly string Sums = string.Join(", ", Tally.Measures.Select(measure => $"SUM(\"{measure}\") AS \"{measure}\""));

    // Each stretch is named, so that of each only the subjects asked for are looked at.
    private const string Kept = """
        FROM json_each(@stretches) AS "Asked" CROSS JOIN "Tallies"
        WHERE "District" = @district AND "Dimension" = @dimension AND "Stretch" = "Asked"."value" ->> 0 AND "Start" = "Asked"."value" ->> 1
        """;

    private const string Pending = """FROM "FigureChanges" WHERE "District" = @district AND "Dimension" = @dimension AND "Day" >= @from AND "Day" < @until""";

    // Everything that begins so is one stretch of the subjects.
    private const string Within = """ AND "Subject" >= @first AND "Subject" < @last""";

    /// <summary>All that was counted, for each subject, over the days from <paramref name="from"/> until before <paramref name="until"/>.</summary>
    public Task<IReadOnlyDictionary<string, Tally>> SumAsync(OrgPath district, Dimension dimension, DateOnly from, DateOnly until, CancellationToken cancellationToken = default) =>
        SumAsync(district, dimension, from, until, null, Tally.Measures, cancellationToken);

    /// <summary>The sum for each subject over the days from <paramref name="from"/> until before <paramref name="until"/>.</summary>
    /// <param name="within">Only subjects that begin so.</param>
    /// <param name="only">Only these measures; the others stay 0. A long table is read the faster, the fewer they are.</param>
    public async Task<IReadOnlyDictionary<string, Tally>> SumAsync(
        OrgPath district, Dimension dimension, DateOnly from, DateOnly until, string? within, IReadOnlyList<Measure> only, CancellationToken cancellationToken = default)
    {
        var (names, range) = (NamesOf(only), within is null ? "" : Within);
        var sql = $"""
            SELECT "Subject", {string.Join(", ", only.Select(measure => $"SUM(\"{measure}\")"))} FROM (
                SELECT "Subject", {names} {Kept}{range}
                UNION ALL SELECT "Subject", {names} {Pending}{range})
            GROUP BY "Subject"
            """;
        var places = Tally.Measures.Select(measure => only.Index().FirstOrDefault(one => one.Item == measure, (-1, default)).Item1).ToArray();
        var sums = new Dictionary<string, Tally>(StringComparer.Ordinal);
        await ReadAsync(
            sql, new Span(district, dimension, from, until), RangeOf(within),
            row => sums[row.GetString(0)] = Tally.Of(measure => places[(int)measure] is >= 0 and var at ? row.GetInt64(at + 1) : 0), cancellationToken);
        return sums;
    }

    /// <summary>One measure by subject and month, over whole months: what comes back at one time of the year is seen in it.</summary>
    public async Task<IReadOnlyList<(DateOnly Month, string Subject, long Count)>> MonthsAsync(
        OrgPath district, Dimension dimension, Measure measure, DateOnly from, DateOnly until, string? within = null, CancellationToken cancellationToken = default)
    {
        var range = within is null ? "" : Within;
        var sql = $"""
            SELECT "Start", "Subject", SUM("{measure}") FROM (
                SELECT "Start", "Subject", "{measure}" {Kept}{range}
                UNION ALL SELECT {Stretch.Month.StartSql()}, "Subject", "{measure}" {Pending}{range})
            GROUP BY 1, 2
            """;
        var months = new List<(DateOnly, string, long)>();
        await ReadAsync(
            sql, new Span(district, dimension, from, until) { Only = Stretch.Month }, RangeOf(within),
            row => months.Add((DateOnly.ParseExact(row.GetString(0), "yyyy-MM-dd", null), row.GetString(1), row.GetInt64(2))), cancellationToken);
        return months;
    }

    /// <summary>What one subject comes to, for each day or month in which anything was counted, in order.</summary>
    public async Task<IReadOnlyList<(DateOnly Start, Tally Tally)>> SeriesAsync(
        OrgPath district, Dimension dimension, string subject, Stretch step, DateOnly from, DateOnly until, CancellationToken cancellationToken = default)
    {
        var sql = $"""
            SELECT "Start", {Sums} FROM (
                SELECT "Start", {Names} {Kept} AND "Subject" = @subject
                UNION ALL SELECT {step.StartSql()}, {Names} {Pending} AND "Subject" = @subject)
            GROUP BY "Start" ORDER BY "Start"
            """;
        var series = new List<(DateOnly, Tally)>();
        await ReadAsync(
            sql, new Span(district, dimension, from, until) { Only = step }, [("@subject", subject)],
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

    private static string NamesOf(IEnumerable<Measure> measures) => string.Join(", ", measures.Select(measure => $"\"{measure}\""));

    private static (string Name, object Value)[] RangeOf(string? within) => within is null ? [] : [("@first", within), ("@last", $"{within[..^1]}{(char)(within[^1] + 1)}")];

    internal static Tally TallyOf(DbDataReader row, int first) => Tally.Of(measure => row.GetInt64(first + (int)measure));

    private readonly record struct Span(OrgPath District, Dimension Dimension, DateOnly From, DateOnly Until)
    {
        /// <summary>The stretches to read are all of this length; else as few of them as there can be.</summary>
        public Stretch? Only { get; init; }

        public IEnumerable<(string Name, object Value)> Parameters() =>
        [
            ("@district", District.Value), ("@dimension", Dimension.ToString()), ("@from", Text(From)), ("@until", Text(Until)),
            ("@stretches", JsonSerializer.Serialize(Cover().Select(one => new object[] { (int)one.Stretch, Text(one.Start) }))),
        ];

        private IEnumerable<(Stretch Stretch, DateOnly Start)> Cover()
        {
            var start = (Only ?? Stretch.Day).StartOf(From);
            while (start < Until)
            {
                var stretch = Only ?? LongestFrom(start);
                yield return (stretch, start);
                start = stretch.EndOf(start);
            }
        }

        private Stretch LongestFrom(DateOnly start)
        {
            foreach (var stretch in (ReadOnlySpan<Stretch>)[Stretch.Month, Stretch.Part])
            {
                if (stretch.StartOf(start) == start && stretch.EndOf(start) <= Until)
                {
                    return stretch;
                }
            }

            return Stretch.Day;
        }

        private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
