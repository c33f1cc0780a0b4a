using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Supervision;

/// <summary>A book of the ledger as a spreadsheet. Nothing in it tells who demanded.</summary>
public sealed class LedgerSheet(LedgerList list, UnitBook units)
{
    private static readonly SheetColumn[] s_columns =
    [
        new("编号", 20), new("标题", 44), new("问题分类", 30), new("属地", 18), new("首接主办", 18), new("状态", 10), new("来电时间", 18), new("办理时限", 18), new("挂账时间", 18),
        new("并入诉求", 10), new("重办次数", 10), new("包案领导", 20), new("专办人", 20),
    ];

    public async Task WriteAsync(Stream stream, Actor by, LedgerFilter filter, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, $"{filter.Book.Word()}台账", s_columns, cancellationToken);
        await foreach (var line in list.AllAsync(by, filter, cancellationToken))
        {
            await sheet.WriteRowAsync(
                [
                    line.Number, Masking.Anybodys.Apply(line.Title), line.Category, units.ShortName(line.Home), line.FirstReceiver is { } lead ? units.ShortName(lead) : null, line.Status.Word(), line.RaisedAt,
                    line.DueAt, line.SuspendedAt, line.Joined, line.Redone,
                    line.Leader is { } leader ? $"{leader.UnitName} {leader.Name}" : null, line.Worker is { } worker ? $"{worker.UnitName} {worker.Name}" : null,
                ],
                cancellationToken);
        }
    }
}
