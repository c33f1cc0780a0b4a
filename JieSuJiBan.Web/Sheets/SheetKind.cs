using System.Text;

namespace JieSuJiBan.Web.Sheets;

/// <summary>Tells by the first bytes what a file is.</summary>
internal static class SheetKind
{
    private const int Looked = 4096;

    public static Sheet Open(FileStream file, SheetLimits limits)
    {
        var start = new byte[Looked];
        start = start[..file.ReadAtLeast(start, Looked, throwOnEndOfStream: false)];
        file.Position = 0;

        return start.AsSpan() switch
        {
            [] => throw new SheetRefused(SheetRefused.Kind),
            [(byte)'P', (byte)'K', 3, 4, ..] => new XlsxSheet(file, limits),
            [(byte)'P', (byte)'K', _, _, ..] => throw new SheetRefused(SheetRefused.Broken),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => new XlsSheet(file, limits),
            var text when IsMarkup(text) => throw new SheetRefused(SheetRefused.Web),
            var bytes when bytes.Contains((byte)0) && bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..]) => throw new SheetRefused(SheetRefused.Kind),  // a picture, a program: no text
            _ => new CsvSheet(file, limits),
        };
    }

    // Many systems send an HTML table and call it .xls.
    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');
        return text.StartsWith('<') || text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase);
    }
}
