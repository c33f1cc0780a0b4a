using System.Diagnostics;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The default list, how it is searched, and that the book says what the desk has saved.</summary>
public sealed class DutyBookTests(DemoTests.City city) : IClassFixture<DemoTests.City>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheDefaultList_StandsInTheDemoDistrict_EveryMatterWithItsLawAndAnOwnerThatExists()
    {
        var (book, units) = (city.Get<DutyBook>(), city.Get<UnitBook>());
        await using var db = await city.OpenDatabaseAsync();

        var lines = book.All(District, new DutyFilter());

        Assert.True(lines.Count >= 300);
        Assert.Equal(lines.Count, await db.Duties.CountAsync(duty => duty.District == District && duty.State == DutyState.InForce, Stop));
        Assert.True(lines.Select(line => line.Terms.Area).Distinct().Count() >= 25);
        Assert.All(lines, line =>
        {
            Assert.Empty(line.Terms.Problems(District));
            Assert.Contains("《", line.Terms.Basis, StringComparison.Ordinal);
            Assert.All(line.Parts, part => Assert.True(part.Unit.IsLocality() || units.Find(part.Unit) is not null, $"{line.Terms.Category}: {part.Unit}"));
        });
    }

    [Fact]
    public async Task WhatConcernsStreets_WasAdmittedByTheLeader()
    {
        await using var db = await city.OpenDatabaseAsync();
        var admitted = await db.Log.Where(entry => entry.Type == "duty.admitted").Select(entry => entry.Stream).ToListAsync(Stop);

        var ofStreets = city.Get<DutyBook>().All(District, new DutyFilter()).Where(line => line.Terms.ConcernsStreets).ToList();

        Assert.True(ofStreets.Count > 100);
        Assert.Equal(ofStreets.Select(line => line.Id).Order(), admitted.Order());
        Assert.Empty((await city.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task EveryCaseOfTheDemo_IsAboutAMatterOfTheList()
    {
        await using var db = await city.OpenDatabaseAsync();

        Assert.All(await db.Cases.Select(file => file.Category).Distinct().ToListAsync(Stop), category => Assert.Single(city.Get<DutyBook>().FindByCategory(District, category)));
    }

    [Theory]
    [InlineData("暖气不热", "室内温度不达标"), InlineData("我家暖气一点都不热，老人冻得受不了，什么时候能修好", "室内温度不达标"), InlineData("停水", "停水"), InlineData("家里闻到煤气味", "燃气泄漏")]
    [InlineData("地下车库没有充电桩", "居民区充电设施建设"), InlineData("健身卡退费", "预付卡退费"), InlineData("包工头不给农民工发工资", "拖欠农民工工资"), InlineData("回迁房什么时候交房", "回迁房交付")]
    [InlineData("半夜工地施工太吵", "施工噪声"), InlineData("狗", "违规养犬与犬只扰民"), InlineData("房产证办不下来", "产权证办理"), InlineData("ＫＴＶ", "娱乐场所与旅馆业"), InlineData("低保", "低保与特困")]
    public void WhatPeopleSay_FindsTheMatter(string said, string matter) =>
        Assert.Contains(matter, city.Get<DutyBook>().Search(District, said, 3).Select(line => line.Terms.Matter));

    [Theory]
    [InlineData(""), InlineData("   "), InlineData("！？。"), InlineData("zzzz"), InlineData("㐀㐁㐂"), InlineData("%"), InlineData("'; DROP TABLE Duties; --")]
    public void WhatNobodySays_FindsNothing(string said) => Assert.Empty(city.Get<DutyBook>().Search(District, said, 5));

    [Fact]
    public void TheLaw_AndTheUnit_AreSearchedToo()
    {
        var book = city.Get<DutyBook>();

        Assert.Contains("占用堵塞消防车通道", book.Search(District, "消防法", 10).Select(line => line.Terms.Matter));
        Assert.All(book.Search(District, "区烟草专卖局", 1), line => Assert.Equal("烟草与电子烟", line.Terms.Matter));
    }

    [Fact]
    public void FindByCategory_KnowsAMatter_AGroup_AndAnArea()
    {
        var book = city.Get<DutyBook>();

        Assert.Equal("d.cgw", Assert.Single(book.FindByCategory(District, "电力/充电设施/居民区充电设施建设")).Terms.Lead.Value.Split('/')[^2]);
        Assert.Equal(3, book.FindByCategory(District, "电力/充电设施").Count);
        Assert.True(book.FindByCategory(District, "电力").Count > 8);
        Assert.Empty(book.FindByCategory(District, "电"));
        Assert.Empty(book.FindByCategory(District, "供暖/供热温度不达标"));
        Assert.Equal(Mafang, book.FindByCategory(District, "市容环卫/街面秩序/占道经营")[0].LeadAt(Huijing));
    }

    [Fact]
    public void TheList_IsFilteredByAreaUnitAndScope_AndPaged()
    {
        var book = city.Get<DutyBook>();

        var streets = book.Page(District, new DutyFilter(Scope: DutyScope.Street, Page: 2));
        Assert.Equal(20, streets.Lines.Count);
        Assert.All(streets.Lines, line => Assert.Equal(Locality.Street, line.Terms.Lead));
        Assert.All(book.All(District, new DutyFilter(Area: "燃气")), line => Assert.Equal("燃气", line.Terms.Area));
        Assert.All(book.All(District, new DutyFilter(Unit: WaterOffice)), line => Assert.Contains(line.Parts, part => part.Unit == WaterOffice));
        Assert.True(book.All(District, new DutyFilter(Unit: Mafang)).Count > 100);
        Assert.Empty(book.All(District, new DutyFilter(State: DutyState.Ended)));
        Assert.Equal(streets.Total, book.Page(District, new DutyFilter(Scope: DutyScope.Street, Page: 9_999)).Total);
    }

    [Fact]
    public void AnotherDistrict_HasItsOwnList_AndUntilThenMattersToRegisterBy()
    {
        var (book, other) = (city.Get<DutyBook>(), new OrgPath("/11/110105/"));

        Assert.Empty(book.Search(other, "停水", 5));
        Assert.Empty(book.FindByCategory(other, "供水排水/供水保障/停水"));
        Assert.Equal("供水排水/供水保障/停水", book.SearchMatters(other, "停水", 1).Single().Category);
        Assert.NotNull(book.FindMatter(other, "供水排水/供水保障/停水"));
        Assert.Null(book.FindMatter(other, "没有/这样/的事"));
    }

    [Fact]
    public void TenThousandEntries_AreSearchedInTime()
    {
        var shelf = new DutyShelf(unit => unit.Value);
        foreach (var (terms, no) in Enumerable.Range(0, 29).SelectMany(no => DefaultDuties.For(District, Rules).Select(terms => (terms, no))))
        {
            shelf.Put(new DutyLine(Guid.NewGuid(), District, terms with { Matter = $"{terms.Matter}{no}" }, DutyState.InForce, DutyJudge.Nobody, 1, Morning));
        }

        shelf.Search("停车", 10);
        var started = Stopwatch.GetTimestamp();
        var found = shelf.Search("小区里乱停车没有车位", 10);

        // A bench measures; here it only must not be of another order.
        Assert.Equal(10, found.Count);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }
}
