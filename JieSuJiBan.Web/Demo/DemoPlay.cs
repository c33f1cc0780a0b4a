using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Demo;

/// <summary>
/// Plays one case through the domain, step by step at invented times, exactly as officers would: what the rules refuse cannot be in
/// the demo. Steps are collected first and then laid out between the registration and now.
/// </summary>
internal sealed class DemoPlay(DemoCast cast, TimeRules rules, SafetyWords safety, DateTimeOffset registeredAt, DateTimeOffset now)
{
    private readonly List<(TimeSpan Offset, bool AfterLimit, Func<DateTimeOffset, Outcome> Step)> _steps = [];
    private TimeSpan _offset = TimeSpan.Zero;
    private bool _afterLimit;
    private TimeSpan _limit = TimeSpan.MaxValue;

    public CaseFile File { get; private set; } = null!;

    public List<Whistle> Whistles { get; } = [];

    public Petitioner? Petitioner { get; private set; }

    public DemoCast Cast => cast;

    public DateTimeOffset RegisteredAt => registeredAt;

    public void Register(string number, Demand demand, Petitioner? petitioner, Func<DateTimeOffset, Actor> by)
    {
        var (file, outcome) = CaseFile.Register(Guid.CreateVersion7(registeredAt), number, demand, by(registeredAt), registeredAt);
        File = file ?? throw new InvalidOperationException($"Demo case “{demand.Title}” is refused: {outcome.Refusal}");
        Petitioner = petitioner;
    }

    /// <summary>Something done to the case, so long after the last step.</summary>
    public void Then(TimeSpan later, Func<CaseFile, DateTimeOffset, Outcome> step)
    {
        _offset += later;
        _steps.Add((_offset, _afterLimit, at => step(File, at)));
    }

    /// <summary>A case that was answered in time did all of it within its limit.</summary>
    public void FitInto(TimeSpan limit) => _limit = limit * 0.9;

    /// <summary>From here on the time limit has passed: callback, closing, archive.</summary>
    public void AfterTheLimit() => (_afterLimit, _offset) = (true, TimeSpan.FromHours(1));

    public void Blow(TimeSpan later, Func<DateTimeOffset, string> number, WhistleBrief brief, Func<DateTimeOffset, Actor> by) => Then(later, (file, at) =>
    {
        if (file.CheckWhistle(brief, by(at)) is { } refusal)
        {
            return refusal;
        }

        var (whistle, outcome) = Whistle.Draft(Guid.CreateVersion7(at), number(at), file, brief, by(at), at);
        if (whistle is not null)
        {
            Whistles.Add(whistle);
        }

        return outcome;
    });

    /// <summary>Something done in the last whistle; the case follows it.</summary>
    public void InRoom(TimeSpan later, Func<Whistle, DateTimeOffset, Outcome> step) => Then(later, (file, at) =>
    {
        var whistle = Whistles[^1];
        var before = whistle.Unsaved.Count;
        var outcome = step(whistle, at);
        return outcome.IsDone
            ? whistle.Unsaved.Skip(before).Select(entry => file.Follow(whistle, entry)).FirstOrDefault(followed => !followed.IsDone)
            : outcome;
    });

    /// <summary>Lets everything happen. Steps that would lie in the future are drawn together; those of the clock are put in between.</summary>
    public void Perform()
    {
        var early = _steps.Where(step => !step.AfterLimit).Select(step => step.Offset).DefaultIfEmpty().Max();
        var span = now - registeredAt - TimeSpan.FromMinutes(3);
        span = _afterLimit && _limit < span ? _limit : span;
        var scale = early > span ? span / early : 1.0;

        var last = registeredAt;
        foreach (var (offset, afterLimit, step) in _steps)
        {
            var at = afterLimit ? (File.DueAt ?? registeredAt) + offset : registeredAt + (offset * scale);
            at = Daytime(at);
            at = at > last ? at : last + TimeSpan.FromSeconds(20);
            Lapse(at);
            if (step(at) is { Refusal: { } refusal })
            {
                throw new InvalidOperationException($"Demo case “{File.Title}” at {at:u}: {refusal.Code} {refusal.Chinese}");
            }

            last = at;
        }

        Lapse(now);
    }

    public WhistleBrief Brief(DemoWhistle told, Direction direction) => new(
        told.Kind, told.Subject, told.Grounds, direction, told.Title, told.Tried, told.LegalBasis,
        [.. told.Summons.Select(summons => new Summons(cast.Unit(summons.Unit), summons.IsLead, summons.Ask))]);

    public TimeRules Rules => rules;

    public SafetyWords Safety => safety;

    // Meetings at midnight are hard to believe. What would fall into the night is done early in the next morning, if that has been.
    private DateTimeOffset Daytime(DateTimeOffset at)
    {
        var local = at.ToOffset(WorkCalendar.Beijing);
        if (local.Hour is >= 8 and < 20)
        {
            return at;
        }

        var morning = new DateTimeOffset(local.Date, WorkCalendar.Beijing).AddDays(local.Hour >= 20 ? 1 : 0).AddHours(8.5) + TimeSpan.FromMinutes(local.Minute / 3.0);
        return morning < now - TimeSpan.FromMinutes(1) ? morning.ToUniversalTime() : at;
    }

    // What the clock would have written by now, at the moments at which it would have written it.
    private void Lapse(DateTimeOffset until)
    {
        foreach (var whistle in Whistles)
        {
            while (whistle.ClockAt is { } due && due <= until)
            {
                whistle.Ring(rules, due);
            }
        }
    }
}
