using System.Text;

namespace JieSuJiBan.Web.Sheets;

/// <summary>
/// CSV as it really comes: with or without a byte order mark, in UTF-8, UTF-16 or GB18030, divided by commas, tabs or semicolons,
/// with line breaks inside quotes, and with the <c>="001"</c> that keeps Excel from counting.
/// </summary>
internal sealed class CsvSheet : Sheet
{
    private const int Block = 32 * 1024;

    private readonly FileStream _file;
    private readonly SheetLimits _limits;
    private readonly Encoding _encoding;
    private readonly char _divider;

    public CsvSheet(FileStream file, SheetLimits limits)
    {
        (_file, _limits) = (file, limits);
        _encoding = CsvEncoding.Find(file);
        _divider = FindDivider();
    }

    public override string Format => $"CSV（{_encoding.WebName.ToUpperInvariant()}）";

    protected override IEnumerable<SheetRow> Rows()
    {
        using var text = OpenText();
        var (reader, count) = (new CsvFields(text, _divider), 0);
        for (var number = 1; reader.Read(number) is { } cells; number++)
        {
            if (!cells.Exists(cell => cell.Length > 0))
            {
                continue;
            }

            if (++count > _limits.MaxRows)
            {
                throw SheetRefused.Rows(_limits.MaxRows);
            }

            yield return new SheetRow(number, cells);
        }
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private StreamReader OpenText()
    {
        _file.Position = 0;
        return new StreamReader(_file, _encoding, detectEncodingFromByteOrderMarks: true, Block, leaveOpen: true);
    }

    // Whichever of them stands most often in the first lines.
    private char FindDivider()
    {
        using var text = OpenText();
        var start = new char[16 * 1024];
        var read = text.ReadBlock(start);
        if (start.AsSpan(0, read).Contains('\0'))
        {
            throw new SheetRefused(SheetRefused.Kind);
        }

        return ",\t;|".MaxBy(divider => start.AsSpan(0, read).Count(divider));
    }
}

/// <summary>Cuts text into rows of fields, holding one row.</summary>
internal sealed class CsvFields(TextReader text, char divider)
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _field = new();
    private int _at, _end, _row;

    /// <summary>The next row; nothing after the last.</summary>
    public List<string>? Read(int row)
    {
        _row = row;
        if (Peek() < 0)
        {
            return null;
        }

        var fields = new List<string>();
        while (true)
        {
            ReadField();
            var field = Tidy(_field.ToString());
            if (fields.Count >= SheetLimits.MaxColumns && field.Length > 0)
            {
                throw SheetRefused.Columns(row);
            }

            if (fields.Count < SheetLimits.MaxColumns)
            {
                fields.Add(field);
            }

            switch (Peek())
            {
                case var next when next == divider: _at++; continue;
                case '\r':
                    _at++;
                    if (Peek() == '\n')
                    {
                        _at++;
                    }

                    return fields;
                case '\n': _at++; return fields;
                default: return fields;
            }
        }
    }

    private void ReadField()
    {
        _field.Clear();
        if (Peek() == '"')
        {
            _at++;
            ReadQuoted();
        }

        // What stands between a closing quote and the divider belongs to the field too.
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var stop = rest.IndexOfAny(divider, '\r', '\n');
            Take(stop < 0 ? rest : rest[..stop]);
            if (stop >= 0)
            {
                return;
            }
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            if (Peek() < 0)
            {
                throw SheetRefused.Quote(_row);
            }

            var rest = _buffer.AsSpan(_at, _end - _at);
            var stop = rest.IndexOf('"');
            Take(stop < 0 ? rest : rest[..stop]);
            if (stop < 0)
            {
                continue;
            }

            _at++;
            if (Peek() != '"')
            {
                return;
            }

            _field.Append('"');
            _at++;
        }
    }

    private void Take(ReadOnlySpan<char> letters)
    {
        if (_field.Length + letters.Length > SheetLimits.MaxCell)
        {
            throw SheetRefused.Cell(_row);
        }

        if (letters.Contains('\0'))
        {
            throw new SheetRefused(SheetRefused.Kind);
        }

        _field.Append(letters);
        _at += letters.Length;
    }

    private int Peek()
    {
        if (_at == _end)
        {
            (_at, _end) = (0, text.Read(_buffer, 0, _buffer.Length));
        }

        return _end == 0 ? -1 : _buffer[_at];
    }

    private static string Tidy(string field) =>
        field is ['=', '"', .. var kept, '"'] && !kept.Contains('"', StringComparison.Ordinal) ? kept.Trim() : field.Trim();
}
