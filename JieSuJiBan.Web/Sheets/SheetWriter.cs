using System.Globalization;
using System.IO.Compression;
using System.Text;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Sheets;

/// <summary>A column of a sheet: what stands above it, and how many characters wide it is.</summary>
public sealed record SheetColumn(string Heading, double Width = 14);

/// <summary>
/// Writes an .xlsx with one sheet, row after row, into a stream that need not seek; memory does not grow with the rows. A text is
/// stored as a text and never becomes a formula, whatever it begins with; what a spreadsheet would read as one keeps the apostrophe
/// of its own format (quotePrefix), so that it stays a text when somebody edits it, and comes back unchanged when it is imported.
/// </summary>
public sealed class SheetWriter : IAsyncDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What the format allows in one cell and one sheet.</summary>
    public const int MaxText = 32_767, MaxRows = 1_048_576;

    private const int Buffered = 64 * 1024;

    private static readonly DateTime s_dayZero = new(1899, 12, 30);

    private readonly Stream _target;
    private readonly Drain _drain = new();
    private readonly ZipArchive _archive;
    private readonly Stream _sheet;
    private readonly StringBuilder _text = new();
    private readonly int _columns;
    private int _rows;

    private SheetWriter(Stream target, string name, IReadOnlyList<SheetColumn> columns)
    {
        (_target, _columns) = (target, columns.Count);
        _archive = new ZipArchive(_drain, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach (var (path, part) in SheetParts.Of(name))
        {
            using var entry = _archive.CreateEntry(path, CompressionLevel.Fastest).Open();
            entry.Write(Encoding.UTF8.GetBytes(part));
        }

        _sheet = _archive.CreateEntry(SheetParts.SheetPath, CompressionLevel.Fastest).Open();
        _text.Append(SheetParts.SheetHead(columns));
    }

    /// <summary>Begins a sheet with its headings; the stream stays open afterwards.</summary>
    public static async Task<SheetWriter> CreateAsync(Stream stream, string name, IReadOnlyList<SheetColumn> columns, CancellationToken cancellationToken = default)
    {
        var writer = new SheetWriter(stream, name, columns);
        await writer.WriteAsync([.. columns.Select(column => column.Heading)], SheetParts.HeadingStyle, cancellationToken);
        return writer;
    }

    /// <summary>One row: texts, numbers, truths, instants (shown in Beijing time), days; nothing leaves the cell empty.</summary>
    public Task WriteRowAsync(IReadOnlyList<object?> cells, CancellationToken cancellationToken = default) => WriteAsync(cells, null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _text.Append("</sheetData>").Append(CultureInfo.InvariantCulture, $"""<autoFilter ref="A1:{Reference(_columns - 1, _rows)}"/></worksheet>""");
        Compress();
        await _sheet.DisposeAsync();
        _archive.Dispose();
        await _drain.EmptyAsync(_target, default);
    }

    private async Task WriteAsync(IReadOnlyList<object?> cells, int? style, CancellationToken cancellationToken)
    {
        if (++_rows > MaxRows)
        {
            throw new InvalidOperationException($"A sheet holds {MaxRows} rows.");
        }

        _text.Append(CultureInfo.InvariantCulture, $"""<row r="{_rows}">""");
        for (var column = 0; column < cells.Count; column++)
        {
            Write(cells[column], Reference(column, _rows), style);
        }

        _text.Append("</row>");
        if (_text.Length > Buffered)
        {
            Compress();
            await _drain.EmptyAsync(_target, cancellationToken);
        }
    }

    private void Write(object? value, string reference, int? style)
    {
        switch (value)
        {
            case null or "":
                return;
            case bool yes:
                _text.Append(CultureInfo.InvariantCulture, $"""<c r="{reference}" t="b"><v>{(yes ? 1 : 0)}</v></c>""");
                return;
            case int or long or double or decimal:
                _text.Append(CultureInfo.InvariantCulture, $"""<c r="{reference}"><v>{value}</v></c>""");
                return;
            case DateTimeOffset at:
                _text.Append(CultureInfo.InvariantCulture, $"""<c r="{reference}" s="{SheetParts.TimeStyle}"><v>{(at.ToOffset(WorkCalendar.Beijing).DateTime - s_dayZero).TotalDays}</v></c>""");
                return;
            case DateOnly day:
                _text.Append(CultureInfo.InvariantCulture, $"""<c r="{reference}" s="{SheetParts.DayStyle}"><v>{day.DayNumber - DateOnly.FromDateTime(s_dayZero).DayNumber}</v></c>""");
                return;
        }

        var text = value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)!;
        style ??= LooksLikeAFormula(text) ? SheetParts.QuotedStyle : SheetParts.TextStyle;
        _text.Append(CultureInfo.InvariantCulture, $"""<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">""");
        AppendText(text);
        _text.Append("</t></is></c>");
    }

    /// <summary>What makes a spreadsheet compute instead of show: also in the full-width forms that a Chinese keyboard types.</summary>
    internal static bool LooksLikeAFormula(string text) => text.Length > 0 && "=+-@\t\r\n|%＝＋－＠".Contains(text[0], StringComparison.Ordinal);

    private void AppendText(string text)
    {
        var length = text.Length <= MaxText ? text.Length : MaxText - 1;
        for (var at = 0; at < length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < length && char.IsLowSurrogate(text[at + 1]))
            {
                _text.Append(letter).Append(text[++at]);
                continue;
            }

            _ = letter switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '\t' or '\n' => _text.Append(letter),
                '\r' => _text.Append("&#13;"),
                < ' ' or '\uFFFE' or '\uFFFF' => _text,  // XML has no way to say it
                _ when char.IsSurrogate(letter) => _text.Append('\uFFFD'),
                _ => _text.Append(letter),
            };
        }

        if (length < text.Length)
        {
            _text.Append('…');
        }
    }

    // A, B … Z, AA, AB …
    private static string Reference(int column, int row)
    {
        var letters = "";
        for (var rest = column; rest >= 0; rest = (rest / 26) - 1)
        {
            letters = (char)('A' + (rest % 26)) + letters;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row}");
    }

    private void Compress()
    {
        _sheet.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }

    /// <summary>Where the archive writes: it cannot do without writing synchronously, and an HTTP answer cannot bear that.</summary>
    private sealed class Drain : Stream
    {
        private readonly MemoryStream _held = new();
        private long _passed;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _passed + _held.Length; set => throw new NotSupportedException(); }

        public async Task EmptyAsync(Stream target, CancellationToken cancellationToken)
        {
            await target.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellationToken);
            _passed += _held.Length;
            _held.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

        public override void Flush()
        {
            // EmptyAsync does
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _held.Dispose();
            base.Dispose(disposing);
        }
    }
}
