using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Firms;

/// <summary>The desk of a district's register of firms.</summary>
public sealed class FirmRegisterDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time) : Desk<FirmRegister>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public async Task<Outcome> KnowAsync(string alias, string name, Actor by)
    {
        await using var db = await _databases.CreateDbContextAsync();
        if (await FindAsync(db, by) is { } known)
        {
            return await DoAsync(known, by, register => register.Know(alias, name, by, time.GetUtcNow()));
        }

        var (register, outcome) = FirmRegister.Begin(Guid.CreateVersion7(time.GetUtcNow()), alias, name, by, time.GetUtcNow());
        if (register is null)
        {
            return outcome;
        }

        db.Add(register);
        return await SaveTogetherAsync(db, Changed);
    }

    public async Task<Outcome> ForgetAsync(string aliasKey, Actor by)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await FindAsync(db, by) is { } known ? await DoAsync(known, by, register => register.Forget(aliasKey, by, time.GetUtcNow())) : Unknown;
    }

    protected override bool CanSee(Actor by, FirmRegister stream) => FirmRegister.CanKeep(by) && by.Unit.District == stream.District;

    protected override Task<FirmRegister?> LoadAsync(PortalDbContext db, Guid id) => db.FirmRegisters.SingleOrDefaultAsync(register => register.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Firms(((FirmRegister)saved).District)];

    private static Task<Guid?> FindAsync(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return db.FirmRegisters.Where(register => register.District == district).Select(register => (Guid?)register.Id).SingleOrDefaultAsync();
    }
}
