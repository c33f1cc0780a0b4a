using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Delegations;

/// <summary>
/// While a leader is away, somebody of his unit decides for him (授权): from one time to another, in a post of its own, so that the log
/// says of each decision in whose place it was made. The leader keeps his own rights meanwhile.
/// </summary>
public sealed class Delegation : Aggregate
{
    /// <summary>No longer at one go (this system's default): whoever is away longer is replaced.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    public const int MaxReason = 500;

    private Delegation() { }  // for EF and replay

    public OrgPath Unit { get; private set; }
    public Role Role { get; private set; }

    /// <summary>The accounts of both, and what they are called.</summary>
    public string Leader { get; private set; } = "";

    public string LeaderName { get; private set; } = "";
    public string Deputy { get; private set; } = "";
    public string DeputyName { get; private set; } = "";
    public DateTimeOffset From { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>When it is over, by its terms or before.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public bool IsEndedEarly { get; private set; }

    public DelegationTerms Terms => new(Unit, Role, Leader, LeaderName, Deputy, DeputyName, From, EndsAt);

    protected override Guid? LogCaseId => null;

    public static Delegation Replay(IEnumerable<LogEntry> log) => Replay(new Delegation(), log);

    /// <summary>Whoever decides by his office. What one only has for somebody else cannot be passed on.</summary>
    public static bool CanGive(Actor by) => !by.IsDeputy && (by.Role.LeadsItsUnit() || by.Role == Role.DistrictLeader);

    /// <param name="deputy">Somebody in a post of his own.</param>
    public static (Delegation? Delegation, Outcome Outcome) Give(
        Guid id, Actor deputy, DateTimeOffset from, DateTimeOffset to, string reason, Actor by, DateTimeOffset now)
    {
        if (Check(deputy, from, to, reason, by, now) is { } refusal)
        {
            return (null, refusal);
        }

        var delegation = new Delegation { Id = id };
        delegation.Record(
            new DelegationGiven(new DelegationTerms(by.Unit, by.Role, by.UserId, by.Name, deputy.UserId, deputy.Name, from < now ? now : from, to), reason.Trim()), by, now);
        return (delegation, Outcome.Done);
    }

    /// <summary>Before its time. Nobody needs a reason to be back, or to hand back what he was lent.</summary>
    public Outcome End(Actor by, DateTimeOffset now)
    {
        if (!MayEnd(by))
        {
            return new Refusal("delegation.end.role", "由授权人收回，或由代理人交还。", "The leader takes it back, or the deputy hands it back.");
        }

        if (now >= EndsAt)
        {
            return new Refusal("delegation.over", "授权已经结束。", "It is over already.");
        }

        Record(new DelegationEnded(), by, now);
        return Outcome.Done;
    }

    public bool MayEnd(Actor by) => by.UserId == Deputy || (by.UserId == Leader && !by.IsDeputy);

    public bool IsAt(DateTimeOffset now) => From <= now && now < EndsAt;

    private static Refusal? Check(Actor deputy, DateTimeOffset from, DateTimeOffset to, string reason, Actor by, DateTimeOffset now) =>
        !CanGive(by) ? new("delegation.role", "由本人授权，代理期间不能再转授。", "A leader gives it himself, and a deputy cannot pass it on.")
        : deputy.UserId == by.UserId || deputy.Unit != by.Unit || deputy.IsDeputy || !deputy.Role.HandlesCases()
            ? new("delegation.deputy", "请选择本单位的其他人员。", "Choose somebody else of your unit.", "deputy")
        : to <= now || to <= from ? new("delegation.to", "请填写晚于开始和现在的结束时间。", "Give an end after the beginning and after now.", "to")
        : to - (from < now ? now : from) > Longest ? new("delegation.long", $"一次授权最长{Longest.Days}天。", $"At most {Longest.Days} days at one go.", "to")
        : string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > MaxReason
            ? new Refusal("delegation.reason", $"请写明事由，不超过{MaxReason}字。", $"Say why, in at most {MaxReason} characters.", "reason")
        : null;

    private void Begin(DelegationGiven e, DateTimeOffset at)
    {
        var terms = e.Terms;
        (Unit, Role, Leader, LeaderName, Deputy, DeputyName) = (terms.Unit, terms.Role, terms.Leader, terms.LeaderName, terms.Deputy, terms.DeputyName);
        (From, EndsAt, GivenAt, Reason) = (terms.From, terms.To, at, e.Reason);
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case DelegationGiven e: Begin(e, entry.At); break;
            case DelegationEnded: (EndsAt, IsEndedEarly) = (entry.At, true); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
