using System.IO.Compression;
using System.Text;

namespace JieSuJiBan.Web.Files;

/// <summary>What a file is, by its bytes. The name and type that the sender claims are not asked.</summary>
public static class FileKind
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Webp = "image/webp";
    public const string Pdf = "application/pdf";

    private const string Office = "application/vnd.openxmlformats-officedocument.";

    public static bool IsImage(string contentType) => contentType is Jpeg or Png or Webp;

    /// <summary>The content type of a file that the portal takes, or nothing.</summary>
    public static string? Find(byte[] bytes)
    {
        var start = bytes.AsSpan();
        return start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
            : start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
            : bytes.Length > 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) ? Webp
            : start.StartsWith("%PDF-"u8) ? Pdf
            : start.StartsWith("PK\x03\x04"u8) ? FindOpenXml(bytes)
            : start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? FindOldOffice(start)
            : null;
    }

    /// <summary>The ending that belongs to a content type, so that a saved file opens with the right program.</summary>
    public static string Ending(string contentType) => contentType switch
    {
        Jpeg => ".jpg",
        Png => ".png",
        Webp => ".webp",
        Pdf => ".pdf",
        "application/msword" => ".doc",
        "application/vnd.ms-excel" => ".xls",
        "application/vnd.ms-powerpoint" => ".ppt",
        Office + "wordprocessingml.document" => ".docx",
        Office + "spreadsheetml.sheet" => ".xlsx",
        Office + "presentationml.presentation" => ".pptx",
        _ => ".bin",
    };

    // The list of parts is read, nothing is unpacked: a zip bomb stays a list. Macros are not taken.
    private static string? FindOpenXml(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var parts = zip.Entries.Take(5000).Select(part => part.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return !parts.Contains("[Content_Types].xml") || parts.Any(part => part.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? null
                : parts.Contains("word/document.xml") ? Office + "wordprocessingml.document"
                : parts.Contains("xl/workbook.xml") ? Office + "spreadsheetml.sheet"
                : parts.Contains("ppt/presentation.xml") ? Office + "presentationml.presentation"
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? FindOldOffice(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(Encoding.Unicode.GetBytes("_VBA_PROJECT")) >= 0 ? null
        : bytes.IndexOf(Encoding.Unicode.GetBytes("WordDocument")) >= 0 ? "application/msword"
        : bytes.IndexOf(Encoding.Unicode.GetBytes("Workbook")) >= 0 ? "application/vnd.ms-excel"
        : bytes.IndexOf(Encoding.Unicode.GetBytes("PowerPoint Document")) >= 0 ? "application/vnd.ms-powerpoint"
        : null;
}
