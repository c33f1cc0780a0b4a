using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JieSuJiBan.Web.Sheets;

/// <summary>
/// The parts of a workbook, which is a zip. The framework's own reader lists whatever a directory claims and believes the sizes in it;
/// this one refuses what no workbook is before a byte is inflated, counts while it inflates, and checks every part's sum at its end.
/// </summary>
internal sealed class ZipParts
{
    private const uint EndMark = 0x06054B50, LargeEndMark = 0x06064B50, LargePlaceMark = 0x07064B50, EntryMark = 0x02014B50, PartMark = 0x04034B50;
    private const int EndLength = 22, EntryLength = 46, PartLength = 30;

    /// <summary>A part below this size may be packed as tightly as it likes.</summary>
    private const long Small = 16L << 20;

    private readonly Dictionary<string, Part> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SafeFileHandle _file;
    private readonly long _length;

    public ZipParts(FileStream file, SheetLimits limits)
    {
        (_file, _length) = (file.SafeFileHandle, file.Length);
        var (count, at) = FindDirectory();
        if (count > SheetLimits.MaxParts)
        {
            throw new SheetRefused(SheetRefused.Bomb);
        }

        var (packed, size) = (0L, 0L);
        for (; count > 0; count--)
        {
            at += ReadEntry(at, out var name, out var part);
            (packed, size) = (packed + part.Packed, size + part.Size);

            // Parts that lie over each other are how a small file unpacks without end.
            if (size > limits.MaxUnpacked || packed > _length || (part.Size > Small && part.Size / SheetLimits.MaxRatio > part.Packed))
            {
                throw new SheetRefused(SheetRefused.Bomb);
            }

            _parts[name.Replace('\\', '/').TrimStart('/')] = part;
        }
    }

    public bool Has(string name) => _parts.ContainsKey(name);

    public Stream Open(string name)
    {
        if (!_parts.TryGetValue(name, out var part))
        {
            throw new InvalidDataException($"There is no part {name}.");
        }

        Span<byte> head = stackalloc byte[PartLength];
        Fill(head, part.At);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != PartMark)
        {
            throw new InvalidDataException("A part is not where the directory says.");
        }

        var start = part.At + PartLength + Short(head, 26) + Short(head, 28);
        if (start + part.Packed > _length)
        {
            throw new InvalidDataException("A part ends behind the file.");
        }

        Stream bytes = new Slice(_file, start, part.Packed);
        return new CheckedStream(part.IsPacked ? new DeflateStream(bytes, CompressionMode.Decompress) : bytes, part.Size, part.Sum);
    }

    private (long Count, long At) FindDirectory()
    {
        var tail = new byte[Math.Min(_length, EndLength + ushort.MaxValue)];
        Fill(tail, _length - tail.Length);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndMark && Short(end, 20) == end.Length - EndLength)
            {
                return FindLargeDirectory(_length - tail.Length + at) ?? (Short(end, 10), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
            }
        }

        throw new InvalidDataException("The zip has no end.");
    }

    private (long, long)? FindLargeDirectory(long end)
    {
        Span<byte> place = stackalloc byte[20];
        if (end < place.Length)
        {
            return null;
        }

        Fill(place, end - place.Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(place) != LargePlaceMark)
        {
            return null;
        }

        Span<byte> large = stackalloc byte[56];
        Fill(large, BinaryPrimitives.ReadInt64LittleEndian(place[8..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(large) == LargeEndMark
            ? (BinaryPrimitives.ReadInt64LittleEndian(large[32..]), BinaryPrimitives.ReadInt64LittleEndian(large[48..]))
            : throw new InvalidDataException("The large zip has no end.");
    }

    private int ReadEntry(long at, out string name, out Part part)
    {
        Span<byte> head = stackalloc byte[EntryLength];
        Fill(head, at);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != EntryMark)
        {
            throw new InvalidDataException("The directory ends early.");
        }

        if ((Short(head, 8) & 1) != 0)
        {
            throw new SheetRefused(SheetRefused.Password);
        }

        var (named, extra) = (Short(head, 28), Short(head, 30));
        var rest = new byte[named + extra];
        Fill(rest, at + EntryLength);
        name = Encoding.UTF8.GetString(rest, 0, named);
        part = new Part(
            BinaryPrimitives.ReadUInt32LittleEndian(head[42..]), BinaryPrimitives.ReadUInt32LittleEndian(head[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[24..]), BinaryPrimitives.ReadUInt32LittleEndian(head[16..]), Short(head, 10) switch
            {
                0 => false,
                8 => true,
                _ => throw new InvalidDataException("A part is packed in another way."),
            });
        part = Enlarge(part, rest.AsSpan(named));
        if (part.At < 0 || part.Packed < 0 || part.Size < 0)
        {
            throw new InvalidDataException("A part has no place.");
        }

        return EntryLength + named + extra + Short(head, 32);
    }

    // What does not fit into 32 bits stands, in this order, in a field of its own.
    private static Part Enlarge(Part part, ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (Short(extra, 0), Math.Min(Short(extra, 2), extra.Length - 4));
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1)
            {
                continue;
            }

            part = part with { Size = Next(part.Size, ref field), Packed = Next(part.Packed, ref field), At = Next(part.At, ref field) };
        }

        return part;

        static long Next(long value, ref ReadOnlySpan<byte> field)
        {
            if (value != uint.MaxValue || field.Length < 8)
            {
                return value;
            }

            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
            return value;
        }
    }

    private void Fill(Span<byte> bytes, long at)
    {
        if (at < 0 || at + bytes.Length > _length)
        {
            throw new EndOfStreamException();
        }

        for (var filled = 0; filled < bytes.Length;)
        {
            var read = RandomAccess.Read(_file, bytes[filled..], at + filled);
            filled += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private readonly record struct Part(long At, long Packed, long Size, uint Sum, bool IsPacked);
}
