using System.Text;

namespace JieSuJiBan.Web.Sheets;

/// <summary>Finds out in what a text is written: by its mark, or as UTF-8 if all of it can be that; else it is taken for GB18030, strictly.</summary>
internal static class CsvEncoding
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Find(FileStream file)
    {
        var start = new byte[4];
        start = start[..file.ReadAtLeast(start, 4, throwOnEndOfStream: false)];
        return start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => s_utf8,
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => throw new SheetRefused(SheetRefused.Encoding),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => IsUtf8(file) ? s_utf8 : Sheet.Gb18030,
        };
    }

    private static bool IsUtf8(FileStream file)
    {
        file.Position = 0;
        var (bytes, letters, decoder) = (new byte[64 * 1024], new char[64 * 1024 + 1], s_utf8.GetDecoder());
        try
        {
            for (int read; (read = file.Read(bytes)) > 0;)
            {
                decoder.GetChars(bytes.AsSpan(0, read), letters, flush: false);
            }

            decoder.GetChars([], letters, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
