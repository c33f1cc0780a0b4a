using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Finding a case by what stands in it, and by nothing that one may not see.</summary>
public sealed class SearchTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Actor s_otherDistrict = Dispatcher with { Unit = new OrgPath("/11/110105/d.zhzx/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("桩"), InlineData("充电"), InlineData("充电桩"), InlineData("地下车库没有充电桩"), InlineData("A座"), InlineData("a座"), InlineData("Ａ座"), InlineData("座12号"), InlineData("WiFi"), InlineData("wif")]
    [InlineData("12号楼"), InlineData("12"), InlineData("充电 A座"), InlineData("  充电桩  "), InlineData("充电桩，A座")]
    public async Task ACase_IsFoundBy(string search)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(1));  // the newest stands on the first page
        var id = await portal.RegisterAsync(Garage with { Title = "地下车库没有充电桩", Place = "汇景小区A座12号楼（WiFi信号差）", SourceNumber = null });

        Assert.Contains(id, await FindAsync(Dispatcher, search));
    }

    [Theory]
    [InlineData("月"), InlineData("月球"), InlineData("充电车"), InlineData("电充"), InlineData("没有 月球"), InlineData("桩汇"), InlineData("。"), InlineData("\""), InlineData("*"), InlineData("充电 NOT 桩"), InlineData("_open"), InlineData("\" OR \"_open")]
    [InlineData("\ud83d"), InlineData("NEAR(充电 车库)")]
    public async Task WhatDoesNotStandInIt_DoesNotFindIt(string search)
    {
        var id = await portal.RegisterAsync(Garage with { Title = "地下车库没有充电桩", Place = "汇景小区A座", SourceNumber = null });

        Assert.DoesNotContain(id, await FindAsync(Dispatcher, search));
    }

    [Fact]
    public async Task ANumber_FindsItsCase_WholeOrInPart_HereAndAtItsSource()
    {
        var id = await portal.RegisterAsync(Garage with { SourceNumber = "BJ2026030200777" });
        var number = (await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!.Number;

        Assert.Equal([id], await FindAsync(Dispatcher, number));
        Assert.Equal([id], await FindAsync(Dispatcher, number[4..]));
        Assert.Contains(id, await FindAsync(Dispatcher, number[..12]));
        Assert.Equal([id], await FindAsync(Dispatcher, "bj2026030200777"));
        Assert.Equal([id], await FindAsync(Dispatcher, "BJ202603020077"));
    }

    [Fact]
    public async Task WhatChanges_IsFoundAsItIsNow()
    {
        var id = await portal.RegisterAsync(Garage with { Title = "楼道里堆满旧沙发", SourceNumber = null });
        Assert.Empty(await FindAsync(Energy, "旧沙发"));
        Assert.Equal([id], await FindAsync(Dispatcher, "旧沙发", new(Status: CaseStatus.Registered)));

        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(new DispatchOrder(EnergyOffice, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));

        Assert.Equal([id], await FindAsync(Energy, "旧沙发"));
        Assert.Equal([id], await FindAsync(Energy, "旧沙发", new(Scope: CaseFilter.Mine)));
        Assert.Empty(await FindAsync(Dispatcher, "旧沙发", new(Status: CaseStatus.Registered)));
        Assert.Equal([id], await FindAsync(Dispatcher, "旧沙发", new(Status: CaseStatus.Dispatched)));
        Assert.Empty(await FindAsync(Energy, "旧沙发", new(Scope: CaseFilter.Overdue)));
    }

    [Fact]
    public async Task WhatOneMayNotSee_OneDoesNotFind()
    {
        var about = await portal.RegisterAsync(Garage with { Title = "举报私收费用", Nature = Nature.Report, ReportedUnit = Mafang, SourceNumber = null });

        Assert.Equal([about], await FindAsync(Dispatcher, "私收费用"));
        Assert.Empty(await FindAsync(Street, "私收费用"));
        Assert.Empty(await FindAsync(s_otherDistrict, "私收费用"));
        Assert.Empty(await FindAsync(Power, "私收费用"));
    }

    [Fact]
    public async Task ForEveryone_TheIndexFindsExactlyWhatHeMaySee()
    {
        await portal.StartAsync();
        await portal.DispatchAsync(EnergyOffice);
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Mafang, SourceNumber = null });
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = District.Child("d.zhzx"), SourceNumber = null }, Village);
        await portal.CloseAsync();

        await using var db = await portal.OpenDatabaseAsync();
        foreach (var actor in Cast.Append(s_otherDistrict))
        {
            var seen = await db.Cases.Where(Sight.Cases(actor)).Select(file => file.Id).ToListAsync(Stop);
            foreach (var sort in new[] { CaseFilter.ByDue, CaseFilter.ByNewest })
            {
                var (ids, total) = await CaseSearch.FindAsync(db, actor, new CaseFilter(Scope: CaseFilter.All, Sort: sort), 0, 100, Stop);
                Assert.Equal(seen.Order(), ids.Order());
                Assert.Equal(seen.Count, total);

                var (beyond, known) = await CaseSearch.FindAsync(db, actor, new CaseFilter(Scope: CaseFilter.All, Sort: sort), 100, 20, Stop);
                Assert.Empty(beyond);
                Assert.Equal(seen.Count, known);
            }
        }
    }

    [Fact]
    public async Task ThePoolByStatus_IsExactlyWhatTheIndexFinds()
    {
        await portal.StartAsync();
        await portal.CloseAsync();
        await portal.FindAsync();
        await portal.Get<CaseDesk>().RegisterAsync(
            Find, Petitioner.Anonymous, GridWorker, atOnce: file => file.SolveOnTheSpot("当场清走。", null, GridWorker, portal.Clock.GetUtcNow()));

        await using var db = await portal.OpenDatabaseAsync();
        var found = 0;
        foreach (var actor in new[] { Street, Dispatcher, Archivist })
        {
            foreach (var status in Enum.GetValues<CaseStatus>())
            {
                var pool = await db.Cases.Where(Sight.Cases(actor)).Where(file => file.IsProactive && file.Status == status).Select(file => new { file.Id, file.IsOpen }).ToListAsync(Stop);
                var (all, total) = await CaseSearch.FindAsync(db, actor, new CaseFilter(Status: status, Scope: CaseFilter.ProactiveAll, Sort: CaseFilter.ByNewest), 0, 100, Stop);
                var (open, totalOpen) = await CaseSearch.FindAsync(db, actor, new CaseFilter(Status: status, Scope: CaseFilter.Proactive), 0, 100, Stop);
                Assert.Equal(pool.Select(file => file.Id).Order(), all.Order());
                Assert.Equal(pool.Where(file => file.IsOpen).Select(file => file.Id).Order(), open.Order());
                Assert.Equal((pool.Count, pool.Count(file => file.IsOpen)), (total, totalOpen));
                found += total;
            }
        }

        Assert.True(found > 0);
    }

    [Fact]
    public async Task ListsOfSomebodysCases_HoldExactlyWhatHeMaySee()
    {
        await portal.StartAsync();
        await portal.DispatchAsync(EnergyOffice);
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Mafang, SourceNumber = null });
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Village.Unit, SourceNumber = null }, Street);
        await portal.CloseAsync();

        await using var db = await portal.OpenDatabaseAsync();
        foreach (var actor in Cast.Append(s_otherDistrict))
        {
            var seen = db.Cases.Where(Sight.Cases(actor));
            Assert.Equal(await seen.Select(file => file.Id).Order().ToListAsync(Stop), await db.CasesFor(actor).Select(file => file.Id).Order().ToListAsync(Stop));
            Assert.Equal(await seen.Where(file => file.IsOpen).Select(file => file.Id).Order().ToListAsync(Stop), await db.CasesFor(actor, onlyOpen: true).Select(file => file.Id).Order().ToListAsync(Stop));

            var orders = db.SupervisionOrders.Where(Sight.Orders(actor));
            Assert.Equal(await orders.Select(order => order.Id).Order().ToListAsync(Stop), await db.OrdersFor(actor).Select(order => order.Id).Order().ToListAsync(Stop));
        }
    }

    [Fact]
    public async Task OfTwoDistricts_EachFindsAndCountsItsOwn()
    {
        await using var both = new PortalFixture();
        var near = await both.RegisterAsync(Garage with { Title = "井盖松动响声大", SourceNumber = null });
        await using (var db = await both.OpenDatabaseAsync())
        {
            Assert.Equal(1, (await CaseSearch.FindAsync(db, Dispatcher, new CaseFilter("井盖松动"), 0, 20, Stop)).Total);  // while it is alone
        }

        var far = await both.RegisterAsync(Garage with { Title = "井盖松动响声大", Home = new OrgPath("/11/110105/110105001/"), SourceNumber = null }, s_otherDistrict);
        await using (var db = await both.OpenDatabaseAsync())
        {
            foreach (var (actor, own) in new[] { (Dispatcher, near), (s_otherDistrict, far) })
            {
                foreach (var filter in new[] { new CaseFilter("井盖松动"), new CaseFilter("井盖松动", Scope: CaseFilter.All, Sort: CaseFilter.ByNewest), new CaseFilter(Status: CaseStatus.Registered) })
                {
                    var (ids, total) = await CaseSearch.FindAsync(db, actor, filter, 0, 20, Stop);
                    Assert.Equal([own], ids);
                    Assert.Equal(1, total);
                }
            }
        }
    }

    [Fact]
    public async Task TheIndex_CanBeBuiltAnew()
    {
        var id = await portal.RegisterAsync(Garage with { Title = "路灯杆歪斜", SourceNumber = null });
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Set<CaseWords>().Where(words => words.Stream == id).ExecuteUpdateAsync(set => set.SetProperty(words => words.Words, "坏了"), Stop);
        }

        Assert.Empty(await FindAsync(Dispatcher, "路灯杆"));
        Assert.Equal(1, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
        Assert.Equal([id], await FindAsync(Dispatcher, "路灯杆"));
        Assert.Equal(0, await portal.Get<SearchKeeper>().RebuildAsync(Stop));
    }

    private async Task<List<Guid>> FindAsync(Actor by, string search, CaseFilter? filter = null) =>
        [.. (await portal.Get<CaseList>().ReadAsync(by, (filter ?? new CaseFilter(Scope: CaseFilter.All, Sort: CaseFilter.ByNewest)) with { Search = search }, Stop)).Lines.Select(line => line.Id)];
}
