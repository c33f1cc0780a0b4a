using System.Text.Json;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>Keeps petitioners' identities encrypted, each in a row of its own.</summary>
public sealed class PetitionerVault(IDbContextFactory<PortalDbContext> databases, IDataProtectionProvider protection, TraceKey traces)
{
    private readonly IDataProtector _protector = protection.CreateProtector("petitioner.v1");

    public PetitionerRow Seal(Guid caseId, Petitioner petitioner) =>
        new() { CaseId = caseId, Sealed = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(petitioner)), Trace = traces.Of(petitioner) };

    /// <summary>The identity in clear. Only behind a logged act, or masked before it is shown.</summary>
    public async Task<Petitioner?> OpenAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Petitioners.AsNoTracking().SingleOrDefaultAsync(petitioner => petitioner.CaseId == caseId, cancellationToken);
        return row?.Sealed is { } bytes ? JsonSerializer.Deserialize<Petitioner>(_protector.Unprotect(bytes)) : null;
    }

    public async Task<Petitioner?> OpenMaskedAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        (await OpenAsync(caseId, cancellationToken))?.Masked();

    /// <summary>In the transaction that writes it down.</summary>
    public static async Task EraseAsync(PortalDbContext db, Guid caseId)
    {
        if (await db.Petitioners.SingleOrDefaultAsync(petitioner => petitioner.CaseId == caseId) is { } row)
        {
            (row.Sealed, row.Trace) = (null, null);
        }
    }
}
