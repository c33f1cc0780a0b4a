using System.Buffers.Binary;
using System.IO.Compression;

namespace JieSuJiBan.Tests.Support;

/// <summary>Small pictures made by hand, with and without what a phone hangs on them.</summary>
internal static class Pictures
{
    /// <summary>A grey JPEG of 8 by 8 pixels, baseline, one scan.</summary>
    private static readonly byte[] s_jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z");

    public static byte[] Jpeg() => [.. s_jpeg];

    /// <summary>A JPEG whose Exif says where it was taken, by what, and that it lies on its side; its thumbnails show what was cut away.</summary>
    public static byte[] JpegWithSecrets()
    {
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 3, 0,
            0x0F, 0x01, 2, 0, 12, 0, 0, 0, 50, 0, 0, 0,             // Make, at 50
            0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,               // Orientation 6: turned
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 62, 0, 0, 0,              // GPS directory, at 62
            0, 0, 0, 0, .. "SecretPhone\0"u8, 0, 0, 0, 0, 0, 0,
        ];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        byte[] comment = [.. "taken at 40.0600N 117.0000E"u8];
        byte[] thumbnail = [.. "JFIF\0"u8, 1, 1, 1, 0, 72, 0, 72, 2, 2, .. "SecretPixels"u8];
        byte[] another = [.. "JFXX\0"u8, 0x13, 2, 2, .. "SecretPixels"u8];
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SecretPerson</x:xmpmeta>"u8];
        return
        [
            .. s_jpeg[..2], .. Segment(0xE0, thumbnail), .. Segment(0xE0, another), .. Segment(0xE1, exif), .. Segment(0xE1, xmp), .. Segment(0xFE, comment),
            .. s_jpeg[20..], .. "hidden behind the end"u8,
        ];
    }

    public static byte[] Png(int width = 4, int height = 4) => [.. PngParts(width, height), .. Chunk("IEND", [])];

    public static byte[] PngWithSecrets() =>
        [.. PngParts(4, 4), .. Chunk("tEXt", [.. "Author\0SecretPerson"u8]), .. Chunk("eXIf", [.. "II*\0gps"u8]), .. Chunk("IEND", []), .. "hidden behind the end"u8];

    /// <summary>A lossless WebP of one pixel with Exif and XMP.</summary>
    public static byte[] WebpWithSecrets()
    {
        byte[] vp8l = [0x2F, 0, 0, 0, 0, 0x88, 0x88, 0x08, 0];
        byte[] body = [.. Riff("VP8X", [0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .. Riff("VP8L", vp8l), .. Riff("EXIF", [.. "SecretPlace!"u8]), .. Riff("XMP ", [.. "SecretPerson"u8])];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. body];
    }

    /// <summary>Width and height of every picture of <see cref="Png"/>'s grey on a page; none may touch another.</summary>
    public static IReadOnlyList<(int Width, int Height)> FindIn(Drawing page)
    {
        var found = new List<(int Left, int Top, int Right, int Bottom)>();
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                if (IsOurs(x, y) && !found.Any(area => x >= area.Left && x < area.Right && y >= area.Top && y < area.Bottom))
                {
                    found.Add((x, y, Enumerable.Range(x, page.Width - x).First(at => !IsOurs(at, y)), Enumerable.Range(y, page.Height - y).First(at => !IsOurs(x, at))));
                }
            }
        }

        // The grey at the edge of a letter or a picture is none.
        return [.. found.Select(area => (area.Right - area.Left, area.Bottom - area.Top)).Where(area => area is { Item1: > 10, Item2: > 10 })];

        bool IsOurs(int x, int y) => page[x, y] is > 0x60 and < 0x6C;
    }

    private static byte[] PngParts(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3)];
            row.AsSpan(1).Fill(0x66);
            for (var y = 0; y < height; y++)
            {
                zlib.Write(row);
            }
        }

        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", data.ToArray())];
    }

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] typed = [.. System.Text.Encoding.ASCII.GetBytes(type), .. body];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(typed));
        return [.. length, .. typed, .. crc];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Riff(string type, byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. System.Text.Encoding.ASCII.GetBytes(type), .. length, .. body, .. (body.Length & 1) == 1 ? new byte[1] : []];
    }
}
