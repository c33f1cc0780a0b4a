using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace JieSuJiBan.Tests.Support;

/// <summary>Reads a PDF with programs that share nothing with the one that drew it (Debian: apt-get install poppler-utils).</summary>
internal static class Poppler
{
    /// <summary>Every run of letters and where it stands, in points from the top left.</summary>
    public static async Task<IReadOnlyList<Word>> WordsAsync(string pdf)
    {
        var html = XDocument.Parse(WithoutDoctype(Encoding.UTF8.GetString(await RunAsync("pdftotext", "-bbox", pdf, "-"))));
        return [.. html.Descendants().Where(node => node.Name.LocalName == "page").SelectMany((page, at) => page.Elements().Select(word => new Word(
            at + 1, Number(word, "xMin"), Number(word, "yMin"), Number(word, "xMax"), Number(word, "yMax"), word.Value)))];
    }

    /// <summary>The topmost bookmarks and the pages they open.</summary>
    public static async Task<IReadOnlyList<(string Title, int Page)>> BookmarksAsync(string pdf)
    {
        var xml = XDocument.Parse(WithoutDoctype(Encoding.UTF8.GetString(await RunAsync("pdftohtml", "-xml", "-i", "-stdout", pdf))));
        return [.. xml.Root!.Elements("outline").Elements("item").Select(item => (item.Value, (int)item.Attribute("page")!))];
    }

    /// <summary>What the page looks like: grey values, row by row.</summary>
    public static async Task<IReadOnlyList<Drawing>> DrawAsync(string pdf, int dpi, int? page = null)
    {
        string[] pages = page is { } only ? ["-f", $"{only}", "-l", $"{only}"] : [];
        var bytes = await RunAsync("pdftoppm", ["-gray", "-r", $"{dpi}", .. pages, pdf]);
        var drawings = new List<Drawing>();
        for (var at = 0; at < bytes.Length;)
        {
            var header = new List<string>();
            while (header.Count < 4)
            {
                var end = Array.FindIndex(bytes, at, value => value is (byte)'\n' or (byte)' ');
                header.Add(Encoding.ASCII.GetString(bytes, at, end - at));
                at = end + 1;
            }

            var (width, height) = (int.Parse(header[1], CultureInfo.InvariantCulture), int.Parse(header[2], CultureInfo.InvariantCulture));
            drawings.Add(new Drawing(width, height, bytes[at..(at + (width * height))], dpi));
            at += width * height;
        }

        return drawings;
    }

    public static async Task<string> TextOfAsync(string tool, params string[] arguments) => Encoding.UTF8.GetString(await RunAsync(tool, arguments));

    private static async Task<byte[]> RunAsync(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.BaseStream.CopyToAsync(output);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{tool}: {await errors}");
            return output.ToArray();
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{tool} is missing. Install poppler-utils.");
        }
    }

    private static string WithoutDoctype(string xml) => xml[xml.IndexOf('>', xml.IndexOf("<!DOCTYPE", StringComparison.Ordinal))..].TrimStart('>', '\n');

    private static double Number(XElement word, string name) => double.Parse(word.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}

/// <summary>A run of letters on a page.</summary>
internal sealed record Word(int Page, double Left, double Top, double Right, double Bottom, string Text);

/// <summary>A page as a printer would put it on paper.</summary>
internal sealed class Drawing(int width, int height, byte[] grey, int dpi)
{
    public int Width => width;

    public int Height => height;

    public byte this[int x, int y] => grey[(y * width) + x];

    /// <summary>A part of the page, given in points.</summary>
    public Drawing Crop(double left, double top, double right, double bottom)
    {
        var (x, y, w, h) = (Pixel(left), Pixel(top), Pixel(right - left), Pixel(bottom - top));
        return new Drawing(w, h, [.. Enumerable.Range(y, h).SelectMany(row => grey.Skip((row * width) + x).Take(w))], dpi);
    }

    /// <summary>How much of it is black, from 0 to 1.</summary>
    public double Ink => grey.Length == 0 ? 0 : grey.Average(value => 1 - (value / 255.0));

    /// <summary>How much of it another drawing of the same size shows otherwise, from 0 to 1.</summary>
    public double DifferenceTo(Drawing other) =>
        Enumerable.Range(0, Math.Min(height, other.Height)).SelectMany(y => Enumerable.Range(0, Math.Min(width, other.Width)).Select(x => Math.Abs(this[x, y] - other[x, y]) / 255.0)).Average();

    /// <summary>The places, in points, at which anything at all is drawn.</summary>
    public IEnumerable<(double X, double Y)> Marks()
    {
        for (var at = 0; at < grey.Length; at++)
        {
            if (grey[at] < 200)
            {
                yield return ((at % width) * 72.0 / dpi, at / width * 72.0 / dpi);
            }
        }
    }

    private int Pixel(double points) => (int)Math.Round(points * dpi / 72);
}
