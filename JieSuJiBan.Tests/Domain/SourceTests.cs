using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What the hotline does with its order, beside what the district does.</summary>
public class SourceTests
{
    private static readonly DateTimeOffset s_due = At(7 * 24);

    [Fact]
    public void AnOrder_IsCountedFromTheCall_AndRegisteredWhenItCame()
    {
        var file = RegisteredCase();

        Assert.Equal((Order.RaisedAt, Morning), (file.RaisedAt, file.RegisteredAt));
        Assert.Equal(Morning, RegisteredCase(Garage).RaisedAt);
    }

    [Fact]
    public void TheHotlinesOwnDispatch_ReachesTheUnit_EvenLate_AndMayBeObjectedToFromNow()
    {
        var file = RegisteredCase().Do(f => f.SendAsOrdered(Mafang, At(-1), "12345热线直派", Rules.Calendar, Hotline, Morning));

        Assert.Equal((CaseStatus.Dispatched, Mafang, At(-1)), (file.Status, file.FirstReceiver, file.DueAt));
        Assert.Equal(Rules.Calendar.Add(Morning, WorkCalendar.WorkingDay), file.ObjectBy);
        Assert.True(file.HasPart(District, Part.Copy));
        Assert.True(file.IsOverdueAt(Morning));
        Assert.True(file.ObjectToDispatch("不在辖区", "职责清单", null, Rules, Street, At(1)).IsDone);
        Assert.True(file.ReviewObjection(true, "成立", Dispatcher, At(2)).IsDone);
    }

    [Theory]
    [InlineData("danger", "case.ordered.person"), InlineData("report", "case.ordered.person"), InlineData("committee", "case.dispatch.committee")]
    [InlineData("elsewhere", "case.dispatch.district"), InlineData("basis", "case.missing.limitBasis"), InlineData("number", "case.source.role")]
    [InlineData("person", "case.source.role"), InlineData("district", "case.source.role"), InlineData("again", "case.ordered.late")]
    public void TheHotlinesOwnDispatch_IsRefused_WhereAPersonMustLook(string why, string code)
    {
        var file = why switch
        {
            "danger" => RegisteredCase(Order with { SafetyWord = "燃气" }),
            "report" => RegisteredCase(Order with { Nature = Nature.Report }),
            "number" => RegisteredCase(Garage),
            "again" => DispatchedCase().Do(f => f.ObjectToDispatch("理由", "依据", null, Rules, Street, At(1))).Do(f => f.ReviewObjection(true, "成立", SecondDispatcher, At(2))),
            _ => RegisteredCase(),
        };
        var lead = why switch { "committee" => Huijing, "elsewhere" => new OrgPath("/11/110105/d.cgw/"), _ => Mafang };
        var by = why switch { "person" => Dispatcher, "district" => Actor.Hotline(new OrgPath("/11/110105/")), _ => Hotline };

        Assert.Equal(code, file.SendAsOrdered(lead, s_due, why == "basis" ? " " : "12345热线直派", Rules.Calendar, by, At(3)).Refusal?.Code);
        Assert.NotEqual(CaseStatus.Dispatched, file.Status);
    }

    [Fact]
    public void AFinishedOrder_IsTakenOver_WithWhoseItWas_AndWhatThePetitionerSaid()
    {
        var file = TakenOverCase();

        Assert.Equal((CaseStatus.TakenOver, Mafang, At(-100)), (file.Status, file.FirstReceiver, file.ClosedAt));
        Assert.Equal((true, Satisfaction.Satisfied), (file.Solved, file.Satisfaction));
        Assert.Equal((false, null, CaseStep.None), (file.IsOpen, file.DueAt, file.NextStep));
        Assert.True(file.HasPart(Mafang, Part.Lead));
    }

    [Theory]
    [InlineData("committee"), InlineData("elsewhere"), InlineData("report"), InlineData("reported")]
    public void WhoseItWas_IsNotKept_WhereThatUnitMustNotHaveIt(string why)
    {
        var file = RegisteredCase(why switch
        {
            "report" => Order with { Nature = Nature.Report },
            "reported" => Order with { ReportedUnit = Mafang },
            _ => Order,
        });
        var lead = why switch { "committee" => Huijing, "elsewhere" => new OrgPath("/11/110105/d.cgw/"), _ => Mafang };

        file.Do(f => f.TakeOver(new SourceEnding(lead, At(-1), "", null, null), Hotline, Morning));

        Assert.Equal((CaseStatus.TakenOver, null), (file.Status, file.FirstReceiver));
        Assert.False(file.HasPart(lead, Part.Lead));
    }

    [Fact]
    public void WhatIsInHandHere_DoesNotEndWithTheHotline()
    {
        var ending = new SourceEnding(Mafang, At(1), "已办结", null, null);
        var objected = DispatchedCase().Do(f => f.ObjectToDispatch("理由", "依据", null, Rules, Street, At(1)));

        Assert.Equal("case.take-over.in-hand", objected.TakeOver(ending, Hotline, At(2)).Refusal?.Code);
        Assert.Equal("case.take-over.in-hand", objected.Do(f => f.ReviewObjection(true, "成立", SecondDispatcher, At(2))).TakeOver(ending, Hotline, At(3)).Refusal?.Code);
        Assert.Equal("case.status", AcceptedCase().TakeOver(ending, Hotline, At(2)).Refusal?.Code);
        Assert.Equal("case.source.role", RegisteredCase().TakeOver(ending, Dispatcher, At(2)).Refusal?.Code);
    }

