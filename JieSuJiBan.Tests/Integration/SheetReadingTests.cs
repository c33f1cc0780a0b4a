using System.Text;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Tables as they come, and what must never be read as one.</summary>
public sealed class SheetReadingTests : IDisposable
{
    private static readonly object?[][] s_orders =
    [
        ["平谷区工单明细表"],
        [],
        ["工单编号", "标题", "来电时间", "来电人电话"],
        ["BJ001", "路灯不亮，\"三盏\"\n村口", new DateTime(2026, 3, 1, 9, 30, 0), 13000000001L],
        ["BJ002", null, new DateTime(2026, 3, 1), "0013"],
    ];

    private static readonly string[] s_read =
        ["1: 平谷区工单明细表", "3: 工单编号|标题|来电时间|来电人电话", "4: BJ001|路灯不亮，\"三盏\"\n村口|2026-03-01 09:30:00|13000000001", "5: BJ002||2026-03-01|0013"];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AnXlsx_IsReadAsOftenAsOneLikes_AndLeavesNothingBehind()
    {
        var path = _scratch.Write(Books.Xlsx(s_orders));

        using (var sheet = Open(path))
        {
            Assert.Equal("xlsx", sheet.Format);
            Assert.Equal(s_read, Rows(sheet));
            Assert.Equal(s_read, Rows(sheet));
        }

        Assert.Equal([path], Directory.GetFiles(_scratch.Folder));
    }

    [Theory]
    [InlineData("utf-8", ','), InlineData("bom", ','), InlineData("GB18030", ','), InlineData("GB18030", '\t'), InlineData("utf-16", '\t'), InlineData("utf-8", ';')]
    public void ACsv_IsReadInItsEncoding_AndByItsDivider(string encoding, char divider)
    {
        var bytes = Books.Csv(s_orders.Select(row => row.Select(cell => cell is DateTime { TimeOfDay.Ticks: 0 } ? "2026-03-01" : cell).ToArray()), encoding switch
        {
            "GB18030" => Books.Gb18030,
            "utf-16" => Encoding.Unicode,
            _ => new UTF8Encoding(false),
        }, divider);
        var path = _scratch.Write(encoding switch { "bom" => [.. Encoding.UTF8.Preamble, .. bytes], "utf-16" => [.. Encoding.Unicode.Preamble, .. bytes], _ => bytes });

        using var sheet = Open(path);

        Assert.StartsWith(encoding == "bom" ? "CSV（UTF-8" : $"CSV（{encoding.ToUpperInvariant()}", sheet.Format, StringComparison.Ordinal);
        Assert.Equal(s_read, Rows(sheet));
        Assert.Equal(s_read, Rows(sheet));
    }

    [Fact]
    public void AnXls_IsRead_TimesAndNumbersToo()
    {
        using var sheet = Open(Fixture("orders.xls"));

        Assert.Equal("xls", sheet.Format);
        var rows = Rows(sheet);
        Assert.Equal(
            ["4: 1|BJ2026030100017|路灯不亮|村口三盏路灯不亮，晚上出行不便。|测试一|13000000001|2026-03-01 09:30:00|区城管委", "5: 2|BJ2026030100018|=1+1|第二行\n换行|测试二|13000000002|2026-03-01 10:05:00", "6: 3|BJ2026030100019|垃圾未清运|0.5||13000000003|2026-03-01|马坊镇"],
            rows.Skip(2));
        Assert.Equal(rows, Rows(sheet));
    }

