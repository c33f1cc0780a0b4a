using System.Security.Cryptography;
using System.Text;

namespace JieSuJiBan.Domain.Dispatch;

public sealed partial class Matcher
{
    private const string Mark = "JSJB-MATCHER";
    private const int Version = 2;

    /// <summary>Writes all that was learnt, so that a restart need not learn it again.</summary>
    public void Save(Stream to)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            Write(writer);
        }

        using var file = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        file.Write(Mark);
        file.Write(Version);
        file.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        file.Write((int)content.Length);
        file.Write(content.GetBuffer(), 0, (int)content.Length);
    }

    /// <summary>A matcher as it was saved; none when the snapshot is of another version or damaged, and it must learn anew.</summary>
    public static Matcher? Load(Stream from)
    {
        try
        {
            using var file = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
            if (file.ReadString() != Mark || file.ReadInt32() != Version)
            {
                return null;
            }

            var (hash, length) = (file.ReadBytes(SHA256.HashSizeInBytes), file.ReadInt32());
            var content = length < 0 ? [] : file.ReadBytes(length);
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(hash))
            {
                return null;
            }

            using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
            var loaded = new Matcher();
            loaded.Read(reader);
            return loaded;
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            return null;
        }
    }

    private void Write(BinaryWriter to)
    {
        to.Write(Learnt);
        _units.Write(to);
        _roles.Write(to);
        _words.Write(to);
        _facts.Write(to);
        _text.Write(to);
        _mixer.Write(to);
        _trust.Write(to);
        foreach (var table in _byUnit.Concat(_byRole))
        {
            table.Write(to);
        }
    }

    private void Read(BinaryReader from)
    {
        Learnt = from.ReadInt64();
        _units.Read(from);
        _roles.Read(from);
        _words.Read(from);
        _facts.Read(from);
        _text.Read(from);
        _mixer.Read(from);
        _trust.Read(from);
        foreach (var table in _byUnit.Concat(_byRole))
        {
            table.Read(from);
        }
    }
}
