using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Seed;

/// <summary>Somebody calls: when, about what, and where. What becomes of it is a <see cref="SeedLife"/>.</summary>
internal sealed class SeedCall(Guid id, string number, DateTimeOffset at, Channel channel)
{
    public Guid Id => id;

    public string Number => number;

    public DateTimeOffset At => at;

    public Channel Channel => channel;

    public required SeedMatter Matter { get; set; }

    public required SeedPlace Place { get; set; }

    public required Petitioner Petitioner { get; set; }

    public required string Phrase { get; set; }

    /// <summary>The same person said the same before, on the same day.</summary>
    public SeedCall? RepeatOf { get; set; }

    /// <summary>He says it again, once or more.</summary>
    public List<SeedCall> Repeats { get; } = [];

    public Guid? Crowd { get; set; }

    /// <summary>It becomes so hard that a whistle is blown over it.</summary>
    public bool IsHard { get; set; }
}
