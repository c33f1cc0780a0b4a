using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Intake;

/// <summary>Which column of a file tells what. A column that tells nothing is left out.</summary>
/// <param name="HeaderRow">Under which row the orders begin.</param>
/// <param name="Headings">What stands above each column.</param>
/// <param name="Columns">What each column tells.</param>
public sealed record ColumnMap(int HeaderRow, IReadOnlyList<string> Headings, IReadOnlyList<HotlineColumn?> Columns)
{
    private const int Fewest = 3;

    /// <summary>How far down the headings may stand: titles, dates and notes come before them.</summary>
    public const int Looked = 20;

    /// <summary>The same for every file of one form, so that what a person once decided is remembered for the next.</summary>
    public string Signature => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', Headings.Select(HotlineHeadings.Tidy)))));

    public int Recognised => Columns.Count(column => column is not null);

    /// <summary>Finds the headings: the row with the most known names. Where nothing is known, the first with several texts, for a person to say what they mean.</summary>
    public static ColumnMap? Find(IEnumerable<SheetRow> first)
    {
        var maps = first.Take(Looked).Select(Of).ToList();
        return maps.Where(map => map.Recognised >= Fewest).MaxBy(map => map.Recognised)
            ?? maps.Find(map => map.Headings.Count(heading => heading.Length > 0) >= Fewest);
    }

    /// <summary>May the orders be taken in with it? Each needs a number to be known by, and something that says what it is about.</summary>
    public Refusal? Check()
    {
        if (Columns.OfType<HotlineColumn>().GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return new Refusal("intake.columns.twice", $"有两列都对应“{twice.Key.Word()}”，请只留一列。", $"Two columns are both mapped to {twice.Key}: keep one.");
        }

        return Recognised == 0 ? new Refusal("intake.header", $"前{Looked}行里没有找到表头，请确认这是工单明细表。", $"No headings were found in the first {Looked} rows: is this a list of orders?")
            : !Columns.Contains(HotlineColumn.Number) ? new Refusal("intake.columns.number", "请指定哪一列是“工单编号”，重复导入时靠它识别。", "Say which column is the order number: orders are known by it.")
            : !Columns.Contains(HotlineColumn.Title) && !Columns.Contains(HotlineColumn.Text) ? new Refusal("intake.columns.text", "请指定哪一列是“标题”或“主要内容”。", "Say which column is the title or the text.")
            : null;
    }

    public ColumnMap With(int column, HotlineColumn? meaning) =>
        this with { Columns = [.. Columns.Select((known, at) => at == column ? meaning : known)] };

    /// <summary>Is it this row once more? Some exports repeat the headings on every page.</summary>
    public bool IsHeader(SheetRow row) => row.Cells.Count > 0 && Headings.Select((heading, at) => heading == row[at]).All(same => same);

    // Of two columns with names for the same thing the more usual one tells it.
    private static ColumnMap Of(SheetRow row)
    {
        var found = row.Cells.Select(HotlineHeadings.Find).ToList();
        var best = found.OfType<(HotlineColumn Column, int Rank)>().GroupBy(name => name.Column).ToDictionary(same => same.Key, same => same.Min(name => name.Rank));
        var columns = new List<HotlineColumn?>();
        foreach (var name in found)
        {
            columns.Add(name is { } known && best.TryGetValue(known.Column, out var rank) && rank == known.Rank && !columns.Contains(known.Column) ? known.Column : null);
        }

        return new ColumnMap(row.Number, [.. row.Cells], columns);
    }
}
