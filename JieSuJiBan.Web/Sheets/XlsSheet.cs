using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace JieSuJiBan.Web.Sheets;

/// <summary>The first visible sheet of an .xls, Excel's format until 2003.</summary>
internal sealed class XlsSheet : Sheet
{
    private readonly FileStream _file;
    private readonly SheetLimits _limits;

    public XlsSheet(FileStream file, SheetLimits limits)
    {
        (_file, _limits) = (file, limits);
        if (file.Length > SheetLimits.MaxXls)
        {
            throw new SheetRefused(SheetRefused.Large);
        }

        // A locked .xlsx lies in the same container as an .xls.
        if (Contains("EncryptedPackage"))
        {
            throw new SheetRefused(SheetRefused.Password);
        }

        if (!Contains("Workbook") && !Contains("Book"))
        {
            throw new SheetRefused(SheetRefused.Kind);
        }

        using var _ = Start();
    }

    public override string Format => "xls";

    protected override IEnumerable<SheetRow> Rows()
    {
        using var book = Start();
        for (var count = 0; ;)
        {
            if (Next(book) is not { } row)
            {
                yield break;
            }

            if (row.Cells.Count == 0)
            {
                continue;
            }

            if (++count > _limits.MaxRows)
            {
                throw SheetRefused.Rows(_limits.MaxRows);
            }

            yield return row;
        }
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private static SheetRow? Next(IExcelDataReader book) => Guard(() =>
    {
        if (!book.Read())
        {
            return null;
        }

        var cells = new List<string>();
        for (var column = 0; column < book.FieldCount; column++)
        {
            if (Text(book.GetValue(column)) is not { Length: > 0 } text)
            {
                continue;
            }

            if (column >= SheetLimits.MaxColumns)
            {
                throw SheetRefused.Columns(book.Depth + 1);
            }

            if (text.Length > SheetLimits.MaxCell)
            {
                throw SheetRefused.Cell(book.Depth + 1);
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = text;
        }

        return new SheetRow(book.Depth + 1, cells);
    });

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        double number => CellText.Number(number),
        int number => CellText.Number(number),
        DateTime at => CellText.Time(at),
        bool yes => yes ? "是" : "否",
        _ => value.ToString() ?? "",
    };

    private IExcelDataReader Start() => Guard(() =>
    {
        _file.Position = 0;
        var book = ExcelReaderFactory.CreateBinaryReader(_file, new ExcelReaderConfiguration { FallbackEncoding = Gb18030, LeaveOpen = true });
        while (book.VisibleState != "visible" && book.NextResult())
        {
            // to the first that is shown
        }

        return book;
    });

    // The library stumbles over a broken file in as many ways as a file can be broken.
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidPasswordException)
        {
            throw new SheetRefused(SheetRefused.Password);
        }
        catch (Exception exception) when (exception is not (SheetRefused or OutOfMemoryException))
        {
            throw new SheetRefused(SheetRefused.Broken);
        }
    }

    // Names in the container are UTF-16.
    private bool Contains(string name)
    {
        var (wanted, bytes, kept) = (Encoding.Unicode.GetBytes(name), new byte[64 * 1024], 0);
        _file.Position = 0;
        for (int read; (read = _file.Read(bytes, kept, bytes.Length - kept)) > 0;)
        {
            var all = bytes.AsSpan(0, kept + read);
            if (all.IndexOf(wanted) >= 0)
            {
                return true;
            }

            kept = Math.Min(wanted.Length, all.Length);
            all[^kept..].CopyTo(bytes);
        }

        return false;
    }
}
