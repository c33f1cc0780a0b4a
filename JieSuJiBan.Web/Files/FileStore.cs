using System.Security.Cryptography;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Files;

/// <summary>Takes files in, keeps them outside the web root under random names, and gives them to whoever may see where they are used.</summary>
public sealed class FileStore(IDbContextFactory<PortalDbContext> databases, IOptions<StorageOptions> storage, IHostEnvironment environment, TimeProvider time)
{
    /// <summary>20 MB.</summary>
    public const long MaxSize = 20 * 1024 * 1024;

    public const int MaxPerEntry = 20;

    private static readonly Refusal s_tooLarge = new("file.too-large", "文件超过20 MB。", "The file is larger than 20 MB.");

    private static readonly Refusal s_unknownKind = new(
        "file.kind", "只接收图片（JPEG、PNG、WebP）、PDF和不含宏的Office文件。", "Only images (JPEG, PNG, WebP), PDF and Office files without macros are taken.");

    private static readonly Refusal s_broken = new("file.broken", "图片已损坏或格式不规范，请重新拍照或另存后再传。", "The image is damaged. Take or save it again.");

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(environment.ContentRootPath, storage.Value.Folder, "files")).FullName;

    public async Task<(Attachment? File, Outcome Outcome)> SaveAsync(string name, Stream content, Actor by, CancellationToken cancellationToken = default)
    {
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int read; (read = await content.ReadAsync(block, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > MaxSize)
            {
                return (null, s_tooLarge);
            }

            buffer.Write(block, 0, read);
        }

        var bytes = buffer.ToArray();
        if (FileKind.Find(bytes) is not { } contentType)
        {
            return (null, s_unknownKind);
        }

        CleanImage? image = null;
        if (FileKind.IsImage(contentType))
        {
            if ((image = CleanImage.From(contentType, bytes)) is null)
            {
                return (null, s_broken);
            }

            bytes = image.Bytes;
        }

        return (await KeepAsync(CleanName(name, contentType), contentType, bytes, image, by, cancellationToken), Outcome.Done);
    }

    /// <summary>Keeps what the portal itself has made.</summary>
    public Task<Attachment> KeepAsync(string name, string contentType, byte[] bytes, CancellationToken cancellationToken = default) =>
        KeepAsync(name, contentType, bytes, null, Actor.Clock, cancellationToken);

    /// <summary>
    /// The files somebody names in what he writes to <paramref name="stream"/>: his own uploads, not used elsewhere. Anything else
    /// does not exist, and is never left out in silence.
    /// </summary>
    public async Task<(IReadOnlyList<AttachmentRef>? Files, Outcome Outcome)> ResolveAsync(IReadOnlyCollection<Guid> ids, Guid stream, Actor by)
    {
        if (ids.Count == 0)
        {
            return (null, Outcome.Done);
        }

        if (ids.Count > MaxPerEntry)
        {
            return (null, new Refusal("file.many", $"一次最多附{MaxPerEntry}个文件。", $"At most {MaxPerEntry} files at a time."));
        }

        await using var db = await databases.CreateDbContextAsync();
        var files = await db.Attachments.AsNoTracking()
            .Where(file => ids.Contains(file.Id) && file.UploadedBy == by.UserId)
            .Where(file => !db.AttachmentUses.Any(use => use.AttachmentId == file.Id && use.Stream != stream))
            .ToListAsync();
        return files.Count == ids.Distinct().Count()
            ? ([.. ids.Distinct().Select(id => files.Find(file => file.Id == id)!.ToRef())], Outcome.Done)
            : (null, new Refusal("file.gone", "有附件已失效，请移除后重新添加。", "An attachment is no longer there: remove it and add it again."));
    }

    /// <summary>The file, if there is one and the actor may see it: through a case, whistle or order that uses it, or as its uploader.</summary>
    public async Task<Attachment?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Attachments.AsNoTracking().SingleOrDefaultAsync(stored => stored.Id == id, cancellationToken) is not { } file)
        {
            return null;
        }

        var streams = await db.AttachmentUses.Where(use => use.AttachmentId == id).Select(use => use.Stream).ToListAsync(cancellationToken);
        // The stored file of a case, also one that was stored before, holds all its whistles: seeing the case is not enough.
        var (stored, text) = (EventText.Name<CaseFileStored>(), id.ToString());
        if (await CaseDesk.WithParts(db.Cases.AsNoTracking())
            .SingleOrDefaultAsync(
                closed => streams.Contains(closed.Id) && closed.StoredFile != null && db.Log.Any(entry => entry.Stream == closed.Id && entry.Type == stored && entry.Body.Contains(text)),
                cancellationToken) is { } closed)
        {
            return by.CanSee(closed) && closed.MayReadFullFile(by) ? file : null;
        }

        var isVisible = streams.Count == 0
            ? file.UploadedBy == by.UserId
            : await db.Cases.Where(Sight.Cases(by)).AnyAsync(stored => streams.Contains(stored.Id), cancellationToken)
                || await db.Whistles.Where(Sight.Whistles(by)).AnyAsync(whistle => streams.Contains(whistle.Id), cancellationToken)
                || await db.SupervisionOrders.Where(Sight.Orders(by)).AnyAsync(order => streams.Contains(order.Id), cancellationToken);
        return isVisible ? file : null;
    }

    /// <summary>A file by its id, for the portal's own printing: whoever reads the print has been let in to its case.</summary>
    internal async Task<Attachment?> FindStoredAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Attachments.AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancellationToken);
    }

    public Stream Open(Attachment file) => File.OpenRead(PathOf(file.StoredAs));

    public Task<byte[]> ReadAsync(Attachment file, CancellationToken cancellationToken = default) => File.ReadAllBytesAsync(PathOf(file.StoredAs), cancellationToken);

    /// <summary>Forgets uploads older than a day that no entry came to name. Only the last days are looked at.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        var (from, to) = (time.GetUtcNow().AddDays(-8), time.GetUtcNow().AddDays(-1));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var left = await db.Attachments
            .Where(file => file.UploadedAt > from && file.UploadedAt < to && !db.AttachmentUses.Any(use => use.AttachmentId == file.Id))
            .Take(1000)
            .ToListAsync(cancellationToken);
        db.Attachments.RemoveRange(left);
        await db.SaveChangesAsync(cancellationToken);
        left.ForEach(file => File.Delete(PathOf(file.StoredAs)));
    }

    private async Task<Attachment> KeepAsync(string name, string contentType, byte[] bytes, CleanImage? image, Actor by, CancellationToken cancellationToken)
    {
        var file = new Attachment
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            ContentType = contentType,
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            StoredAs = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)),
            UploadedBy = by.UserId,
            UploadedFrom = by.Unit,
            UploadedAt = time.GetUtcNow(),
            Width = image?.Width,
            Height = image?.Height,
        };

        // On the disk before it is on the books: a row always has its bytes.
        await using (var target = new FileStream(PathOf(file.StoredAs), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await target.WriteAsync(bytes, cancellationToken);
            target.Flush(flushToDisk: true);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Attachments.Add(file);
        await db.SaveChangesAsync(cancellationToken);
        return file;
    }

    private string PathOf(string storedAs) => Path.Combine(_folder, storedAs);

    private static string CleanName(string name, string contentType)
    {
        var stem = new string([.. Path.GetFileNameWithoutExtension(name.Replace('\\', '/')).Where(letter => !char.IsControl(letter) && !"/\\:*?\"<>|".Contains(letter, StringComparison.Ordinal))]).Trim();
        return $"{(stem.Length == 0 ? "附件" : stem[..Math.Min(80, stem.Length)])}{FileKind.Ending(contentType)}";
    }
}
