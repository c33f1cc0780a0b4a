using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Time;

/// <summary>How long a unit has to answer a whistle and to arrive. Office time or by the clock; the basis is shown with it.</summary>
public sealed record WhistleLimit(WhistleKind Kind, TimeSpan Respond, TimeSpan Arrive, bool OfficeTime, string Basis);

/// <summary>How pressing a matter is; each level has its usual limit.</summary>
public enum CaseLevel
{
    [Word("紧急")] Urgent,
    [Word("民生急需")] Utility,
    [Word("一般")] Ordinary,
    [Word("疑难复杂")] Complex,
}

/// <summary>How long something may take before anybody has a plan for it, and what that rests on.</summary>
public sealed record BasedLimit(TimeLimit After, string Basis);

/// <summary>The times that rules count by. All of it is data: proposals and models of other places stay editable.</summary>
public sealed class TimeRules(WorkCalendar calendar, IReadOnlyList<WhistleLimit> whistleLimits, IReadOnlyList<PlanTerms> plans, BasedLimit dispatchWithin)
{
    public WorkCalendar Calendar { get; } = calendar;

    /// <summary>The time plans that a district begins with, one for each level.</summary>
    public IReadOnlyList<PlanTerms> Plans { get; } = plans;

    public BasedLimit DispatchWithin { get; } = dispatchWithin;

    public PlanTerms LimitOf(CaseLevel level) => Plans.First(plan => plan.Level == level);

    public WhistleLimit LimitOf(WhistleKind kind) => whistleLimits.Single(limit => limit.Kind == kind);

    public DateTimeOffset RespondBy(WhistleKind kind, DateTimeOffset from) => After(from, LimitOf(kind).Respond, LimitOf(kind));

    public DateTimeOffset ArriveBy(WhistleKind kind, DateTimeOffset from) => After(from, LimitOf(kind).Arrive, LimitOf(kind));

    private DateTimeOffset After(DateTimeOffset from, TimeSpan time, WhistleLimit limit) =>
        limit.OfficeTime ? Calendar.Add(from, time) : from + time;
}
