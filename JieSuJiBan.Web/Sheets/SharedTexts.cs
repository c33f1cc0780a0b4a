using System.Text;
using System.Xml;

namespace JieSuJiBan.Web.Sheets;

/// <summary>
/// The texts that the cells of an .xlsx point to. There are as many of them as the file is long, so they are laid down on the disk
/// beside the file and read back block by block: mostly in the order in which the cells ask for them.
/// </summary>
internal sealed class SharedTexts : IDisposable
{
    private const int Block = 16;
    private const int HeldLetters = 4_000_000;

    private readonly FileStream _disk;
    private readonly List<long> _blocks = [];
    private readonly Dictionary<int, string[]> _held = [];
    private readonly int _count;
    private int _heldLetters;

    public SharedTexts(string folder, Stream? part)
    {
        _disk = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.texts"), Private());
        if (part is null)
        {
            return;
        }

        try
        {
            using var disk = new BinaryWriter(_disk, Encoding.UTF8, leaveOpen: true);
            using var xml = GuardedXml.Open(part);
            while (xml.WalkTo("si"))
            {
                if (_count++ % Block == 0)
                {
                    _blocks.Add(_disk.Position);
                }

                disk.Write(ReadText(xml, row: _count));
            }
        }
        catch
        {
            _disk.Dispose();
            throw;
        }
    }

    public string this[int at]
    {
        get
        {
            if (at < 0 || at >= _count)
            {
                throw new InvalidDataException("A cell points to a text that is not there.");
            }

            if (!_held.TryGetValue(at / Block, out var block))
            {
                block = ReadBlock(at / Block);
            }

            return block[at % Block];
        }
    }

    public void Dispose() => _disk.Dispose();

    /// <summary>The text of a shared or inline string: all its runs, without the reading aids that Asian fonts put above.</summary>
    internal static string ReadText(XmlReader xml, int row)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var (depth, text, isText, isAid) = (xml.Depth, "", xml.LocalName == "v", false);
        while (xml.Walk() && xml.Depth > depth)
        {
            switch (xml.NodeType, xml.LocalName)
            {
                case (XmlNodeType.Element, "t"): isText = !xml.IsEmptyElement; break;
                case (XmlNodeType.EndElement, "t"): isText = false; break;
                case (XmlNodeType.Element, "rPh"): isAid = !xml.IsEmptyElement; break;
                case (XmlNodeType.EndElement, "rPh"): isAid = false; break;
                case (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace, _) when isText && !isAid:
                    var more = xml.Text(row);
                    text = text.Length + more.Length <= SheetLimits.MaxCell ? text + more : throw SheetRefused.Cell(row);
                    break;
            }
        }

        return CellText.Unescape(text);
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private string[] ReadBlock(int number)
    {
        _disk.Position = _blocks[number];
        using var disk = new BinaryReader(_disk, Encoding.UTF8, leaveOpen: true);
        var block = new string[Math.Min(Block, _count - (number * Block))];
        for (var at = 0; at < block.Length; at++)
        {
            block[at] = disk.ReadString();
            _heldLetters += block[at].Length;
        }

        if (_heldLetters > HeldLetters)
        {
            _held.Clear();
            _heldLetters = block.Sum(text => text.Length);
        }

        return _held[number] = block;
    }
}
