using System.ComponentModel.DataAnnotations;
using System.Globalization;
using JieSuJiBan.Domain.Organisation;
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

/// <summary>Gives out case and whistle numbers: district, day, running number. A number once given is never given again; gaps are allowed.</summary>
public sealed class Numbers(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public Task<string> NextCaseAsync(OrgPath district) => NextAsync("", district, 4);

    public Task<string> NextWhistleAsync(OrgPath district) => NextAsync("哨", district, 3);

    private async Task<string> NextAsync(string prefix, OrgPath district, int digits)
    {
        var day = time.GetUtcNow().ToOffset(WorkCalendar.Beijing).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var code = district.Value.TrimEnd('/')[^3..];
        var series = $"{prefix}{code}-{day}-";

        await using var db = await databases.CreateDbContextAsync();
        var next = await db.Database
            .SqlQuery<int>($"""
                INSERT INTO "Counters" ("Name", "Value") VALUES ({series}, 1)
                ON CONFLICT ("Name") DO UPDATE SET "Value" = "Counters"."Value" + 1 RETURNING "Value"
                """)
            .ToListAsync();
        return series + next[0].ToString($"D{digits}", CultureInfo.InvariantCulture);
    }
}
