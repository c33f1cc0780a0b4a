using System.Buffers.Binary;

namespace JieSuJiBan.Web.Files;

/// <summary>JPEG (ITU-T T.81): keeps the segments that draw the picture, the colour profile, and of Exif only which way is up.</summary>
internal static class JpegCleaner
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;

    public static CleanImage? Clean(byte[] bytes)
    {
        var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes, 0, 2);
        var (width, height, orientation, hasScan) = (0, 0, 1, false);

        for (var at = 2; ;)
        {
            if (bytes[at] != 0xFF)
            {
                return null;
            }

            while (bytes[at + 1] == 0xFF)
            {
                at++;  // fill bytes
            }

            var marker = bytes[at + 1];
            if (marker == EndOfImage)
            {
                clean.Write([0xFF, EndOfImage]);
                var turned = orientation >= 5;
                return hasScan ? new CleanImage(clean.ToArray(), turned ? height : width, turned ? width : height) : null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2, 2));
            var segment = bytes.AsSpan(at, length + 2);
            var body = segment[4..];
            at += segment.Length;

            switch (marker)
            {
                case App1:
                    if (orientation == 1 && FindOrientation(body) is var found and > 1 and <= 8)
                    {
                        orientation = found;
                        clean.Write(ExifWith(orientation));
                    }

                    break;
                case App2 when !body.StartsWith("ICC_PROFILE\0"u8):
                case > App2 and < App14 or App15 or Comment:
                    break;
                case App0 when body.StartsWith("JFIF\0"u8):
                    clean.Write(JfifWithoutThumbnail(body));
                    break;
                case App0:  // JFXX: another thumbnail, which may show what was cut away from the picture
                    break;
                case App2 or App14 or 0xC4 or 0xDB or 0xDD or 0xCC:
                    clean.Write(segment);
                    break;
                case >= 0xC0 and <= 0xCF when marker is not 0xC8:  // start of frame; C4 and CC were taken above
                    (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
                    clean.Write(segment);
                    break;
                case StartOfScan:
                    hasScan = true;
                    var end = EndOfScan(bytes, at);
                    clean.Write(segment);
                    clean.Write(bytes.AsSpan(at, end - at));
                    at = end;
                    break;
                default:
                    return null;
            }
        }
    }

    // Inside a scan FF is followed by 00 or by a restart marker; anything else ends it.
    private static int EndOfScan(byte[] bytes, int at)
    {
        while (bytes[at] != 0xFF || bytes[at + 1] is 0x00 or (>= 0xD0 and <= 0xD7))
        {
            at += bytes[at] == 0xFF ? 2 : 1;
        }

        return at;
    }

    private static int FindOrientation(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("Exif\0\0"u8))
        {
            return 1;
        }

        var tiff = body[6..];
        var little = tiff[0] == (byte)'I';
        var directory = (int)U32(tiff, 4, little);
        var count = U16(tiff, directory, little);
        for (var entry = directory + 2; count > 0; count--, entry += 12)
        {
            if (U16(tiff, entry, little) == 0x0112)
            {
                return U16(tiff, entry + 8, little);
            }
        }

        return 1;
    }

    private static byte[] ExifWith(int orientation) =>
    [
        0xFF, App1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    // Version and density stay; the little picture, of 0 by 0 pixels now, is gone.
    private static byte[] JfifWithoutThumbnail(ReadOnlySpan<byte> body) => [0xFF, App0, 0x00, 0x10, .. body[..12], 0, 0];

    private static int U16(ReadOnlySpan<byte> bytes, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
