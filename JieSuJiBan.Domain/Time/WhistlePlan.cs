using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Time;

/// <summary>Rising pressure on a summoned unit that is late: on itself, then before its whistler, the district, the leader.</summary>
public enum OverdueStep
{
    [Word("自动催")] Urge,
    [Word("吹哨方督办")] Supervise,
    [Word("报区")] Report,
    [Word("领导批示")] Instruct,
}

/// <summary>A step of the overdue chain, so long after something fell due.</summary>
public sealed record PlanStep(OverdueStep Kind, TimeLimit After, string Basis);

/// <summary>By when a leader decides, and when he is reminded of it.</summary>
public sealed record DecisionTime(DateTimeOffset RemindAt, DateTimeOffset DueAt);

/// <summary>When a step of the chain is taken, and what that rests on.</summary>
public sealed record StepTime(OverdueStep Kind, DateTimeOffset At, string Basis);

/// <summary>
/// What a time plan says for whistles of a kind: how long a unit has to answer and to arrive, how long the whistler has to look at an
/// objection, by when a leader has signed or decided and is reminded before, what follows when somebody is late, and how long both
/// sides have to rate each other. Each number has its basis beside it. Older versions do not say how long one may rate.
/// </summary>
public sealed record WhistleTerms(
    WhistleKind Kind, BasedLimit Respond, BasedLimit Arrive, BasedLimit Review, BasedLimit Decide, BasedLimit Remind, IReadOnlyList<PlanStep> Overdue,
    BasedLimit? Assess = null)
{
    /// <summary>By when a leader has signed or decided what is put to him now.</summary>
    public DecisionTime DecideFrom(DateTimeOffset now, WorkCalendar calendar) => new(Remind.After.After(now, calendar), Decide.After.After(now, calendar));

    /// <summary>The limits in words, as the whistle shows them.</summary>
    public string Limits() => $"{Kind.Word()}：{Respond.After}内响应（{Respond.Basis}），{Arrive.After}内报到（{Arrive.Basis}）";

    public IReadOnlyList<StepTime> StepsAfter(DateTimeOffset due, WorkCalendar calendar) =>
        [.. Overdue.Select(step => new StepTime(step.Kind, step.After.After(due, calendar), step.Basis))];

    public WhistleTerms Tidy() => this with
    {
        Respond = Respond with { Basis = Respond.Basis.Trim() },
        Arrive = Arrive with { Basis = Arrive.Basis.Trim() },
        Review = Review with { Basis = Review.Basis.Trim() },
        Decide = Decide with { Basis = Decide.Basis.Trim() },
        Remind = Remind with { Basis = Remind.Basis.Trim() },
        Overdue = [.. Overdue.Select(step => step with { Basis = step.Basis.Trim() })],
        Assess = Assess is null ? null : Assess with { Basis = Assess.Basis.Trim() },
    };

    public IEnumerable<Refusal> Problems(WorkCalendar calendar)
    {
        BasedLimit[] limits = [Respond, Arrive, Review, Decide, Remind, .. Assess is null ? Array.Empty<BasedLimit>() : [Assess]];
        if (!limits.All(limit => limit.After.IsValid) || !Overdue.All(step => step.After.IsValid))
        {
            yield return new Refusal("plan.limit", "请填写时间，如 30分钟、4个工作小时、2个工作日。", "Give each time in minutes, hours, days, working hours or working days.", "respond");
            yield break;
        }

        if (limits.Select(limit => limit.Basis).Concat(Overdue.Select(step => step.Basis)).Any(basis => basis.Trim().Length is 0 or > PlanTerms.MaxBasis))
        {
            yield return new Refusal("plan.basis", $"每个时间都要写明依据，最多{PlanTerms.MaxBasis}个字。", $"Give the basis of every time, in at most {PlanTerms.MaxBasis} characters.", "basis");
        }

        if (Arrive.After.After(PlanTerms.Monday, calendar) < Respond.After.After(PlanTerms.Monday, calendar))
        {
            yield return new Refusal("plan.order", "报到不能早于响应。", "A unit arrives no earlier than it answers.", "arrive");
        }

        var decision = DecideFrom(PlanTerms.Monday, calendar);
        if (decision.RemindAt >= decision.DueAt)
        {
            yield return new Refusal("plan.order", "提醒领导应早于决定时限。", "A leader is reminded before he is late.", "remind");
        }

        var steps = StepsAfter(PlanTerms.Monday, calendar);
        if (steps.Zip(steps.Skip(1)).Any(pair => pair.Second.Kind <= pair.First.Kind || pair.Second.At <= pair.First.At))
        {
            yield return new Refusal("plan.order", "逾期后各级应一个比一个晚。", "Each step of the chain comes later than the one before.", "overdue");
        }
    }
}

/// <summary>One version of a plan for whistles; <paramref name="Id"/> is none for what the portal ships with. A whistle keeps the one it was blown by.</summary>
public sealed record WhistlePlan(Guid? Id, int Version, WhistleTerms Terms);
