using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Firms;

/// <summary>
/// A month's red and black list (红黑榜) of a district: proposed by rules, told to the firms, published after each has replied or its time
/// is over. What is published stays as it was, with the reply beside the entry; what was wrong is another edition.
/// </summary>
public sealed class FirmList : Aggregate
{
    public const int MaxText = 2000;

    private FirmList() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public Month Month { get; private set; }
    public FirmRules Rules { get; private set; } = null!;
    public IReadOnlyList<FirmEntry> Entries { get; private set; } = [];
    public IReadOnlyList<FirmEdition> Editions { get; private set; } = [];
    public string ProposedBy { get; private set; } = "";
    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Until when the firms may reply; none before they were told.</summary>
    public DateTimeOffset? ReplyBy { get; private set; }

    /// <summary>The number of the last edition, 0 before the first: the others of the district read a list from then on.</summary>
    public int Edition { get; private set; }

    /// <summary>Something has changed since the last edition.</summary>
    public bool HasChanged { get; private set; }

    protected override Guid? LogCaseId => null;

    public IEnumerable<FirmEntry> Standing => Entries.Where(entry => entry.Dropped is null);

    public static FirmList Replay(IEnumerable<LogEntry> log) => Replay(new FirmList(), log);

    public static bool CanKeep(Actor by) => by.Role.OverseesDistrict();

    public static bool CanPublish(Actor by) => by.Role is Role.DistrictLeader or Role.Supervisor;

    public static (FirmList? List, Outcome Outcome) Propose(Guid id, Month month, FirmRules rules, IEnumerable<FirmCounts> firms, Actor by, DateTimeOffset now)
    {
        if (!CanKeep(by))
        {
            return (null, s_role);
        }

        if (month >= Month.Of(now))
        {
            return (null, new Refusal("firm-list.month", "当月结束后才能提出榜单。", "A list is proposed when its month is over."));
        }

        List<FirmEntry> entries = [.. firms.Select(firm => (firm, judged: rules.Judge(firm))).Where(row => row.judged is not null)
            .OrderBy(row => row.judged!.Value.Side).ThenByDescending(row => row.firm.Cases).ThenBy(row => row.firm.Key, StringComparer.Ordinal)
            .Select((row, at) => new FirmEntry(at + 1, row.judged!.Value.Side, row.firm, row.judged.Value.Why))];
        if (entries.Count == 0)
        {
            return (null, s_nothing);
        }

        var list = new FirmList { Id = id, District = by.Unit.District };
        list.Record(new FirmListProposed(by.Unit.District, month, rules, entries), by, now);
        return (list, Outcome.Done);
    }

    /// <summary>The letters go out; the time to reply runs from now.</summary>
    public Outcome Notify(WorkCalendar calendar, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (ReplyBy is null ? null : new Refusal("firm-list.notified", "已经告知企业。", "The firms have been told."))
        ?? Add(new FirmsNotified(Rules.Reply.After.After(now, calendar), Rules.Reply.Basis), by, now);

    /// <summary>A reply is taken whenever it comes; after publication it leads to another edition.</summary>
    public Outcome Reply(int no, string text, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (ReplyBy is null ? new Refusal("firm-list.not-notified", "还没有告知企业。", "The firms have not been told yet.") : null)
        ?? CheckEntry(no)
        ?? Missing(text, "text", "请填写申辩内容。", "Write what the firm says.")
        ?? Add(new FirmReplied(no, text.Trim()), by, now);

    public Outcome Drop(int no, string reason, Actor by, DateTimeOffset now) =>
        CheckKeeper(by) ?? CheckEntry(no) ?? Missing(reason, "reason", "请写明理由。", "Give the reason.") ?? Add(new FirmDropped(no, reason.Trim()), by, now);

    /// <summary>The district's leader or a supervisor publishes, and not whoever proposed it.</summary>
    public Outcome Publish(string? reason, Actor by, DateTimeOffset now) =>
        (CanPublish(by) && by.Unit.District == District ? null : new Refusal("firm-list.publish.role", "由区领导或督查公布。", "The district's leader or a supervisor publishes it."))
        ?? (by.UserId == ProposedBy ? new Refusal("firm-list.publish.own", "自己提出的榜单由其他人公布。", "Somebody else publishes what you proposed.") : null)
        ?? (Standing.Any() || Editions.Count > 0 ? null : s_nothing)
        ?? (Standing.Any(entry => entry.Reply is null && (ReplyBy is null || now < ReplyBy))
            ? new Refusal("firm-list.publish.early", "还有企业没有申辩、也没有到期，不能公布。", "A firm has not replied and its time is not over.")
            : null)
        ?? (HasChanged ? null : new Refusal("firm-list.publish.same", "公布后没有变化。", "Nothing has changed since it was published."))
        ?? (Editions.Count > 0 ? Missing(reason, "reason", "请写明更正的理由。", "Say why it is corrected.") : null)
        ?? Freshness.Check(by, now)
        ?? Add(new FirmListPublished(Editions.Count + 1, [.. Standing], Editions.Count > 0 ? reason!.Trim() : null), by, now);

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case FirmListProposed e:
                (District, Month, Rules, Entries) = (e.District, e.Month, e.Rules, e.Entries);
                (ProposedBy, ProposedAt, HasChanged) = (entry.By.UserId, entry.At, true);
                break;
            case FirmsNotified e: ReplyBy = e.ReplyBy; break;
            case FirmReplied e: Change(e.No, firm => firm with { Reply = e.Text, RepliedAt = entry.At }); break;
            case FirmDropped e: Change(e.No, firm => firm with { Dropped = e.Reason }); break;
            case FirmListPublished e:
                (Editions, Edition, HasChanged) = ([.. Editions, new FirmEdition(e.Edition, entry.At, entry.By.Name, e.Entries, e.Reason)], e.Edition, false);
                break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }

    private void Change(int no, Func<FirmEntry, FirmEntry> change) => (Entries, HasChanged) = ([.. Entries.Select(entry => entry.No == no ? change(entry) : entry)], true);

    private Outcome Add(FirmListEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    private Refusal? CheckKeeper(Actor by) => CanKeep(by) && by.Unit.District == District ? null : s_role;

    private Refusal? CheckEntry(int no) =>
        Standing.Any(entry => entry.No == no) ? null : new("firm-list.entry", "榜单上没有这一家。", "There is no such firm on the list.");

    private static Refusal? Missing(string? text, string field, string chinese, string english) =>
        string.IsNullOrWhiteSpace(text) ? new($"firm-list.missing.{field}", chinese, english, field)
        : text.Length > MaxText ? new("firm-list.long", $"最多{MaxText}个字。", $"At most {MaxText} characters.", field)
        : null;

    private static readonly Refusal s_role = new("firm-list.role", "红黑榜由区指挥中心、督查和区领导办理。", "The district keeps the red and black list.");

    private static readonly Refusal s_nothing = new("firm-list.nothing", "没有符合规则的企业。", "No firm falls under the rules.");
}
