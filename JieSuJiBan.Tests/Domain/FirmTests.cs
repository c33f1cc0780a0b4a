using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>被诉主体 and 红黑榜: firms only, never from a 举报, told before anything is published, frozen after.</summary>
public class FirmTests
{
    private static readonly FirmRules s_rules = RuleBook.ReadFirms();
    private static readonly Month s_february = new(2026, 2);

    [Theory]
    [InlineData("北京安居物业管理有限公司", "安居物业管理")]
    [InlineData(" 安居物业管理 有限公司", "安居物业管理")]
    [InlineData("安居物业管理（北京）有限公司", "安居物业管理北京")]
    [InlineData("安居物业管理(北京)有限公司", "安居物业管理北京")]
    [InlineData("ＡＢＣ健身俱乐部", "abc健身俱乐部")]
    public void ANamesSpellings_MeetUnderOneKey(string name, string key) => Assert.Equal(key, FirmName.KeyOf(name));

    [Theory]
    [InlineData("张三")]
    [InlineData("王建国")]
    [InlineData("孟庆余 13000005115")]
    [InlineData("孟庆余的小店13000005115")]
    [InlineData("7号楼的邻居")]
    [InlineData("")]
    [InlineData(null)]
    public void APerson_IsNoFirm(string? name) => Assert.Null(FirmName.KeyOf(name));

