using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class CaseFileTests
{
    private static readonly DispatchOrder s_toStreet = new(Mafang, [], At(9 * 24), "一般诉求7日");

    [Fact]
    public void Dispatch_ToAStreet_IsCopiedToTheDistrict()
    {
        var file = DispatchedCase();

        Assert.True(file.HasPart(District, Part.Copy));
        Assert.True(file.HasPart(Mafang, Part.Lead));
        Assert.Equal(Mafang, file.FirstReceiver);
    }

    [Fact]
    public void Dispatch_ToADepartment_IsNotCopied() => Assert.False(DispatchedCase(EnergyOffice).HasPart(District, Part.Copy));

    [Fact]
    public void Dispatch_ToACommittee_IsRefused() => Refused("case.dispatch.committee", RegisteredCase(), file =>
        file.Dispatch(s_toStreet with { Lead = Huijing }, Rules.Calendar, Dispatcher, At(1)));

    [Fact]
    public void Dispatch_WithACommitteeHelping_IsAllowed()
    {
        var file = RegisteredCase();

        Assert.Null(file.Dispatch(s_toStreet with { CoUnits = [Huijing] }, Rules.Calendar, Dispatcher, At(1)).Refusal);
        Assert.True(file.HasPart(Huijing, Part.CoUnit));
    }

    [Fact]
    public void Dispatch_ToASection_IsRefused() => Refused("case.dispatch.lead", RegisteredCase(), file =>
        file.Dispatch(s_toStreet with { Lead = Enforcers }, Rules.Calendar, Dispatcher, At(1)));

    [Fact]
    public void Dispatch_OutsideTheDistrict_IsRefused() => Refused("case.dispatch.district", RegisteredCase(), file =>
        file.Dispatch(s_toStreet with { Lead = new OrgPath("/11/110105/110105001/") }, Rules.Calendar, Dispatcher, At(1)));

    [Fact]
    public void Dispatch_WithALimitInThePast_IsRefused() => Refused("case.dispatch.limit", RegisteredCase(), file =>
        file.Dispatch(s_toStreet with { DueAt = At(0.5) }, Rules.Calendar, Dispatcher, At(1)));

    [Fact]
    public void Dispatch_WithoutTheBasisOfItsLimit_IsRefused() => Refused("case.missing.limitBasis", RegisteredCase(), file =>
        file.Dispatch(s_toStreet with { LimitBasis = " " }, Rules.Calendar, Dispatcher, At(1)));

    [Fact]
    public void Dispatch_ByAnotherDistrictsDispatcher_IsRefused() => Refused("case.intake.role", RegisteredCase(), file =>
        file.Dispatch(s_toStreet, Rules.Calendar, Dispatcher with { Unit = new OrgPath("/11/110105/d.zhzx/") }, At(1)));

    [Fact]
    public void Dispatch_ByTheStreetThatRegisteredIt_OnlyToItself()
    {
        var file = RegisteredCase(by: Street);

        Assert.Equal("case.dispatch.outside", file.Dispatch(s_toStreet with { Lead = EnergyOffice }, Rules.Calendar, Street, At(1)).Refusal?.Code);
        Assert.Null(file.Dispatch(s_toStreet, Rules.Calendar, Street, At(1)).Refusal);
    }

    [Fact]
    public void Register_ByACommunity_WaitsForItsStreet()
    {
        var file = RegisteredCase(Garage with { Channel = Channel.Community }, Village);

        Assert.Equal((Mafang, CaseStep.Dispatch), (file.NextUnit, file.NextStep));
    }

    [Fact]
    public void Register_OfAnotherDistrictsPlace_IsRefused()
    {
        var (file, outcome) = CaseFile.Register(Guid.NewGuid(), "1", Garage with { Home = new OrgPath("/11/110105/110105001/") }, Dispatcher, Morning);

        Assert.Null(file);
        Assert.Equal("case.register.role", outcome.Refusal?.Code);
    }

    [Theory]
    [InlineData("title"), InlineData("text"), InlineData("category"), InlineData("place")]
    public void Register_WithoutAField_NamesTheField(string field)
    {
        var demand = field switch
        {
            "title" => Garage with { Title = " " },
            "text" => Garage with { Text = "" },
            "category" => Garage with { Category = "" },
            _ => Garage with { Place = "" },
        };

        Assert.Equal(field, CaseFile.Register(Guid.NewGuid(), "1", demand, Dispatcher, Morning).Outcome.Refusal?.Field);
    }

    [Theory]
    [InlineData("title", Demand.MaxTitle), InlineData("text", Demand.MaxText), InlineData("place", Demand.MaxPlace), InlineData("category", Demand.MaxCategory)]
    public void Register_WithMoreThanAFieldHolds_IsRefused(string field, int most)
    {
        Demand Told(int length) => (field, new string('长', length)) switch
        {
            ("title", var long_) => Garage with { Title = long_ },
            ("text", var long_) => Garage with { Text = long_ },
            ("place", var long_) => Garage with { Place = long_ },
            var (_, long_) => Garage with { Category = long_ },
        };

        Assert.True(CaseFile.Register(Guid.NewGuid(), "1", Told(most), Dispatcher, Morning).Outcome.IsDone);
        Assert.Equal(("case.too-long", field), Code(CaseFile.Register(Guid.NewGuid(), "1", Told(most + 1), Dispatcher, Morning).Outcome));
    }

    private static (string?, string?) Code(Outcome outcome) => (outcome.Refusal?.Code, outcome.Refusal?.Field);

    [Theory]
    [InlineData(Channel.Media, "case.missing.detail", "报道日期", "媒体名称", "北京日报", "报道标题", "充电难")]
    [InlineData(Channel.Media, "case.detail.date", "报道日期", "媒体名称", "北京日报", "报道标题", "充电难", "报道日期", "昨天")]
    [InlineData(Channel.Media, "case.detail.link", "报道链接", "媒体名称", "北京日报", "报道标题", "充电难", "报道日期", "2026-03-01", "报道链接", "javascript:alert(1)")]
    [InlineData(Channel.Media, null, null, "媒体名称", "北京日报", "报道标题", "充电难", "报道日期", "2026-03-01", "报道链接", "https://example.org/1")]
    [InlineData(Channel.Hotline, "case.detail.foreign", "媒体名称", "媒体名称", "北京日报")]
    [InlineData(Channel.Leader, "case.missing.detail", "批示领导")]
    [InlineData(Channel.Hotline, null, null)]
    public void Channel_AsksItsOwnDetails(Channel channel, string? code, string? field, params string[] details)
    {
        var told = details.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal((code, field), Code(CaseFile.Register(Guid.NewGuid(), "1", Garage with { Channel = channel, Details = told }, Dispatcher, Morning).Outcome));
    }

    [Theory]
    [InlineData(Channel.Grid, true), InlineData(Channel.Community, true), InlineData(Channel.Patrol, true), InlineData(Channel.Hotline, false), InlineData(Channel.PublicDoor, false)]
    public void WhatIsFoundOnTheStreet_IsProactive(Channel channel, bool isProactive) =>
        Assert.Equal(isProactive, RegisteredCase(Garage with { Channel = channel }).IsProactive);

    [Fact]
    public void PublicDoor_RegistersInItsDistrict_AndNowhereElse()
    {
        var file = RegisteredCase(Garage with { Channel = Channel.PublicDoor }, Actor.PublicDoor(District));

        Assert.Equal((District, CaseStep.Dispatch), (file.NextUnit, file.NextStep));
        Assert.Equal("case.register.role", CaseFile.Register(
            Guid.NewGuid(), "1", Garage with { Home = new OrgPath("/11/110105/110105001/") }, Actor.PublicDoor(District), Morning).Outcome.Refusal?.Code);
    }

    [Theory]
    [InlineData("楼道里有煤气味", "煤气")]
    [InlineData("燃气费多收了两次", null)]
    [InlineData("燃气费多收了两次，家里燃气还漏", "燃气")]
    [InlineData("小区停车难", null)]
    public void SafetyWord_IsFound_ButNotInABill(string text, string? word) =>
        Assert.Equal(word, new SafetyWords("", ["煤气", "燃气"], ["燃气费"]).Mark(Garage with { Title = "反映", Text = text }).SafetyWord);

    [Fact]
    public void Report_IsNeverDispatchedToTheReportedUnit_NorToItsSections()
    {
        var file = RegisteredCase(Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice });

        Assert.Equal("case.dispatch.reported", file.Dispatch(s_toStreet with { Lead = EnergyOffice }, Rules.Calendar, Dispatcher, At(1)).Refusal?.Code);
        Assert.Equal("case.dispatch.reported", file.Dispatch(s_toStreet with { CoUnits = [EnergyOffice.Child("s.nyk")] }, Rules.Calendar, Dispatcher, At(1)).Refusal?.Code);
    }

    [Fact]
    public void Report_OfOnesOwnUnit_IsRegisteredElsewhere() => Assert.Equal(
        "case.register.own-report",
        CaseFile.Register(Guid.NewGuid(), "1", Garage with { Nature = Nature.Report, ReportedUnit = Mafang }, Street, Morning).Outcome.Refusal?.Code);

    [Fact]
    public void Accept_BySomeOtherStreet_IsRefused() => Refused("case.not-yours", DispatchedCase(), file => file.Accept(OtherStreet, At(1)));

    [Fact]
    public void Accept_ByTheVillageOfThatStreet_IsTheStreetsOwnAct() => Assert.Null(DispatchedCase().Accept(Street, At(1)).Refusal);

    [Fact]
    public void Objection_DoesNotStopTheClock()
    {
        var file = DispatchedCase();
        var due = file.DueAt;

        Assert.Null(file.ObjectToDispatch("不是我镇的路", "《公路法》第八条", EnergyOffice, Rules, Street, At(1)).Refusal);

        Assert.Equal(due, file.DueAt);
        Assert.Equal(CaseStatus.Dispatched, file.Status);
        Assert.True(file.HasOpenObjection);
    }

    [Fact]
    public void Objection_AfterOneWorkingDay_IsTooLate() => Refused("case.object.late", DispatchedCase(), file =>
        file.ObjectToDispatch("理由", "依据", null, Rules, Street, At(33)));

    [Fact]
    public void Objection_Twice_IsRefused() => Refused(
        "case.object.twice",
        DispatchedCase().Do(file => file.ObjectToDispatch("理由", "依据", null, Rules, Street, At(1))),
        file => file.ObjectToDispatch("理由", "依据", null, Rules, Street, At(2)));

    [Fact]
    public void Review_ByWhoeverDispatched_IsRefused() => Refused("case.review.own-dispatch", Objected(), file => file.ReviewObjection(true, "成立", Dispatcher, At(2)));

    [Fact]
    public void Review_ByALeaderOrAStreet_IsRefused()
    {
        Refused("case.review.role", Objected(), file => file.ReviewObjection(true, "成立", DistrictLeader, At(2)));
        Refused("case.review.role", Objected(), file => file.ReviewObjection(true, "成立", Street, At(2)));
    }

    [Fact]
    public void Review_Upheld_SendsTheCaseBackToBeDispatched_AndTheUnitLosesSight()
    {
        var file = Objected().Do(file => file.ReviewObjection(true, "成立", Supervisor, At(2)));

        Assert.Equal((CaseStatus.Registered, District, CaseStep.Dispatch), (file.Status, file.NextUnit, file.NextStep));
        Assert.Null(file.DueAt);
        Assert.False(file.HasPart(Mafang, Part.Lead));
    }

    [Fact]
    public void Review_Dismissed_LeavesEverythingAsItWas()
    {
        var file = Objected().Do(file => file.ReviewObjection(false, "不成立", SecondDispatcher, At(2)));

        Assert.Equal((CaseStatus.Dispatched, Mafang), (file.Status, file.FirstReceiver));
        Assert.False(file.HasOpenObjection);
    }

    [Fact]
    public void Dispatch_OnceMoreAfterAnUpheldObjection_CarriesItsOwnLimit()
    {
        var file = Objected().Do(file => file.ReviewObjection(true, "成立", Supervisor, At(2)));

        Assert.Null(file.Dispatch(new DispatchOrder(EnergyOffice, [], At(100), "重派"), Rules.Calendar, SecondDispatcher, At(3)).Refusal);
        Assert.Equal((EnergyOffice, 2, At(100)), (file.FirstReceiver, file.DispatchCount, file.DueAt));
    }

    [Fact]
    public void Submit_WithoutContact_IsRefused_UntilThreeTries()
    {
        var file = AcceptedCase().Do(f => f.Contact(false, "无人接听", Street, At(1)));
        file.Do(f => f.Contact(false, "无人接听", Street, At(2)));
        Assert.Equal("case.submit.no-contact", file.Submit("结果", null, Street, At(3)).Refusal?.Code);

        file.Do(f => f.Contact(true, "接通", Street, At(4))).Do(f => f.Progress("进展", null, Street, At(5)));
        Assert.Null(file.Submit("结果", null, Street, At(6)).Refusal);
    }

    [Fact]
    public void Submit_WithAnOpenWhistle_IsRefused() => Refused("case.submit.whistle", WhistledCase(), file => file.Submit("结果", null, Street, At(9)));

    [Fact]
    public void Answer_IsTheHeadsAct_AndNotTheHandlersOwn()
    {
        Refused("case.not-head", SubmittedCase(), file => file.Answer("答复", Street, At(22)));

        var own = CaseInProgress().Do(file => file.Submit("结果", null, StreetHead, At(20)));
        Refused("case.answer.own-result", own, file => file.Answer("答复", StreetHead, At(21)));
    }

    [Fact]
    public void Callback_BeforeTheLimit_IsRefused_HoweverDoneItIs() => Refused("case.callback.early", AnsweredCase(), file =>
        file.CallBack(Yes, Dispatcher, At(24)));

    [Fact]
    public void Close_WhenTwiceNo_NeedsARedoFirst()
    {
        var file = CalledBackCase(solved: false);
        Assert.Equal("case.close.twice-no", file.Close("结案", Dispatcher, At(200)).Refusal?.Code);

        file.Do(f => f.Redo("再办一次", At(300), "7日", Dispatcher, At(201)));
        Assert.Equal((CaseStatus.Accepted, At(300), 1), (file.Status, file.DueAt, file.RedoneCount));
    }

    [Fact]
    public void Archive_BeforeTheFileIsStored_IsRefused() => Refused("case.archive.no-file", ClosedCase(), file => file.Archive("1", "永久", Archivist, At(300)));

    [Fact]
    public void StoreFile_Twice_IsRecordedOnce()
    {
        var file = StoredCase();
        var version = file.Version;

        Assert.Null(file.StoreFile(Pdf, 3, file.Version, At(300)).Refusal);
        Assert.Equal(version, file.Version);
    }

    [Fact]
    public void StoreFile_DrawnBeforeSomethingCame_IsLeftAside_AndAnotherIsDue()
    {
        var file = ClosedCase();
        var drawn = file.Version;
        file.Do(f => f.Contest(ContestKind.Result, ContestGround.WrongRecord, "与本人说的不符。", null, CallbackTerms.Default, Rules.Calendar, Street, At(300)));

        Assert.Null(file.StoreFile(Pdf, 3, drawn, At(301)).Refusal);

        Assert.Null(file.StoredFile);
        Assert.True(file.IsPrintDue);
    }

    [Fact]
    public void Merge_IntoItselfOrAFinishedCase_IsRefused()
    {
        var file = RegisteredCase();

        Assert.Equal("case.merge.target", file.MergeInto(file, Dispatcher, At(1)).Refusal?.Code);
        Assert.Equal("case.merge.target", file.MergeInto(ClosedCase(), Dispatcher, At(1)).Refusal?.Code);
        Assert.Null(file.MergeInto(AcceptedCase(), Dispatcher, At(1)).Refusal);
    }

    [Fact]
    public void Assign_OutsideOnesOwnUnit_IsRefused() => Refused("case.assign.unit", AcceptedCase(), file => file.Assign(EnergyOffice, "帮忙", Street, At(1)));

    [Fact]
    public void Progress_ByTheHomeVillage_IsAllowed_ByAStranger_NotAtAll()
    {
        Assert.Null(ContactedCase().Progress("飞线已拆5处", null, Village, At(2)).Refusal);
        Refused("case.progress.not-yours", ContactedCase(), file => file.Progress("我也来写", null, OtherStreet, At(2)));
    }

    [Fact]
    public void Withdraw_KeepsThePersonOut_ButNotHisUnit()
    {
        var file = AcceptedCase().Do(f => f.Withdraw("诉求人是亲属", Street, At(1)));

        Assert.Equal("case.withdrawn", file.Contact(true, "联系", Street, At(2)).Refusal?.Code);
        Assert.Null(file.Contact(true, "联系", StreetHead, At(2)).Refusal);
    }

    [Fact]
    public void Reveal_NeedsAPurpose_AndIsRecorded()
    {
        var file = AcceptedCase();

        Assert.Equal("purpose", file.Reveal(" ", Street, At(1)).Refusal?.Field);
        Assert.Null(file.Reveal("电话回访", Street, At(1)).Refusal);
        Assert.Equal("电话回访", Assert.IsType<PetitionerRevealed>(file.Unsaved[^1].Event).Purpose);
    }

    [Fact]
    public void Reveal_IsForTheOwnerAndTheCommandCentre()
    {
        var file = WhistledCase();

        Assert.Equal("case.reveal.role", file.Reveal("用途", Energy, At(5)).Refusal?.Code);
        Assert.Equal("case.reveal.role", file.Reveal("用途", Village, At(5)).Refusal?.Code);
        Assert.Null(file.Reveal("用途", Dispatcher, At(5)).Refusal);
    }

    [Fact]
    public void Reveal_OfAReportsAuthor_NeverToTheReportedUnit()
    {
        var file = RegisteredCase(Garage with { Nature = Nature.Report, ReportedUnit = Mafang });

        Assert.Equal("case.reveal.report", file.Reveal("用途", Street, At(1)).Refusal?.Code);
        Assert.Equal("case.reveal.report", file.Reveal("用途", StreetHead, At(1)).Refusal?.Code);
    }

    [Fact]
    public void Erase_IsTheArchivistsAct_AfterArchiving()
    {
        Refused("case.erase.role", StoredCase(), file => file.ErasePetitioner("保管期满", Archivist, At(300)));
        Refused("case.erase.role", ArchivedCase(), file => file.ErasePetitioner("保管期满", Dispatcher, At(300)));
        Assert.Null(ArchivedCase().ErasePetitioner("保管期满", Archivist, At(300)).Refusal);
    }

    [Theory]
    [InlineData(0, true), InlineData(7 * 24 - 1, false), InlineData(7 * 24 + 1, true)]
    public void IsOverdue_IsAQuestionOfTheLimit(double hours, bool expected) =>
        Assert.Equal(expected && hours > 1, CaseInProgress().IsOverdueAt(At(hours)));

    [Fact]
    public void TwoHalfWorkingDays_AreOneWorkingDayForObjections()
    {
        var friday = new DateTimeOffset(2026, 3, 6, 6, 0, 0, TimeSpan.Zero);   // 14:00 in Beijing
        var file = RegisteredCase().Do(f => f.Dispatch(s_toStreet with { DueAt = friday.AddDays(7) }, Rules.Calendar, Dispatcher, friday));

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 6, 0, 0, TimeSpan.Zero), file.ObjectBy);
    }

    private static CaseFile Objected() => DispatchedCase().Do(file => file.ObjectToDispatch("不属本镇", "职责清单", EnergyOffice, Rules, Street, At(1)));

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var (version, head) = (file.Version, file.Head);

        Assert.Equal(code, act(file).Refusal?.Code);

        Assert.Equal((version, head), (file.Version, file.Head));
    }
}
