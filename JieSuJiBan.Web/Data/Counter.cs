using System.ComponentModel.DataAnnotations;
using System.Globalization;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Data;

/// <summary>The last number given out under a name.</summary>
public sealed class Counter
{
    [Key, MaxLength(60)]
    public required string Name { get; init; }

    public int Value { get; set; }
}

/// <summary>Gives out the numbers of cases, whistles, orders and reviews: district, day, running number. A number once given is never given again; gaps are allowed.</summary>
public sealed class Numbers(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<string> NextCaseAsync(OrgPath district) => (await NextAsync("", district, 4, 1))[0];

    /// <summary>Several at once, in order.</summary>
    public Task<IReadOnlyList<string>> NextCasesAsync(OrgPath district, int count) => NextAsync("", district, 4, count);

    public async Task<string> NextWhistleAsync(OrgPath district) => (await NextAsync("哨", district, 3, 1))[0];

    public async Task<string> NextOrderAsync(SupervisionKind kind, OrgPath district) => (await NextAsync(kind switch
    {
        SupervisionKind.Remind => "催",
        SupervisionKind.Supervise => "督",
        SupervisionKind.Investigate => "查",
        _ => "任",
    }, district, 3, 1))[0];

    public async Task<string> NextReviewAsync(OrgPath district) => (await NextAsync("会", district, 3, 1))[0];

    private async Task<IReadOnlyList<string>> NextAsync(string prefix, OrgPath district, int digits, int count)
    {
        var day = time.GetUtcNow().ToOffset(WorkCalendar.Beijing).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var code = district.Value.TrimEnd('/')[^3..];
        var series = $"{prefix}{code}-{day}-";

        await using var db = await databases.CreateDbContextAsync();
        var last = (await db.Database
            .SqlQuery<int>($"""
                INSERT INTO "Counters" ("Name", "Value") VALUES ({series}, {count})
                ON CONFLICT ("Name") DO UPDATE SET "Value" = "Counters"."Value" + {count} RETURNING "Value"
                """)
            .ToListAsync())[0];
        return [.. Enumerable.Range(last - count + 1, count).Select(number => series + number.ToString($"D{digits}", CultureInfo.InvariantCulture))];
    }
}
