using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Intake;

/// <summary>What became of every row, as a sheet to be sent back to whoever made the file. What a title tells of who called stays here.</summary>
public sealed class ImportSheet(ImportDesk desk)
{
    private const int AtOnce = 1000;

    private static readonly SheetColumn[] s_columns = [new("行", 8), new("结果", 10), new("工单编号", 22), new("标题", 50), new("说明", 60)];

    public async Task WriteAsync(Stream stream, Guid run, ImportResult? result, Actor by, CancellationToken cancellationToken = default)
    {
        await using var writer = await SheetWriter.CreateAsync(stream, "导入结果", s_columns, cancellationToken);
        for (var after = 0; await desk.RowsAsync(run, result, after, AtOnce, by, cancellationToken) is { Count: > 0 } rows; after = rows[^1].Row)
        {
            foreach (var row in rows)
            {
                await writer.WriteRowAsync([row.Row, row.Result.Word(), row.Number, Masking.Anybodys.Apply(row.Title), row.Chinese ?? (row.Changed is { } changed ? $"变化：{changed}" : "")], cancellationToken);
            }
        }
    }
}
