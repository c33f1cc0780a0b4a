using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JieSuJiBan.Web.Notices;

/// <summary>Message encryption for Web Push: RFC 8291 over the content coding aes128gcm of RFC 8188, in one record.</summary>
internal static class PushCipher
{
    /// <summary>What a push service takes at least is 4096 bytes, of which the coding needs these.</summary>
    public const int MaxText = 4096 - HeaderLength - TagLength - 1;

    private const int SaltLength = 16, KeyLength = 16, NonceLength = 12, TagLength = 16, PointLength = 65, HeaderLength = SaltLength + 4 + 1 + PointLength;
    private const uint RecordSize = 4096;

    public static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, browser, auth, own, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <param name="own">A pair of keys for this message only.</param>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] auth, ECDiffieHellman own, byte[] salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxText);
        using var other = ECDiffieHellman.Create(Point.Read(browser));
        var ownPoint = Point.Write(own.ExportParameters(false));
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth, [.. "WebPush: info\0"u8, .. browser, .. ownPoint]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, KeyLength, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, NonceLength, salt, "Content-Encoding: nonce\0"u8.ToArray());

        byte[] record = [.. text, 2];  // 2 ends the last record
        var message = new byte[HeaderLength + record.Length + TagLength];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(SaltLength), RecordSize);
        message[SaltLength + 4] = PointLength;
        ownPoint.CopyTo(message, SaltLength + 5);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, record, message.AsSpan(HeaderLength, record.Length), message.AsSpan(HeaderLength + record.Length));
        return message;
    }

    /// <summary>Points on P-256 as X9.62 writes them: 4, x, y.</summary>
    internal static class Point
    {
        /// <exception cref="CryptographicException">It is no point of the curve.</exception>
        public static ECParameters Read(byte[] point) => point is [4, ..] && point.Length == PointLength
            ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } }
            : throw new CryptographicException("Not an uncompressed point of P-256.");

        public static byte[] Write(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
    }
}
