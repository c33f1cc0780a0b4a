using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Files;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>Takes the photos that come with a report or an addition. Nothing else is taken, and nothing by itself.</summary>
public sealed class PhotoIntake(FileStore files)
{
    public const int Most = 6;

    /// <summary>6 MB; a browser sends some 300 KB, a phone's own photo is 3 to 5 MB.</summary>
    public const long MaxSize = 6 * 1024 * 1024;

    /// <summary>All of them or none: the first that is no photo is named.</summary>
    public async Task<(IReadOnlyList<AttachmentRef>? Photos, Refusal? Refusal)> TakeAsync(IReadOnlyList<IFormFile> photos, Actor by, CancellationToken cancellationToken)
    {
        if (photos.Count == 0)
        {
            return (null, null);
        }

        if (photos.Count > Most)
        {
            return (null, new Refusal("public.photo.many", $"照片最多{Most}张。", $"At most {Most} photos.", "photos"));
        }

        foreach (var (photo, no) in photos.Select((photo, at) => (photo, at + 1)))
        {
            if (photo.Length > MaxSize)
            {
                return (null, new Refusal("public.photo.large", $"第{no}张照片超过6 MB，请缩小后再传。", $"Photo {no} is larger than 6 MB. Please scale it down.", "photos"));
            }

            if (!await IsPhotoAsync(photo, cancellationToken))
            {
                return (null, new Refusal("public.photo.kind", $"第{no}张不是能识别的照片，请用JPEG、PNG或WebP格式。", $"Photo {no} is not a whole JPEG, PNG or WebP image.", "photos"));
            }
        }

        var taken = new List<AttachmentRef>();
        foreach (var photo in photos)
        {
            await using var content = photo.OpenReadStream();
            // A phone names its photos by date and number; people name them by what they show, or by themselves.
            var (file, outcome) = await files.SaveAsync($"照片{taken.Count + 1}", content, by, cancellationToken);
            if (outcome.Refusal is { } refusal)
            {
                return (null, refusal with { Field = "photos" });
            }

            taken.Add(file!.ToRef());
        }

        return (taken, null);
    }

    private static async Task<bool> IsPhotoAsync(IFormFile photo, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)photo.Length);
        await photo.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        return FileKind.Find(bytes) is { } kind && FileKind.IsImage(kind) && CleanImage.From(kind, bytes) is not null;
    }
}
