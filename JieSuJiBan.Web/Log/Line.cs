using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;

namespace JieSuJiBan.Web.Log;

/// <summary>Who waits at a desk for one stream, and the stream itself as the desk left it last. The desk's lock guards who waits.</summary>
internal sealed class Line<TAggregate>(Guid id)
    where TAggregate : Aggregate
{
    private List<Turn<TAggregate>> _waiting = [];

    public Guid Id => id;

    /// <summary>Somebody is deciding on it now.</summary>
    public bool IsServed { get; private set; }

    public long LastServed { get; private set; }

    /// <summary>Only whoever serves the line touches it.</summary>
    public (PortalDbContext Db, TAggregate Stream)? Hand { get; set; }

    /// <summary>True if the line is being served already; else the caller must see to it.</summary>
    public bool Join(Turn<TAggregate> turn)
    {
        _waiting.Add(turn);
        var was = IsServed;
        IsServed = true;
        return was;
    }

    /// <summary>All who wait now; false if nobody does.</summary>
    public bool Call(out List<Turn<TAggregate>> turns)
    {
        (turns, _waiting) = (_waiting, []);
        (IsServed, LastServed) = (turns.Count > 0, Environment.TickCount64);
        return IsServed;
    }

    public void PutDown()
    {
        Hand?.Db.Dispose();
        Hand = null;
    }
}

/// <summary>One request, from the rules' word to the answer.</summary>
internal sealed class Turn<TAggregate>(Actor by, Func<TAggregate, Outcome> decide)
    where TAggregate : Aggregate
{
    private readonly TaskCompletionSource<Outcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Actor By => by;

    public Func<TAggregate, Outcome> Decide => decide;

    /// <summary>What the rules said; an answer only once it is committed.</summary>
    public Outcome Provisional { get; set; }

    public string? Key { get; set; }

    public bool IsDeferred { get; set; }

    public Task<Outcome> Answer => _answer.Task;

    public bool IsOpen => !_answer.Task.IsCompleted;

    public void Commit()
    {
        if (IsDeferred)
        {
            IsDeferred = false;
            return;
        }

        _answer.TrySetResult(Provisional);
    }

    public void Answered(Outcome outcome) => _answer.TrySetResult(outcome);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
