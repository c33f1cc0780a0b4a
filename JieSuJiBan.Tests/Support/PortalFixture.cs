using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Tests.Support;

/// <summary>The whole portal in memory, on a database file of its own and a clock that the test moves. Everybody of the cast has an account.</summary>
public class PortalFixture : WebApplicationFactory<App>
{
    public const string Password = "pinggu-2026";

    private readonly bool _ownsFolder;
    private static readonly Lazy<string> s_template = new(() => new Template().Build());

    public PortalFixture()
        : this(Directory.CreateTempSubdirectory("portal").FullName) => _ownsFolder = true;

    /// <summary>On data that somebody else keeps.</summary>
    protected PortalFixture(string folder) => Folder = folder;

    public string Folder { get; }

    internal ManualClock Clock { get; } = new(Given.Morning);

    protected virtual bool KeepsLog => true;

    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    private readonly Lock _starting = new();

    public T Get<T>()
        where T : notnull
    {
        lock (_starting)  // two who ask first would start two portals
        {
            return Services.GetRequiredService<T>();
        }
    }

    public async Task<PortalDbContext> OpenDatabaseAsync() => await Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    /// <summary>A client that is signed in; nobody, for null.</summary>
    public HttpClient CreateClientFor(Actor? actor)
    {
        var client = CreateDefaultClient(new CookieHandler(), new ActAs(actor));
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    /// <summary>The principal that a signed-in member of the cast has.</summary>
    public ClaimsPrincipal UserFor(Actor actor) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, actor.UserId),
        new(ClaimTypes.Name, actor.UserId),
        new(PortalClaims.Post, PostOf(actor).ToString()),
        new(PortalClaims.SignedIn, Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        new(PortalClaims.Session, $"session-{actor.UserId}"),
        new("AspNet.Identity.SecurityStamp", StampOf(actor)),
    ], "Test"));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        if (!File.Exists(Path.Combine(Folder, "portal.db")) && this is not Template)
        {
            File.Copy(s_template.Value, Path.Combine(Folder, "portal.db"));
        }

        builder.UseSetting("Storage:Folder", Folder);
        builder.UseSetting("Demo:Enabled", "false");
        builder.UseSetting("Clock:Tick", "01:00:00");
        builder.UseSetting("Dispatch:Tick", "01:00:00");
        builder.UseSetting("Notices:Send", "false");
        builder.UseSetting("Pdf:KeepWarm", "false");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging =>
        {
            logging.ClearProviders();
            if (KeepsLog)
            {
                logging.AddProvider(new TestLog(Path.Combine(Folder, "portal.log")));
            }
        });
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.AddAuthentication("Either")
                .AddPolicyScheme("Either", null, options => options.ForwardDefaultSelector = http =>
                    http.Request.Headers.ContainsKey(HeaderAuthentication.Header) ? HeaderAuthentication.Scheme : IdentityConstants.ApplicationScheme)
                .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Scheme, null);
            services.AddSingleton(this);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        SqliteConnection.ClearAllPools();
        if (disposing && _ownsFolder && this is not Template)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException)
            {
                // Something still holds a file; the machine's own clean-up will get it.
            }
        }
    }

    private static Guid PostOf(Actor actor) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"post-{actor.UserId}")).AsSpan(0, 16));

    private static string StampOf(Actor actor) => $"stamp-{actor.UserId}";

    /// <summary>Made once for all fixtures: schema, units, the cast.</summary>
    private sealed class Template : PortalFixture
    {
        public string Build()
        {
            using (var db = Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext())
            {
                var hash = new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), Password);
                foreach (var actor in Given.Cast)
                {
                    db.Users.Add(new PortalUser
                    {
                        Id = actor.UserId,
                        UserName = actor.UserId,
                        NormalizedUserName = actor.UserId.ToUpperInvariant(),
                        DisplayName = actor.Name,
                        PasswordHash = hash,
                        SecurityStamp = StampOf(actor),
                        LockoutEnabled = true,
                    });
                    db.Posts.Add(new Post { Id = PostOf(actor), UserId = actor.UserId, Unit = actor.Unit, Role = actor.Role, From = Given.Morning.AddYears(-1) });
                }

                db.SaveChanges();
                db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            Dispose();
            return Path.Combine(Folder, "portal.db");
        }
    }

    private sealed class ActAs(Actor? actor) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (actor is not null)
            {
                request.Headers.Add(HeaderAuthentication.Header, actor.UserId);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Keeps cookies as a browser does; redirects are for the test to see.</summary>
    private sealed class CookieHandler : DelegatingHandler
    {
        private readonly System.Net.CookieContainer _cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(request.RequestUri!, cookie);
            }

            return response;
        }
    }

    private sealed class HeaderAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PortalFixture portal)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "Test";
        public const string Header = "X-Test-Actor";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var id = Request.Headers[Header].ToString();
            return Task.FromResult(Given.Cast.FirstOrDefault(actor => actor.UserId == id) is { } actor
                ? AuthenticateResult.Success(new(portal.UserFor(actor), Scheme))
                : AuthenticateResult.NoResult());
        }
    }
}

/// <summary>What the portal logs during a test, so that a test can look for what must never be in a log.</summary>
internal sealed class TestLog(string file) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // each line is written as it comes
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log._lock)
            {
                try
                {
                    File.AppendAllText(log.Path, $"{logLevel} {category}: {formatter(state, exception)} {exception}\n");
                }
                catch (DirectoryNotFoundException)
                {
                    // The fixture is gone, and its folder with it.
                }
            }
        }
    }

    private string Path => file;
}
