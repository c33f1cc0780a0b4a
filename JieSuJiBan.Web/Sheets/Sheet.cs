using System.Text;
using System.Xml;
using JieSuJiBan.Domain;

namespace JieSuJiBan.Web.Sheets;

/// <summary>
/// What a file may hold before it is refused. Everything is counted while it is read, so no file can claim less than it is.
/// <paramref name="ScratchFolder"/> is where a reader may lay down, for as long as it reads, what it cannot hold.
/// </summary>
public sealed record SheetLimits(int MaxRows = 1_000_000, long MaxUnpacked = 2L << 30, string? ScratchFolder = null)
{
    /// <summary>What Excel allows in a cell; and more columns than any form has.</summary>
    public const int MaxCell = 32_767, MaxColumns = 200;

    /// <summary>Parts of a workbook, and how many times larger than packed a large one may be. Real sheets stay below 100.</summary>
    public const int MaxParts = 2_000, MaxRatio = 200;

    /// <summary>An .xls has at most 65,536 rows, and is held in memory while it is read.</summary>
    public const long MaxXls = 64L << 20;
}

/// <summary>One row as people count rows, every cell as text: times as 2026-03-02 09:15:00, numbers without thousands or exponents.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    public string this[int column] => column < Cells.Count ? Cells[column] : "";
}

/// <summary>
/// A table that somebody brings, whatever its ending says: xlsx, xls or CSV, told apart by their bytes. It is read row by row, as often
/// as one likes, and nothing of it is held in memory but what the reading needs (an .xls excepted).
/// </summary>
public abstract class Sheet : IDisposable
{
    internal static readonly Encoding Gb18030;

    static Sheet()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Gb18030 = Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>What it turned out to be, e.g. <c>xlsx</c> or <c>CSV（GB18030）</c>.</summary>
    public abstract string Format { get; }

    /// <summary>Opens a file. What cannot be read is refused, here or while it is read, with a sentence that says why.</summary>
    public static (Sheet? Sheet, Outcome Outcome) Open(string path, SheetLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return (SheetKind.Open(file, limits), Outcome.Done);
        }
        catch (Exception exception) when (SheetRefused.From(exception) is { } refusal)
        {
            file.Dispose();
            return (null, refusal);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Walks through all rows that hold anything, from the first.</summary>
    public SheetRows Read() => new(Rows());

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract IEnumerable<SheetRow> Rows();

    protected abstract void Dispose(bool disposing);
}

/// <summary>A walk through a sheet. It ends at the last row, or where the file turns out to be broken: then it says so.</summary>
public sealed class SheetRows(IEnumerable<SheetRow> rows) : IDisposable
{
    private readonly IEnumerator<SheetRow> _rows = rows.GetEnumerator();

    public SheetRow Current => _rows.Current;

    /// <summary>Why the walk ended before the last row.</summary>
    public Refusal? Refusal { get; private set; }

    public bool Next()
    {
        try
        {
            return Refusal is null && _rows.MoveNext();
        }
        catch (Exception exception) when (SheetRefused.From(exception) is { } refusal)
        {
            Refusal = refusal;
            return false;
        }
    }

    public void Dispose() => _rows.Dispose();
}

/// <summary>How a reader gives up from wherever it is; it never leaves this folder.</summary>
internal sealed class SheetRefused(Refusal refusal) : Exception(refusal.English)
{
    public Refusal Refusal => refusal;

    public static readonly Refusal Kind = new("sheet.kind", "这不是xlsx、xls或CSV表格。", "This is no xlsx, xls or CSV table.");
    public static readonly Refusal Web = new("sheet.web", "这是网页格式的表（扩展名可能是xls），请用Excel打开后另存为xlsx。", "This is a web page with a table in it, whatever its ending says: open it in Excel and save it as xlsx.");
    public static readonly Refusal Broken = new("sheet.broken", "文件已损坏或不完整，请重新导出。", "The file is damaged or incomplete: export it again.");
    public static readonly Refusal Password = new("sheet.password", "文件有密码保护，请去掉密码后再导入。", "The file is protected by a password: remove it first.");
    public static readonly Refusal Encoding = new("sheet.encoding", "文字编码不是UTF-8或GB18030，请另存为UTF-8的CSV或xlsx。", "The text is neither UTF-8 nor GB18030: save it as xlsx or as CSV in UTF-8.");
    public static readonly Refusal Bomb = new("sheet.bomb", "文件解压后过大，不予读取。", "Unpacked, the file would be far too large: it is not read.");
    public static readonly Refusal LongCell = new("sheet.cell", "有单元格超过32767字，文件可能已损坏。", "A cell has more than 32,767 characters; the file may be damaged.");
    public static readonly Refusal Large = new("sheet.too-large", "xls文件太大，请另存为xlsx。", "The .xls is too large: save it as xlsx.");

    public static SheetRefused Cell(int row) => new(new Refusal(
        "sheet.cell", $"第{row}行附近有单元格超过{SheetLimits.MaxCell}字，文件可能已损坏（如引号不成对）。", $"Near row {row} a cell has more than {SheetLimits.MaxCell} characters; the file may be damaged (an unpaired quote, say)."));

    public static SheetRefused Quote(int row) => new(new Refusal("sheet.quote", $"第{row}行的引号没有闭合，文件可能不完整。", $"A quote in row {row} is never closed: the file may be incomplete."));

    public static SheetRefused Columns(int row) => new(new Refusal("sheet.columns", $"第{row}行超过{SheetLimits.MaxColumns}列，这不像是工单表。", $"Row {row} has more than {SheetLimits.MaxColumns} columns."));

    public static SheetRefused Rows(int most) => new(new Refusal("sheet.rows", $"超过{most}行，请分成几个文件。", $"More than {most} rows: split the file."));

    /// <summary>The sentence for what readers throw at a bad file; null for anything else, which is not the file's fault.</summary>
    public static Refusal? From(Exception exception) => exception switch
    {
        SheetRefused refused => refused.Refusal,
        DecoderFallbackException => Encoding,
        InvalidDataException or XmlException or EndOfStreamException => Broken,
        _ => null,
    };
}
