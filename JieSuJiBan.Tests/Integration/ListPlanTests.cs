using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Firms;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Reviews;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>With a million cases a list must not read them all: SQLite is asked how it means to answer each question.</summary>
public sealed class ListPlanTests(ListPlanTests.ExplainingPortal portal) : IClassFixture<ListPlanTests.ExplainingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Everybody => [.. Cast.Where(actor => actor.Role != Role.Administrator).Select(actor => actor.UserId)];

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task ListsAndHome_AreAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        await portal.AnswerFindAsync();
        var cases = portal.Get<CaseList>();
        portal.Scans.Clear();  // what the portal asks once, when it starts, is no list
        foreach (var scope in new[] { CaseFilter.Open, CaseFilter.Overdue, CaseFilter.Mine, CaseFilter.All, CaseFilter.Proactive, CaseFilter.ProactiveAll })
        {
            await cases.ReadAsync(actor, new CaseFilter(Scope: scope, Sort: CaseFilter.ByDue), Stop);
            await cases.ReadAsync(actor, new CaseFilter(Scope: scope, Sort: CaseFilter.ByNewest), Stop);
            await cases.ReadAsync(actor, new CaseFilter(Scope: scope, Status: CaseStatus.Whistled, Street: Mafang.Value), Stop);
            await cases.ReadAsync(actor, new CaseFilter("充电", Scope: scope), Stop);
        }

        await cases.CountPoolAsync(actor, Stop);
        await portal.Get<ReportedList>().ReadAsync(actor, isOnlyOwn: true, 1, Stop);
        await portal.Get<ReportedList>().ReadAsync(actor, isOnlyOwn: false, 1, Stop);
        await portal.Get<Waiting>().ReadAsync(actor, Stop);

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    public static TheoryData<string> Handlers => [.. Cast.Where(actor => actor.Role.HandlesCases()).Select(actor => actor.UserId)];

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task OrdersAndTheLedger_AreAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        var orders = portal.Get<SupervisionList>();
        await orders.ReadAsync(actor, new SupervisionFilter(), Stop);
        portal.Scans.Clear();

        foreach (var scope in new[] { SupervisionFilter.Open, SupervisionFilter.Late, SupervisionFilter.All })
        {
            await orders.ReadAsync(actor, new SupervisionFilter(scope), Stop);
            await orders.ReadAsync(actor, new SupervisionFilter(scope, SupervisionState.Answered, SupervisionKind.Supervise, Mafang.Value), Stop);
            await orders.ReadAsync(actor, new SupervisionFilter(scope, Search: "充电"), Stop);
        }

        await orders.OfAsync(Guid.NewGuid(), actor, Stop);
        foreach (var book in Enum.GetValues<LedgerBook>())
        {
            await portal.Get<LedgerList>().ReadAsync(actor, new LedgerFilter(book), Stop);
            await portal.Get<LedgerList>().ReadAsync(actor, new LedgerFilter(book, IsOnlyWithoutLeader: true), Stop);
        }

        await portal.Get<PortalClock>().TickAsync(Stop);
        await portal.Get<ContestList>().ReadAsync(actor, new ContestFilter(), Stop);
        await portal.Get<ContestList>().ReadAsync(actor, new ContestFilter(ContestState.Examined, ContestKind.Result), Stop);
        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Fact]
    public async Task TheCallbackDesk_AndItsRound_AreAnsweredByAnIndex()
    {
        portal.Scans.Clear();

        await portal.Get<CallList>().ReadAsync(Dispatcher, Stop);
        await portal.Get<CallList>().AnswerAsync(Guid.NewGuid(), Stop);
        await portal.Get<CallbackRound>().AskDueAsync(Stop);
        await portal.Get<CallbackRound>().SendDueAsync(Stop);
        await portal.Get<CallbackPlanDesk>().VersionsAsync(District, Stop);

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task AMonthByFirms_AndTheirCases_AreAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        var month = Month.Of(portal.Clock.GetUtcNow());
        await portal.Get<FirmMonths>().ReadAsync(District, month, Stop);
        portal.Scans.Clear();
        portal.Steps.Clear();

        await portal.Get<FirmMonths>().ReadAsync(District, month, Stop);
        Assert.Equal(2, portal.Steps.Count(step => step.Contains("USING COVERING INDEX IX_Cases_Subjects (", StringComparison.Ordinal)));  // the month and the one before
        foreach (var figure in Enum.GetValues<FirmFigure>())
        {
            await portal.Get<FirmMonths>().CasesAsync(actor, "安居物业", month, figure, 1, Stop);
        }

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task AMonthOfMutualAssessment_AndTheWhistlesBehindIt_AreAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        var month = Month.Of(portal.Clock.GetUtcNow());
        await portal.Get<MutualReport>().ReadAsync(actor, month, UnitKind.Department, 1, Stop);
        portal.Scans.Clear();

        await portal.Get<MutualReport>().ReadAsync(actor, month, UnitKind.Department, 1, Stop);
        foreach (var figure in Enum.GetValues<MutualFigure>())
        {
            await portal.Get<MutualList>().ReadAsync(actor, EnergyOffice, month, figure, 1, Stop);
        }

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Fact]
    public async Task TheDispatchersDesk_AndItsRecord_AreAnsweredByAnIndex()
    {
        var id = await portal.RegisterAsync(Garage with { SafetyWord = "燃气" });
        var file = await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop);
        portal.Scans.Clear();

        await portal.Get<Undispatched>().ReadAsync(Dispatcher, Stop);
        await portal.Get<Undispatched>().ProposalAsync(id, Stop);
        await portal.Get<Repeats>().FindAsync(file!, Dispatcher, Stop);
        await portal.Get<Gazetteer>().FindAsync(District, "安宁家园3号楼", Stop);
        await portal.Get<DispatchRecord>().ReadAsync(Dispatcher, 30, Stop);
        await portal.Get<DispatchRecord>().WrongAsync(Dispatcher, 30, 1, Stop);
        foreach (var state in Enum.GetValues<CrowdState>())
        {
            await portal.Get<CrowdList>().ReadAsync(Dispatcher, state, 1, Stop);
            await portal.Get<CrowdList>().ReadAsync(Street, state, 1, Stop);
        }

        await portal.Get<CrowdList>().CasesAsync(id, Dispatcher, 1, Stop);
        await portal.Get<CrowdList>().UnitsAsync(id, 5, Stop);
        await portal.Get<DutyDesk>().ReadWaitingAsync(DistrictLeader, Stop);
        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Theory]
    [InlineData("leader"), InlineData("mafang-lead"), InlineData("cgw-head")]
    public async Task ALeadersInbox_IsAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        var id = await portal.StartAsync();
        var whistle = await portal.ConferAsync(id);
        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.AskLeader(RequestKind.Extension, "要公示。", file.DueAt!.Value.AddDays(3), "已说明。", Rules, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.AskLeader(RequestKind.Escalation, "请定。", null, null, Rules, Street, portal.Clock.GetUtcNow()));
        portal.Scans.Clear();

        await portal.Get<Web.Home.Inbox>().ReadAsync(actor, Stop);
        await portal.Get<UnitRecords>().ReadAsync([Mafang, EnergyOffice], Stop);
        await portal.Get<DelegationDesk>().ListAsync(actor, Stop);

        Assert.Empty(portal.Scans);
    }

    [Fact]
    public async Task TheCalendarOfForeseenProblems_IsAnsweredByAnIndex()
    {
        var (id, _) = await portal.Get<ForeseenDesk>().ProposeAsync(Cold, null, Dispatcher);
        portal.Scans.Clear();

        await portal.Get<ForeseenDesk>().FindAsync(id, Street, Stop);
        foreach (var unit in new OrgPath?[] { null, EnergyOffice })
        {
            await portal.Get<ForeseenList>().BetweenAsync(Street, new(2026, 11, 1), new(2026, 11, 30), unit, Stop);
            await portal.Get<ForeseenList>().BetweenAsync(Street, new(2026, 12, 28), new(2027, 1, 31), unit, Stop);
            await portal.Get<ForeseenList>().PageAsync(Street, new ForeseenFilter("供热", unit), Stop);
        }

        await portal.Get<ForeseenList>().ListedAsync(District, [Cold.Title], Stop);
        await portal.Get<ForeseenDesk>().ReviseAsync(id, Cold with { Why = "改过的说法" }, "改", Dispatcher);
        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Fact]
    public async Task AReview_IsCountedByIndexes()
    {
        await portal.RegisterAsync();
        foreach (var keeper in new[] { Dispatcher, Street })
        {
            var (id, _) = await portal.Get<ReviewDesk>().OpenAsync(Rhythm.Weekly, keeper);
            var review = (await portal.Get<ReviewDesk>().FindAsync(id, keeper, Stop))!;
            portal.Scans.Clear();
            portal.Steps.Clear();

            await portal.Get<ReviewFigures>().ReadAsync(review, portal.Clock.GetUtcNow(), keeper, Stop);
            foreach (var kind in Enum.GetValues<FigureKind>())
            {
                await portal.Get<ReviewFigures>().ListAsync(review, kind, keeper, 1, Stop);
            }

            Assert.DoesNotContain(portal.Steps, step => step.EndsWith("(District=?)", StringComparison.Ordinal));  // as good as a scan
            await portal.Get<ReviewDesk>().OpenAsync(Rhythm.Weekly, keeper);
            await portal.Get<ReviewList>().ReadAsync(keeper, review.Unit, Rhythm.Weekly, 1, Stop);
            await portal.Get<ReviewList>().ReadAsync(keeper, review.Unit, null, 1, Stop);
            await portal.Get<ReviewList>().OpenTasksAsync(review, keeper, Stop);
            await portal.Get<ReviewList>().BeforeAsync(review, Stop);
            await portal.Get<ReviewList>().TasksAsync(review, Stop);
            Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
        }
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task PublishedRankings_AndTheCasesBehindThem_AreAnsweredByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        await portal.RegisterAsync();
        portal.Scans.Clear();

        await portal.Get<PublishedList>().ReadAsync(actor, 1, Stop);
        var span = portal.Get<SchemeBook>().Of(District).SpanOf(Period.Parse("2026"));
        foreach (var of in Enum.GetValues<CountedCases>())
        {
            await portal.Get<RankingCases>().ReadAsync(new(RankingList.Streets, span, actor.Unit.Kind == UnitKind.Street ? actor.Unit : Mafang, of), actor, 1, Stop);
            await portal.Get<RankingCases>().ReadAsync(new(RankingList.Communities, span, Huijing, of), actor, 1, Stop);
        }

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
        var both = span with { Scheme = new(1, span.Scheme.Terms with { CoUnits = new(true, "区里通知") }) };
        foreach (var of in Enum.GetValues<CountedCases>())
        {
            portal.Steps.Clear();
            var (list, unit) = actor.Unit.Kind switch { UnitKind.Street => (RankingList.Streets, actor.Unit), UnitKind.Department => (RankingList.Departments, actor.Unit), _ => (RankingList.Streets, Mafang) };
            if (await portal.Get<RankingCases>().ReadAsync(new(list, both, unit, of), actor, 1, Stop) is not null)
            {
                Assert.Contains(portal.Steps, step => step.Contains("USING COVERING INDEX IX_Cases_BehindAUnitsRates (CountedUnit=? AND CalledBackAt>? AND CalledBackAt<?)", StringComparison.Ordinal));
                Assert.Contains(portal.Steps, step => step.Contains("USING COVERING INDEX IX_Cases_BehindCoUnitsRates (District=? AND CalledBackAt>? AND CalledBackAt<?)", StringComparison.Ordinal));
            }
        }

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Theory]
    [InlineData("dispatch")]
    [InlineData("mafang")]
    public async Task Insight_OpensItsCases_ByAnIndex(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        await portal.RegisterAsync();
        var span = InsightSpan.Of(null, portal.Clock.GetUtcNow());
        portal.Scans.Clear();

        foreach (var measure in Tally.Measures)
        {
            await portal.Get<FigureCases>().ReadAsync(actor, new FigureQuestion(District, measure, span.Month, span.Until), Stop);
            await portal.Get<FigureCases>().ReadAsync(actor, new FigureQuestion(District, measure, span.Month, span.Until, null, Garage.Category), Stop);
            portal.Steps.Clear();
            await portal.Get<FigureCases>().ReadAsync(actor, new FigureQuestion(District, measure, span.Month, span.Until, Mafang, Garage.Category), Stop);
            Assert.Equal(2, portal.Steps.Count(step => step.Contains("InStreet (District=? AND Street=? AND", StringComparison.Ordinal)));
        }

        await portal.Get<ObjectionBook>().ReadAsync(InsightScope.Of(actor), span, Stop);
        await portal.Get<RepeatDesk>().ReadAsync(actor, 1, Stop);
        await portal.Get<RepeatDesk>().ReadingsAsync(actor, Stop);
        await portal.Get<AnalysisDesk>().FindAsync(span.Month, actor, Stop);
        if (actor.Role.OverseesDistrict())
        {
            portal.Steps.Clear();
            await portal.Get<ScreenBook>().ReadAsync(actor, Stop);
            Assert.Contains(portal.Steps, step => step.Contains("USING COVERING INDEX IX_Cases_Open (", StringComparison.Ordinal));  // the lamps
        }

        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Theory]
    [InlineData("leader"), InlineData("gd"), InlineData("mafang")]
    public async Task AMonthOfEnterprises_AndTheCasesBehindIt_AreAnsweredByIndexesOfTheirOwn(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);
        await portal.RegisterAsync(Garage with { Channel = Channel.Enterprise });
        var period = Period.Parse("2026-03");
        await portal.Get<EnterpriseBook>().ReadAsync(period, actor, Stop);
        portal.Scans.Clear();
        portal.Steps.Clear();

        var month = await portal.Get<EnterpriseBook>().ReadAsync(period, actor, Stop);
        var read = portal.Steps.Where(step => Regex.IsMatch(step, @"IX_Cases_(Raised|Dispatched|Answered|CalledBack|Closed|Open|Enterprises\w+|District_\w+)\b")).ToList();  // others work beside it
        foreach (var figure in Enum.GetValues<EnterpriseFigure>())
        {
            foreach (var (unit, place) in new (OrgPath?, OrgPath?)[] { (null, null), (actor.Unit, null), (null, Mafang) })
            {
                await portal.Get<EnterpriseCases>().ReadAsync(new(figure, month.Now.From, month.Now.Until, CountedResult.First, unit, place), actor, 1, Stop);
            }
        }

        await portal.Get<EnterpriseReportList>().ReadAsync(actor, 1, Stop);
        await portal.Get<EnterpriseReportDesk>().FindAsync(period, actor, Stop);
        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
        Assert.NotEmpty(read);
        const string Counted = "SEARCH Cases USING INDEX IX_Cases_EnterprisesCounted (District=? AND RaisedAt>? AND RaisedAt<?)";
        Assert.Equal(14, read.Count(step => step == Counted));  // the months and last year's; what the filter says is not looked up
        Assert.All(read.Where(step => step != Counted), step => Assert.Contains("COVERING INDEX IX_Cases_Enterprises", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhetherACaseIsOpen_IsLookedUpInAnIndex()
    {
        await portal.RegisterAsync();
        portal.Steps.Clear();

        await portal.Get<CaseList>().ReadAsync(Dispatcher, new CaseFilter(Scope: CaseFilter.Overdue), Stop);

        Assert.NotEmpty(portal.Steps);
        Assert.All(portal.Steps.Where(step => step.StartsWith("SEARCH c ", StringComparison.Ordinal) && step.Contains("(District=?", StringComparison.Ordinal)), step => Assert.Contains("District=? AND IsOpen=? AND DueAt<?", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALog_IsReadByItsKey()
    {
        await portal.RegisterAsync();  // so that it has started
        portal.Scans.Clear();

        await portal.Get<LogBook>().ReadAfterAsync(Guid.NewGuid(), 0, cancellationToken: Stop);
        await portal.Get<LogBook>().ReadBeforeAsync(Guid.NewGuid(), int.MaxValue, cancellationToken: Stop);
        await portal.Get<CaseDesk>().FindAsync(Guid.NewGuid(), Street, Stop);
        await portal.Get<WhistleDesk>().FindAsync(Guid.NewGuid(), Street, Stop);

        Assert.Empty(portal.Scans);
    }

    [Fact]
    public async Task WhatAnotherSystemSent_IsFoundByItsKey()
    {
        var caller = await Open311Caller.OfAsync(portal);
        portal.Scans.Clear();

        foreach (var query in new[] { "", "?status=open&page=2&page_size=10", "?start_date=2026-03-01T00:00:00Z", "?service_request_id=117-20260302-0001,117-20260302-0002" })
        {
            await caller.GetAsync("requests", query);
        }

        await caller.GetAsync("tokens/none", expected: System.Net.HttpStatusCode.NotFound);
        Assert.Empty(portal.Scans);
    }

    [Fact]
    public async Task Notices_AreFoundByAnIndex()
    {
        await portal.DispatchAsync();
        var desk = portal.Get<NoticeDesk>();
        portal.Scans.Clear();

        await desk.ListAsync(Street, null, 2, Stop);
        await desk.ListAsync(Street, Guid.NewGuid(), 1, Stop);
        await desk.CountUnseenAsync(Street, Stop);
        await desk.SeeAsync(null, Street);
        await portal.Get<NoticePlanner>().PlanAsync(Stop);
        await portal.Get<NoticePlanner>().EscalateAsync(Stop);
        await portal.Get<NoticeSender>().SendDueAsync(Stop);
        await portal.Get<NoticeSender>().SweepAsync(Stop);
        Assert.True(portal.Scans.IsEmpty, string.Join("\n", portal.Scans));
    }

    [Fact]
    public async Task AnImportsRows_AreReadByTheirKey()
    {
        var run = await portal.ImportAsync(Books.Xlsx(HotlineSheet.Of(HotlineSheet.Order("PLAN1"), HotlineSheet.Order("PLAN2"))));
        var desk = portal.Get<ImportDesk>();
        portal.Scans.Clear();

        await desk.ListAsync(Dispatcher, 2, Stop);
        foreach (var result in new ImportResult?[] { null, ImportResult.Refused })
        {
            await desk.RowsAsync(run.Id, result, 1, 50, Dispatcher, Stop);
            await desk.RowsBeforeAsync(run.Id, result, 1, 50, Dispatcher, Stop);
        }

        await portal.ImportAsync(Books.Xlsx(HotlineSheet.Of(HotlineSheet.Order("PLAN1", text: "另一种说法"), HotlineSheet.Order("PLAN3"))));
        await portal.Get<ImportLine>().SweepAsync(Stop);
        Assert.Empty(portal.Scans);
    }

    public sealed class ExplainingPortal : PortalFixture
    {
        // What is asked once, at the start, belongs to no test, whichever comes first.
        public ExplainingPortal() => Get<TimeProvider>();

        /// <summary>Steps that read a whole table or index, with the question they belong to.</summary>
        public ConcurrentBag<string> Scans { get; } = [];

        /// <summary>All steps, as SQLite names them.</summary>
        public ConcurrentBag<string> Steps { get; } = [];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(new Explainer(Scans, Steps))));
        }
    }

    private sealed class Explainer(ConcurrentBag<string> scans, ConcurrentBag<string> steps) : DbCommandInterceptor
    {
        private static readonly string[] s_large = ["Cases", "CaseParties", "Log", "WhistleUnits", "Resolutions", "Duties", "ImportRuns", "ImportRows", "ImportMappings", "Triage", "Crowds", "Petitioners", "WebhookDeliveries", "Lessons", "Notices", "NoticeSends", "Foreseen", "ForeseenSteps", "ForeseenStandBys", "Reviews", "ReviewDecisions", "DispatchObjections", "SupervisionOrders", "SupervisionParties", "OrderWords", "Whistles", "CaseRequests", "LeaderRequests", "Delegations", "RepeatCallers", "RepeatReadings", "Analyses", "Rankings", "EnterpriseReports"];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                Explain(command);
            }

            return ValueTask.FromResult(result);
        }

        private void Explain(DbCommand command)
        {
            var plan = QueryPlan.Of(command);
            foreach (var step in plan)
            {
                steps.Add(step);
                if (step.StartsWith("SCAN ", StringComparison.Ordinal) && s_large.Any(table => command.CommandText.Contains($"\"{table}\" AS \"{step.Split(' ')[1]}\"", StringComparison.Ordinal)))
                {
                    scans.Add($"{step}: {command.CommandText}");
                }

                // A whole district is as much as a table: if all of it must be seen before the first row is known, or if few of it are meant.
                if (step.Contains(" INDEX IX_Cases_", StringComparison.Ordinal) && step.EndsWith("(District=?)", StringComparison.Ordinal)
                    && (plan.Contains("USE TEMP B-TREE FOR ORDER BY") || command.CommandText.Contains("\"HasOpenObjection\" = 1", StringComparison.Ordinal)))
                {
                    scans.Add($"{step}: {command.CommandText}");
                }
            }
        }
    }
}
