namespace JieSuJiBan.Domain.Log;

/// <summary>Something that happened, told in the past tense. Written once and kept for ever.</summary>
public abstract record LogEvent;

/// <summary>The name under which an event is stored. It outlives the class: rename the class freely, never the name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A file as an entry tells of it: the bytes are vouched for by <paramref name="Sha256"/> (lower-case hex).</summary>
public sealed record AttachmentRef(Guid Id, string Name, string ContentType, long Size, string Sha256);

/// <summary>An event that brings files with it.</summary>
public interface IBringsAttachments
{
    IReadOnlyList<AttachmentRef>? Attachments { get; }
}