    [Fact]
    public void TheExport_NamesTheFirm_UnlessSomebodyHereSaysOtherwise()
    {
        var file = RegisteredCase(FromExport("北京安居物业管理有限公司"), Hotline);
        Assert.Equal(("北京安居物业管理有限公司", "安居物业管理"), (file.SubjectComplainedOf, file.SubjectKey));

        file.FollowSource(Company("惠民物业公司"), null, Hotline, At(1));
        Assert.Equal("惠民物业公司", file.SubjectComplainedOf);

        file.Do(f => f.NameSubject("安居物业管理有限公司", Dispatcher, At(2)));
        file.FollowSource(Company("第三物业公司"), null, Hotline, At(3));
        Assert.Equal("安居物业管理有限公司", file.SubjectComplainedOf);
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void AReport_NamesNoFirm_AndACaseThatTurnsOutOneForgetsIt()
    {
        Assert.Null(RegisteredCase(FromExport("北京安居物业管理有限公司") with { Nature = Nature.Report }, Hotline).SubjectKey);
        Assert.Equal("case.subject.report", RegisteredCase(Garage with { Nature = Nature.Report }).NameSubject("安居物业公司", Dispatcher, At(1)).Refusal?.Code);

        var file = RegisteredCase(FromExport("北京安居物业管理有限公司"), Hotline);
        file.FollowSource(new Dictionary<string, string> { ["工单性质"] = "举报" }, null, Hotline, At(1), isReport: true);
        Assert.Equal((null, null), (file.SubjectComplainedOf, file.SubjectKey));
    }

    [Fact]
    public void TheUnitOrTheCommandCentre_NamesTheFirm_AndNobodyAPerson()
    {
        var file = AcceptedCase();
        Assert.Equal("case.subject.role", file.NameSubject("安居物业公司", Energy, At(2)).Refusal?.Code);
        Assert.Equal("case.subject.name", file.NameSubject("王建国", Street, At(2)).Refusal?.Code);
        Assert.Null(file.NameSubject("安居物业公司", Street, At(2)).Refusal);
        Assert.Equal("安居物业公司", file.SubjectComplainedOf);
        file.Do(f => f.NameSubject(" ", Dispatcher, At(3)));
        Assert.Null(file.SubjectKey);
    }

    [Theory]
    [InlineData(5, 5, 2, 0, "Black")]
    [InlineData(5, 5, 3, 0, null)]
    [InlineData(10, 0, 0, 3, "Black")]
    [InlineData(4, 4, 0, 4, null)]
    [InlineData(3, 3, 3, 0, "Red")]
    [InlineData(3, 0, 0, 0, null)]
    [InlineData(2, 2, 2, 0, null)]
    public void TheRules_Propose_ByCasesSolvedAndRepeated(int cases, int rated, int solved, int repeated, string? side) =>
        Assert.Equal(side, s_rules.Judge(new FirmCounts("a", "a", cases, rated, solved, repeated, 0))?.Side.ToString());

    [Fact]
    public void AList_IsProposedWhenItsMonthIsOver_ByTheDistrict()
    {
        Assert.Equal("firm-list.month", FirmList.Propose(Guid.CreateVersion7(), s_february.Plus(1), s_rules, Bad, Dispatcher, Morning).Outcome.Refusal?.Code);
        Assert.Equal("firm-list.role", FirmList.Propose(Guid.CreateVersion7(), s_february, s_rules, Bad, Street, Morning).Outcome.Refusal?.Code);
        Assert.Equal("firm-list.nothing", FirmList.Propose(Guid.CreateVersion7(), s_february, s_rules, [], Dispatcher, Morning).Outcome.Refusal?.Code);
        Assert.Equal([(1, FirmSide.Black), (2, FirmSide.Black), (3, FirmSide.Red)], Proposed().Entries.Select(entry => (entry.No, entry.Side)));
    }

    [Fact]
    public void NothingIsPublished_BeforeEachHasRepliedOrItsTimeIsOver()
    {
        var list = Proposed();
        Assert.Equal("firm-list.publish.early", Publish(list, At(1)));
        Assert.Equal("firm-list.not-notified", list.Reply(1, "已整改", Dispatcher, At(1)).Refusal?.Code);
        Assert.Null(list.Notify(Rules.Calendar, Dispatcher, At(1)).Refusal);
        Assert.Equal(s_rules.Reply.After.After(At(1), Rules.Calendar), list.ReplyBy);
        Assert.Equal("firm-list.publish.early", Publish(list, At(2)));

        Assert.Null(list.Reply(1, "已整改", Dispatcher, At(3)).Refusal);
        Assert.Null(list.Drop(2, "不是该企业", Dispatcher, At(3)).Refusal);
        Assert.Equal("firm-list.publish.early", Publish(list, At(4)));
        Assert.Null(Publish(list, list.ReplyBy!.Value));
        Assert.Equal([(1, "已整改"), (3, null)], list.Editions.Single().Entries.Select(entry => (entry.No, entry.Reply)));
    }

    [Fact]
    public void ALeaderOrSupervisorPublishes_WithAFreshPassword_AndNotWhatHeProposed()
    {
        var list = Proposed(Supervisor);
        list.Notify(Rules.Calendar, Dispatcher, At(1));
        var over = list.ReplyBy!.Value;

        Assert.Equal("firm-list.publish.role", list.Publish(null, Dispatcher.Fresh(over), over).Refusal?.Code);
        Assert.Equal("firm-list.publish.own", list.Publish(null, Supervisor.Fresh(over), over).Refusal?.Code);
        Assert.NotNull(list.Publish(null, DistrictLeader, over).Refusal);
        Assert.Null(list.Publish(null, DistrictLeader.Fresh(over), over).Refusal);
    }

    [Fact]
    public void WhatIsPublished_Stays_AndACorrectionIsAnotherEdition()
    {
        var list = Proposed();
        list.Notify(Rules.Calendar, Dispatcher, At(1));
        var over = list.ReplyBy!.Value;
        Assert.Null(Publish(list, over));
        Assert.Equal("firm-list.publish.same", Publish(list, over));

        Assert.Null(list.Reply(1, "迟到的申辩", Dispatcher, over.AddDays(1)).Refusal);
        Assert.Equal("firm-list.missing.reason", Publish(list, over.AddDays(1)));
        Assert.Null(list.Publish("补上申辩", DistrictLeader.Fresh(over.AddDays(1)), over.AddDays(1)).Refusal);

        Assert.Equal([null, "迟到的申辩"], list.Editions.Select(edition => edition.Entries[0].Reply));
        Assert.Equal("补上申辩", list.Editions[1].Reason);
        Assert.Null(list.Drop(3, "不是该企业", Dispatcher, over.AddDays(2)).Refusal);
        Assert.Null(list.Publish("撤下一家", DistrictLeader.Fresh(over.AddDays(2)), over.AddDays(2)).Refusal);
        Assert.Equal([(1, "迟到的申辩")], list.Editions[1].DifferencesFrom(list.Editions[0]).Select(pair => (pair.Before.No, pair.After?.Reply)));
        Assert.Equal([(3, null)], list.Editions[2].DifferencesFrom(list.Editions[1]).Select(pair => (pair.Before.No, pair.After?.Reply)));
        Assert.Equal(3, list.Edition);
        Assert.Equal(list.Told(), FirmList.Replay(list.Unsaved).Told());
        Assert.All(list.Unsaved, entry => Assert.Equal(entry.Body, EventText.Write(EventText.Read(entry.Type, entry.Body))));
    }

    [Fact]
    public void AnAlias_LeadsToOneFirm_InOneStep()
    {
        var register = FirmRegister.Begin(Guid.CreateVersion7(), "安居物业", "北京安居物业管理有限公司", Supervisor, Morning).Register!;
        Assert.Equal(["安居物业管理", "安居物业"], FirmRegister.KeysOf(register.Aliases, "安居物业管理"));
        Assert.Equal("firm.alias.chain", register.Know("北京安居物业管理有限公司", "惠民物业公司", Supervisor, Morning).Refusal?.Code);
        Assert.Equal("firm.alias.same", register.Know("惠民物业公司", "惠民物业公司", Supervisor, Morning).Refusal?.Code);
        Assert.Equal("firm.name", register.Know("王建国", "惠民物业公司", Supervisor, Morning).Refusal?.Code);
        Assert.Equal("firm.role", register.Know("惠民物业", "惠民物业公司", Street, Morning).Refusal?.Code);
        Assert.Null(register.Forget("安居物业", Supervisor, Morning).Refusal);
        Assert.Equal("firm.alias.none", register.Forget("安居物业", Supervisor, Morning).Refusal?.Code);
    }

    private static FirmCounts[] Bad => [new("甲物业", "甲物业", 9, 8, 2, 3, 4), new("乙物业", "乙物业", 6, 6, 3, 0, 0), new("丙物业", "丙物业", 3, 3, 3, 0, 1), new("丁物业", "丁物业", 1, 1, 0, 0, 0)];

    private static FirmList Proposed(Actor? by = null) => FirmList.Propose(Guid.CreateVersion7(), s_february, s_rules, Bad, by ?? Dispatcher, Morning).List!;

    private static string? Publish(FirmList list, DateTimeOffset at) => list.Publish(null, DistrictLeader.Fresh(at), at).Refusal?.Code;

    private static Demand FromExport(string company) => Order with { SourceFacts = Company(company) };

    private static Dictionary<string, string> Company(string name) => new() { ["企业名称"] = name };
}