    [Theory]
    [InlineData("a,b\r\n\r\nc", "1: a|b", "3: c"), InlineData("\"a\"\"b\"x,c", "1: a\"bx|c"), InlineData("=\"0013\",'=1+1,=cmd|x", "1: 0013|'=1+1|=cmd|x")]
    [InlineData("a\rb\n", "1: a", "2: b"), InlineData("\"\",,\" \"\nb", "2: b"), InlineData("a,5\" 管", "1: a|5\" 管")]
    public void OddCsv_IsReadAsPeopleMeanIt(string text, params string[] rows)
    {
        using var sheet = Open(_scratch.Write(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(rows, Rows(sheet));
    }

    [Fact]
    public void AnXlsxOfAnotherProgram_IsReadToo()
    {
        var bytes = Books.Xlsx([["1"]], parts =>
        {
            parts["xl/workbook.xml"] = """
                <x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="隐藏" sheetId="1" r:id="r9" state="hidden"/><x:sheet name="表" sheetId="2" r:id="r1"/></x:sheets></x:workbook>
                """;
            parts["xl/sharedStrings.xml"] = """<sst><si><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></si><si>  <r><t>乙</t></r>  <r><t xml:space="preserve"> 丙_x000D_</t></r></si></sst>""";
            parts["xl/worksheets/sheet1.xml"] = """
                <worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r></is></c><c t="str"><f>A1</f><v>公式</v></c></row>
                <row r="7"><c r="B7" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-03-01T09:30:00Z</v></c><c s="1"><v>44620.5</v></c><c><v>2.02303E+14</v></c><c t="s"/><c r="ZZ7"/></row></sheetData></worksheet>
                """;
        });

        using var sheet = Open(_scratch.Write(bytes));

        Assert.Equal(["1: 甲|乙 丙|行内|公式", "7: |是||2026-03-01 09:30:00|2026-03-01 12:00:00|202303000000000"], Rows(sheet));
    }

    [Fact]
    public async Task WhatThePortalWrites_ItReads()
    {
        using var file = new MemoryStream();
        await using (var writer = await SheetWriter.CreateAsync(file, "表", [new("甲"), new("乙")], TestContext.Current.CancellationToken))
        {
            await writer.WriteRowAsync(["=cmd|' /C calc'!A0", new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero)], TestContext.Current.CancellationToken);
        }

        using var sheet = Open(_scratch.Write(file.ToArray()));

        Assert.Equal(["1: 甲|乙", "2: =cmd|' /C calc'!A0|2026-03-02 12:00:00"], Rows(sheet));
    }

    [Fact]
    public void ManyTexts_AreReadFromTheDisk_InAnyOrder()
    {
        var rows = Enumerable.Range(0, 5_000).Select(at => new object?[] { $"第{at}行{new string('文', 900)}", "重复" }).ToList();
        using var sheet = Open(_scratch.Write(Books.Xlsx(rows.Concat(rows.AsEnumerable().Reverse()))));

        var read = Rows(sheet);

        Assert.Equal(10_000, read.Count);
        Assert.All(Enumerable.Range(0, 5_000), at => Assert.Equal(read[at][read[at].IndexOf(' ', StringComparison.Ordinal)..], read[9_999 - at][read[9_999 - at].IndexOf(' ', StringComparison.Ordinal)..]));
    }

    [Theory]
    [InlineData("empty", "sheet.kind"), InlineData("pdf", "sheet.kind"), InlineData("html", "sheet.web"), InlineData("docx", "sheet.kind"), InlineData("xlsb", "sheet.kind")]
    [InlineData("locked", "sheet.password"), InlineData("big5", "sheet.encoding"), InlineData("utf32", "sheet.encoding"), InlineData("nul", "sheet.kind")]
    [InlineData("late bytes", "sheet.encoding"), InlineData("open quote", "sheet.quote"), InlineData("long csv cell", "sheet.cell"), InlineData("long xlsx cell", "sheet.cell")]
    [InlineData("long cdata", "sheet.cell"), InlineData("long inline", "sheet.cell"), InlineData("long attribute", "sheet.cell"), InlineData("csv columns", "sheet.columns")]
    [InlineData("xlsx columns", "sheet.columns"), InlineData("rows", "sheet.rows"), InlineData("doctype", "sheet.broken"), InlineData("deep", "sheet.broken")]
    [InlineData("names", "sheet.broken"), InlineData("missing sheet", "sheet.broken"), InlineData("text nowhere", "sheet.broken"), InlineData("half", "sheet.broken")]
    [InlineData("bomb", "sheet.bomb"), InlineData("liar", "sheet.bomb"), InlineData("parts", "sheet.bomb"), InlineData("unpacked", "sheet.bomb"), InlineData("cfb", "sheet.kind")]
    public void WhatIsNoTable_IsRefusedClearly(string what, string code)
    {
        var limits = new SheetLimits(MaxRows: what == "rows" ? 3 : 100_000, MaxUnpacked: what == "unpacked" ? 500 : 2L << 30);
        var long_ = new string('长', 10_000_000 / 3);
        var path = what == "locked" ? Fixture("locked.xlsx") : _scratch.Write(what switch
        {
            "empty" => [],
            "pdf" => Encoding.UTF8.GetBytes("%PDF-1.7\n\0\0"),
            "html" => Encoding.UTF8.GetBytes("\uFEFF <html><table><tr><td>工单编号</td></tr></table></html>"),
            "docx" => Books.Zip([new("_rels/.rels", """<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"""), new("word/document.xml", "<w:document xmlns:w=\"w\"/>")]),
            "xlsb" => Books.Zip([new("xl/workbook.bin", "x")]),
            "cfb" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2000]],
            "big5" => [0xA4, 0x75, 0xB3, 0xE6, 0x2C, 0xFF, 0xFE, 0xFF, 0x0A],
            "utf32" => [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes("工单")],
            "nul" => Encoding.UTF8.GetBytes("a,b\r\nc,\0\r\n"),
            "late bytes" => [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a,b\n", 40_000))), 0xFF, 0xFF],
            "open quote" => Encoding.UTF8.GetBytes("a,b\r\n\"c,d\r\ne,f\r\n"),
            "long csv cell" => Books.Csv([["a"], [long_]]),
            "long xlsx cell" => Books.Xlsx([["a"], [long_]]),
            "long cdata" => Books.Xlsx([["a"]], parts => parts["xl/sharedStrings.xml"] = $"<sst><si><t><![CDATA[{string.Concat(Enumerable.Repeat("<长长长长长长长长长>", 5_000))}]]></t></si></sst>"),
            "long inline" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet><sheetData><row><c t=\"inlineStr\"><is>{string.Concat(Enumerable.Repeat("<r><t>长长长长长长长长</t></r>", 5_000))}</is></c></row></sheetData></worksheet>"),
            "long attribute" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet><sheetData><row><c r=\"{new string('A', 5_000_000)}\"/></row></sheetData></worksheet>"),
            "csv columns" => Books.Csv([["a"], [.. Enumerable.Range(0, 300).Select(at => (object)at)]]),
            "xlsx columns" => Books.Xlsx([["a"], [.. Enumerable.Range(0, 300).Select(at => (object)at)]]),
            "rows" => Books.Xlsx(Enumerable.Range(0, 9).Select(at => new object?[] { at })),
            "doctype" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"),
            "deep" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet>{string.Concat(Enumerable.Repeat("<a>", 100_000))}"),
            "names" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet>{string.Concat(Enumerable.Range(0, 50_000).Select(at => $"<a{at}/>"))}</worksheet>"),
            "missing sheet" => Books.Xlsx([["a"]], parts => parts.Remove("xl/worksheets/sheet1.xml")),
            "text nowhere" => Books.Xlsx([["a"]], parts => parts["xl/sharedStrings.xml"] = "<sst/>"),
            "half" => Books.Xlsx([["a"]])[..^200],
            "bomb" => Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet>{new string(' ', 40_000_000)}</worksheet>"),
            "liar" => Lie(Books.Xlsx([["a"]], parts => parts["xl/worksheets/sheet1.xml"] = $"<worksheet>{string.Concat(Enumerable.Repeat("<a/>", 100_000))}</worksheet>")),
            "parts" => Books.Zip(Enumerable.Range(0, 3_000).Select(at => KeyValuePair.Create($"{at}", ""))),
            "unpacked" => Books.Xlsx([["a"]]),
            _ => throw new InvalidOperationException(what),
        });

        var (sheet, outcome) = Sheet.Open(path, limits);
        using (sheet)
        {
            using var rows = sheet?.Read();
            while (rows?.Next() == true)
            {
                // to the end, or to where it breaks
            }

            Assert.Equal(code, (outcome.Refusal ?? rows?.Refusal)?.Code);
        }

        Assert.True(Directory.GetFiles(_scratch.Folder).Length <= 1);
    }

    // Says in the directory that the sheet unpacks to a hundred bytes.
    private static byte[] Lie(byte[] zip)
    {
        var name = Encoding.ASCII.GetBytes("xl/worksheets/sheet1.xml");
        var entry = zip.AsSpan().LastIndexOf(name) - 46;
        BitConverter.TryWriteBytes(zip.AsSpan(entry + 24), 100u);
        return zip;
    }

    internal static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Support", "sheets", name);

    private static Sheet Open(string path)
    {
        var (sheet, outcome) = Sheet.Open(path, new SheetLimits());
        Assert.Null(outcome.Refusal);
        return sheet!;
    }

    private static List<string> Rows(Sheet sheet)
    {
        using var rows = sheet.Read();
        var read = new List<string>();
        while (rows.Next())
        {
            read.Add($"{rows.Current.Number}: {string.Join('|', rows.Current.Cells)}".TrimEnd('|'));
        }

        Assert.Null(rows.Refusal);
        return read;
    }
}
