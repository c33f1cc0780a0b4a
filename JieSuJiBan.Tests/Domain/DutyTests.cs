using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class DutyTests
{
    [Fact]
    public void Propose_ByTheCommandCentre_ForADepartment_IsInForceAtOnce()
    {
        var duty = ProposedDuty(HeatDuty);

        Assert.Equal((DutyState.InForce, DutyJudge.Nobody, true), (duty.State, duty.WaitsFor, duty.IsListed));
        Assert.True(duty.Terms.Says(HeatDuty));
        Assert.Equal("供热/供热质量/室内温度不达标", duty.Terms.Category);
    }

    public static TheoryData<string> OfStreets => ["lead", "one street", "co-unit", "community list"];

    [Theory]
    [MemberData(nameof(OfStreets))]
    public void Propose_ForStreetsOrCommunities_WaitsForTheLeader(string what)
    {
        var terms = what switch
        {
            "lead" => StreetDuty,
            "one street" => StreetDuty with { Lead = Mafang },
            "co-unit" => HeatDuty with { CoUnits = [new CoDuty(Locality.Street, "入户走访")] },
            _ => StreetDuty with { Scope = DutyScope.Community, CoUnits = [new CoDuty(Locality.Community, "上门劝导")] },
        };

        var duty = ProposedDuty(terms);

        Assert.Equal((DutyState.Proposed, DutyJudge.Leader), (duty.State, duty.WaitsFor));
        Assert.Equal("duty.missing.reason", Code(Duty.Propose(Guid.NewGuid(), terms, " ", null, Dispatcher, Morning).Outcome));
    }

    [Fact]
    public void Propose_ByADepartment_ForItself_WaitsForTheCommandCentre()
    {
        var duty = ProposedDuty(HeatDuty with { Lead = EnergyOffice, CoUnits = [] }, Energy);

        Assert.Equal((DutyState.Proposed, DutyJudge.Keeper), (duty.State, duty.WaitsFor));
        Assert.Equal("duty.judge.role", Code(duty.Admit("同意", EnergyHead.Fresh(Morning), Morning)));
        duty.Do(d => d.Admit("同意", Dispatcher, Morning));
        Assert.Equal(DutyState.InForce, duty.State);
    }

    [Fact]
    public void Propose_ByADepartment_ForAnother_IsRefused_ForTheStreetsItIsNot()
    {
        Assert.Equal("duty.role", Code(Duty.Propose(Guid.NewGuid(), HeatDuty with { Lead = WaterOffice }, "理由", null, Energy, Morning).Outcome));
        Assert.Equal(DutyJudge.Leader, ProposedDuty(StreetDuty, Energy).WaitsFor);
    }

    [Theory]
    [InlineData("mafang"), InlineData("mafang-lead"), InlineData("leader"), InlineData("gd"), InlineData("mafang-hj"), InlineData("admin"), InlineData("supervisor")]
    public void Propose_ByAnybodyElse_IsRefused(string user)
    {
        var actor = Cast.Single(actor => actor.UserId == user);

        Assert.Equal("duty.role", Code(Duty.Propose(Guid.NewGuid(), StreetDuty, "理由", null, actor, Morning).Outcome));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "community leads", "duty.lead.community" },
        { "communities lead", "duty.lead.community" },
        { "street on the district's list", "duty.lead.district" },
        { "department on the streets' list", "duty.lead.street" },
        { "another district's department", "duty.lead.district" },
        { "nobody leads", "duty.lead" },
        { "helper twice", "duty.co-unit.twice" },
        { "lead helps", "duty.co-unit.twice" },
        { "foreign helper", "duty.co-unit.district" },
        { "helper without a text", "duty.co-unit.text" },
        { "community list without a community", "duty.community.none" },
        { "no text", "duty.text" },
        { "no law", "duty.basis" },
        { "no limit", "duty.limit" },
        { "slash in a name", "duty.name" },
        { "no matter", "duty.name" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Terms_ThatBreakARule_AreRefused(string what, string code)
    {
        var terms = what switch
        {
            "community leads" => StreetDuty with { Scope = DutyScope.Community, Lead = Huijing },
            "communities lead" => StreetDuty with { Scope = DutyScope.Community, Lead = Locality.Community },
            "street on the district's list" => HeatDuty with { Lead = Locality.Street },
            "department on the streets' list" => StreetDuty with { Lead = EnergyOffice },
            "another district's department" => HeatDuty with { Lead = new OrgPath("/11/110105/d.cgw/") },
            "nobody leads" => StreetDuty with { Scope = DutyScope.Community, Lead = OrgPath.Portal, CoUnits = [new CoDuty(Locality.Community, "协助")] },
            "helper twice" => HeatDuty with { CoUnits = [new CoDuty(EnergyOffice, "监督"), new CoDuty(EnergyOffice, "检查")] },
            "lead helps" => HeatDuty with { CoUnits = [new CoDuty(HeatDuty.Lead, "监督")] },
            "foreign helper" => HeatDuty with { CoUnits = [new CoDuty(new OrgPath("/11/110105/d.cgw/"), "监督")] },
            "helper without a text" => HeatDuty with { CoUnits = [new CoDuty(EnergyOffice, " ")] },
            "community list without a community" => StreetDuty with { Scope = DutyScope.Community },
            "no text" => HeatDuty with { Text = "" },
            "no law" => HeatDuty with { Basis = " " },
            "no limit" => HeatDuty with { Limit = default },
            "slash in a name" => HeatDuty with { Matter = "温度/湿度" },
            _ => HeatDuty with { Matter = "" },
        };

        Assert.Equal(code, Code(Duty.Propose(Guid.NewGuid(), terms, "理由", null, Dispatcher, Morning).Outcome));
    }

    [Fact]
    public void Admit_ByTheLeader_WithAReason_BringsItIntoForce()
    {
        var duty = ProposedDuty(StreetDuty);

        Assert.Equal("duty.missing.reason", Code(duty.Admit("", DistrictLeader, Morning)));
        duty.Do(d => d.Admit("已征求街乡镇意见。", DistrictLeader, Morning));

        Assert.Equal((DutyState.InForce, DutyJudge.Nobody), (duty.State, duty.WaitsFor));
        Assert.Equal("duty.judge.nothing", Code(duty.Admit("再次", DistrictLeader, Morning)));
    }

    [Theory]
    [InlineData("dispatch"), InlineData("mafang-lead"), InlineData("cgw-head"), InlineData("supervisor")]
    public void Admit_OfWhatConcernsStreets_ByAnybodyElse_IsRefused(string user)
    {
        var duty = ProposedDuty(StreetDuty);

        Assert.Equal("duty.judge.role", Code(duty.Admit("同意", Cast.Single(actor => actor.UserId == user), Morning)));
        Assert.Equal(DutyState.Proposed, duty.State);
    }

    [Fact]
    public void Admit_LongAfterSigningIn_AsksForThePassword()
    {
        var duty = ProposedDuty(StreetDuty);

        Assert.Equal(Freshness.Code, Code(duty.Admit("同意", DistrictLeader, Morning.AddMinutes(31))));
        Assert.Equal(Freshness.Code, Code(duty.Reject("不同意", DistrictLeader, Morning.AddMinutes(31))));
    }

    [Fact]
    public void Reject_TakesAProposalOffTheList()
    {
        var duty = ProposedDuty(StreetDuty).Do(d => d.Reject("应由部门负责。", DistrictLeader, Morning));

        Assert.Equal((DutyState.Rejected, false), (duty.State, duty.IsListed));
        Assert.Equal("duty.over", Code(duty.Revise(StreetDuty with { Text = "改" }, "理由", null, Dispatcher, Morning)));
    }

    [Fact]
    public void Revise_OfADepartmentsDuty_ByTheCommandCentre_CountsAtOnce()
    {
        var duty = ProposedDuty(HeatDuty).Do(d => d.Revise(HeatDuty with { Limit = new TimeLimit(12, LimitUnit.Hours) }, "缩短时限", null, Dispatcher, At(1)));

        Assert.Equal("12小时", duty.Limit.ToString());
        Assert.Equal((2, DutyJudge.Nobody), (duty.Version, duty.WaitsFor));
        Assert.Equal("duty.revise.same", Code(duty.Revise(duty.Terms, "不变", null, Dispatcher, At(2))));
        Assert.Equal("duty.missing.reason", Code(duty.Revise(HeatDuty, "", null, Dispatcher, At(2))));
    }

    [Fact]
    public void Revise_ThatAsksMoreOfStreets_WaitsForTheLeader_WhileTheOldTermsStayInForce()
    {
        var duty = ProposedDuty(HeatDuty);
        var more = HeatDuty with { CoUnits = [.. HeatDuty.CoUnits, new CoDuty(Locality.Street, "每周入户测温")] };

        duty.Do(d => d.Revise(more, "压实属地责任", null, Dispatcher, At(1)));

        Assert.Equal((DutyState.InForce, DutyJudge.Leader), (duty.State, duty.WaitsFor));
        Assert.True(duty.Terms.Says(HeatDuty));
        Assert.Equal("duty.revise.pending", Code(duty.Revise(HeatDuty with { Basis = "《中华人民共和国价格法》" }, "改依据", null, Dispatcher, At(2))));

        duty.Do(d => d.Reject("街乡没有测温设备。", DistrictLeader.Fresh(At(3)), At(3)));
        Assert.True(duty.Terms.Says(HeatDuty));
        Assert.Equal((DutyState.InForce, DutyJudge.Nobody, null), (duty.State, duty.WaitsFor, duty.Revision));

        duty.Do(d => d.Revise(more, "已配设备", null, Dispatcher, At(4))).Do(d => d.Admit("同意。", DistrictLeader.Fresh(At(5)), At(5)));
        Assert.True(duty.Terms.Says(more));
    }

    [Fact]
    public void Revise_ThatAsksNoMoreOfStreets_NeedsNobody()
    {
        var duty = AdmittedDuty(StreetDuty);

        duty.Do(d => d.Revise(StreetDuty with { Basis = "《北京市市容环境卫生条例》", Keywords = "游商" }, "补充依据", null, Dispatcher, At(1)));

        Assert.Equal(("《北京市市容环境卫生条例》", DutyJudge.Nobody), (duty.Basis, duty.WaitsFor));
    }

    [Theory]
    [InlineData("text"), InlineData("limit"), InlineData("scope")]
    public void Revise_OfWhatAStreetMustDo_WaitsForTheLeader(string what)
    {
        var duty = AdmittedDuty(StreetDuty);
        var terms = what switch
        {
            "text" => StreetDuty with { Text = "每天巡查三次" },
            "limit" => StreetDuty with { Limit = new TimeLimit(2, LimitUnit.Hours) },
            _ => StreetDuty with { Scope = DutyScope.Community, CoUnits = [new CoDuty(Locality.Community, "上门劝导")] },
        };

        duty.Do(d => d.Revise(terms, "加强管理", null, Dispatcher, At(1)));

        Assert.Equal(DutyJudge.Leader, duty.WaitsFor);
    }

    [Fact]
    public void Revise_ByADepartment_OnlyOfItsOwn_AndTheCommandCentreConfirms()
    {
        var own = HeatDuty with { Lead = EnergyOffice, CoUnits = [] };
        var duty = ProposedDuty(own);

        Assert.Equal("duty.role", Code(duty.Revise(own with { Text = "改" }, "理由", null, Water, At(1))));
        Assert.Equal("duty.role", Code(duty.Revise(own with { Text = "改" }, "理由", null, Street, At(1))));
        Assert.Equal("duty.role", Code(duty.Revise(own with { Lead = WaterOffice }, "甩给水务", null, Energy, At(1))));

        duty.Do(d => d.Revise(own with { Text = "改" }, "理由", null, Energy, At(1)));
        Assert.Equal(DutyJudge.Keeper, duty.WaitsFor);
    }

    [Fact]
    public void End_ByTheCommandCentre_WithAReason_TakesItOffTheList()
    {
        var duty = ProposedDuty(HeatDuty);

        Assert.Equal("duty.role", Code(duty.End("理由", Energy, At(1))));
        Assert.Equal("duty.missing.reason", Code(duty.End(" ", Dispatcher, At(1))));
        duty.Do(d => d.End("职责已取消。", Dispatcher, At(1)));

        Assert.Equal((DutyState.Ended, false), (duty.State, duty.IsListed));
        Assert.Equal("duty.over", Code(duty.End("再次", Dispatcher, At(2))));
    }

    [Fact]
    public void EveryDuty_IsWhatItsLogAddsUpTo()
    {
        var duty = AdmittedDuty(StreetDuty)
            .Do(d => d.Revise(StreetDuty with { Text = "每天巡查" }, "加强", null, Dispatcher, At(1)));

        var replayed = Duty.Replay(duty.Unsaved);

        Assert.Equal(3, replayed.Version);
        Assert.Equal(duty.Head, replayed.Head);
        Assert.True(replayed.Terms.Says(duty.Terms) && replayed.Revision!.Says(duty.Revision!));
    }

    [Fact]
    public void ALocality_IsTheStreetOrCommunityWhereTheMatterLies()
    {
        Assert.Equal((Mafang, Mafang, Huijing), (Locality.Street.At(Huijing), Locality.Street.At(Mafang), Locality.Community.At(Huijing)));
        Assert.Equal(EnergyOffice, EnergyOffice.At(Huijing));
    }

    private static string? Code(Outcome outcome) => outcome.Refusal?.Code;
}
