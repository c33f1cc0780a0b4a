using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Time;

/// <summary>How pressing a matter is; each level has its usual limit.</summary>
public enum CaseLevel
{
    [Word("紧急")] Urgent,
    [Word("民生急需")] Utility,
    [Word("一般")] Ordinary,
    [Word("疑难复杂")] Complex,
}

/// <summary>How long something may take, and what that rests on.</summary>
public sealed record BasedLimit(TimeLimit After, string Basis);

/// <summary>The times that rules count by. All of it is data: proposals and models of other places stay editable.</summary>
public sealed class TimeRules(WorkCalendar calendar, IReadOnlyList<WhistlePlan> whistles, IReadOnlyList<PlanTerms> plans, BasedLimit dispatchWithin)
{
    public WorkCalendar Calendar { get; } = calendar;

    /// <summary>The time plans that a district begins with, one for each level.</summary>
    public IReadOnlyList<PlanTerms> Plans { get; } = plans;

    /// <summary>One for each kind of whistle: the portal's own, or a district's.</summary>
    public IReadOnlyList<WhistlePlan> Whistles { get; } = whistles;

    public BasedLimit DispatchWithin { get; } = dispatchWithin;

    public PlanTerms LimitOf(CaseLevel level) => Plans.First(plan => plan.Level == level);

    public WhistlePlan PlanOf(WhistleKind kind) => Whistles.Single(plan => plan.Terms.Kind == kind);

    /// <summary>The same in a district that has plans of its own for whistles. What an older one of them does not say yet, the portal's own does.</summary>
    public TimeRules With(IReadOnlyList<WhistlePlan> own) =>
        new(Calendar, [.. own.Select(plan => plan with { Terms = plan.Terms with { Assess = plan.Terms.Assess ?? PlanOf(plan.Terms.Kind).Terms.Assess } })], Plans, DispatchWithin);
}
