using System.Xml;

namespace JieSuJiBan.Web.Sheets;

/// <summary>
/// Opens XML that a stranger wrote, in memory that does not depend on him: no document types, no endless names, texts, attributes or
/// depths.
/// </summary>
internal static class GuardedXml
{
    private const int MaxDepth = 64;

    public static XmlReader Open(Stream part) => XmlReader.Create(new MarkupGuard(part), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
        NameTable = new FewNames(),
    });

    /// <summary>The next node. A whole subtree is never skipped in one go: its depth would not be counted.</summary>
    public static bool Walk(this XmlReader xml) =>
        xml.Read() && (xml.Depth <= MaxDepth ? true : throw new InvalidDataException("The XML is too deep."));

    /// <summary>Walks on to the next element of this name.</summary>
    public static bool WalkTo(this XmlReader xml, string name)
    {
        while (xml.Walk())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of a node; a text longer than a cell holds is refused before it is all there.</summary>
    public static string Text(this XmlReader xml, int row)
    {
        if (xml.NodeType != XmlNodeType.CDATA)
        {
            return xml.Value;  // no longer than the guard lets pass
        }

        var letters = new char[SheetLimits.MaxCell + 1];
        var length = 0;
        for (int read; length < letters.Length && (read = xml.ReadValueChunk(letters, length, letters.Length - length)) > 0;)
        {
            length += read;
        }

        return length <= SheetLimits.MaxCell ? new string(letters, 0, length) : throw SheetRefused.Cell(row);
    }

    private sealed class FewNames : NameTable
    {
        private const int Most = 10_000;
        private int _added;

        public override string Add(string key) => Count(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Count(base.Add(key, start, len));

        private string Count(string name) => ++_added <= Most ? name : throw new InvalidDataException("The XML has too many names.");
    }

    /// <summary>From one tag to the next it is never far: a longer way is a text or an attribute that no sheet has.</summary>
    private sealed class MarkupGuard(Stream inner) : ForwardStream
    {
        // Every letter of the longest text as a character reference.
        private const int MaxRun = SheetLimits.MaxCell * 10;

        private int _run;

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer[..Math.Min(buffer.Length, 64 * 1024)]);
            var bytes = buffer[..read];
            var first = bytes.IndexOf((byte)'<');
            _run += first < 0 ? read : first;
            if (_run > MaxRun)
            {
                throw new SheetRefused(SheetRefused.LongCell);
            }

            _run = first < 0 ? _run : read - bytes.LastIndexOf((byte)'<');
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
