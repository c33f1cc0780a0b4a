using System.Data.Common;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Intake;

/// <summary>
/// Takes in orders of the hotline, some hundreds in one transaction: a new number becomes a case, a known one is compared with what
/// the hotline said of it before. Taken in once more, the same orders change nothing.
/// </summary>
public sealed class OrderDesk(IDbContextFactory<PortalDbContext> databases, CaseDesk cases, Numbers numbers, SafetyWords safety, TimeRules rules, TimeProvider time)
{
    private const int Attempts = 4;

    private static readonly string[] s_ending =
        [.. new[] { HotlineColumn.EndedAt, HotlineColumn.Result, HotlineColumn.Reply, HotlineColumn.Solved, HotlineColumn.Satisfied, HotlineColumn.Unit, HotlineColumn.Status }.Select(column => column.Word())];

    /// <summary>What became of each order, and whom it concerns; nobody has been woken yet.</summary>
    /// <param name="beside">Writes what must stand with the orders or not at all.</param>
    public async Task<IReadOnlySet<Topic>> TakeInAsync(
        IReadOnlyList<Order> orders, Guid run, OrgPath district, Actor by, Func<PortalDbContext, IReadOnlyList<ImportRow>, Task> beside)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync();
                var batch = await OpenAsync(db, orders, run, district, by);
                var rows = orders.Select(batch.Take).ToList();
                return await cases.RegisterManyAsync(db, batch.Opened, () => beside(db, rows));
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException && attempt < Attempts)
            {
                // Somebody else has just registered one of them, or done something to one: look again.
            }
        }
    }

    private async Task<Batch> OpenAsync(PortalDbContext db, IReadOnlyList<Order> orders, Guid run, OrgPath district, Actor by)
    {
        var asked = orders.Where(order => order.Refusal is null).Select(order => order.Number).Distinct().ToList();
        var known = await db.Cases.AsNoTracking()
            .Where(file => file.District == district && file.Channel == Channel.Hotline && EF.Parameter(asked).Contains(file.SourceNumber!))
            .Select(file => new Known(file.Id, file.SourceNumber!, file.Title, file.Text, file.SourceFacts))
            .ToDictionaryAsync(file => file.Number);

        var changed = orders.Where(order => order.Refusal is null && known.TryGetValue(order.Number, out var file) && file.Differs(order))
            .Select(order => known[order.Number].Id).Distinct().ToList();
        var loaded = changed.Count == 0 ? [] : await CaseDesk.WithParts(db.Cases).Where(file => EF.Parameter(changed).Contains(file.Id)).ToListAsync();

        var fresh = asked.Count(number => !known.ContainsKey(number));
        return new Batch(run, by, Actor.Hotline(district), safety, rules, time.GetUtcNow())
        {
            Known = known.ToDictionary(pair => pair.Key, pair => pair.Value.Id),
            InHand = loaded.ToDictionary(file => file.SourceNumber!),
            Numbers = new(fresh == 0 ? [] : await numbers.NextCasesAsync(district, fresh)),
        };
    }

    private sealed record Known(Guid Id, string Number, string Title, string Text, IReadOnlyDictionary<string, string>? Facts)
    {
        public bool Differs(Order order) => OrderDesk.Differs(order, name => CaseFile.SourceSays(name, Facts, Title, Text));
    }

    private static bool Differs(Order order, Func<string, string?> known) => order.Told.Any(fact => fact.Value != (known(fact.Key) ?? ""));

    /// <summary>Some hundred orders, decided one after another; the second with the same number changes nothing.</summary>
    private sealed class Batch(Guid run, Actor by, Actor hotline, SafetyWords safety, TimeRules rules, DateTimeOffset now)
    {
        public required Dictionary<string, Guid> Known { get; init; }
        public required Dictionary<string, CaseFile> InHand { get; init; }
        public required Queue<string> Numbers { get; init; }
        public List<(CaseFile, Petitioner)> Opened { get; } = [];

        public ImportRow Take(Order order) =>
            order.Refusal is { } refusal ? Row(order, ImportResult.Refused, refusal: refusal)
            : InHand.TryGetValue(order.Number, out var file) ? Update(file, order)
            : Known.TryGetValue(order.Number, out var id) ? Row(order, ImportResult.Known, id)
            : Open(order);

        private ImportRow Open(Order order)
        {
            var (file, outcome) = CaseFile.Register(Guid.CreateVersion7(now), Numbers.Peek(), safety.Mark(order.Demand!) with { DispatchBy = rules.DispatchWithin.After.After(now, rules.Calendar) }, by, now);
            if (outcome.Refusal is { } refusal)
            {
                return Row(order, ImportResult.Refused, refusal: refusal);
            }

            Numbers.Dequeue();
            GoOn(file!, order);
            InHand[order.Number] = file!;
            Opened.Add((file!, order.Petitioner));
            return Row(order, ImportResult.New, file!.Id);
        }

        private ImportRow Update(CaseFile file, Order order)
        {
            if (order.RepeatOf is { } first && Differs(order, name => file.SourceSays(name)))
            {
                return Row(order, ImportResult.Refused, file.Id, refusal: new(
                    "intake.number.twice", $"与第{first}行的工单编号相同，以第{first}行为准。", $"Row {first} has the same order number and counts."));
            }

            var before = file.Unsaved.Count;
            var demand = safety.Mark(order.Demand!);
            if (file.FollowSource(order.Told, demand.SafetyWord, hotline, now, demand.Nature == Nature.Report, demand.ReportedUnit).Refusal is { } refusal)
            {
                return Row(order, ImportResult.Refused, file.Id, refusal: refusal);
            }

            if (file.Unsaved.Count == before)
            {
                return Row(order, ImportResult.Known, file.Id);
            }

            var changed = ((SourceUpdated)file.Unsaved[before].Event).Changed.Keys;
            if (file.Status != CaseStatus.TakenOver)
            {
                GoOn(file, order);
            }
            else if (order.Ending is null)
            {
                file.ReopenAtSource(hotline, now);
                GoOn(file, order);
            }
            else if (changed.Any(s_ending.Contains))
            {
                file.TakeOver(order.Ending, hotline, now);
            }

            return Row(order, ImportResult.Updated, file.Id, string.Join('、', changed));
        }

        // Where the rules say no, a person looks: the case waits for its dispatch, or goes on as it does here.
        private void GoOn(CaseFile file, Order order)
        {
            if (order.Ending is { } ending)
            {
                file.TakeOver(ending, hotline, now);
            }
            else if (order is { Lead: { } lead, DueAt: { } dueAt })
            {
                file.SendAsOrdered(lead, dueAt, order.LimitBasis, rules.Calendar, hotline, now);
            }
        }

        private ImportRow Row(Order order, ImportResult result, Guid? id = null, string? changed = null, Refusal? refusal = null) => new()
        {
            RunId = run,
            Row = order.Row,
            Result = result,
            Number = order.Number,
            Title = order.Title,
            CaseId = id,
            Changed = changed,
            Chinese = refusal?.Chinese,
            English = refusal?.English,
        };
    }
}
