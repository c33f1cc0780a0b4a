using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Finding an order by what stands in it, and by nothing that one may not see.</summary>
public sealed class OrderSearchTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Actor s_otherDistrict = Dispatcher with { Unit = new OrgPath("/11/110105/d.zhzx/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SupervisionDesk Desk => portal.Get<SupervisionDesk>();

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task AnOrder_IsFoundByItsNumber_ItsTitle_AndItsCase()
    {
        var id = await IssueAsync("路灯不亮请更换");
        var order = (await Desk.FindAsync(id, Supervisor, Stop))!;

        foreach (var search in new[] { order.Number, order.Number[1..], order.SubjectNumber!, "路灯", "不亮", "更", "路灯不亮请更换", "  路灯  更换 " })
        {
            Assert.Contains(id, await FindAsync(Supervisor, search));
        }

        Assert.Equal([id], await FindAsync(Supervisor, $"{order.Number} 路灯"));
    }

    [Theory]
    [InlineData("月"), InlineData("月球"), InlineData("井亮"), InlineData("井盖 月球"), InlineData("。"), InlineData("\""), InlineData("*"), InlineData("井盖 NOT 破损"), InlineData("_open"), InlineData("\" OR \"_open")]
    [InlineData("\ud83d"), InlineData("NEAR(井盖 破损)")]
    public async Task WhatStandsInNone_FindsNothing(string search)
    {
        await IssueAsync("井盖破损");

        Assert.Empty(await FindAsync(Supervisor, search));
    }

    [Fact]
    public async Task WhatOneMayNotSee_OneDoesNotFind()
    {
        var id = await IssueAsync("旧桥护栏松动");

        Assert.Equal([id], await FindAsync(Street, "护栏"));
        Assert.Equal([id], await FindAsync(DistrictLeader, "护栏"));
        foreach (var other in new[] { OtherStreet, Energy, Village, Administrator, Archivist, s_otherDistrict })
        {
            Assert.Empty(await FindAsync(other, "护栏"));
        }
    }

    [Fact]
    public async Task TheFiltersOfTheList_HoldForWhatIsFound()
    {
        var id = await IssueAsync("水压不足");

        Assert.Equal([id], await FindAsync(Supervisor, "水压", new(Unit: Mafang.Value, Kind: SupervisionKind.Supervise, State: SupervisionState.Issued)));
        Assert.Empty(await FindAsync(Supervisor, "水压", new(Unit: Binhe.Value)));
        Assert.Empty(await FindAsync(Supervisor, "水压", new(Kind: SupervisionKind.Investigate)));
        Assert.Empty(await FindAsync(Supervisor, "水压", new(State: SupervisionState.Answered)));
        Assert.Empty(await FindAsync(Supervisor, "水压", new(SupervisionFilter.Late)));
    }

    [Fact]
    public async Task WhatIsEnded_IsFoundAmongAll_AndByTheArchivist()
    {
        var id = await IssueAsync("垃圾清运不及时");
        Assert.Equal([id], await FindAsync(Supervisor, "清运", new()));

        await Desk.DoAsync(id, Street, order => order.Answer("已清运", null, Street, Now));
        Assert.Equal([id], await FindAsync(Supervisor, "清运", new()));
        await Desk.DoAsync(id, Supervisor, order => order.Settle("属实", Supervisor, Now));

        Assert.Empty(await FindAsync(Supervisor, "清运", new()));
        Assert.Equal([id], await FindAsync(Supervisor, "清运"));
        Assert.Equal([id], await FindAsync(Archivist, "清运"));
        Assert.Equal(0, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
    }

    [Fact]
    public async Task ForEveryone_TheIndexFindsExactlyWhatHeMaySee()
    {
        await IssueAsync("群众来电");
        await IssueAsync("群众来信", SupervisionKind.Investigate);
        await Desk.IssueAsync(new OrderTerms(SupervisionKind.Remind, Village.Unit, "群众来访", "请联系。", Now.AddDays(2), "职责"), StreetHead);
        var ended = await IssueAsync("群众留言");
        await Desk.DoAsync(ended, Supervisor, order => order.Withdraw("误发", Supervisor, Now));

        await using var db = await portal.OpenDatabaseAsync();
        foreach (var actor in Cast.Append(s_otherDistrict))
        {
            var seen = await db.SupervisionOrders.Where(Sight.Orders(actor)).Where(order => order.Title.StartsWith("群众")).Select(order => order.Id).ToListAsync(Stop);
            Assert.Equal(seen.Order(), (await OrderSearch.FindAsync(db, actor, new SupervisionFilter(SupervisionFilter.All, Search: "群众"), Stop)).Order());
        }
    }

    [Fact]
    public async Task OrdersOlderThanTheSearch_AreFilledIn_AndThenNobodyLooksAgain()
    {
        var id = await IssueAsync("消防通道占用");
        await using var db = await portal.OpenDatabaseAsync();
        await db.Set<OrderWords>().Where(words => words.Stream == id).ExecuteDeleteAsync(Stop);

        await portal.Get<SearchKeeper>().FillAsync(Stop);
        Assert.Empty(await FindAsync(Supervisor, "消防"));  // this database was filled when it was made

        await db.Counters.Where(counter => counter.Name == "order-search-filled").ExecuteDeleteAsync(Stop);
        await portal.Get<SearchKeeper>().FillAsync(Stop);
        await portal.Get<SearchKeeper>().FillAsync(Stop);
        Assert.Equal([id], await FindAsync(Supervisor, "消防"));
    }

    [Fact]
    public async Task AFillThatWasBrokenOff_BeforeTheIndexWasBuilt_IsMadeGood()
    {
        var id = await IssueAsync("化粪池外溢");
        await using var db = await portal.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "OrderSearch" ("OrderSearch") VALUES ('delete-all')""", Stop);
        await db.Counters.Where(counter => counter.Name == "order-search-filled").ExecuteDeleteAsync(Stop);
        Assert.Empty(await FindAsync(Supervisor, "化粪池"));

        await portal.Get<SearchKeeper>().FillAsync(Stop);

        Assert.Equal([id], await FindAsync(Supervisor, "化粪池"));
        await db.Set<OrderWords>().Where(words => words.Stream == id).ExecuteUpdateAsync(set => set.SetProperty(words => words.Words, words => words.Words + " 罕见词"), Stop);
        Assert.Equal([id], await FindAsync(Supervisor, "罕见词"));  // the index follows again
        await portal.Get<SearchKeeper>().RebuildAsync(Stop);
    }

    [Fact]
    public async Task OrdersFoundByOtherWordsThanNow_AreReadAgain()
    {
        var id = await IssueAsync("电缆外露垂落");
        await using var db = await portal.OpenDatabaseAsync();
        await db.Set<OrderWords>().Where(words => words.Stream == id).ExecuteUpdateAsync(set => set.SetProperty(words => words.Words, "旧式"), Stop);
        var form = db.Counters.Where(counter => counter.Name == "order-search-filled").Select(counter => counter.Value);
        var current = await form.SingleAsync(Stop);
        await db.Counters.Where(counter => counter.Name == "order-search-filled").ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 1), Stop);

        await portal.Get<SearchKeeper>().FillAsync(Stop);

        Assert.Contains(id, await FindAsync(Supervisor, "电缆外露"));
        Assert.Empty(await FindAsync(Supervisor, "旧式"));
        Assert.Equal((current, true), (await form.SingleAsync(Stop), current > 1));
    }

    [Fact]
    public async Task TheArchivist_ListsTheFinishedOrders_AsHeFindsThem()
    {
        await IssueAsync("窨井缺盖");
        await using var db = await portal.OpenDatabaseAsync();
        var seen = await db.SupervisionOrders.Where(Sight.Orders(Archivist)).Select(order => order.Id).ToListAsync(Stop);

        var listed = await portal.Get<SupervisionList>().ReadAsync(Archivist, new SupervisionFilter(SupervisionFilter.All), Stop);

        Assert.All(listed.Lines, line => Assert.Contains(line.Id, seen));
        Assert.Equal(seen.Count, listed.Total);
    }

    [Fact]
    public async Task TheIndex_CanBeBuiltAnew()
    {
        var id = await IssueAsync("树枝压线");
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Set<OrderWords>().Where(words => words.Stream == id).ExecuteUpdateAsync(set => set.SetProperty(words => words.Words, "坏了"), Stop);
        }

        Assert.Empty(await FindAsync(Supervisor, "树枝"));
        Assert.Equal(1, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
        Assert.Equal([id], await FindAsync(Supervisor, "树枝"));
    }

    private async Task<Guid> IssueAsync(string title, SupervisionKind kind = SupervisionKind.Supervise)
    {
        var subject = new OrderSubject(SubjectKind.Case, await portal.StartAsync());
        var (id, outcome) = await Desk.IssueAsync(Overdue with { Kind = kind, Title = title, DueAt = Now.AddDays(2), Subject = subject }, Supervisor);
        Assert.Null(outcome.Refusal);
        return id;
    }

    private async Task<List<Guid>> FindAsync(Actor by, string search, SupervisionFilter? filter = null) =>
        [.. (await portal.Get<SupervisionList>().ReadAsync(by, (filter ?? new SupervisionFilter(SupervisionFilter.All)) with { Search = search }, Stop)).Lines.Select(line => line.Id)];
}
