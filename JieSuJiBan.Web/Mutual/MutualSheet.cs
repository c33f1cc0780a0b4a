using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Mutual;

/// <summary>The monthly report as a spreadsheet, every unit of the chosen kind. A score that is not shown is not in it either.</summary>
public sealed class MutualSheet(MutualReport report, UnitBook units)
{
    private static readonly SheetColumn[] s_columns =
    [
        new("单位", 22), new("被召集", 9), new("按时响应", 10), new("报到", 9), new("按时报到", 10), new("提出措施", 10), new("全部销项", 10),
        new("吹哨方评分", 12), new("份数", 8), new("街乡评分", 12), new("份数", 8), new("评吹哨", 12), new("份数", 8), new("未评吹哨", 10),
        new("吹哨", 9), new("所吹哨得分", 12), new("份数", 8), new("评报到单位", 12), new("份数", 8), new("未评单位", 10), new("方案", 30),
    ];

    public async Task WriteAsync(Stream stream, Actor by, Month month, UnitKind kind, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, $"{month}双考评月报", s_columns, cancellationToken);
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var read = await report.ReadAsync(by, month, kind, page, cancellationToken);
            pages = read.Pages;
            foreach (var line in read.Lines)
            {
                await sheet.WriteRowAsync(
                    [
                        units.ShortName(line.Unit), line.Summoned, line.AnsweredInTime, line.Arrived, line.ArrivedInTime, line.Committed, line.Settled,
                        .. Cells(line.Got), .. Cells(line.GotFromStreets), .. Cells(line.Given), line.NotGiven, line.Blown, .. Cells(line.WhistleGot), .. Cells(line.WhistleGiven), line.NotRated,
                        Name(read.Scheme),
                    ],
                    cancellationToken);
            }
        }
    }

    /// <summary>A version of the scheme, as official documents name it.</summary>
    internal static string Name(MutualVersion version) => version.Version == 0 ? "门户默认" : $"本区第{version.Version}版（{version.From}起）";

    private static object?[] Cells(Score score) => [score.Mean is { } mean ? Math.Round((double)mean, 2) : null, score.Ratings];
}
