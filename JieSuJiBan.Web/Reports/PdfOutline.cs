using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JieSuJiBan.Web.Reports;

/// <summary>
/// Reads where the bookmarks of a PDF point, as Chromium writes it: plain objects, the page tree in order, outline items with explicit
/// targets.
/// </summary>
internal static partial class PdfOutline
{
    /// <summary>The page, from 1, by the bookmark's title; the number of pages under the empty title.</summary>
    public static IReadOnlyDictionary<string, int> Read(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var objects = Objects().Matches(text).ToDictionary(
            match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match => match.Groups[2].Value);

        var root = objects.Values.First(body => body.Contains("/Type /Catalog", StringComparison.Ordinal));
        var pages = new List<int>();
        Walk(int.Parse(Reference("Pages").Match(root).Groups[1].ValueSpan, CultureInfo.InvariantCulture));

        var found = new Dictionary<string, int> { [""] = pages.Count };
        foreach (var body in objects.Values)
        {
            if (Title().Match(body) is { Success: true } title && Target().Match(body) is { Success: true } target)
            {
                var page = pages.IndexOf(int.Parse(target.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
                found.TryAdd(Decode(title.Groups[1].Value), page + 1);
            }
        }

        return found;

        void Walk(int node)
        {
            var body = objects[node];
            if (Kids().Match(body) is { Success: true } kids)
            {
                foreach (Match kid in Each().Matches(kids.Groups[1].Value))
                {
                    Walk(int.Parse(kid.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
                }
            }
            else
            {
                pages.Add(node);
            }
        }
    }

    // <FEFF…>: UTF-16 in hexadecimal.
    private static string Decode(string hex) => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(hex)).TrimStart('﻿');

    private static Regex Reference(string name) => new($@"/{name} (\d+) 0 R", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(\d+) 0 obj\s*(<<.*?>>)\s*(?:endobj|stream)", RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/Kids \[(.*?)\]", RegexOptions.Singleline)]
    private static partial Regex Kids();

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex Each();

    [GeneratedRegex(@"/Title <([0-9A-Fa-f]+)>")]
    private static partial Regex Title();

    [GeneratedRegex(@"/Dest \[(\d+) 0 R")]
    private static partial Regex Target();
}
