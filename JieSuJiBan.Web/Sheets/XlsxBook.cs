using System.Globalization;
using System.Xml;

namespace JieSuJiBan.Web.Sheets;

/// <summary>Where in a workbook the first visible sheet and the texts lie, and which cell styles show times.</summary>
internal sealed class XlsxBook
{
    private const int MaxStyles = 65_536;

    public XlsxBook(ZipParts parts)
    {
        var root = Relations(parts, "");
        var book = root.FirstOrDefault(relation => relation.Type == "officeDocument")?.Target ?? "xl/workbook.xml";
        if (!parts.Has(book) || !book.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            throw new SheetRefused(SheetRefused.Kind);  // a document, a drawing, a binary workbook
        }

        var relations = Relations(parts, book);
        var sheet = FirstSheet(parts, book) ?? throw new SheetRefused(SheetRefused.Kind);
        Sheet = relations.Find(relation => relation.Id == sheet)?.Target ?? throw new SheetRefused(SheetRefused.Broken);
        Texts = relations.Find(relation => relation.Type == "sharedStrings")?.Target;
        ShowTime = relations.Find(relation => relation.Type == "styles")?.Target is { } styles && parts.Has(styles) ? ReadStyles(parts, styles) : [];
    }

    public string Sheet { get; }

    public string? Texts { get; }

    public bool CountsFrom1904 { get; private set; }

    /// <summary>By the number of a style: does a number in it stand for a time?</summary>
    public IReadOnlyList<bool> ShowTime { get; }

    private string? FirstSheet(ZipParts parts, string book)
    {
        using var xml = GuardedXml.Open(parts.Open(book));
        string? first = null;
        while (xml.Walk())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "workbookPr")
            {
                CountsFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.LocalName == "sheet" && xml.GetAttribute("state") is null or "visible")
            {
                first ??= Attribute(xml, "id");
            }
        }

        return first;
    }

    private static List<bool> ReadStyles(ZipParts parts, string styles)
    {
        using var xml = GuardedXml.Open(parts.Open(styles));
        var (formats, showTime, inCells) = (new Dictionary<int, bool>(), new List<bool>(), false);
        while (xml.Walk())
        {
            switch (xml.NodeType, xml.LocalName)
            {
                case (XmlNodeType.Element, "numFmt") when formats.Count < MaxStyles:
                    formats[Number(xml.GetAttribute("numFmtId"))] = CellText.ShowsTime(xml.GetAttribute("formatCode") ?? "");
                    break;
                case (XmlNodeType.Element, "cellXfs"): inCells = !xml.IsEmptyElement; break;
                case (XmlNodeType.EndElement, "cellXfs"): inCells = false; break;
                case (XmlNodeType.Element, "xf") when inCells && showTime.Count < MaxStyles:
                    var format = Number(xml.GetAttribute("numFmtId"));
                    showTime.Add(formats.TryGetValue(format, out var shows) ? shows : IsBuiltInTime(format));
                    break;
            }
        }

        return showTime;
    }

    // Those of every Excel, and those of the Chinese one.
    private static bool IsBuiltInTime(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    private static List<Relation> Relations(ZipParts parts, string part)
    {
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var name = $"{folder}_rels/{part[folder.Length..]}.rels";
        var relations = new List<Relation>();
        if (!parts.Has(name))
        {
            return relations;
        }

        using var xml = GuardedXml.Open(parts.Open(name));
        while (xml.WalkTo("Relationship"))
        {
            if (xml.GetAttribute("TargetMode") == "External" || relations.Count >= SheetLimits.MaxParts)
            {
                continue;
            }

            var (type, target) = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "");
            var path = target.StartsWith('/') ? target[1..] : folder + target;
            relations.Add(new Relation(xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], path.Replace("/./", "/", StringComparison.Ordinal)));
        }

        return relations;
    }

    private static string? Attribute(XmlReader xml, string name)
    {
        string? found = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name && xml.Prefix.Length > 0)
            {
                found = xml.Value;
            }
        }

        xml.MoveToElement();
        return found;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private sealed record Relation(string Id, string Type, string Target);
}
