using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

/// <summary>One thing that waits for somebody, with the link under which he deals with it.</summary>
/// <param name="Unit">The unit it is about, where that helps to tell things apart.</param>
/// <param name="IsUrgent">An 应急哨, or something that has lapsed.</param>
public sealed record WaitingItem(string Number, string Title, string Link, DateTimeOffset? DueAt, OrgPath? Unit = null, bool IsUrgent = false);

/// <summary>Things of one kind, the most pressing first. <paramref name="Name"/> is the Chinese text that names the kind.</summary>
public sealed record WaitingGroup(string Name, int Total, IReadOnlyList<WaitingItem> Items);

/// <summary>Home: what waits for me. Each kind is one indexed question.</summary>
public sealed class Waiting(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    private const int Shown = 10, Counted = 99;

    public async Task<IReadOnlyList<WaitingGroup>> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var groups = new List<WaitingGroup>();
        foreach (var (name, query) in Questions(db, by))
        {
            var total = await query.Take(Counted).CountAsync(cancellationToken);
            if (total > 0)
            {
                groups.Add(new WaitingGroup(name, total, await query.Take(Shown).ToListAsync(cancellationToken)));
            }
        }

        return groups;
    }

    /// <summary>How many there are of all kinds together, of each counted no further than <see cref="ReadAsync"/> does.</summary>
    public async Task<int> CountAsync(Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var total = 0;
        foreach (var (_, query) in Questions(db, by))
        {
            total += await query.Take(Counted).CountAsync(cancellationToken);
        }

        return total;
    }

    private IEnumerable<(string Name, IQueryable<WaitingItem> Query)> Questions(PortalDbContext db, Actor by) => by.Role switch
    {
        Role.Dispatcher =>
        [
            ("待派单", Cases(db, by.Unit.District, by, CaseStep.Dispatch)),
            ("派单异议待审核", Objections(db, by)),
            ("待回访", Cases(db, by.Unit.District, by, CaseStep.CallBack)),
            ("待结案", Cases(db, by.Unit.District, by, CaseStep.Close)),
            ("认定或申诉待核查", Contests(db, by, ContestState.Filed)),
            ("督办回复待核查", Answered(db, by)),
            ("待区领导决定", ForTheLeader(db, by)),
            ("待区领导决定的案件", AskedOfCases(db, by, by.Unit.District)),
            ("待确认的职责", Duties(db, by, DutyJudge.Keeper)),
            ("待确认的预判问题", Proposals(db, by)),
        ],
        Role.Supervisor => [("派单异议待审核", Objections(db, by)), ("认定或申诉待审定", Contests(db, by, ContestState.Examined)), ("未响应、未报到", Lapsed(db, by)), ("督办回复待核查", Answered(db, by)), ("督办逾期未回复", LateOrders(db, by)), ("超期案件", Overdue(db, by))],
        Role.DistrictLeader => [("请您决定", Requests(db, by)), ("请您决定的案件", AskedOfCases(db, by, by.Unit)), ("群诉预警", Crowds(db, by)), ("派单异议请您裁定", SecondObjections(db, by)), ("认定或申诉待审定", Contests(db, by, ContestState.Examined)), ("我包案的诉求", Charged(db, by)), ("督办回复待核查", Answered(db, by)), ("待准入的职责", Duties(db, by, DutyJudge.Leader))],
        Role.StreetLeader => [("请您审签的哨", Signatures(db, by)), ("请您决定", Requests(db, by)), ("请您决定的案件", AskedOfCases(db, by, by.Unit)), ("我包案的诉求", Charged(db, by)), ("督办任务待回复", Orders(db, by)), ("督办回复待核查", Answered(db, by)), ("待审核的办理结果", Cases(db, by.Unit, by, CaseStep.Approve)), ("待完成的准备", Preparing(db, by)), ("即将到来的预判问题", Expecting(db, by))],
        Role.DepartmentHead =>
            [("请您审签的哨", Signatures(db, by)), ("请您决定的案件", AskedOfCases(db, by, by.Unit)), ("我包案的诉求", Charged(db, by)), ("督办任务待回复", Orders(db, by)), ("督办回复待核查", Answered(db, by)), ("待审核的办理结果", Cases(db, by.Unit, by, CaseStep.Approve)), .. Summoned(db, by), ("本单位承诺事项", Commitments(db, by)), ("待完成的准备", Preparing(db, by)), ("即将到来的预判问题", Expecting(db, by))],
        Role.StreetOfficer => [.. Handling(db, by), ("督办回复待核查", Answered(db, by)), ("请协助办理", Assisting(db, by)), .. Summoned(db, by), .. Chairing(db, by), ("本单位承诺事项", Commitments(db, by)), ("待完成的准备", Preparing(db, by)), ("即将到来的预判问题", Expecting(db, by)), Confirming(db, by)],
        Role.DepartmentOfficer or Role.EnterpriseOfficer =>
            [.. Summoned(db, by), ("本单位承诺事项", Commitments(db, by)), ("待完成的准备", Preparing(db, by)), ("即将到来的预判问题", Expecting(db, by)), .. Handling(db, by), ("请协助办理", Assisting(db, by)), .. Chairing(db, by), Confirming(db, by)],
        Role.StreetSection => [("督办任务待回复", Orders(db, by)), ("我专办的诉求", Carried(db, by)), .. Summoned(db, by), ("本单位承诺事项", Commitments(db, by)), ("请协助办理", Assisting(db, by)), Confirming(db, by)],
        Role.CommunityWorker or Role.GridWorker => [("督办任务待回复", Orders(db, by)), ("我专办的诉求", Carried(db, by)), Confirming(db, by), ("请协助办理", Assisting(db, by)), .. Chairing(db, by)],
        Role.Archivist => [("待归档", Cases(db, by.Unit.District, by, CaseStep.Archive))],
        _ => [],
    };

    private IEnumerable<(string, IQueryable<WaitingItem>)> Handling(PortalDbContext db, Actor by) =>
    [
        ("督办任务待回复", Orders(db, by)),
        ("我专办的诉求", Carried(db, by)),
        ("已催办", Reminded(db, by)),
        ("待签收", Cases(db, by.Unit, by, CaseStep.Accept)),
        ("待派单", Cases(db, by.Unit, by, CaseStep.Dispatch)),
        ("待首次联系", Cases(db, by.Unit, by, CaseStep.Contact)),
        ("待办理", Cases(db, by.Unit, by, CaseStep.Handle)),
    ];

    private IQueryable<WaitingItem> Cases(PortalDbContext db, OrgPath unit, Actor by, CaseStep step)
    {
        var now = time.GetUtcNow();
        return db.Cases.Where(Sight.Cases(by))
            .Where(file => file.NextUnit == unit && file.NextStep == step && (step != CaseStep.CallBack || file.CallAt <= now || (file.CallAt == null && (file.DueAt < now || file.ReporterSaysSolved != null))))
            .OrderBy(file => file.DueAt)
            .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}", file.DueAt, file.Home, false));
    }

    // 回: what the unit has found itself is answered, and it says whether it is put right.
    private static (string, IQueryable<WaitingItem>) Confirming(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return ("请确认是否解决", db.Cases.Where(Sight.Cases(by)).Where(file => file.ReportedFrom == unit && file.AwaitsReporter)
            .OrderBy(file => file.Id)
            .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}?do=confirm", null, file.FirstReceiver, false)));
    }

    // The first step of the ladder is a word only; from the second on there is an order to answer.
    private static IQueryable<WaitingItem> Reminded(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Cases.Where(Sight.Cases(by)).Where(file => file.NextUnit == unit && file.Urged == UrgeKind.Remind)
            .OrderBy(file => file.DueAt)
            .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}", file.DueAt, file.Home, true));
    }

    // What he answers for by name (领导包案), and what he carries (专人包案).
    private static IQueryable<WaitingItem> Charged(PortalDbContext db, Actor by)
    {
        var user = by.UserId;
        return Named(db.Cases.Where(Sight.Cases(by)).Where(file => file.LeaderId == user && file.IsOpen));
    }

    private static IQueryable<WaitingItem> Carried(PortalDbContext db, Actor by)
    {
        var user = by.UserId;
        return Named(db.Cases.Where(Sight.Cases(by)).Where(file => file.WorkerId == user && file.IsOpen));
    }

    private static IQueryable<WaitingItem> Named(IQueryable<CaseFile> cases) => cases.OrderBy(file => file.DueAt)
        .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}", file.DueAt, file.FirstReceiver, false));

    private static IQueryable<WaitingItem> Orders(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return Items(db.SupervisionOrders.Where(Sight.Orders(by))
            .Where(order => order.Unit == unit && (order.State == SupervisionState.Issued || order.State == SupervisionState.Returned)));
    }

    // Whoever gave the order looks at the answer; what rules gave, and all the rest, the supervisors.
    private static IQueryable<WaitingItem> Answered(PortalDbContext db, Actor by)
    {
        var (unit, district, isSupervisor, isOfficer) = (by.Unit, by.Unit.District, by.Role == Role.Supervisor, by.Role == Role.StreetOfficer);  // who judges what he may give
        return Items(db.SupervisionOrders.Where(Sight.Orders(by))
            .Where(order => order.District == district && order.State == SupervisionState.Answered && (isSupervisor || order.IssuedFrom == unit)
                && (!isOfficer || order.Kind != SupervisionKind.Supervise)));
    }

    private IQueryable<WaitingItem> LateOrders(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return Items(SupervisionList.Late(db.SupervisionOrders.Where(Sight.Orders(by)), time.GetUtcNow()).Where(order => order.District == district));
    }

    private static IQueryable<WaitingItem> Items(IQueryable<SupervisionOrder> orders) => orders.OrderBy(order => order.DueAt)
        .Select(order => new WaitingItem(order.Number, order.Title, $"/supervision/{order.Id}", order.DueAt, order.Unit, order.Kind == SupervisionKind.Investigate || order.IsLate));

    private static IQueryable<WaitingItem> Contests(PortalDbContext db, Actor by, ContestState state) =>
        ContestList.Rows(db, by, new ContestFilter(state)).Select(line => new WaitingItem(line.Number, line.Title, $"/cases/{line.CaseId}", line.DueAt, line.Unit, false));

    private static IQueryable<WaitingItem> Objections(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return db.Cases.Where(Sight.Cases(by)).Where(file => file.District == district && file.HasOpenObjection)
            .Select(file => new { file, ReviewBy = file.Objections.Where(objection => objection.State == ObjectionState.Open).Min(objection => objection.ReviewBy) })
            .OrderBy(row => row.ReviewBy)
            .Select(row => new WaitingItem(row.file.Number, row.file.Title, $"/cases/{row.file.Id}", row.ReviewBy ?? row.file.DueAt, row.file.FirstReceiver, false));
    }

    private static IQueryable<WaitingItem> AskedOfCases(PortalDbContext db, Actor by, OrgPath unit) =>
        db.Set<CaseRequest>().Where(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)
            .OrderBy(request => request.DecideBy)
            .Join(db.Cases.Where(Sight.Cases(by)), request => request.CaseId, file => file.Id,
                (request, file) => new WaitingItem(file.Number, file.Title, request.AddressedTo == by.Unit ? "/inbox" : $"/cases/{file.Id}", request.DecideBy, request.AskedBy, false));

    private static IQueryable<WaitingItem> SecondObjections(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return db.Cases.Where(Sight.Cases(by)).Where(file => file.District == district && file.HasOpenObjection && file.Objections.Count > 1)
            .OrderBy(file => file.DueAt)
            .Select(file => new WaitingItem(file.Number, file.Title, "/inbox", file.DueAt, file.FirstReceiver, false));
    }

    private static IQueryable<WaitingItem> Crowds(PortalDbContext db, Actor by) => db.Crowds.Where(Sight.Crowds(by))
        .Where(crowd => crowd.State == CrowdState.Open && crowd.InstructedAt == null)
        .OrderByDescending(crowd => crowd.LastAt)
        .Select(crowd => new WaitingItem(crowd.Class, crowd.Place, "/inbox", null, crowd.Street, true));

    private IQueryable<WaitingItem> Overdue(PortalDbContext db, Actor by)
    {
        var (district, now) = (by.Unit.District, time.GetUtcNow());
        return db.Cases.Where(Sight.Cases(by))
            .Where(file => file.District == district && file.IsOpen && file.DueAt < now && file.SuspendedAt == null
                && file.Status != CaseStatus.Answered && file.Status != CaseStatus.CalledBack)
            .OrderBy(file => file.DueAt)
            .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}", file.DueAt, file.FirstReceiver, true));
    }

    // Until it is answered, whether the lead has signed for it yet or has blown a whistle over it. Who leads it has it among his own.
    private static IQueryable<WaitingItem> Assisting(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        var helped = db.Set<CaseParty>().Where(party => party.Unit == unit && party.IsCurrent && party.IsOpen && (party.Part == Part.Assist || party.Part == Part.CoUnit)).Select(party => party.CaseId);
        return db.Cases.Where(Sight.Cases(by))
            .Where(file => helped.Contains(file.Id)
                && file.Status != CaseStatus.Answered && file.Status != CaseStatus.CalledBack && file.FirstReceiver != unit)
            .OrderBy(file => file.DueAt)
            .Select(file => new WaitingItem(file.Number, file.Title, $"/cases/{file.Id}", file.DueAt, file.FirstReceiver, false));
    }

    private static IQueryable<WaitingItem> Signatures(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Whistles.Where(whistle => whistle.Signer == unit && whistle.NeedsSignature)
            .OrderBy(whistle => whistle.SignBy)
            .Select(whistle => new WaitingItem(whistle.Number, whistle.Title, "/inbox", whistle.SignBy, whistle.Whistler, whistle.Kind == WhistleKind.Emergency));
    }

    private static IQueryable<WaitingItem> Requests(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Whistles.SelectMany(whistle => whistle.Requests, (whistle, request) => new { whistle, request })
            .Where(row => row.request.AddressedTo == unit && row.request.Decision == Decision.Waiting)
            .OrderBy(row => row.request.DecideBy)
            .Select(row => new WaitingItem(row.whistle.Number, row.whistle.Title, "/inbox", row.request.DecideBy, row.request.AskedBy, row.whistle.Kind == WhistleKind.Emergency));
    }

    // Escalations and other questions to the district: the command centre knows of them, and does not decide.
    private static IQueryable<WaitingItem> ForTheLeader(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return db.Whistles.Where(Sight.Whistles(by))
            .SelectMany(whistle => whistle.Requests, (whistle, request) => new { whistle, request })
            .Where(row => row.request.AddressedTo == district && row.request.Decision == Decision.Waiting)
            .OrderBy(row => row.request.AskedAt)
            .Select(row => new WaitingItem(row.whistle.Number, row.whistle.Title, $"/whistles/{row.whistle.Id}", null, row.request.AskedBy, row.whistle.Kind == WhistleKind.Emergency));
    }

    private static IQueryable<WaitingItem> Duties(PortalDbContext db, Actor by, DutyJudge judge)
    {
        var district = by.Unit.District;
        return db.Duties.Where(duty => duty.District == district && duty.WaitsFor == judge)
            .OrderBy(duty => duty.ChangedAt)
            .Select(duty => new WaitingItem(duty.Area, duty.Matter, judge == DutyJudge.Leader ? "/inbox" : $"/duties/{duty.Id}", null, duty.ProposedBy, false));
    }

    private static IQueryable<WaitingItem> Proposals(PortalDbContext db, Actor by)
    {
        var district = by.Unit.District;
        return db.Foreseen.Where(problem => problem.District == district && problem.State == ForeseenState.Proposed)
            .OrderBy(problem => problem.ChangedAt)
            .Select(problem => new WaitingItem(problem.Category, problem.Title, $"/foreseen/{problem.Id}", null, problem.ProposedBy, false));
    }

    // From a week before it is due until its season is over; the year is a ring, so what is over may begin again in the same list.
    private IQueryable<WaitingItem> Preparing(PortalDbContext db, Actor by)
    {
        var (unit, today) = (by.Unit.Answering, WorkCalendar.DateAt(time.GetUtcNow()));
        var (day, midnight) = (Season.DayOf(today), WorkCalendar.Midnight(today));
        return db.Set<ForeseenStep>().Where(step => step.Unit == unit && step.IsInForce && (step.FinishedUntil == null || step.FinishedUntil < today)
                && ((step.WarnDay <= step.EndDay && step.WarnDay <= day && step.EndDay >= day) || (step.WarnDay > step.EndDay && (step.WarnDay <= day || step.EndDay >= day))))
            .Join(db.Foreseen, step => step.ProblemId, problem => problem.Id, (step, problem) => new { step, problem.Title, Left = (step.DueDay - day - ForeseenStep.WarnDays - 1 + (2 * Season.Year)) % Season.Year })
            .OrderBy(row => row.Left)
            .Select(row => new WaitingItem(row.Title, row.step.Text, $"/foreseen/{row.step.ProblemId}", midnight.AddDays(row.Left + ForeseenStep.WarnDays + 2 - Season.Year), null, false));
    }

    // The same for whoever helps and has nothing to prepare, until the season has begun.
    private IQueryable<WaitingItem> Expecting(PortalDbContext db, Actor by)
    {
        var (unit, today) = (by.Unit.Answering, WorkCalendar.DateAt(time.GetUtcNow()));
        var (day, midnight) = (Season.DayOf(today), WorkCalendar.Midnight(today));
        return db.Set<StandBy>().Where(known => known.Unit == unit && known.IsInForce
                && ((known.WarnDay <= known.BeginDay && known.WarnDay <= day && known.BeginDay >= day) || (known.WarnDay > known.BeginDay && (known.WarnDay <= day || known.BeginDay >= day))))
            .Join(db.Foreseen, known => known.ProblemId, problem => problem.Id, (known, problem) => new { problem.Id, problem.Title, problem.Category, problem.Lead, Left = (known.BeginDay - day + Season.Year) % Season.Year })
            .OrderBy(row => row.Left)
            .Select(row => new WaitingItem(row.Category, row.Title, $"/foreseen/{row.Id}", midnight.AddDays(row.Left), row.Lead, false));
    }

    private static IEnumerable<(string, IQueryable<WaitingItem>)> Summoned(PortalDbContext db, Actor by) =>
    [
        ("哨声：请响应", Summons(db, by, UnitState.Awaiting)),
        ("请报到", Summons(db, by, UnitState.Responded)),
        ("请提出措施", Summons(db, by, UnitState.ReportedIn)),
        ("请确认纪要", Units(db, by).Where(row => row.Whistle.MinutesEdition > 0 && row.Unit.Minutes == MinutesAnswer.Waiting && row.Unit.State != UnitState.Released)
            .OrderBy(row => row.Whistle.MinutesAt).Select(row => new WaitingItem(row.Whistle.Number, row.Whistle.Title, $"/whistles/{row.Whistle.Id}", null, row.Whistle.Whistler, false))),
        Rating(db, by),
    ];

    // 双向评价: until the time is over, even if the whistle has ended.
    private static (string, IQueryable<WaitingItem>) Rating(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return ("请评价吹哨", db.Whistles.SelectMany(whistle => whistle.Units, (whistle, summoned) => new UnitRow { Whistle = whistle, Unit = summoned })
            .Where(row => row.Unit.Unit == unit && row.Unit.RateBy != null)
            .OrderBy(row => row.Unit.RateBy)
            .Select(row => new WaitingItem(row.Whistle.Number, row.Whistle.Title, $"/whistles/{row.Whistle.Id}?do=assess-whistle", row.Unit.RateBy, row.Whistle.Whistler, false)));
    }

    private static IQueryable<WaitingItem> Summons(PortalDbContext db, Actor by, UnitState state) => Units(db, by)
        .Where(row => row.Unit.State == state)
        .OrderBy(row => state == UnitState.Awaiting ? row.Unit.RespondBy : row.Unit.ArriveBy)
        .Select(row => new WaitingItem(
            row.Whistle.Number, row.Whistle.Title, $"/whistles/{row.Whistle.Id}",
            state == UnitState.Awaiting ? row.Unit.RespondBy : state == UnitState.Responded ? row.Unit.ArriveBy : null,
            row.Whistle.Whistler, row.Whistle.Kind == WhistleKind.Emergency || row.Unit.ResponseLapsedAt != null));

    private static IQueryable<UnitRow> Units(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Whistles.SelectMany(whistle => whistle.Units, (whistle, summoned) => new UnitRow { Whistle = whistle, Unit = summoned })
            .Where(row => row.Unit.Unit == unit
                && (row.Whistle.Stage == WhistleStage.Sounded || row.Whistle.Stage == WhistleStage.Conferring || row.Whistle.Stage == WhistleStage.Executing));
    }

    private static IQueryable<WaitingItem> Lapsed(PortalDbContext db, Actor by) =>
        db.Whistles.Where(Sight.Whistles(by)).Where(whistle => whistle.IsOpen)
            .SelectMany(whistle => whistle.Units, (whistle, unit) => new UnitRow { Whistle = whistle, Unit = unit })
            .Where(row => (row.Unit.State == UnitState.Awaiting && row.Unit.ResponseLapsedAt != null)
                || ((row.Unit.State == UnitState.Awaiting || row.Unit.State == UnitState.Responded || row.Unit.State == UnitState.Objected) && row.Unit.ArrivalLapsedAt != null))
            .OrderBy(row => row.Unit.RespondBy)
            .Select(row => new WaitingItem(row.Whistle.Number, row.Whistle.Title, $"/whistles/{row.Whistle.Id}", row.Unit.RespondBy, row.Unit.Unit, true));

    private static IQueryable<WaitingItem> Commitments(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        return db.Whistles.Where(whistle => whistle.IsOpen)
            .SelectMany(whistle => whistle.Resolutions, (whistle, resolution) => new { whistle, resolution })
            .Where(row => row.resolution.Unit == unit && (row.resolution.State == ResolutionState.Proposed || row.resolution.State == ResolutionState.Agreed))
            .OrderBy(row => row.resolution.DueAt)
            .Select(row => new WaitingItem(row.whistle.Number, row.resolution.Measure, $"/whistles/{row.whistle.Id}", row.resolution.DueAt, row.whistle.Whistler, false));
    }

    private static IEnumerable<(string, IQueryable<WaitingItem>)> Chairing(PortalDbContext db, Actor by)
    {
        var unit = by.Unit;
        var own = db.Whistles.Where(whistle => whistle.Whistler == unit && whistle.IsOpen);
        var live = own.Where(whistle => whistle.Stage == WhistleStage.Sounded || whistle.Stage == WhistleStage.Conferring || whistle.Stage == WhistleStage.Executing);
        return
        [
            ("退回的哨单和草稿", Items(own.Where(whistle => whistle.Stage == WhistleStage.Drafted))),
            ("职责异议待处理", Items(live.Where(whistle => whistle.Units.Any(summoned => summoned.State == UnitState.Objected)))),
            ("已反馈，待销项", Items(live.Where(whistle => whistle.Resolutions.Any(resolution => resolution.State == ResolutionState.FedBack)))),
            ("全部销项，待确认", Items(own.Where(whistle => whistle.Stage == WhistleStage.Executing
                && whistle.Units.All(summoned => summoned.State == UnitState.Settled || summoned.State == UnitState.Released || summoned.State == UnitState.Refused)))),
            ("待评价结哨", Items(own.Where(whistle => whistle.Stage == WhistleStage.Confirmed))),
        ];

        static IQueryable<WaitingItem> Items(IQueryable<Whistle> whistles) => whistles.OrderBy(whistle => whistle.DraftedAt)
            .Select(whistle => new WaitingItem(whistle.Number, whistle.Title, $"/whistles/{whistle.Id}", null, null, whistle.Kind == WhistleKind.Emergency));
    }

    private sealed class UnitRow
    {
        public required Whistle Whistle { get; init; }
        public required WhistleUnit Unit { get; init; }
    }
}
