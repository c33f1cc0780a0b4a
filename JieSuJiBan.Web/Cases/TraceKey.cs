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

    // With it all telephones there are could be tried out.
    private readonly Lazy<byte[]> _key = new(() =>
        KeyFile.ReadOrMake(Path.Combine(environment.ContentRootPath, storage.Value.Folder, "keys"), "trace.key", () => RandomNumberGenerator.GetBytes(KeyLength)));

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
}
