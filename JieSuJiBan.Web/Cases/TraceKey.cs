using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Cases;

/// <summary>
/// Lets two demands of one person be found without saying who he is: a keyed hash of his telephone. The key lies with the keys that
/// seal the petitioners, and is backed up with them.
/// </summary>
public sealed class TraceKey(IOptions<StorageOptions> storage, IHostEnvironment environment)
{
    private const int KeyLength = 32, TraceLength = 16;

    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(Path.Combine(environment.ContentRootPath, storage.Value.Folder, "keys")));

    /// <summary>Nothing for somebody who left no telephone.</summary>
    public byte[]? Of(Petitioner petitioner)
    {
        var digits = string.Concat(petitioner.Phone.Where(char.IsAsciiDigit));
        if (digits.Length > 11 && digits.StartsWith("86", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        return digits.Length < 7 ? null : HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(digits))[..TraceLength];
    }

    private static byte[] ReadOrMake(string folder)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "trace.key");
        if (!File.Exists(file))
        {
            // Whoever comes first makes it; the other node reads what it made.
            var own = $"{file}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;  // with it all telephones there are could be tried out
            }

            using (var made = new FileStream(own, options))
            {
                made.Write(RandomNumberGenerator.GetBytes(KeyLength));
            }

            try
            {
                File.Move(own, file, overwrite: false);
            }
            catch (IOException)
            {
                File.Delete(own);
            }
        }

        return File.ReadAllBytes(file);
    }
}