    [Fact]
    public void WhatTheHotlineChanges_IsRecordedOnce_AndLeavesWhatWasDoneHere()
    {
        var file = RegisteredCase(Order with { SourceFacts = new Dictionary<string, string> { ["工单状态"] = "办理中", ["标签"] = "充电" } })
            .Do(f => f.Dispatch(new DispatchOrder(Mafang, [], s_due, "7日"), Rules.Calendar, Dispatcher, At(1)))
            .Do(f => f.Accept(Street, At(2)));
        var told = new Dictionary<string, string> { ["工单状态"] = "已办结", ["标签"] = "充电", ["标题"] = Order.Title, ["主要内容"] = $"{Order.Text}补充：昨夜冒烟。" };

        file.Do(f => f.FollowSource(told, "冒烟", Hotline, At(3)));
        var version = file.Version;
        file.Do(f => f.FollowSource(told, "冒烟", Hotline, At(4)));

        Assert.Equal(version, file.Version);
        Assert.Equal(["工单状态", "主要内容"], ((SourceUpdated)file.Unsaved[^1].Event).Changed.Keys);
        Assert.Equal((CaseStatus.Accepted, Mafang, Order.Text, "冒烟"), (file.Status, file.FirstReceiver, file.Text, file.SafetyWord));
        Assert.Equal((told["主要内容"], Order.Title, "充电"), (file.SourceSays("主要内容"), file.SourceSays("标题"), file.SourceSays("标签")));
        Assert.Equal("case.too-long", file.FollowSource(new Dictionary<string, string> { ["标签"] = new('长', CaseFile.MaxFact + 1) }, null, Hotline, At(5)).Refusal?.Code);
        Assert.Equal("case.source.role", file.FollowSource(new Dictionary<string, string> { ["标签"] = "新" }, null, Dispatcher, At(5)).Refusal?.Code);
    }

    [Fact]
    public void WhatTheHotlineTakesUpAgain_WaitsForItsDispatch_AndCanBeSentAsOrdered()
    {
        var file = TakenOverCase().Do(f => f.ReopenAtSource(Hotline, At(1)));

        Assert.Equal((CaseStatus.Registered, null, null, null), (file.Status, file.FirstReceiver, file.ClosedAt, file.Solved));
        Assert.Equal((District, CaseStep.Dispatch), (file.NextUnit, file.NextStep));
        Assert.False(file.HasPart(Mafang, Part.Lead));
        file.Do(f => f.SendAsOrdered(EnergyOffice, s_due, "12345热线直派", Rules.Calendar, Hotline, At(2)));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Theory]
    [InlineData("sent", null, CaseStatus.Registered), InlineData("sent", "own", CaseStatus.Registered), InlineData("sent", "other", CaseStatus.Dispatched)]
    [InlineData("signed", null, CaseStatus.Accepted), InlineData("signed", "own", CaseStatus.Registered), InlineData("signed", "other", CaseStatus.Accepted)]
    [InlineData("finished", null, CaseStatus.TakenOver), InlineData("finished", "own", CaseStatus.TakenOver)]
    public void WhatTurnsOutToBeAReport_LeavesWhoeverItIsAbout_AndNotWhoWorksOnItRightly(string state, string? about, CaseStatus status)
    {
        var file = state switch
        {
            "finished" => TakenOverCase(),
            "signed" => RegisteredCase().Do(f => f.Dispatch(new DispatchOrder(Mafang, [], s_due, "7日"), Rules.Calendar, Dispatcher, At(1))).Do(f => f.Accept(Street, At(2))),
            _ => RegisteredCase().Do(f => f.SendAsOrdered(Mafang, s_due, "12345热线直派", Rules.Calendar, Hotline, At(1))),
        };
        var reported = about switch { "own" => Mafang, "other" => EnergyOffice, _ => (OrgPath?)null };
        var told = new Dictionary<string, string> { ["工单性质"] = "举报" };

        file.Do(f => f.FollowSource(told, null, Hotline, At(3), isReport: true, reported));

        Assert.Equal((Nature.Report, reported, status), (file.Nature, file.ReportedUnit, file.Status));
        Assert.Equal(status is CaseStatus.Dispatched or CaseStatus.Accepted, file.HasPart(Mafang, Part.Lead));
        Assert.Equal(reported is not null, file.HasPart(Huijing, Part.Home));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
        Assert.Equal("case.ordered.person", file.SendAsOrdered(Mafang, s_due, "12345热线直派", Rules.Calendar, Hotline, At(4)).Refusal?.Code);
    }

    [Fact]
    public void AReportOfNobodyNamed_IsHiddenFromItsPlace()
    {
        var file = RegisteredCase(Order with { Nature = Nature.Report, IsWithheld = true });

        Assert.Equal([(Dispatcher.Unit, Part.Registrar)], file.Parties.Select(party => (party.Unit, party.Part)));
        Assert.Equal(Huijing, file.Home);
        file.Do(f => f.Dispatch(new DispatchOrder(EnergyOffice, [], s_due, "7日"), Rules.Calendar, Dispatcher, At(1)));
        Assert.DoesNotContain(file.Parties, party => Mafang.Contains(party.Unit));
    }
}
