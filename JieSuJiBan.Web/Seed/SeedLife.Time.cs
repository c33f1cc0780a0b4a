using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Seed;

// What happens to a case by itself: the clock rings, the same person calls again, rules give orders.
internal sealed partial class SeedLife
{
    private int _repeats;

    private void Ring(DateTimeOffset until)
    {
        while (Next() is { } next && next.At <= until)
        {
            if (next.At > _now)
            {
                _now = next.At;
            }

            next.Happen(_now);
            Follow();
        }
    }

    private (DateTimeOffset At, Action<DateTimeOffset> Happen)? Next()
    {
        (DateTimeOffset At, Action<DateTimeOffset> Happen)? next = File.ClockAt is { } bell ? (bell, at => Do(File.Ring(at), at)) : null;
        foreach (var whistle in Whistles)
        {
            if (whistle.ClockAt is { } due && !(next?.At <= due))
            {
                next = (due, at => InWhistle(whistle, () => whistle.Ring(Times, at), at));
            }
        }

        if (Orders.Next() is { } answer && !(next?.At <= answer.At))
        {
            next = (answer.At, at => Orders.Move(answer.Order, cast, at));
        }

        if (_repeats < call.Repeats.Count && call.Repeats[_repeats].At is var again && !(next?.At <= again))
        {
            next = (again, TakeIn);
        }

        return next;
    }

    // Joined while the first case is open; afterwards there is nothing new in it.
    private void TakeIn(DateTimeOffset at)
    {
        var repeat = call.Repeats[_repeats++];
        var file = Begin(repeat, repeat.Channel == Channel.Hotline ? Actor.Hotline(SeedCast.District) : cast.Dispatcher(at, _who));
        Joined.Add((repeat, file));
        var (by, later) = (cast.Dispatcher(at, _who), at.AddMinutes(2));
        if (later >= end)
        {
            return;
        }

        if (File.IsOpen && (file.Nature, file.ReportedUnit) == (File.Nature, File.ReportedUnit))
        {
            Do(file.MergeInto(File, by, later), later);
            Do(File.TakeIn(file, by, later), later);
        }
        else
        {
            Do(file.Inform(InformReason.NothingNew, InformReason.NothingNew.Reply(), by, later), later);
        }
    }

    // What rules make of what has just happened to the case.
    private void Follow()
    {
        for (; _followed < File.Unsaved.Count; _followed++)
        {
            var entry = File.Unsaved[_followed];
            switch (entry.Event)
            {
                case CaseUrged { Kind: not UrgeKind.Remind } urged when File.IsUnitAtWork && urged.Unit == File.FirstReceiver:
                    Orders.Urge(File, urged, call.Number, entry.At);
                    break;
                case ObjectionReviewed { Upheld: true } or CaseDispatched or CaseClosed:
                    Orders.End(File, entry.At);
                    break;
            }
        }
    }
}
