using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;

namespace JieSuJiBan.Web.Callbacks;

/// <summary>
/// A petitioner is to be asked by a message. It holds no telephone and no text: both are read when it is sent, and the row goes when it
/// was. <paramref name="id"/> is drawn at random, and makes his follow-up code if he has none.
/// </summary>
public sealed class CallbackMessage(Guid id, Guid caseId, DateTimeOffset at, DateTimeOffset nextAt)
{
    public Guid Id { get; private set; } = id;
    public Guid CaseId { get; private set; } = caseId;
    public DateTimeOffset At { get; private set; } = at;
    public DateTimeOffset NextAt { get; set; } = nextAt;
    public int Tries { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
}

/// <summary>Writes the message beside the entry that draws a link, in the same transaction. Of a 举报 nothing leaves the portal.</summary>
/// <remarks>The contexts are made with this, so the gateway is asked for when it is needed.</remarks>
public sealed class CallbackMessageWriter(IServiceProvider services) : BesideTheLog<CallbackMessage>
{
    private readonly Lazy<Gateway> _gateway = new(services.GetRequiredService<Gateway>);

    protected override bool IsIdle => !_gateway.Value.IsOn;

    protected override IEnumerable<CallbackMessage> Tell(PortalDbContext db, Aggregate changed) =>
        changed is CaseFile { Nature: not Nature.Report, ReportedUnit: null } file
            ? file.Unsaved.Where(entry => entry.Event is CallbackAsked { Way: CallbackWay.LinkFirst or CallbackWay.LinkOnly })
                .Select(entry => new CallbackMessage(Guid.NewGuid(), file.Id, entry.At, entry.At))
            : [];

    protected override void OnWritten(IReadOnlyList<CallbackMessage> rows)
    {
        // the round looks every few seconds
    }
}
