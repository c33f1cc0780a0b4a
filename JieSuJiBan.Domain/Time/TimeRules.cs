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

/// <summary>A limit that a dispatcher can choose for a case.</summary>
public sealed record CaseLimit(string Name, CaseLevel Level, TimeSpan Time, string Basis);

/// <summary>The times that rules count by. All of it is data: proposals and models of other places stay editable.</summary>
public sealed class TimeRules(WorkCalendar calendar, IReadOnlyList<WhistleLimit> whistleLimits, IReadOnlyList<CaseLimit> caseLimits)
{
    public WorkCalendar Calendar { get; } = calendar;

    public IReadOnlyList<CaseLimit> CaseLimits { get; } = caseLimits;

    public CaseLimit LimitOf(CaseLevel level) => CaseLimits.First(limit => limit.Level == level);

    public WhistleLimit LimitOf(WhistleKind kind) => whistleLimits.Single(limit => limit.Kind == kind);

    public DateTimeOffset RespondBy(WhistleKind kind, DateTimeOffset from) => After(from, LimitOf(kind).Respond, LimitOf(kind));

    public DateTimeOffset ArriveBy(WhistleKind kind, DateTimeOffset from) => After(from, LimitOf(kind).Arrive, LimitOf(kind));

    private DateTimeOffset After(DateTimeOffset from, TimeSpan time, WhistleLimit limit) =>
        limit.OfficeTime ? Calendar.Add(from, time) : from + time;
}
