using System.Text;

namespace JieSuJiBan.Domain.Dispatch;

public sealed partial class Matcher
{
    private const string Mark = "JSJB-MATCHER";
    private const int Version = 1;

    /// <summary>Writes all that was learnt, so that a restart need not learn it again.</summary>
    public void Save(Stream to)
    {
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(Learnt);
        _units.Write(writer);
        _roles.Write(writer);
        _words.Write(writer);
        _facts.Write(writer);
        _text.Write(writer);
        _mixer.Write(writer);
        _trust.Write(writer);
        foreach (var table in _byUnit.Concat(_byRole))
        {
            table.Write(writer);
        }
    }

    /// <summary>A matcher as it was saved; none when the snapshot is of another version or damaged, and it must learn anew.</summary>
    public static Matcher? Load(Stream from)
    {
        try
        {
            using var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadString() != Mark || reader.ReadInt32() != Version)
            {
                return null;
            }

            var loaded = new Matcher { Learnt = reader.ReadInt64() };
            loaded._units.Read(reader);
            loaded._roles.Read(reader);
            loaded._words.Read(reader);
            loaded._facts.Read(reader);
            loaded._text.Read(reader);
            loaded._mixer.Read(reader);
            loaded._trust.Read(reader);
            foreach (var table in loaded._byUnit.Concat(loaded._byRole))
            {
                table.Read(reader);
            }

            return loaded;
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
