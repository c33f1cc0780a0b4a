using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Firms;

public abstract record FirmListEvent : LogEvent;

[StoredAs("firm-list.proposed")]
public sealed record FirmListProposed(OrgPath District, Month Month, FirmRules Rules, IReadOnlyList<FirmEntry> Entries) : FirmListEvent;

/// <summary>The letters have gone out: until then each firm may say its side.</summary>
[StoredAs("firm-list.notified")]
public sealed record FirmsNotified(DateTimeOffset ReplyBy, string Basis) : FirmListEvent;

/// <summary>What a firm says, as the officer has it in writing.</summary>
[StoredAs("firm-list.replied")]
public sealed record FirmReplied(int No, string Text) : FirmListEvent;

[StoredAs("firm-list.dropped")]
public sealed record FirmDropped(int No, string Reason) : FirmListEvent;

/// <summary>An edition, whole: later ones say why.</summary>
[StoredAs("firm-list.published")]
public sealed record FirmListPublished(int Edition, IReadOnlyList<FirmEntry> Entries, string? Reason) : FirmListEvent;

/// <summary>A firm on a list: its month, why it is proposed, what it replied.</summary>
public sealed record FirmEntry(int No, FirmSide Side, FirmCounts Counts, string Why, string? Reply = null, DateTimeOffset? RepliedAt = null, string? Dropped = null);

/// <summary>A published edition, as it was.</summary>
public sealed record FirmEdition(int No, DateTimeOffset At, string By, IReadOnlyList<FirmEntry> Entries, string? Reason)
{
    /// <summary>What it says otherwise than the one before: firms that are gone, and replies that have come.</summary>
    public IReadOnlyList<FirmDifference> DifferencesFrom(FirmEdition before) =>
    [
        .. before.Entries.Select(was => new FirmDifference(was, Entries.FirstOrDefault(entry => entry.No == was.No)))
            .Where(pair => pair.After is null || pair.After.Reply != pair.Before.Reply),
    ];
}

/// <summary>A firm in two editions; it is not in the later one if it was taken off.</summary>
public sealed record FirmDifference(FirmEntry Before, FirmEntry? After);
