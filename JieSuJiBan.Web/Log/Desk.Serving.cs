using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

// Who waits for one stream, and how those who wait are served together.
public abstract partial class Desk<TAggregate>
    where TAggregate : Aggregate
{
    private const int Attempts = 8;
    private const int StreamsInHand = 64;

    private readonly Dictionary<Guid, Line<TAggregate>> _lines = [];

    private Task<Outcome> LineUp(Guid id, Actor by, Func<TAggregate, Outcome> decide)
    {
        var turn = new Turn<TAggregate>(by, decide);
        lock (_lines)
        {
            if (!_lines.TryGetValue(id, out var line))
            {
                line = _lines[id] = new Line<TAggregate>(id);
            }

            if (line.Join(turn))
            {
                return turn.Answer;
            }

            _ = Task.Run(() => ServeAsync(line));
        }

        return turn.Answer;
    }

    private async Task ServeAsync(Line<TAggregate> line)
    {
        while (true)
        {
            List<Turn<TAggregate>> turns;
            lock (_lines)
            {
                if (!line.Call(out turns))
                {
                    PutAway();
                    return;
                }
            }

            try
            {
                await DecideTogetherAsync(line, turns);
            }
            catch (Exception exception)
            {
                line.PutDown();
                turns.ForEach(turn => turn.Fail(exception));
            }
        }
    }

    private void PutAway()
    {
        while (_lines.Count > StreamsInHand && _lines.Values.Where(line => !line.IsServed).MinBy(line => line.LastServed) is { } idle)
        {
            _lines.Remove(idle.Id);
            idle.PutDown();
        }
    }

    private async Task DecideTogetherAsync(Line<TAggregate> line, List<Turn<TAggregate>> turns)
    {
        for (var conflicts = 0; turns.Exists(turn => turn.IsOpen);)
        {
            var isFresh = line.Hand is null;
            if (line.Hand is not { } hand)
            {
                var opened = await databases.CreateDbContextAsync();
                await opened.Database.OpenConnectionAsync();
                if (await LoadAsync(opened, line.Id) is not { } stream)
                {
                    await opened.DisposeAsync();
                    turns.ForEach(turn => turn.Answered(Unknown));
                    return;
                }

                line.Hand = hand = (opened, stream);
            }

            if (!await DecideAsync(hand.Db, hand.Stream, turns, isFresh))
            {
                line.PutDown();  // what is in hand is worth nothing now: start again
                continue;
            }

            IReadOnlyList<Aggregate> saved;
            try
            {
                saved = await SaveAsync(hand.Db);
            }
            catch (DbUpdateException) when (++conflicts < Attempts)
            {
                // Another node was faster, or a message came twice. Either way: look again and decide again.
                line.PutDown();
                await AnswerRepeatsAsync(line.Id, turns);
                continue;
            }

            Announce(saved);  // first, so that whoever hears his answer finds what it did wherever he looks
            turns.ForEach(turn => turn.Commit());
            if (hand.Db.ChangeTracker.Entries<Aggregate>().All(tracked => tracked.Entity == hand.Stream))
            {
                Tidy(hand.Db);
            }
            else
            {
                line.PutDown();  // it carries others along, changed or only read, which their own desks will change
            }
        }
    }

    // False if somebody's no, or his exception, left traces in the aggregate, or came of one that was not read just now.
    private async Task<bool> DecideAsync(PortalDbContext db, TAggregate stream, List<Turn<TAggregate>> turns, bool isFresh)
    {
        foreach (var turn in turns.Where(turn => turn is { IsOpen: true, IsDeferred: false }))
        {
            if (turn.By.FormKey is { } form && stream.Unsaved.Any(entry => entry.Key == form))
            {
                (turn.Key, turn.IsDeferred) = (form, true);  // its twin goes first
                continue;
            }

            var before = stream.Unsaved.Count;
            try
            {
                turn.Provisional = turn.By.IsPortal || CanSee(turn.By, stream) ? turn.Decide(stream) : Unknown;
                if (turn.Provisional.IsDone && stream.Unsaved.Count > before)
                {
                    turn.Provisional = await FollowAsync(db, stream, [.. stream.Unsaved.Skip(before)]);
                    turn.Key = stream.Unsaved[before].Key;
                }
            }
            catch (Exception exception)
            {
                if (isFresh)
                {
                    turn.Fail(exception);
                }

                return false;
            }

            var hasRecorded = stream.Unsaved.Count > before;
            if (turn.Provisional.IsDone && hasRecorded)
            {
                continue;
            }

            if (!isFresh)
            {
                return false;
            }

            if (hasRecorded)
            {
                turn.Commit();
                return false;
            }
        }

        return true;
    }

    private async Task AnswerRepeatsAsync(Guid id, List<Turn<TAggregate>> turns)
    {
        var keys = turns.Where(turn => turn is { IsOpen: true, Key: not null }).Select(turn => turn.Key).ToList();
        await using var db = await databases.CreateDbContextAsync();
        var known = await db.Log.Where(entry => entry.Stream == id && keys.Contains(entry.Key)).Select(entry => entry.Key).ToListAsync();

        foreach (var repeats in turns.Where(turn => turn is { IsOpen: true, Key: not null }).GroupBy(turn => turn.Key))
        {
            foreach (var (turn, place) in repeats.Select((turn, place) => (turn, place)).ToList())
            {
                if (known.Contains(turn.Key))
                {
                    turn.Answered(Outcome.Done);  // recorded before: the sender only did not hear the answer
                }
                else
                {
                    turn.IsDeferred = place > 0;  // its twin goes first; what becomes of that is this one's answer too
                }
            }
        }
    }
}
