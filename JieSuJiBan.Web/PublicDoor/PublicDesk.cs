using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>What somebody holds who has reported something.</summary>
public sealed record Receipt(Guid CaseId, string Number, string Code);

/// <summary>The public door (民意直通车): a citizen reports, follows with number and code, adds facts and rates. Never with an account.</summary>
public sealed class PublicDesk(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, PhotoIntake photos, FollowLock locks, FormStamp stamps, UnitBook units, DutyBook duties,
    SafetyWords safety, IOptions<PublicDoorOptions> options, TimeProvider time)
{
    private static readonly byte[] s_nobodysCode = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private static readonly Refusal s_again = new(
        "public.again", "没有提交成功，请再点一次“提交”。如果还不行，请拨打12345。", "It was not sent. Please press “Send” once more. If it fails again, call 12345.");

    /// <summary>Open, and of a district that exists.</summary>
    public bool IsOpen => options.Value.Enabled && units.Find(District) is not null;

    public OrgPath District { get; } = options.Value.DistrictPath;

    private Actor Door => Actor.PublicDoor(District);

    /// <summary>Registers a report. The same one sent again, for want of an answer, gets the answer of the first time.</summary>
    public async Task<(Receipt? Receipt, IReadOnlyList<Refusal> Refusals)> ReportAsync(PublicReport report, CancellationToken cancellationToken)
    {
        if (await FindAsync(report, cancellationToken) is { } known)
        {
            return (known, []);
        }

        // A program is told no more than a person whom his browser's helper has filled the hidden field for: that it did not work.
        if (report.Website.Length > 0 || !stamps.IsOldEnough(report.Opened))
        {
            return (null, [s_again]);
        }

        if (report.Check(units, District).ToList() is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        var (taken, refused) = await photos.TakeAsync(report.Photos, Door, cancellationToken);
        if (refused is not null)
        {
            return (null, [refused]);
        }

        var code = FollowUpCode.For(report.Key, report.Text);
        try
        {
            var (id, outcome) = await cases.RegisterAsync(report.ToDemand(CategoryOf(report.Text), taken), new Petitioner(report.Name, report.Phone, ""), Door, id => new FollowUp
            {
                CaseId = id,
                CodeHash = FollowUpCode.HashCode(id, code),
                ReportHash = FollowUpCode.HashReport(report.Key, report.Text),
            });
            return outcome.Refusal is { } no ? (null, [no]) : (new Receipt(id, await NumberAsync(id), code), []);
        }
        catch (DbUpdateException)
        {
            // Sent twice at once: the other one has it.
            return await FindAsync(report, CancellationToken.None) is { } other ? (other, []) : throw new InvalidOperationException("A report could not be saved.");
        }
    }

    /// <summary>The case of a number, for whoever has its code. Why it is not shown is never said: no such number, or not its code.</summary>
    public async Task<(Guid? CaseId, Refusal? Refusal)> OpenAsync(string number, string code, string household, CancellationToken cancellationToken)
    {
        number = TidyNumber(number);
        var tried = $"{household} {number}";
        if (locks.IsLocked(tried))
        {
            return (null, new Refusal("public.follow.wait", "试错次数太多，请过十几分钟再试。", "Too many wrong tries. Please try again in a quarter of an hour."));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Cases.AsNoTracking().Where(file => file.Number == number)
            .Join(db.FollowUps, file => file.Id, follow => follow.CaseId, (file, follow) => follow)
            .SingleOrDefaultAsync(cancellationToken);

        // The same work, found or not: a stopwatch tells no more than the sentence does.
        var given = FollowUpCode.HashCode(known?.CaseId ?? Guid.Empty, code);
        if (CryptographicOperations.FixedTimeEquals(given, known?.CodeHash ?? s_nobodysCode))
        {
            locks.Opened(tried);
            return (known!.CaseId, null);
        }

        locks.Failed(tried);
        return (null, new Refusal("public.follow.wrong", "编号或查询码不对，请核对后再试。", "Number and code do not fit together. Please check them."));
    }

    public async Task<CaseFile?> ReadAsync(Guid caseId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().SingleOrDefaultAsync(file => file.Id == caseId && file.District == District, cancellationToken);
    }

    public async Task<Refusal?> AddFactsAsync(Guid caseId, Guid key, string text, IReadOnlyList<IFormFile> attached, CancellationToken cancellationToken)
    {
        var once = $"facts-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key:N}\n{text}")))}";
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Log.AnyAsync(entry => entry.Stream == caseId && entry.Key == once, cancellationToken))
            {
                return null;
            }
        }

        // Before its photos are kept: what is refused leaves nothing behind.
        var file = await ReadAsync(caseId, cancellationToken);
        if (file?.AddFacts(text, null, Door, time.GetUtcNow()).Refusal is { } refusal)
        {
            return refusal;
        }

        var (taken, refused) = await photos.TakeAsync(attached, Door, cancellationToken);
        return refused ?? (await cases.DoAsync(caseId, Door, file => file.AddFacts(text, taken, Door, time.GetUtcNow(), once, safety.Find(string.Empty, text)))).Refusal;
    }

    public async Task<Refusal?> RateAsync(Guid caseId, bool solved, Satisfaction satisfaction, string remark) =>
        (await cases.DoAsync(caseId, Door, file => file.Rate(solved, satisfaction, remark, Door, time.GetUtcNow()))).Refusal;

    /// <summary>After the limit, what he says is the callback.</summary>
    public async Task<Refusal?> AnswerCallbackAsync(Guid caseId, CallbackAnswer answer) =>
        (await cases.DoAsync(caseId, Door, file => file.AnswerByLink(answer, Door, time.GetUtcNow()))).Refusal;

    /// <summary>As people type it: with or without dashes, in wide digits.</summary>
    internal static string TidyNumber(string number)
    {
        var typed = string.Concat(number.Narrow().Where(letter => char.IsAsciiDigit(letter) || letter == '-').Take(40));
        var digits = typed.Replace("-", "", StringComparison.Ordinal);
        return digits.Length > 11 ? $"{digits[..3]}-{digits[3..11]}-{digits[11..]}" : typed;
    }

    // No citizen is asked to know it.
    private string CategoryOf(string text) => duties.RecogniseMatter(District, text)?.Category ?? Demand.Unclassified;

    private async Task<Receipt?> FindAsync(PublicReport report, CancellationToken cancellationToken)
    {
        var hash = FollowUpCode.HashReport(report.Key, report.Text);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.FollowUps.Where(follow => follow.ReportHash == hash).Select(follow => follow.CaseId).SingleOrDefaultAsync(cancellationToken) is var id && id != Guid.Empty
            ? new Receipt(id, await NumberAsync(id), FollowUpCode.For(report.Key, report.Text))
            : null;
    }

    private async Task<string> NumberAsync(Guid id)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Cases.Where(file => file.Id == id).Select(file => file.Number).SingleAsync();
    }
}
