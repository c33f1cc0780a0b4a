using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>One report of somebody's: how far it has come, who has it, what was answered.</summary>
public sealed record ReportedLine(
    Guid Id, string Number, string Title, string Place, DateTimeOffset RegisteredAt, ReportSteps Steps, OrgPath? NextUnit, CaseStep NextStep,
    bool AwaitsReporter, bool? ReporterSaysSolved)
{
    public string? Answer { get; init; }
}

/// <summary>What a unit has found and reported: first what awaits its word, then the newest.</summary>
public sealed class ReportedList(IDbContextFactory<PortalDbContext> databases)
{
    private static readonly string[] s_answers =
        [EventText.Name<CaseAnswered>(), EventText.Name<SolvedOnTheSpot>(), EventText.Name<AnsweredAtOnce>(), EventText.Name<PetitionerInformed>()];

    /// <param name="isOnlyOwn">What the person himself has reported, and not his colleagues.</param>
    public async Task<ListPage<ReportedLine>> ReadAsync(Actor by, bool isOnlyOwn, int page, CancellationToken cancellationToken = default)
    {
        var (unit, user) = (by.Unit, by.UserId);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var cases = db.Cases.AsNoTracking().Where(Sight.Cases(by)).Where(file => file.ReportedFrom == unit && (!isOnlyOwn || file.RegisteredBy == user));

        var total = await cases.Take(ListPage<ReportedLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await cases.OrderByDescending(file => file.AwaitsReporter).ThenByDescending(file => file.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<ReportedLine>.Size).Take(ListPage<ReportedLine>.Size)
            .Select(file => new ReportedLine(
                file.Id, file.Number, file.Title, file.Place, file.RegisteredAt,
                new ReportSteps(
                    file.Status, file.DispatchCount > 0,
                    file.Parties.Any(party => party.Part == Part.CoUnit || party.Part == Part.Assist || party.Part == Part.Summoned) || IsNoStreet(file.FirstReceiver),
                    file.IsSolvedOnTheSpot),
                file.NextUnit, file.NextStep, file.AwaitsReporter, file.ReporterSaysSolved))
            .ToListAsync(cancellationToken);

        var answers = lines.Count == 0 ? [] : await ReadAnswersAsync(db, [.. lines.Select(line => line.Id)], cancellationToken);
        return new(
            [.. lines.Select(line => line with { Answer = answers.GetValueOrDefault(line.Id) })],
            Math.Min(total, ListPage<ReportedLine>.MaxTotal), total > ListPage<ReportedLine>.MaxTotal);
    }

    private static bool IsNoStreet(OrgPath? lead) => lead is { Kind: not UnitKind.Street };

    // The last word on each, in one question for the whole page.
    private static async Task<Dictionary<Guid, string>> ReadAnswersAsync(PortalDbContext db, List<Guid> ids, CancellationToken cancellationToken)
    {
        var entries = await db.Log.AsNoTracking().Where(entry => ids.Contains(entry.Stream) && s_answers.Contains(entry.Type)).ToListAsync(cancellationToken);
        return entries.GroupBy(entry => entry.Stream).ToDictionary(log => log.Key, log => log.MaxBy(entry => entry.Sequence)!.Event switch
        {
            CaseAnswered e => e.Reply,
            SolvedOnTheSpot e => e.Result,
            AnsweredAtOnce e => e.Reply,
            PetitionerInformed e => e.Reply,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer."),
        });
    }
}
