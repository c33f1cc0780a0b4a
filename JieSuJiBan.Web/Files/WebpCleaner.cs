using System.Buffers.Binary;

namespace JieSuJiBan.Web.Files;

/// <summary>WebP (RFC 9649): keeps the picture, its transparency, animation and colour profile; drops Exif and XMP.</summary>
internal static class WebpCleaner
{
    private const int ExifFlag = 0x08, XmpFlag = 0x04;

    private static readonly string[] s_kept = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    public static CleanImage? Clean(byte[] bytes)
    {
        var end = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4))) + 8;
        var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes, 0, 12);
        var (width, height, hasPicture) = (0, 0, false);

        for (var at = 12; at < end;)
        {
            var type = System.Text.Encoding.ASCII.GetString(bytes, at, 4);
            var length = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4)));
            var chunk = bytes.AsSpan(at, 8 + length + (length & 1));
            at += chunk.Length;
            if (!s_kept.Contains(type))
            {
                continue;
            }

            var kept = chunk.ToArray();
            var body = kept.AsSpan(8);
            switch (type)
            {
                case "VP8X":
                    body[0] &= unchecked((byte)~(ExifFlag | XmpFlag));
                    (width, height) = (1 + (body[4] | body[5] << 8 | body[6] << 16), 1 + (body[7] | body[8] << 8 | body[9] << 16));
                    break;
                case "VP8 " when width == 0:
                    if (body[3] != 0x9D || body[4] != 0x01 || body[5] != 0x2A)
                    {
                        return null;
                    }

                    (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
                    break;
                case "VP8L" when width == 0:
                    var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
                    (width, height) = body[0] == 0x2F ? ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1) : (0, 0);
                    break;
            }

            hasPicture |= type is "VP8 " or "VP8L" or "ANMF";
            clean.Write(kept);
        }

        if (!hasPicture)
        {
            return null;
        }

        var result = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), (uint)result.Length - 8);
        return new CleanImage(result, width, height);
    }
}
