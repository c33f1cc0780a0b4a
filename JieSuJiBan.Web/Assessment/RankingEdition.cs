using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;

namespace JieSuJiBan.Web.Assessment;

/// <summary>One edition of a published table, as it stands in the log.</summary>
public sealed record RankingEdition(int No, IReadOnlyList<RankingRow> Rows, string? Reason, string By, DateTimeOffset At)
{
    public static IReadOnlyList<RankingEdition> Of(IEnumerable<LogEntry> log) =>
    [
        .. log.Select(entry => entry.Event switch
        {
            RankingPublished e => new RankingEdition(1, e.Rows, null, entry.By.Name, entry.At),
            RankingCorrected e => new RankingEdition(e.Edition, e.Rows, e.Reason, entry.By.Name, entry.At),
            _ => null,
        }).OfType<RankingEdition>(),
    ];
}
