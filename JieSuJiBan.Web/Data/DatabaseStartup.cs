using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Calendar;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Data;

/// <summary>Migrates, fills an empty database with the organisation (and the demo city, if asked), and loads the books before anything else starts.</summary>
internal sealed class DatabaseStartup(
    IDbContextFactory<PortalDbContext> databases, UnitBook units, TriageBook triage, PostBook posts, WebhookBook webhooks, DutyBook duties, PlanBook plans, SchemeBook schemes, CalendarDesk calendar, FigureKeeper figures, SearchKeeper search, DemoCity demo) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await demo.BuildAsync(cancellationToken);
        await posts.LoadAsync(cancellationToken);
        await duties.LoadAsync(cancellationToken);
        await plans.LoadAsync(cancellationToken);
        await schemes.LoadAsync(cancellationToken);
    }

    /// <summary>The part that commands need too: schema and organisation.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);

        if (!await db.Units.AnyAsync(cancellationToken))
        {
            db.Units.AddRange(BeijingDivisions.All());
            await db.SaveChangesAsync(cancellationToken);
        }

        await units.LoadAsync(cancellationToken);
        await webhooks.LoadAsync(cancellationToken);
        await calendar.LoadAsync(cancellationToken);

        // Default departments that came with a newer version; what a district has renamed meanwhile keeps its name.
        var missing = BeijingDivisions.All().Where(unit => units.Find(unit.Path) is null).ToList();
        if (missing.Count > 0)
        {
            db.Units.AddRange(missing);
            await db.SaveChangesAsync(cancellationToken);
            await units.LoadAsync(cancellationToken);
        }

        await triage.FillAsync(databases, cancellationToken);
        await figures.FillAsync(cancellationToken);
        await search.FillAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
