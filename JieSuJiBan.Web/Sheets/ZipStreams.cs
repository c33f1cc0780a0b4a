using Microsoft.Win32.SafeHandles;

namespace JieSuJiBan.Web.Sheets;

/// <summary>What is only read, and only forward.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A piece of a file, beside which others may be read.</summary>
internal sealed class Slice(SafeFileHandle file, long start, long length) : ForwardStream
{
    private long _at;

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - _at)], start + _at);
        _at += read;
        return read;
    }
}

/// <summary>Lets through as many bytes as were announced, and at the end no sum but the right one.</summary>
internal sealed class CheckedStream(Stream inner, long size, uint sum) : ForwardStream
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var rest = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            rest = (rest & 1) != 0 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        }

        return rest;
    })];

    private uint _sum = uint.MaxValue;
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        if (_read > size)
        {
            throw new SheetRefused(SheetRefused.Bomb);
        }

        foreach (var value in buffer[..read])
        {
            _sum = s_table[(byte)(_sum ^ value)] ^ (_sum >> 8);
        }

        return read > 0 || buffer.Length == 0 || (_read == size && ~_sum == sum) ? read : throw new InvalidDataException("A part is not what was packed.");
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
