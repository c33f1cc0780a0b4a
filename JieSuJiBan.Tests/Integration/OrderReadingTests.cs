using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Components.Pages.Intake;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Sheets;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>From the headings and rows of many exports to what a demand is here.</summary>
public sealed class OrderReadingTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Dictionary<HotlineColumn, string> s_usual = new()
    {
        [HotlineColumn.Number] = "BJ2026030100017",
        [HotlineColumn.Title] = "路灯不亮",
        [HotlineColumn.Text] = "村口三盏路灯不亮。",
        [HotlineColumn.Category] = "市政设施",
        [HotlineColumn.Nature] = "投诉",
        [HotlineColumn.District] = "平谷区",
        [HotlineColumn.Street] = "马坊镇",
        [HotlineColumn.Community] = "汇景社区",
        [HotlineColumn.Place] = "村口",
        [HotlineColumn.CalledAt] = "2026-03-01 09:30:00",
    };

    private DistrictNames Names => new(portal.Get<UnitBook>(), District);

    [Theory]
    [InlineData("受理编号", HotlineColumn.Number), InlineData(" 工单 编号（必填）：", HotlineColumn.Number), InlineData("＊诉求编号", HotlineColumn.Number), InlineData("Order Number", HotlineColumn.Number)]
    [InlineData("反映人", HotlineColumn.Caller), InlineData("诉求人", HotlineColumn.Caller), InlineData("承办单位", HotlineColumn.Unit), InlineData("责任单位", HotlineColumn.Unit)]
    [InlineData("创建时间", HotlineColumn.CalledAt), InlineData("受理\n时间", HotlineColumn.CalledAt), InlineData("村／社区", HotlineColumn.Community), InlineData("社区（村）", HotlineColumn.Community)]
    [InlineData("序号", null), InlineData("备注", null), InlineData("", null)]
    public void AHeading_IsKnownByItsNames(string heading, HotlineColumn? column) => Assert.Equal(column, HotlineHeadings.Find(heading)?.Column);

    [Fact]
    public void EveryColumn_IsKnownByItsUsualName_AndNoNameStandsForTwo() =>
        Assert.All(HotlineColumns.All, column => Assert.Equal((column, 0), HotlineHeadings.Find(column.Word())));

    [Fact]
    public void TheHeadings_AreFoundBelowTitles_AndTheMoreUsualOfTwoNamesWins()
    {
        var map = ColumnMap.Find([Row(1, "平谷区工单"), Row(2, "标题", "2026年3月"), Row(5, "序号", "创建时间", "工单编号", "来电时间", "标题", "标题"), Row(6, "1", "x")])!;

        Assert.Equal(5, map.HeaderRow);
        Assert.Equal([null, null, HotlineColumn.Number, HotlineColumn.CalledAt, HotlineColumn.Title, null], map.Columns);
        Assert.Null(map.Check());
        Assert.Equal(map.Signature, ColumnMap.Find([Row(9, "序号 ", "创建时间", "工单编号（必填）", "来电时间", "标题", "标题")])!.Signature);
    }

    [Fact]
    public void WhereNothingIsKnown_APersonMustSay_AndWithoutANumberNothingGoes()
    {
        var map = ColumnMap.Find([Row(1, "甲"), Row(2, "甲", "乙", "丙")])!;

        Assert.Equal((2, 0, "intake.header"), (map.HeaderRow, map.Recognised, map.Check()?.Code));
        Assert.Equal("intake.columns.number", map.With(1, HotlineColumn.Title).Check()?.Code);
        Assert.Equal("intake.columns.text", map.With(0, HotlineColumn.Number).Check()?.Code);
        Assert.Equal("intake.columns.twice", map.With(0, HotlineColumn.Number).With(1, HotlineColumn.Title).With(2, HotlineColumn.Title).Check()?.Code);
        Assert.Null(map.With(0, HotlineColumn.Number).With(1, HotlineColumn.Title).Check());
        Assert.Null(ColumnMap.Find([Row(1, "甲"), Row(2, "乙")]));
    }

    [Theory]
    [InlineData("2026-03-02 09:15:00", "2026-03-02 09:15:00"), InlineData("2026/3/2 9:15", "2026-03-02 09:15:00"), InlineData("2026年3月2日 9时15分", "2026-03-02 09:15:00")]
    [InlineData("2026.3.2", "2026-03-02 00:00:00"), InlineData("20260302091500", "2026-03-02 09:15:00"), InlineData("20260302", "2026-03-02 00:00:00"), InlineData("46083.5", "2026-03-02 12:00:00")]
    [InlineData("2026-03-02T01:15:00Z", "2026-03-02 09:15:00"), InlineData("２０２６－０３－０２", "2026-03-02 00:00:00"), InlineData("2026-02-30", null), InlineData("昨天", null), InlineData("12345", null), InlineData("", null)]
    public void ATime_IsReadHoweverItIsWritten(string text, string? time) => Assert.Equal(time, SourceTime.Read(text) is { } at ? SourceTime.Write(at) : null);

    [Theory]
    [InlineData("区城管委", "d.cgw"), InlineData("平谷区城市管理委员会", "d.cgw"), InlineData("城市管理委员会", "d.cgw"), InlineData("城管委", "d.cgw"), InlineData("北京市平谷区城市管理委员会", "d.cgw")]
    [InlineData("马坊镇", "110117005"), InlineData("马坊镇人民政府", "110117005"), InlineData("平谷区马坊镇", "110117005"), InlineData("滨河街道办事处", "110117001")]
    [InlineData("供电公司", "e.gd"), InlineData("国网北京平谷区供电公司", "e.gd"), InlineData("规自分局", "d.gz"), InlineData("马坊镇、马坊镇人民政府", "110117005")]
    [InlineData("区城管委、马坊镇", null), InlineData("马坊镇、某某公司", null), InlineData("汇景社区", null), InlineData("教育局", null), InlineData("", null)]
    public void AUnit_IsFoundByWhatItIsCalled(string text, string? code) => Assert.Equal(code is null ? null : District.Child(code), Names.Unit(text));

    [Theory]
    [InlineData("马坊镇", "汇景社区", "", "/11/110117/110117005/110117005001/"), InlineData("马坊", "汇景", "", "/11/110117/110117005/110117005001/")]
    [InlineData("马坊镇", "汇景社区居委会", "", "/11/110117/110117005/110117005001/"), InlineData("马坊镇", "没有的村", "", "/11/110117/110117005/")]
    [InlineData("", "汇景社区", "", "/11/110117/110117005/110117005001/")]
    public void ThePlace_IsTheCommunity_OrTheStreet_HoweverItIsTold(string street, string community, string place, string home) =>
        Assert.Equal(home, Read(new() { [HotlineColumn.Street] = street, [HotlineColumn.Community] = community, [HotlineColumn.Place] = place }).Demand!.Home.Value);

    [Theory]
    [InlineData(HotlineColumn.Number, "", "intake.number.missing"), InlineData(HotlineColumn.Number, "2.02603E+14", "intake.number.counted"), InlineData(HotlineColumn.District, "朝阳区", "intake.district")]
    [InlineData(HotlineColumn.CalledAt, "昨天", "intake.time"), InlineData(HotlineColumn.CalledAt, "2027-01-01", "intake.time"), InlineData(HotlineColumn.Street, "不存在镇", "intake.street.unknown")]
    public void ARowThatCannotBe_SaysWhy(HotlineColumn column, string text, string code) => Assert.Equal(code, Read(new() { [column] = text }).Refusal?.Code);

    [Fact]
    public void ARowWithoutAPlace_AndOneWithTooMuchOfAPerson_SayWhy()
    {
        Assert.Equal("intake.street.missing", Read(new() { [HotlineColumn.Street] = "", [HotlineColumn.Community] = "", [HotlineColumn.Place] = "路口" }).Refusal?.Code);
        Assert.Equal("intake.person", Read(new() { [HotlineColumn.Phone] = new('1', 200) }).Refusal?.Code);
    }

    [Fact]
    public void AnUsualRow_IsADemand_AndWhoCalledIsNotInIt()
    {
        var order = Read(new() { [HotlineColumn.Caller] = "平谷某某有限公司", [HotlineColumn.Phone] = "13000000001", [HotlineColumn.Address] = "某处1号", [HotlineColumn.Tags] = "高频\t问题\u0007" });

        Assert.Null(order.Refusal);
        Assert.Equal(("路灯不亮", "村口三盏路灯不亮。", Channel.Hotline, Nature.Complaint, Huijing, "村口"), (order.Demand!.Title, order.Demand.Text, order.Demand.Channel, order.Demand.Nature, order.Demand.Home, order.Demand.Place));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 1, 30, 0, TimeSpan.Zero), order.Demand.RaisedAt);
        Assert.Equal(new Petitioner("平谷某某有限公司", "13000000001", "某处1号", IsOrganisation: true), order.Petitioner);
        Assert.Equal("高频 问题", order.Demand.SourceFacts!["标签"]);
        Assert.DoesNotContain(order.Told.Values.Concat(order.Demand.SourceFacts.Values), said => said.Contains("13000000001", StringComparison.Ordinal) || said.Contains("某某有限公司", StringComparison.Ordinal));
        Assert.DoesNotContain("标题", order.Demand.SourceFacts.Keys);
        Assert.Null(order.Ending);
    }

    [Fact]
    public void WhatIsMissing_IsTakenFromWhatIsThere()
    {
        var order = Read(new() { [HotlineColumn.Title] = "", [HotlineColumn.Text] = "张家门前的路坏了。请修。", [HotlineColumn.Category] = "", [HotlineColumn.Place] = "", [HotlineColumn.Nature] = "", [HotlineColumn.CalledAt] = "" });

        Assert.Equal(("张家门前的路坏了", Demand.Unclassified, "汇景社区", Nature.Help, null), (order.Demand!.Title, order.Demand.Category, order.Demand.Place, order.Demand.Nature, order.Demand.RaisedAt));
    }

    [Fact]
    public void AMatter_IsFoundByItsOwnName_AndOtherClassesStayAsTheyAreGiven()
    {
        var matter = DefaultDuties.For(District, Rules)[0];

        Assert.Equal(matter.Category, Read(new() { [HotlineColumn.Category] = matter.Matter }).Demand!.Category);
        Assert.Equal(matter.Category, Read(new() { [HotlineColumn.Category] = matter.Category.Replace("/", " > ", StringComparison.Ordinal) }).Demand!.Category);
        Assert.Equal("甲/乙", Read(new() { [HotlineColumn.FirstClass] = "甲", [HotlineColumn.SecondClass] = "乙", [HotlineColumn.ThirdClass] = "" }).Demand!.Category);
        Assert.Equal("旧分类/旧事项", Read(new() { [HotlineColumn.Category] = "旧分类-旧事项" }).Demand!.Category);
    }

    [Fact]
    public void WhereColumnsHaveSlipped_NoPhoneIsQuoted()
    {
        foreach (var column in new[] { HotlineColumn.CalledAt, HotlineColumn.District, HotlineColumn.Street })
        {
            var refusal = Read(new() { [column] = "13000000001" }).Refusal!;
            Assert.Contains("130****0001", refusal.Chinese, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnExample_ShowsNoPhone_WhateverTheColumnIsTakenFor()
    {
        Assert.Equal("130****0001", ImportWords.Sample("13000000001", null));
        Assert.Equal("请回电130****0001", ImportWords.Sample("请回电13000000001", HotlineColumn.Text));
        Assert.Equal("20260302091500", ImportWords.Sample("20260302091500", HotlineColumn.CalledAt));
    }

    [Theory]
    [InlineData("举报", "", "", true), InlineData("投诉举报", "", "", true), InlineData("", "举报类", "", true), InlineData("", "", "有奖举报", true), InlineData("举报", "", "区城管委", false), InlineData("投诉", "", "", false)]
    public void AReport_IsKnownWhereverItSaysSo_AndWithheldUntilItIsKnownWhomItIsAbout(string nature, string type, string tagsOrUnit, bool isWithheld)
    {
        var about = tagsOrUnit == "区城管委";
        var order = Read(new() { [HotlineColumn.Nature] = nature, [HotlineColumn.Type] = type, [HotlineColumn.Tags] = about ? "" : tagsOrUnit, [HotlineColumn.Reported] = about ? tagsOrUnit : "" });

        Assert.Equal(isWithheld, order.Demand!.IsWithheld);
        Assert.Equal(about ? EnergyOffice : null, order.Demand.ReportedUnit);
    }

    [Theory]
    [InlineData("已办结", "", true), InlineData("", "2026-03-01 18:00:00", true), InlineData("已回复", "2026-03-01 18:00:00", true), InlineData("未办结", "", false), InlineData("办理中", "2026-03-01 18:00:00", false), InlineData("重办", "2026-03-01", false), InlineData("", "", false)]
    public void AnOrder_HasEnded_WhenItsStatusOrItsTimeSaySo(string status, string time, bool hasEnded) =>
        Assert.Equal(hasEnded, Read(new() { [HotlineColumn.Status] = status, [HotlineColumn.EndedAt] = time }).Ending is not null);

    [Theory]
    [InlineData("是", "满意", true, Satisfaction.Satisfied), InlineData("未解决", "不满意", false, Satisfaction.Unsatisfied), InlineData("", "基本满意", null, Satisfaction.Basically), InlineData("部分解决", "说不清", null, null)]
    public void WhatThePetitionerSaid_IsTakenOver_WhereItIsUnderstood(string solved, string satisfied, bool? isSolved, Satisfaction? satisfaction)
    {
        var ending = Read(new() { [HotlineColumn.Status] = "已办结", [HotlineColumn.Solved] = solved, [HotlineColumn.Satisfied] = satisfied, [HotlineColumn.Reply] = "已修好" }).Ending!;

        Assert.Equal((isSolved, satisfaction, "已修好"), (ending.Solved, ending.Satisfaction, ending.Result));
    }

    [Theory]
    [InlineData("2026-03-05 18:00", "2026-03-05 18:00:00"), InlineData("24小时", "2026-03-02 09:30:00"), InlineData("7天", "2026-03-08 09:30:00"), InlineData("", "2026-03-08 09:30:00"), InlineData("尽快", "2026-03-08 09:30:00")]
    public void TheLimit_IsTheOrdersOwn_OrTheUsualOne_CountedFromTheCall(string limit, string due)
    {
        var order = Read(new() { [HotlineColumn.Unit] = "区城管委", [HotlineColumn.DueAt] = limit });

        Assert.Equal((EnergyOffice, due), (order.Lead!.Value, SourceTime.Write(order.DueAt!.Value)));
        Assert.StartsWith("12345热线直派", order.LimitBasis, StringComparison.Ordinal);
    }

    private Order Read(Dictionary<HotlineColumn, string> told)
    {
        var cells = s_usual.Where(usual => !told.ContainsKey(usual.Key)).Concat(told).ToList();
        var map = new ColumnMap(1, [.. cells.Select(cell => cell.Key.Word())], [.. cells.Select(cell => (HotlineColumn?)cell.Key)]);
        var reader = new OrderReader(map, Names, DefaultDuties.For(District, Rules), Rules, Morning);
        return reader.Read(new SheetRow(2, [.. cells.Select(cell => cell.Value)]));
    }

    private static SheetRow Row(int number, params string[] cells) => new(number, cells);
}
