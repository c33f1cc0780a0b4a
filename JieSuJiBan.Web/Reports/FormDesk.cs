using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Reports;

/// <summary>Gathers what a form says, for whoever may see what it is about, and seals the state it was printed from.</summary>
public sealed class FormDesk(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, WhistleDesk whistles, SupervisionDesk orders, LogBook log, PetitionerVault vault, Story story, UnitBook units,
    SealBook seals, TimeProvider time, IOptions<PortalOptions> portal)
{
    private static readonly string s_erased = EventText.Name<PetitionerErased>();

    /// <summary>催办单, 督办单, 查办单 or 任务单.</summary>
    public async Task<PrintedForm?> ReadOrderAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        if (await orders.FindAsync(id, by, cancellationToken) is not { } order)
        {
            return null;
        }

        var entries = await log.ReadAfterAsync(id, 0, cancellationToken: cancellationToken);
        var writer = new FormWriter(units, story, await MaskingAsync(order.CaseId, cancellationToken));
        return await SealAsync(writer.Order(order, entries), order.CaseId ?? id, (id, order.Number), entries[^1], by, cancellationToken);
    }

    /// <summary>派单: it carries its own limit (条例 13).</summary>
    public async Task<PrintedForm?> ReadDispatchAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(id, by, cancellationToken) is not { FirstReceiver: not null, DispatchedAt: not null } file)
        {
            return null;
        }

        var (last, dispatched) = await ReadDispatchedAsync(id, cancellationToken);
        if (dispatched is null)
        {
            return null;  // it was given where it comes from
        }

        var petitioner = file.IsProactive ? null : await vault.OpenMaskedAsync(id, cancellationToken) ?? Petitioner.Anonymous;
        var writer = new FormWriter(units, story, await MaskingAsync(id, cancellationToken));
        return await SealAsync(writer.Dispatch(file, dispatched, petitioner), id, (id, file.Number), last, by, cancellationToken);
    }

    /// <summary>批示单: what a leader was asked, and what he has written to it.</summary>
    public async Task<PrintedForm?> ReadInstructionAsync(Guid id, int no, Actor by, CancellationToken cancellationToken = default)
    {
        if (await whistles.FindAsync(id, by, cancellationToken) is not { } whistle || whistle.Requests.FirstOrDefault(request => request.No == no) is not { } request)
        {
            return null;
        }

        var last = (await log.ReadBeforeAsync(id, int.MaxValue, 1, cancellationToken))[0];
        var writer = new FormWriter(units, story, await MaskingAsync(whistle.CaseId, cancellationToken));
        return await SealAsync(writer.Instruction(whistle, request), whistle.CaseId ?? id, (id, whistle.Number), last, by, cancellationToken);
    }

    /// <summary>批示单 of what was asked without a whistle.</summary>
    public async Task<PrintedForm?> ReadCaseInstructionAsync(Guid id, int no, Actor by, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(id, by, cancellationToken) is not { } file || file.Requests.FirstOrDefault(request => request.No == no) is not { } request)
        {
            return null;
        }

        var last = (await log.ReadBeforeAsync(id, int.MaxValue, 1, cancellationToken))[0];
        var writer = new FormWriter(units, story, await MaskingAsync(id, cancellationToken));
        return await SealAsync(writer.Instruction(file, request), id, (id, file.Number), last, by, cancellationToken);
    }

    private async Task<(LogEntry Last, LogEntry? Dispatched)> ReadDispatchedAsync(Guid id, CancellationToken cancellationToken)
    {
        LogEntry? last = null, dispatched = null;
        await foreach (var entry in log.ReadAllAsync(id, cancellationToken))
        {
            (last, dispatched) = (entry, entry.Event is CaseDispatched ? entry : dispatched);
        }

        return (last!, dispatched);
    }

    private async Task<Masking> MaskingAsync(Guid? caseId, CancellationToken cancellationToken)
    {
        if (caseId is not { } id)
        {
            return Masking.Anybodys;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var isErased = await db.Log.AnyAsync(entry => entry.Stream == id && entry.Type == s_erased, cancellationToken);
        return new Masking(await vault.OpenAsync(id, cancellationToken), isErased);
    }

    private async Task<PrintedForm> SealAsync(FormText text, Guid caseId, (Guid Stream, string Number) about, LogEntry last, Actor by, CancellationToken cancellationToken)
    {
        var code = await seals.SealAsync(caseId, [new SealedHead(about.Stream, about.Number, last.Sequence, Convert.ToHexStringLower(last.Hash))], cancellationToken);
        return new PrintedForm(
            text.Name, text.Office, text.Number, text.Rows, text.SignedBy, text.Day, code, new Uri(portal.Value.PublicAddress, $"/verify/{code}").ToString(), time.GetUtcNow(),
            $"{by.UnitName} {by.Name}");
    }
}
