using System.Net;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Tables at their desk: counted by the scheme of their period, published once, corrected by editions, and who may look.</summary>
public sealed class RankingDeskTests : IAsyncLifetime
{
    private static readonly Actor s_elsewhere = new("cy", "某某", new OrgPath("/11/110105/d.dcs/"), "区督查室", Role.Supervisor, Morning);
    private static readonly Period s_february = Period.Parse("2026-02");

    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RankingDesk Desk => _portal.Get<RankingDesk>();

    private RankingTables Tables => _portal.Get<RankingTables>();

    private SchemeHistory Schemes => _portal.Get<SchemeBook>().Of(District);

    public async ValueTask InitializeAsync()
    {
        await CountAsync(Mafang, new DateOnly(2026, 1, 19), 200, 198, 180, 170, 20, excluded: 2);
        await CountAsync(Binhe, new DateOnly(2026, 2, 18), 40, 36, 20, 18, 6);
        await CountAsync(Binhe, new DateOnly(2026, 2, 19), 1, 1, 1, 1, 0);        // the next period
        await CountAsync(Mafang, new DateOnly(2026, 1, 18), 3, 3, 2, 1, 1);       // the one before
        await CountAsync(Binhe, new DateOnly(2025, 2, 1), 10, 10, 10, 10, 0);     // last year
        await CountAsync(EnergyOffice, new DateOnly(2026, 2, 1), 12, 12, 12, 12, 0);
        await CountAsync(Huijing, new DateOnly(2026, 2, 1), 5, 5, 5, 5, 0, dimension: Dimension.Community);
        await CountAsync(Binhe, new DateOnly(2026, 2, 3), 10, 10, 10, 10, 0, excluded: 3, dimension: Dimension.CoUnit);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ATable_CountsItsOwnPeriodAndUnits_BesideTheOneBeforeAndLastYears()
    {
        var streets = await Tables.ReadAsync(District, RankingList.Streets, Schemes.SpanOf(s_february), Stop);
        Assert.Equal(18, streets.Rows.Count);
        Assert.Equal([("马坊镇", 1, 92.5m), ("滨河街道", 2, 57.4m)], streets.Rows.Take(2).Select(row => (row.Name, row.Rank!.Value, row.Rates!.Composite)));
        Assert.All(streets.Rows.Skip(2), row => Assert.Null(row.Rank));
        Assert.Equal((240L, 2L, 86.7m), (streets.Sum.Valid, streets.Sum.Excluded, streets.Rates!.Composite));
        Assert.Equal((new Standing(1, 68.7m), 23.8m, null), (streets.Rows[0].Before, streets.Rows[0].Change, streets.Rows[0].YearBefore));
        Assert.Equal((null, new Standing(1, 100.0m), -42.6m), (streets.Rows[1].Before, streets.Rows[1].YearBefore, streets.Rows[1].YearChange));

        Assert.Equal(["区城管委"], (await Tables.ReadAsync(District, RankingList.Departments, Schemes.SpanOf(s_february), Stop)).Rows.Where(row => row.Rank is not null).Select(row => row.Name));
        var communities = (await Tables.ReadAsync(District, RankingList.Communities, Schemes.SpanOf(s_february), Stop)).Rows;
        Assert.Equal((Huijing, 1, true), communities.Where(row => row.Rank is not null).Select(row => (row.Unit, row.Rank!.Value, row.IsSmall)).Single());
        Assert.Equal(243, (await Tables.ReadAsync(District, RankingList.Streets, Schemes.SpanOf(Period.Parse("2026Q1")), Stop)).Sum.Valid - 1);
    }

    /// <summary>By the default only the lead counts; a scheme that counts co-units serves from its own day on.</summary>
    [Fact]
    public async Task WhatAUnitHelpedWith_CountsByTheSchemeThatSaysSo_FromItsDayOn()
    {
        await CountAsync(Binhe, new DateOnly(2026, 5, 3), 10, 10, 10, 10, 0, dimension: Dimension.CoUnit);
        Assert.Null((await _portal.Get<SchemeDesk>().SetAsync(Schemes.Usual.Terms with { From = new DateOnly(2026, 4, 1), CoUnits = new(true, "区里通知") }, "一单多考", 0, Supervisor)).Refusal);

        var (february, may) = (Schemes.SpanOf(s_february), Schemes.SpanOf(Period.Parse("2026-05")));
        Assert.Equal(40, (await Tables.ReadAsync(District, RankingList.Streets, february, Stop)).Rows.Single(row => row.Unit == Binhe).Counts.Valid);
        Assert.Equal(10, (await Tables.ReadAsync(District, RankingList.Streets, may, Stop)).Rows.Single(row => row.Unit == Binhe).Counts.Valid);

        var both = february with { Scheme = may.Scheme };
        Assert.Equal(new RateCounts(50, 46, 30, 28, 6, 3), (await Tables.ReadAsync(District, RankingList.Streets, both, Stop)).Rows.Single(row => row.Unit == Binhe).Counts);
        Assert.Equal(new RateCounts(50, 46, 30, 28, 6, 3), await Tables.CountAsync(RankingList.Streets, both, Binhe, Stop));
        var books = _portal.Get<SchemeBook>();
        Assert.False(books.CountsCoUnits(District, new DateTimeOffset(2026, 4, 18, 15, 59, 0, TimeSpan.Zero)));
        Assert.True(books.CountsCoUnits(District, new DateTimeOffset(2026, 4, 18, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal([Mafang], books.CountedFor(Helped(Morning.AddDays(9))));
        Assert.Equal([Mafang, EnergyOffice], books.CountedFor(Helped(Morning.AddDays(60))));
        Assert.Equal([Mafang], books.CountedFor(Helped(Morning.AddDays(60), Nature.Report)));
        Assert.Empty(books.CountedFor(AnsweredCase()));
    }

    private static CaseFile Helped(DateTimeOffset calledAt, Nature nature = Nature.Complaint)
    {
        var at = calledAt.AddDays(-8);
        return CaseFile.Register(Guid.CreateVersion7(), "117-20260302-HELPED", Order with { Nature = nature }, Dispatcher, at).File!
            .Do(file => file.Dispatch(new DispatchOrder(Mafang, [EnergyOffice], at.AddDays(7), "7日"), Rules.Calendar, Dispatcher, at))
            .Do(file => file.Accept(Street, at)).Do(file => file.Contact(true, "已联系。", Street, at)).Do(file => file.Progress("已约谈物业。", null, Street, at))
            .Do(file => file.Submit("已通电。", null, Street, at)).Do(file => file.Answer("已通电。", StreetHead, at)).Do(file => file.CallBack(No, Dispatcher, calledAt));
    }

    [Fact]
    public async Task WhatIsPublished_Stays_AndACorrectionIsAnotherEdition_WithItsDifference()
    {
        var (id, outcome) = await Desk.PublishAsync(RankingList.Streets, s_february, Supervisor);
        Assert.Null(outcome.Refusal);
        Assert.Equal("ranking.published", (await Desk.PublishAsync(RankingList.Streets, s_february, DistrictLeader)).Outcome.Refusal?.Code);
        Assert.Equal("ranking.same", (await Desk.CorrectAsync(id, "没有变化", Supervisor)).Refusal?.Code);

        // One case is left out by a review, and the scheme is another from next month on.
        await CountAsync(Binhe, new DateOnly(2026, 2, 18), -1, -1, 0, 0, 0, excluded: 1);
        Assert.Null((await SetAsync(0, new DateOnly(2026, 4, 1))).Refusal);
        Assert.Equal(40, (await FindAsync(id)).Rows.Single(row => row.Unit == Binhe).Counts.Valid);

        Assert.Null((await Desk.CorrectAsync(id, "一件不合理诉求已认定", DistrictLeader)).Refusal);
        var corrected = await FindAsync(id);
        Assert.Equal((2, 39L, 0), (corrected.Edition, corrected.Rows.Single(row => row.Unit == Binhe).Counts.Valid, corrected.Scheme.Version));
        var editions = RankingEdition.Of(await _portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop));
        Assert.Equal([(1, 40L), (2, 39L)], editions.Select(edition => (edition.No, edition.Rows.Single(row => row.Unit == Binhe).Counts.Valid)));
        Assert.Equal(Binhe, Assert.Single(editions[1].Rows.DifferencesFrom(editions[0].Rows)).Unit);

        // What the next period is compared with is what was published.
        Assert.Null((await Desk.WithdrawAsync(id, "重新核对", Supervisor)).Refusal);
        Assert.Equal((2, "重新核对"), ((await FindAsync(id)).Edition, (await FindAsync(id)).WithdrawnFor));
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheUnitsInTheTable_AreTold_AndNobodyElse()
    {
        var (id, _) = await Desk.PublishAsync(RankingList.Streets, s_february, Supervisor);

        await using var db = await _portal.OpenDatabaseAsync();
        var told = await db.Notices.Where(notice => notice.Stream == id).ToListAsync(Stop);
        Assert.Equal([Street.UserId, StreetHead.UserId, OtherStreet.UserId], told.Select(notice => notice.UserId).Distinct().OrderBy(user => Array.IndexOf([Street.UserId, StreetHead.UserId, OtherStreet.UserId], user)));
        Assert.All(told, notice => Assert.Equal((NoticeKind.RankingPublished, $"/rankings/{id}", "街乡镇2026年2月", false), (notice.Kind, notice.Link, notice.Number, notice.StaysInside)));
    }

    [Fact]
    public async Task OnlyLeadersAndSupervisors_Publish_AndNothingThatRuns()
    {
        foreach (var actor in Cast.Where(actor => actor.Role is not (Role.DistrictLeader or Role.Supervisor)))
        {
            Assert.Equal("ranking.role", (await Desk.PublishAsync(RankingList.Streets, s_february, actor)).Outcome.Refusal?.Code);
        }

        Assert.Equal("ranking.running", (await Desk.PublishAsync(RankingList.Streets, s_february.Next, Supervisor)).Outcome.Refusal?.Code);
        Assert.Equal("ranking.empty", (await Desk.PublishAsync(RankingList.Enterprises, s_february, Supervisor)).Outcome.Refusal?.Code);
        var (id, _) = await Desk.PublishAsync(RankingList.Streets, s_february, Supervisor);
        Assert.Equal("ranking.role", (await Desk.CorrectAsync(id, "改", Street)).Refusal?.Code);
        Assert.Equal("ranking.role", (await Desk.WithdrawAsync(id, "撤", Dispatcher)).Refusal?.Code);
        Assert.Equal("unknown", (await Desk.WithdrawAsync(id, "撤", s_elsewhere)).Refusal?.Code);
        Assert.Equal("unknown", (await Desk.CorrectAsync(Guid.NewGuid(), "撤", Supervisor)).Refusal?.Code);
    }

    [Theory]
    [InlineData("dispatch", "/rankings/table.xlsx?list=Streets&at=2026-02", HttpStatusCode.OK), InlineData("mafang", "/rankings/table.xlsx?list=Streets&at=2026-02", HttpStatusCode.NotFound)]
    [InlineData("leader", "/rankings/table.xlsx?list=9&at=2026-02", HttpStatusCode.NotFound), InlineData("admin", "/rankings", HttpStatusCode.NotFound), InlineData("archive", "/rankings", HttpStatusCode.OK)]
    [InlineData("mafang", "/rankings/{0}", HttpStatusCode.OK), InlineData("cgw", "/rankings/{0}/table.xlsx", HttpStatusCode.OK), InlineData("mafang", "/rankings/{0}/table.xlsx?edition=2", HttpStatusCode.NotFound)]
    [InlineData("admin", "/rankings/{0}", HttpStatusCode.NotFound), InlineData("mafang", "/rankings/aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa", HttpStatusCode.NotFound), InlineData("mafang", "/schemes", HttpStatusCode.OK)]
    public async Task WhoMaySeeIt_SeesIt_AndForTheOthersItIsNotThere(string user, string path, HttpStatusCode expected)
    {
        var (id, _) = await Desk.PublishAsync(RankingList.Streets, s_february, Supervisor);

        var response = await _portal.CreateClientFor(Cast.Single(actor => actor.UserId == user)).GetAsync(new Uri(string.Format(null, path, id), UriKind.Relative), Stop);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task AUnit_SeesItsOwnLineBeforeItIsPublished_AndNoOther()
    {
        var page = await _portal.CreateClientFor(Street).GetStringAsync(new Uri("/rankings?list=Streets&at=2026-02", UriKind.Relative), Stop);
        Assert.Contains("data-unit=\"/11/110117/110117005/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-unit=\"/11/110117/110117001/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("57.4", page, StringComparison.Ordinal);

        await Desk.PublishAsync(RankingList.Streets, s_february, Supervisor);
        page = await _portal.CreateClientFor(Street).GetStringAsync(new Uri("/rankings?list=Streets&at=2026-02", UriKind.Relative), Stop);
        Assert.Contains("57.4", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScheme_IsSetOnceAtATime_ServesTheNextPeriod_AndOutlivesTheServer()
    {
        Assert.Null((await SetAsync(0, new DateOnly(2026, 4, 1))).Refusal);
        Assert.Equal("changed", (await SetAsync(0, new DateOnly(2026, 5, 1))).Refusal?.Code);
        Assert.Equal("scheme.role", (await SetAsync(1, new DateOnly(2026, 5, 1), Dispatcher)).Refusal?.Code);
        Assert.Null((await SetAsync(1, new DateOnly(2026, 5, 1), DistrictLeader)).Refusal);

        Assert.Equal([0, 0, 1, 2], new[] { "2026-03", "2026-04", "2026-05", "2026-06" }.Select(key => Schemes.SpanOf(Period.Parse(key)).Scheme.Version));
        var anew = new SchemeBook(_portal.Get<IDbContextFactory<Web.Data.PortalDbContext>>(), Schemes.Usual.Terms);
        await anew.LoadAsync(Stop);
        Assert.Equal(Schemes.Own.Select(version => (version.Version, version.Terms.From)), anew.Of(District).Own.Select(version => (version.Version, version.Terms.From)));
        Assert.Empty(anew.Of(s_elsewhere.Unit.District).Own);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    private Task<JieSuJiBan.Domain.Outcome> SetAsync(int seen, DateOnly from, Actor? by = null) =>
        _portal.Get<SchemeDesk>().SetAsync(Schemes.Usual.Terms with { Name = "自然月", From = from, FirstDay = new(1, "区里通知") }, "区里通知", seen, by ?? Supervisor);

    private async Task<PublishedRanking> FindAsync(Guid id) => (await Desk.FindAsync(id, Supervisor, Stop))!;

    private async Task CountAsync(OrgPath unit, DateOnly day, long valid, long contacted, long solved, long satisfied, long basically, long excluded = 0, Dimension dimension = Dimension.Unit)
    {
        await using var db = await _portal.OpenDatabaseAsync();
        var change = new FigureChange { District = unit.District, Dimension = dimension, Subject = unit.Value, Day = day };
        change.Add(new Tally
        {
            [Measure.Valid] = valid,
            [Measure.FirstContacted] = contacted,
            [Measure.FirstSolved] = solved,
            [Measure.FirstSatisfied] = satisfied,
            [Measure.FirstBasically] = basically,
            [Measure.Excluded] = excluded,
        });
        db.Add(change);
        await db.SaveChangesAsync(Stop);
    }
}
