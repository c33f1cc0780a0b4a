using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What every export is written with, read back by another's eyes.</summary>
public class SheetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Formulas =>
        ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝HYPERLINK(\"http://x\")", "=1+1\n第二行"];

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task WhatLooksLikeAFormula_IsStoredAsAText_MarkedAsOne_AndComesBackUnchanged(string text)
    {
        using var book = Open(await WriteAsync([text]));

        var cell = Cells(book).Last();
        Assert.Equal(text, cell.InnerText);
        Assert.Null(cell.CellFormula);
        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        Assert.True(Style(book, cell).QuotePrefix!.Value);
    }

    [Theory]
    [InlineData("室内温度不达标"), InlineData("a<b & c>d \"e\" 'f'"), InlineData("上一行\n下一行"), InlineData("𠮷野家😀"), InlineData("  两边有空格  "), InlineData("0013000001101")]
    public async Task AnOrdinaryText_IsItself(string text)
    {
        using var book = Open(await WriteAsync([text]));

        Assert.Equal(text, Cells(book).Last().InnerText);
        Assert.Null(Style(book, Cells(book).Last()).QuotePrefix);
    }

    [Fact]
    public async Task WhatXmlCannotSay_IsLeftOut_AndWhatNoCellHolds_IsCut()
    {
        using var book = Open(await WriteAsync(["a\u0001b\uFFFFc\uD800d", new string('长', 40_000)]));

        var cells = Cells(book).TakeLast(2).Select(cell => cell.InnerText).ToList();
        Assert.Equal("abc\uFFFDd", cells[0]);
        Assert.Equal(SheetWriter.MaxText, cells[1].Length);
        Assert.EndsWith("长…", cells[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumbersTruthsAndTimes_AreWhatTheyAre_TimesInBeijing()
    {
        using var book = Open(await WriteAsync([7, 2.5, true, new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero), new DateOnly(2026, 3, 2), null]));

        Assert.Equal(["7", "2.5", "1", "46083.5", "46083"], Cells(book).Skip(6).Select(cell => cell.CellValue!.Text));
    }

    [Fact]
    public async Task ManyRows_GoToAStreamThatCannotSeek_AndTheFormatIsSound()
    {
        using var file = new MemoryStream();
        await using (var forward = new ForwardOnly(file))
        {
            await using var sheet = await SheetWriter.CreateAsync(forward, "职责[清单]:2026/3", [.. Enumerable.Range(0, 30).Select(at => new SheetColumn($"第{at}列"))], Stop);
            for (var row = 0; row < 2_000; row++)
            {
                await sheet.WriteRowAsync([.. Enumerable.Range(0, 30).Select(at => (object?)$"{row}·{at}")], Stop);
            }
        }

        using var book = Open(file);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2016).Validate(book, Stop).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal("职责清单20263", book.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single().Name);
        var last = Cells(book).Last();
        Assert.Equal(("AD2001", "1999·29"), (last.CellReference!.Value, last.InnerText));
    }

    private static async Task<MemoryStream> WriteAsync(IReadOnlyList<object?> cells)
    {
        var file = new MemoryStream();
        await using var sheet = await SheetWriter.CreateAsync(file, "表", [.. cells.Select((_, at) => new SheetColumn($"列{at}"))], Stop);
        await sheet.WriteRowAsync(cells, Stop);
        return file;
    }

    private static SpreadsheetDocument Open(MemoryStream file) => SpreadsheetDocument.Open(file, isEditable: false);

    private static IEnumerable<Cell> Cells(SpreadsheetDocument book) => book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>();

    private static CellFormat Style(SpreadsheetDocument book, Cell cell) =>
        book.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);

    /// <summary>The body of an answer: it only goes forward, and only asynchronously.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush()
        {
            // nothing is held back
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous writing is disallowed.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
