using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Reports;

/// <summary>Gathers what a case's printed file says, for whoever may see it, and seals the state it was printed from.</summary>
public sealed class ReportDesk(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, LogBook log, PetitionerVault vault, Story story, UnitBook units, SealBook seals, MutualDesk mutual, TimeProvider time,
    IOptions<PortalOptions> portal)
{
    /// <summary>The file in its masked version.</summary>
    public async Task<CaseReport?> ReadMaskedAsync(Guid id, Actor by, CancellationToken cancellationToken = default) =>
        await cases.FindAsync(id, by, cancellationToken) is { } file ? await WriteAsync(file, by, true, cancellationToken) : null;

    /// <summary>The file in full, after writing down who read it and what for.</summary>
    public async Task<(CaseReport? Report, Outcome Outcome)> ReadFullAsync(Guid id, string purpose, Actor by, CancellationToken cancellationToken = default)
    {
        var outcome = await cases.DoAsync(id, by, file => file.ReadFullFile(purpose, by, time.GetUtcNow()));
        return outcome.IsDone && await cases.FindAsync(id, by, cancellationToken) is { } file
            ? (await WriteAsync(file, by, false, cancellationToken), outcome)
            : (null, outcome);
    }

    /// <summary>
    /// The file of a closed case, for the portal to store: with every whistle, and masked, or erasing the petitioner one day would
    /// not erase him. Until then the full version can be drawn anew.
    /// </summary>
    internal async Task<CaseReport> WriteForStoringAsync(CaseFile file, CancellationToken cancellationToken) =>
        await WriteAsync(file, Actor.Clock, true, cancellationToken);

    private async Task<CaseReport> WriteAsync(CaseFile file, Actor by, bool isMasked, CancellationToken cancellationToken)
    {
        var whistles = new List<(Whistle, IReadOnlyList<LogEntry>)>();
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var visible = await WhistleDesk.WithParts(db.Whistles.AsNoTracking()
                    .Where(by == Actor.Clock ? _ => true : Sight.Whistles(by))
                    .Where(whistle => whistle.CaseId == file.Id && whistle.SoundedAt != null))
                .OrderBy(whistle => whistle.DraftedAt)
                .ToListAsync(cancellationToken);
            foreach (var whistle in visible)
            {
                whistles.Add((whistle, await ReadLogAsync(whistle.Id, cancellationToken)));
            }
        }

        var source = new ReportSource(
            file, await vault.OpenAsync(file.Id, cancellationToken), await ReadLogAsync(file.Id, cancellationToken), whistles, await ReadOrdersAsync(file, whistles, by, cancellationToken),
            await mutual.AllVersionsAsync(file.District, cancellationToken));
        IReadOnlyList<SealedHead> heads =
        [
            Head(file.Id, file.Number, source.Log),
            .. source.Whistles.Select(row => Head(row.Whistle.Id, row.Whistle.Number, row.Log)),
            .. source.Orders.Select(row => Head(row.Order.Id, row.Order.Number, row.Log)),
        ];
        var code = await seals.SealAsync(file.Id, heads, cancellationToken);

        // Official documents are written in Chinese, whatever language the reader's portal speaks.
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
            var writer = new CaseReportWriter(source, story, units, isMasked);
            return new CaseReport(
                file, isMasked, writer.Cover(), writer.Sections(), heads, code, new Uri(portal.Value.PublicAddress, $"/verify/{code}").ToString(),
                time.GetUtcNow(), $"{by.UnitName} {by.Name}");
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    // What was asked about the case, or about one of its whistles.
    private async Task<IReadOnlyList<(SupervisionOrder, IReadOnlyList<LogEntry>)>> ReadOrdersAsync(
        CaseFile file, List<(Whistle Whistle, IReadOnlyList<LogEntry>)> whistles, Actor by, CancellationToken cancellationToken)
    {
        var orders = new List<(SupervisionOrder, IReadOnlyList<LogEntry>)>();
        var subjects = whistles.Select(row => (Guid?)row.Whistle.Id).Prepend(file.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var visible = await db.SupervisionOrders.AsNoTracking().Where(by == Actor.Clock ? _ => true : Sight.Orders(by)).Where(order => subjects.Contains(order.SubjectId))
            .OrderBy(order => order.Id).ToListAsync(cancellationToken);
        foreach (var order in visible)
        {
            orders.Add((order, await ReadLogAsync(order.Id, cancellationToken)));
        }

        return orders;
    }

    private async Task<IReadOnlyList<LogEntry>> ReadLogAsync(Guid stream, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in log.ReadAllAsync(stream, cancellationToken))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static SealedHead Head(Guid stream, string number, IReadOnlyList<LogEntry> entries) =>
        new(stream, number, entries[^1].Sequence, Convert.ToHexStringLower(entries[^1].Hash));
}
