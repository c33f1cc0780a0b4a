using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>
/// Writes a message beside each log entry that a subscription wants to know of, whoever saves the entry: both are in the database, or
/// neither is. A message says that something happened to which case; nothing of what people wrote, and nothing at all of a 举报.
/// What is new on the books is told by the desk that opens it (<see cref="OutboxMessages.Tell"/>), since many at once go past the
/// change tracker; every later entry is seen here.
/// </summary>
/// <remarks>The contexts are made with this, so the books, which read from contexts, are asked for when they are needed.</remarks>
public sealed class Outbox(IServiceProvider services, Feed feed) : BesideTheLog<Delivery>
{
    private readonly Lazy<WebhookBook> _book = new(services.GetRequiredService<WebhookBook>);
    private readonly Lazy<UnitBook> _units = new(services.GetRequiredService<UnitBook>);

    protected override bool IsIdle => _book.Value.IsEmpty;

    internal void TellOpened(PortalDbContext db, Aggregate opened)
    {
        if (!IsIdle)
        {
            Write(db, opened);
        }
    }

    protected override void OnWritten(IReadOnlyList<Delivery> rows) => _ = Task.Run(() => feed.PublishAsync(Topic.Outbox));

    protected override IEnumerable<Delivery> Tell(PortalDbContext db, Aggregate changed) => changed switch
    {
        CaseFile { Nature: not Nature.Report, ReportedUnit: null } file => Tell(file, file.District, entry => new Message(
            entry.Type, entry.At, file.Id, entry.Sequence, file.Number, file.Status.ToString(), Unit(file.FirstReceiver), null)),

        // A draft is the whistler's own affair.
        Whistle { SoundedAt: not null, ReportedUnit: null } whistle when !IsOfReport(db, whistle) => Tell(whistle, whistle.District, entry => new Message(
            entry.Type, entry.At, whistle.Id, entry.Sequence, whistle.Number, whistle.Stage.ToString(), Unit(whistle.Whistler), whistle.CaseNumber)),
        _ => [],
    };

    private IEnumerable<Delivery> Tell(Aggregate aggregate, OrgPath district, Func<LogEntry, Message> tell) =>
        from entry in aggregate.Unsaved
        from webhook in _book.Value.Find(district, entry.Type)
        select tell(entry).For(webhook);

    // The case follows its whistle in the same transaction; were it not there, nothing would be told.
    private static bool IsOfReport(PortalDbContext db, Whistle whistle) =>
        whistle.CaseId is { } id && db.Cases.Local.FindEntry(id)?.Entity.Nature is null or Nature.Report;

    private UnitName? Unit(OrgPath? unit) => unit is { } path ? new UnitName(path.Value, _units.Value.Name(path)) : null;
}

internal static class OutboxMessages
{
    /// <summary>Writes what subscribers are told of a thing that is new on the books.</summary>
    public static void Tell(this PortalDbContext db, Aggregate opened) =>
        db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?.OfType<Outbox>().SingleOrDefault()?.TellOpened(db, opened);
}
