using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace JieSuJiBan.Tests.Support;

/// <summary>Makes tables as other programs write them: shared texts, styled times, numbers that are no numbers.</summary>
internal static class Books
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    static Books() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    /// <summary>An .xlsx as Excel saves it. Null cells are left out; a <see cref="DateTime"/> is a number in a style that shows a time.</summary>
    public static byte[] Xlsx(IEnumerable<object?[]> rows, Action<Dictionary<string, string>>? change = null)
    {
        var (texts, places, sheet, at) = (new List<string>(), new Dictionary<string, int>(), new StringBuilder(), 0);
        foreach (var row in rows)
        {
            sheet.Append(CultureInfo.InvariantCulture, $"""<row r="{++at}">""");
            for (var column = 0; column < row.Length; column++)
            {
                var place = $"{Column(column)}{at}";
                switch (row[column])
                {
                    case null: break;
                    case DateTime time: sheet.Append(CultureInfo.InvariantCulture, $"""<c r="{place}" s="1"><v>{time.ToOADate():R}</v></c>"""); break;
                    case double or int or long: sheet.Append(CultureInfo.InvariantCulture, $"""<c r="{place}"><v>{row[column]}</v></c>"""); break;
                    case var other:
                        var text = other.ToString()!;
                        if (places.TryAdd(text, texts.Count))
                        {
                            texts.Add(text);
                        }

                        sheet.Append(CultureInfo.InvariantCulture, $"""<c r="{place}" t="s"><v>{places[text]}</v></c>""");
                        break;
                }
            }

            sheet.Append("</row>");
        }

        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>""",
            ["_rels/.rels"] = $"""<Relationships><Relationship Id="r1" Type="{Links}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            ["xl/workbook.xml"] = $"""<workbook xmlns="{Main}" xmlns:r="{Links}"><sheets><sheet name="工单" sheetId="1" r:id="r1"/></sheets></workbook>""",
            ["xl/_rels/workbook.xml.rels"] = $"""
                <Relationships><Relationship Id="r1" Type="{Links}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Links}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="{Links}/styles" Target="/xl/styles.xml"/></Relationships>
                """,
            ["xl/styles.xml"] = $"""<styleSheet xmlns="{Main}"><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\ h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>""",
            ["xl/sharedStrings.xml"] = $"""<sst xmlns="{Main}">{string.Concat(texts.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>""",
            ["xl/worksheets/sheet1.xml"] = $"""<worksheet xmlns="{Main}"><sheetData>{sheet}</sheetData></worksheet>""",
        };
        change?.Invoke(parts);
        return Zip(parts);
    }

    public static byte[] Zip(IEnumerable<KeyValuePair<string, string>> parts, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    /// <summary>Text that a program writes as CSV: quotes only where they are needed.</summary>
    public static byte[] Csv(IEnumerable<object?[]> rows, Encoding? encoding = null, char divider = ',', string end = "\r\n") =>
        (encoding ?? new UTF8Encoding(false)).GetBytes(string.Concat(rows.Select(row => string.Join(divider, row.Select(cell => Field(cell, divider))) + end)));

    private static string Field(object? cell, char divider)
    {
        var text = cell is DateTime at ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny([divider, '"', '\r', '\n']) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Column(int column) => column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
}

/// <summary>Files that a test makes, gone with it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("scratch").FullName;

    public string Write(byte[] bytes, string name = "file")
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
