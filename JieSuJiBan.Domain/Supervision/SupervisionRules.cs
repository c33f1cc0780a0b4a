using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Supervision;

/// <summary>How long a unit has to answer an order of a kind, and what that rests on.</summary>
public sealed record AnswerLimit(SupervisionKind Kind, TimeLimit After, string Basis);

/// <summary>The numbers that supervision counts by. All of it is data with its basis.</summary>
public sealed record SupervisionRules(IReadOnlyList<AnswerLimit> Answers, BasedLimit LongRunning)
{
    public AnswerLimit LimitOf(SupervisionKind kind) => Answers.First(limit => limit.Kind == kind);

    public DateTimeOffset DueBy(SupervisionKind kind, DateTimeOffset now, WorkCalendar calendar) => LimitOf(kind).After.After(now, calendar);
}
