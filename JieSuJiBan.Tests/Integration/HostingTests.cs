using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using JieSuJiBan.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public partial class HostingTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_SaysThatTheDatabaseAnswers_AndWhichMigrationItHas()
    {
        using var response = await portal.CreateClientFor(null).GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var report = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal("ok", report.GetProperty("database").GetString());
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal(db.Database.GetMigrations().Last(), report.GetProperty("migration").GetString());
    }

    [Fact]
    public async Task Health_WithAMigrationMissing_SaysSo()
    {
        await using var own = new PortalFixture();
        var client = own.CreateClientFor(null);
        await using (var db = await own.OpenDatabaseAsync())
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory", Stop);
        }

        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task TheModel_HasNoChangeWithoutAMigration()
    {
        await using var db = await portal.OpenDatabaseAsync();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Sqlite_IsDurable_AndKeepsForeignKeys()
    {
        await using var db = await portal.OpenDatabaseAsync();
        await db.Database.OpenConnectionAsync(Stop);

        Assert.Equal("wal", await PragmaAsync<string>("journal_mode"));
        Assert.Equal(2L, await PragmaAsync<long>("synchronous"));  // FULL
        Assert.Equal(1L, await PragmaAsync<long>("foreign_keys"));
        Assert.Equal(5000L, await PragmaAsync<long>("busy_timeout"));

        async Task<T> PragmaAsync<T>(string name)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return (T)(await command.ExecuteScalarAsync(Stop))!;
        }
    }

    [Theory]
    [InlineData("/"), InlineData("/cases"), InlineData("/account/password"), InlineData("/not-found"), InlineData("/public"), InlineData("/public/follow")]
    public async Task EveryPage_IsStrictAboutScripts_AndHasNoneInIt(string path)
    {
        using var response = await portal.CreateClientFor(Street).GetAsync(new Uri(path, UriKind.Relative), Stop);
        var html = await response.Content.ReadAsStringAsync(Stop);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(html), script => Assert.Contains("src=", script.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\son(click|load|error|submit)=", html);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", html);
    }

    [Fact]
    public async Task Language_IsOneClickAway_AndStays()
    {
        var client = portal.CreateClientFor(Street);
        var chinese = await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Contains("待我办理", chinese, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["culture"] = "en", ["back"] = "//evil.example", ["__RequestVerificationToken"] = TokenIn(chinese) });
        using var answer = await client.PostAsync(new Uri("/account/language", UriKind.Relative), form, Stop);

        Assert.Equal("/", answer.Headers.Location?.ToString());
        var english = await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
        Assert.Contains("Waiting for me", english, StringComparison.Ordinal);
        Assert.DoesNotContain("待我办理", english, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/language"), InlineData("/account/sign-out"), InlineData("/account/post")]
    public async Task AForeignPage_CannotPostForSomebody(string path)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["culture"] = "en", ["post"] = Guid.NewGuid().ToString() });

        using var response = await portal.CreateClientFor(Street).PostAsync(new Uri(path, UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    internal static string TokenIn(string html) => Token().Match(html).Groups[1].Value;

    [GeneratedRegex("<script([^>]*)>")]
    private static partial Regex Scripts();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
