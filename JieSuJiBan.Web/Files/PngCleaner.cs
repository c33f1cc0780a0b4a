using System.Buffers.Binary;

namespace JieSuJiBan.Web.Files;

/// <summary>PNG (W3C, third edition): keeps the chunks that draw the picture, checks each one's CRC, and ends at IEND.</summary>
internal static class PngCleaner
{
    private static readonly string[] s_kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "pHYs"];

    private static readonly uint[] s_crc = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var k = 0; k < 8; k++)
        {
            c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        }

        return c;
    })];

    public static CleanImage? Clean(byte[] bytes)
    {
        var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes, 0, 8);
        var (width, height, hasData) = (0, 0, false);

        for (var at = 8; ;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at, 4)));
            var chunk = bytes.AsSpan(at, length + 12);
            var type = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]) || (at == 8) != (type == "IHDR"))
            {
                return null;
            }

            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadInt32BigEndian(chunk[12..]));
            }

            hasData |= type == "IDAT";
            if (s_kept.Contains(type))
            {
                clean.Write(chunk);
            }

            if (type == "IEND")
            {
                return hasData ? new CleanImage(clean.ToArray(), width, height) : null;
            }

            at += chunk.Length;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = s_crc[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }
}
