using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>
/// Writes the notices beside each log entry that somebody is told of, whoever saves the entry: both are in the database, or neither
/// is. What comes in by the hundred, past the change tracker, is told to nobody and found in the lists.
/// </summary>
/// <remarks>The contexts are made with this, so the book of posts, which reads from contexts, is asked for when it is needed.</remarks>
public sealed class NoticeWriter(IServiceProvider services, Feed feed, IOptions<NoticeOptions> options) : BesideTheLog<Notice>
{
    private readonly Lazy<PostBook> _posts = new(services.GetRequiredService<PostBook>);

    protected override bool TellsOfNew => true;

    protected override IEnumerable<Notice> Tell(PortalDbContext db, Aggregate changed) =>
        changed.Unsaved.SelectMany(entry => Tell(db, changed, entry)).DistinctBy(notice => (notice.Key, notice.UserId))
            .GroupBy(notice => (notice.UserId, Told: IsPressing(notice) ? notice.Kind.ToString() : notice.Key))
            .Select(same => same.Last());

    // Emergencies are never summed up; of what the clock catches up with in one thing at once, the last of a kind says it all.
    private static bool IsPressing(Notice notice) => notice is { IsEmergency: true, Kind: NoticeKind.Late or NoticeKind.Urged };

    private IEnumerable<Notice> Tell(PortalDbContext db, Aggregate aggregate, LogEntry entry) =>
        from rule in NoticeRules.Of(entry.Event)
        from unit in rule.Units(aggregate, entry.Event).OfType<OrgPath>().Distinct()
        from person in Told(Audience(unit, rule.Hears), rule.Person?.Invoke(aggregate, entry.Event))
        where person.UserId != entry.By.UserId && !HasWithdrawn(db, aggregate, person)
        let sees = CanSee(person, aggregate)
        where sees || (rule.WhoeverLeft && !IsReported(aggregate, unit))
        let isEmergency = IsEmergency(aggregate, rule.Kind)
        select new Notice
        {
            Id = Guid.CreateVersion7(entry.At),
            UserId = person.UserId,
            For = person.Unit,
            Kind = rule.Kind,
            Key = $"{entry.Stream:N}/{entry.Sequence}/{rule.Kind}",
            Stream = entry.Stream,
            Sequence = entry.Sequence,
            CaseId = entry.CaseId,
            Number = NumberOf(aggregate),
            From = entry.By.UnitName,
            Link = !sees ? null : rule.Kind is NoticeKind.SignatureAsked or NoticeKind.DecisionAsked or NoticeKind.DecisionNear or NoticeKind.DecisionLate ? "/inbox" : Page(aggregate),
            At = entry.At,
            IsEmergency = isEmergency,
            StaysInside = IsOfReport(db, aggregate),
            PlanAt = entry.At,
            DeputyAt = isEmergency ? entry.At + options.Value.DeputyAfter : null,
        };

    // The one whom it was handed to, or everybody once he is there no more.
    private static IEnumerable<Actor> Told(IReadOnlyList<Actor> audience, string? only) =>
        only is not null && audience.Any(person => person.Stands(only)) ? audience.Where(person => person.Stands(only)) : audience;

    // Danger does not wait for the morning.
    private static bool IsEmergency(Aggregate aggregate, NoticeKind kind) => aggregate switch
    {
        Whistle { Kind: WhistleKind.Emergency } => kind is NoticeKind.Whistle or NoticeKind.SignatureAsked or NoticeKind.DecisionAsked or NoticeKind.DecisionNear or NoticeKind.DecisionLate or NoticeKind.Late or NoticeKind.Urged or NoticeKind.Reported,
        CaseFile { SafetyWord: not null } => kind is NoticeKind.Dispatched or NoticeKind.Late or NoticeKind.Urged,
        _ => false,
    };

    internal IReadOnlyList<Actor> Audience(OrgPath unit, Hears hears)
    {
        if (hears == Hears.Supervisors || (hears == Hears.Officers && unit.Kind == UnitKind.District))
        {
            return _posts.Value.HoldersOf(hears == Hears.Supervisors ? Role.Supervisor : Role.Dispatcher, unit.District);
        }

        var all = _posts.Value.HoldersIn(unit).Where(person => person.Role.HandlesCases()).ToList();
        var told = hears == Hears.Anybody ? all : all.Where(person => person.Leads(unit) == (hears == Hears.Leaders)).ToList();
        return told.Count > 0 ? told : all;
    }

    private static bool CanSee(Actor person, Aggregate aggregate) => aggregate switch
    {
        CaseFile file => person.CanSee(file),
        Whistle whistle => person.CanSee(whistle),
        ForeseenProblem problem => person.CanSee(problem),
        SupervisionOrder order => person.CanSee(order),
        PublishedRanking ranking => person.CanSee(ranking),
        EnterpriseReport report => person.CanSee(report),
        _ => false,
    };

    private static string? NumberOf(Aggregate aggregate) => aggregate switch
    {
        CaseFile file => file.Number,
        Whistle whistle => whistle.Number,
        SupervisionOrder order => order.Number,
        ForeseenProblem problem => problem.Title,
        PublishedRanking ranking => $"{ranking.List.Word()}{ranking.Period.Chinese}",
        EnterpriseReport report => report.Month.Period.Chinese,
        _ => null,
    };

    private static string Page(Aggregate aggregate) => aggregate switch
    {
        CaseFile => $"/cases/{aggregate.Id}",
        Whistle => $"/whistles/{aggregate.Id}",
        SupervisionOrder => $"/supervision/{aggregate.Id}",
        ForeseenProblem => $"/foreseen/{aggregate.Id}",
        PublishedRanking => $"/rankings/{aggregate.Id}",
        EnterpriseReport report => EnterpriseLinks.Report(report.Key),
        _ => throw new InvalidOperationException($"Nothing shows {aggregate.GetType().Name}."),
    };

    private static bool HasWithdrawn(PortalDbContext db, Aggregate aggregate, Actor person) => CaseOf(db, aggregate)?.Withdrawn.Contains(person.UserId) == true;

    private static bool IsReported(Aggregate aggregate, OrgPath unit) => aggregate is CaseFile { ReportedUnit: { } reported } && reported.Contains(unit);

    // The case follows its whistle in the same transaction; were it not there, nothing would leave the portal.
    private static bool IsOfReport(PortalDbContext db, Aggregate aggregate) =>
        aggregate is CaseFile { ReportedUnit: not null } or Whistle { ReportedUnit: not null } or SupervisionOrder { ReportedUnit: not null }
        || (aggregate is not (Whistle { CaseId: null } or SupervisionOrder { CaseId: null } or ForeseenProblem or PublishedRanking or EnterpriseReport) && CaseOf(db, aggregate)?.Nature is null or Nature.Report);

    private static CaseFile? CaseOf(PortalDbContext db, Aggregate aggregate) =>
        aggregate as CaseFile ?? (((aggregate as Whistle)?.CaseId ?? (aggregate as SupervisionOrder)?.CaseId) is { } id ? db.Cases.Local.FindEntry(id)?.Entity : null);

    protected override void OnWritten(IReadOnlyList<Notice> rows)
    {
        var topics = rows.Select(notice => Topic.Notices(notice.UserId)).Distinct().ToList();
        if (rows.Any(notice => notice.IsEmergency))
        {
            topics.Add(Topic.Emergency);
        }

        _ = Task.Run(() => Task.WhenAll(topics.Select(feed.PublishAsync)));
    }
}
