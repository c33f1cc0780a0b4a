using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Reports;

/// <param name="Head">What was printed.</param>
/// <param name="IsIntact">The log up to there is byte for byte what was printed.</param>
/// <param name="Later">Entries written since.</param>
public sealed record SealedLog(SealedHead Head, bool IsIntact, int Later);

/// <summary>Whether a printed state is still what the log says.</summary>
public sealed record SealCheck(string CaseNumber, DateTimeOffset At, IReadOnlyList<SealedLog> Logs)
{
    public bool IsIntact => Logs.All(log => log.IsIntact);
}

public sealed class SealBook(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Compares the seal of a print with the logs as they stand. Nothing for a code that was never printed.</summary>
    public async Task<SealCheck?> CheckAsync(string code, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Seals.AsNoTracking().SingleOrDefaultAsync(seal => seal.Code == code, cancellationToken) is not { } seal)
        {
            return null;
        }

        var logs = new List<SealedLog>();
        foreach (var head in JsonSerializer.Deserialize<List<SealedHead>>(seal.Heads)!)
        {
            // Recomputed from the stored bytes: a hash that still stands there proves nothing about what it once was made from.
            var chain = new Chain(head.Stream);
            var isWhole = (await db.Log.AsNoTracking().Where(entry => entry.Stream == head.Stream && entry.Sequence <= head.Sequence)
                .OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken)).TrueForAll(entry => chain.Add(entry) is null);
            var later = await db.Log.CountAsync(entry => entry.Stream == head.Stream && entry.Sequence > head.Sequence, cancellationToken);
            logs.Add(new SealedLog(head, isWhole && chain.EndsAt(head.Sequence, Convert.FromHexString(head.Hash)) is null, later));
        }

        return new SealCheck(logs[0].Head.Number, seal.At, logs);
    }

    /// <summary>Seals the state that is being printed: the same state has the same code.</summary>
    public async Task<string> SealAsync(Guid caseId, IReadOnlyList<SealedHead> heads, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(heads);
        var code = Base32(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Seals.AnyAsync(seal => seal.Code == code, cancellationToken))
        {
            db.Seals.Add(new Seal { Code = code, CaseId = caseId, At = time.GetUtcNow(), Heads = text });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (db.Seals.AsNoTracking().Any(seal => seal.Code == code))
            {
                // Printed by somebody else in the same moment: the same state has the same seal.
            }
        }

        return code;
    }

    // Upper-case letters and digits that are not mistaken for each other, so a code can also be typed.
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
        var code = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8) | value, bits + 8);
            while (bits >= 5)
            {
                bits -= 5;
                code.Append(Letters[(buffer >> bits) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? code.Append(Letters[(buffer << (5 - bits)) & 31]).ToString() : code.ToString();
    }
}
