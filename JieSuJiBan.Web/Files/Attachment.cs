using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Files;

/// <summary>A stored file. The bytes lie outside the web root under a random name.</summary>
public sealed class Attachment
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Found in the bytes, never taken from the sender.</summary>
    public required string ContentType { get; init; }

    public required long Size { get; init; }
    public required string Sha256 { get; init; }
    public required string StoredAs { get; init; }
    public required string UploadedBy { get; init; }
    public required OrgPath UploadedFrom { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Pixels, for images: the page keeps their place before they are loaded.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public AttachmentRef ToRef() => new(Id, Name, ContentType, Size, Sha256);
}

/// <summary>The case or whistle in whose log a file appears. Whoever may see that may see the file; what has no use is swept away after a day.</summary>
public sealed class AttachmentUse
{
    public required Guid AttachmentId { get; init; }
    public required Guid Stream { get; init; }
}
