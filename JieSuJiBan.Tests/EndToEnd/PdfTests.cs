using System.Net;
using System.Net.Sockets;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Reports;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The printed file as it comes out of the printer: GB/T 9704's page, nothing cut, nothing lost, every letter a letter.</summary>
public sealed class PdfTests(PrintedFile printed) : IClassFixture<PrintedFile>
{
    // 37, 26, 35 and 28 mm, on an A4 page in points.
    private const double Top = 104.9, Right = 595.3 - 73.7, Bottom = 841.9 - 99.2, Left = 79.4;

    // The width of a line that lies half outside its table, and the grey at the edge of a letter.
    private const double Hair = 1.5;

    private static readonly string[] s_ordinals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"];

    private IEnumerable<string> Headings => printed.Report.Sections.Select((section, at) => $"{s_ordinals[at]}、{section.Title}");

    [Fact]
    public async Task ThePdf_IsTaggedA4_WithItsTitle_AndEveryFontInIt()
    {
        var info = await Poppler.TextOfAsync("pdfinfo", printed.Path);
        var fonts = (await Poppler.TextOfAsync("pdffonts", printed.Path)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];

        Assert.Matches(@"Tagged:\s+yes", info);
        Assert.Matches(@"Page size:\s+59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)", info);
        Assert.Matches(@"JavaScript:\s+no", info);
        Assert.Matches($@"Title:\s+{printed.Report.File.Number} {printed.Report.Cover.Title}", info);
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font =>
        {
            Assert.Matches(@"\s(Identity-H|WinAnsi|Custom)\s+yes yes yes\s", font);  // embedded, subset, with its letters' names
            Assert.DoesNotContain("Type 3", font, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task EveryPage_HasItsNumber_OddOnesRightAndEvenOnesLeft()
    {
        var pages = (await WordsAsync()).GroupBy(word => word.Page).ToList();

        Assert.True(pages.Count > 20);
        Assert.All(pages, page =>
        {
            var number = page.Where(word => word.Top > Bottom).ToList();
            Assert.Equal($"—{page.Key}—", string.Concat(number.Select(word => word.Text)));
            Assert.True(page.Key % 2 == 1 ? number[^1].Right > Right - 30 : number[0].Left < Left + 30);
        });
    }

    [Fact]
    public async Task Contents_NameThePageOnWhichEachPartBegins_AndSoDoTheBookmarks()
    {
        var words = await WordsAsync();
        var column = words.First(word => word.Text == "页号");
        var listed = words.Where(word => word.Page == 2 && word.Top > column.Bottom - 1 && word.Left < column.Right && word.Right > column.Left
            && int.TryParse(word.Text, out _)).Select(word => int.Parse(word.Text, System.Globalization.CultureInfo.InvariantCulture));
        var begins = Headings.Select(heading => words.Single(word => word.Text == heading).Page).ToList();

        Assert.Equal(begins, listed);
        Assert.Equal(Headings.Zip(begins), (await Poppler.BookmarksAsync(printed.Path)).Where(bookmark => bookmark.Title != "目录"));
        Assert.Contains(words, word => word.Page == 1 && word.Text == $"{words[^1].Page}");
    }

    [Fact]
    public async Task AHeading_NeverEndsAPage()
    {
        var words = await WordsAsync();

        Assert.All(Headings, heading =>
        {
            var at = words.Single(word => word.Text == heading);
            Assert.Contains(words, word => word.Page == at.Page && word.Top > at.Bottom && word.Bottom < Bottom);
        });
    }

    [Fact]
    public async Task Nothing_IsDrawnInTheMargins_AndNoPageIsEmpty()
    {
        var pages = await Poppler.DrawAsync(printed.Path, 60);

        Assert.All(pages, page =>
        {
            var marks = page.Marks().ToList();
            Assert.DoesNotContain(marks, mark => mark.X < Left - Hair || mark.X > Right + Hair || mark.Y < Top - Hair);
            Assert.DoesNotContain(marks, mark => mark.Y > Bottom + Hair && (mark.Y < Bottom + 15 || mark.Y > Bottom + 45));  // the page number has a line of its own
            Assert.True(marks.Count(mark => mark.Y < Bottom) > 100);
        });
    }

    [Fact]
    public async Task EveryLine_LiesWholeOnItsPage_AndNoneIsLost()
    {
        var words = await WordsAsync();
        var body = words.Where(word => word.Top < Bottom).ToList();
        var text = string.Concat(body.Select(word => word.Text));

        Assert.All(body, word => Assert.True(
            word.Top > Top - Hair && word.Bottom < Bottom + Hair && word.Left > Left - Hair && word.Right < Right + Hair, word.ToString()));
        Assert.All(Enumerable.Range(1, 30), turn => Assert.Contains($"发言{turn}：{PrintedFile.Long[..(30 * (turn % 7))]}", text, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 20), day => Assert.Contains($"第{day}天：{PrintedFile.Long[..(40 * (day % 5))]}", text, StringComparison.Ordinal));
        Assert.Contains($"纪要{PrintedFile.Long}", text, StringComparison.Ordinal);  // runs over three pages
        Assert.Contains(PrintedFile.Hostile.Replace(" ", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsThatFit_AreNotTorn_AndTheirHeadingsAreRepeated()
    {
        var words = await WordsAsync();
        var tables = words.Where(word => word.Text == "来源" && words.Any(other => other.Page == word.Page && other.Text == "名称" && other.Top == word.Top)).ToList();
        var columns = tables.Select(NamesOn).ToList();

        Assert.True(tables.Count > 1);
        Assert.All(
            printed.Report.Sections.Single(section => section.Id == "site").Blocks.OfType<TableBlock>().Single().Rows,
            row => Assert.Single(columns, column => column.Contains(row[1], StringComparison.Ordinal)));

        string NamesOn(Word source)
        {
            var (before, own) = (words.Single(word => word.Page == source.Page && word.Text == "序号"), words.Single(word => word.Page == source.Page && word.Text == "名称"));
            return string.Concat(words.Where(word => word.Page == source.Page && word.Top > own.Top && word.Left > before.Right && word.Left < (own.Right + source.Left) / 2)
                .OrderBy(word => word.Top).Select(word => word.Text));
        }
    }

    [Fact]
    public async Task Photos_AreWhole_InTheirOwnShape_EachWithItsCaption()
    {
        var words = await WordsAsync();
        var pages = await Poppler.DrawAsync(printed.Path, 60);
        var photos = pages.Select(page => Pictures.FindIn(page)).ToList();

        Assert.Equal(
            PrintedFile.Shapes.Select(shape => Math.Round((double)shape.Width / shape.Height, 1)).Order(),
            photos.SelectMany(found => found).Select(photo => Math.Round((double)photo.Width / photo.Height, 1)).Order());
        Assert.All(photos.Select((found, at) => (found.Count, Page: at + 1)), page => Assert.Equal(
            page.Count, words.Count(word => word.Page == page.Page && word.Text == "图")));
    }

    [Fact]
    public async Task ChineseLetters_AreLetters_AndNotTheBoxesOfAMissingFont()
    {
        var heading = (await WordsAsync()).Single(word => word.Text == Headings.ElementAt(3));
        var page = (await Poppler.DrawAsync(printed.Path, 150, heading.Page))[0];
        var letters = Letters(heading, page).Where(letter => letter.Letter != '、').ToList();

        Assert.True(letters.Count > 8);
        Assert.False(AreBoxes(letters));
        Assert.All(letters, letter => Assert.InRange(letter.Drawn.Ink, 0.08, 0.6));
    }

    [Fact]
    public async Task Boxes_AreRecognised()
    {
        var path = await PrintAsync("<p style='font-size:20pt'>\uE001\uE002\uE003\uE004</p>");

        var word = Assert.Single(await Poppler.WordsAsync(path));

        Assert.True(AreBoxes(Letters(word, (await Poppler.DrawAsync(path, 150))[0])));
    }

    [Fact]
    public async Task EvenIfACaseCouldBringMarkup_NothingOfItRunsOrFetches()
    {
        using var spy = new TcpListener(IPAddress.Loopback, 0);
        spy.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)spy.LocalEndpoint).Port}";

        var path = await PrintAsync($$"""
            <link rel="stylesheet" href="{{address}}/a.css"><style>@import "{{address}}/b.css"; p { background: url({{address}}/c.png) }</style>
            <p>原文</p><img src="{{address}}/d.png"><iframe src="{{address}}/e"></iframe><script src="{{address}}/f.js"></script><script>document.body.append('运行了')</script>
            <img src="x" onerror="document.body.append('运行了')">
            """);

        Assert.Equal("原文", string.Concat((await Poppler.WordsAsync(path)).Select(word => word.Text)));
        Assert.False(spy.Pending());
    }

    private Task<IReadOnlyList<Word>> WordsAsync() => printed.WordsAsync();

    private async Task<string> PrintAsync(string html)
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var path = Path.Combine(printed.Folder, $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(path, await printed.Get<PdfPrinter>().PrintAsync(html, PdfPrinter.DrawAsync));
        return path;
    }

    private static List<(char Letter, Drawing Drawn)> Letters(Word word, Drawing page)
    {
        var width = (word.Right - word.Left) / word.Text.Length;
        return [.. word.Text.Select((letter, at) => (letter, page.Crop(word.Left + (at * width), word.Top, word.Left + ((at + 1) * width), word.Bottom)))];
    }

    // A font without a letter draws the same box for each of them.
    private static bool AreBoxes(List<(char Letter, Drawing Drawn)> letters) =>
        letters.Any(one => letters.Any(other => one.Letter != other.Letter && one.Drawn.DifferenceTo(other.Drawn) < 0.03));
}
