using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Web.Data;

public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Where the database, the uploaded files and the encryption keys lie. Relative to the content root.</summary>
    public string Folder { get; set; } = "data";
}

public static class DatabaseServices
{
    /// <summary>SQLite. One context type per provider, so that each keeps its own migrations; the rest of the portal asks for the base type.</summary>
    public static void AddPortalDatabase(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();

        var folder = builder.StorageFolder();
        var sqlite = builder.Configuration.GetConnectionString("Sqlite") is { Length: > 0 } configured
            ? configured
            : $"Data Source={Path.Combine(folder, "portal.db")}";
        // Lists count no further than anyone leafs, and a count has no order.
        services.AddDbContextFactory<SqlitePortalDbContext>((provider, options) => options
            .UseSqlite(sqlite)
            .AddInterceptors(new SqlitePragmas(), provider.GetRequiredService<Webhooks.Outbox>(), provider.GetRequiredService<Notices.NoticeWriter>(), provider.GetRequiredService<Callbacks.CallbackMessageWriter>(), provider.GetRequiredService<Figures.FigureWriter>(), provider.GetRequiredService<Cases.CaseWordsWriter>(), provider.GetRequiredService<Supervision.OrderWordsWriter>())
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)));
        services.AddSingleton<IDbContextFactory<PortalDbContext>, Factory<SqlitePortalDbContext>>();

        // Identity's stores want a scoped context; everything else asks the factory.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());

        services.AddSingleton<Numbers>();
        services.AddSingleton<UnitBook>();
        services.AddSingleton<DatabaseStartup>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStartup>());
    }

    /// <summary>The storage folder, made if it is missing and open to this account only.</summary>
    public static string StorageFolder(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var folder = Path.GetFullPath(Path.Combine(builder.Environment.ContentRootPath, options.Folder));
        if (!Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return folder;
    }

    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => inner.CreateDbContext();
    }
}
