using System.Globalization;
using System.Xml;

namespace JieSuJiBan.Web.Sheets;

/// <summary>The first visible sheet of an .xlsx. Formulas are not looked at, only what they last gave.</summary>
internal sealed class XlsxSheet : Sheet
{
    private readonly FileStream _file;
    private readonly SheetLimits _limits;
    private readonly ZipParts _parts;
    private readonly XlsxBook _book;
    private readonly SharedTexts _texts;

    public XlsxSheet(FileStream file, SheetLimits limits)
    {
        (_file, _limits) = (file, limits);
        _parts = new ZipParts(file, limits);
        _book = new XlsxBook(_parts);
        _texts = new SharedTexts(limits.ScratchFolder ?? Path.GetTempPath(), _book.Texts is { } texts && _parts.Has(texts) ? _parts.Open(texts) : null);
    }

    public override string Format => "xlsx";

    protected override IEnumerable<SheetRow> Rows()
    {
        using var xml = GuardedXml.Open(_parts.Open(_book.Sheet));
        var (number, count) = (0, 0);
        while (xml.WalkTo("row"))
        {
            number = Math.Max(number + 1, Number(xml.GetAttribute("r")) ?? 0);
            var cells = new List<string>();
            if (!xml.IsEmptyElement)
            {
                ReadRow(xml, number, cells);
            }

            if (cells.Count == 0)
            {
                continue;
            }

            if (++count > _limits.MaxRows)
            {
                throw SheetRefused.Rows(_limits.MaxRows);
            }

            yield return new SheetRow(number, cells);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _texts.Dispose();
        _file.Dispose();
    }

    private void ReadRow(XmlReader xml, int row, List<string> cells)
    {
        var (depth, column) = (xml.Depth, -1);
        while (xml.Walk() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c")
            {
                continue;
            }

            column = Column(xml.GetAttribute("r")) ?? column + 1;
            if (ReadCell(xml, row) is not { Length: > 0 } text)
            {
                continue;
            }

            if (column >= SheetLimits.MaxColumns)
            {
                throw SheetRefused.Columns(row);
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = text;
        }
    }

    private string ReadCell(XmlReader xml, int row)
    {
        var (kind, style) = (xml.GetAttribute("t"), Number(xml.GetAttribute("s")) ?? 0);
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var (depth, text) = (xml.Depth, "");
        while (xml.Walk() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "v" or "is")
            {
                text = SharedTexts.ReadText(xml, row);
            }
        }

        return kind switch
        {
            "s" => _texts[Number(text) ?? throw new InvalidDataException("A cell points nowhere.")].Trim(),
            "e" => "",
            "b" => text == "1" ? "是" : text == "0" ? "否" : "",
            "str" or "inlineStr" => text.Trim(),
            "d" => text.Replace('T', ' ').TrimEnd('Z'),
            _ => Value(text, style),
        };
    }

    private string Value(string text, int style) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) ? text.Trim()
        : style < _book.ShowTime.Count && _book.ShowTime[style] ? CellText.Time(value, _book.CountsFrom1904)
        : CellText.Number(value);

    // BC12 stands in the 55th column.
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter) || column > 20_000)
            {
                break;
            }

            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
