using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What is found before anybody complains: put right on the spot, or handled and told back to whoever found it.</summary>
public class ReportingTests
{
    [Fact]
    public void SolvedOnTheSpot_IsClosed_AndItsStreetSeesIt()
    {
        var file = FoundAndSolved();

        Assert.Equal((CaseStatus.Closed, true, false), (file.Status, file.IsSolvedOnTheSpot, file.IsOpen));
        Assert.Equal((District, CaseStep.Archive), (file.NextUnit, file.NextStep));
        Assert.True(file.HasPart(Mafang, Part.Registrar));
        Assert.Null(file.FirstReceiver);
    }

    [Fact]
    public void SolvedOnTheSpot_IsStoredAndArchived_LikeAnyClosedCase()
    {
        var file = FoundAndSolved().Do(file => file.StoreFile(Pdf, 4, file.Version, At(1)));

        Assert.Null(file.Archive("PG-1", "10年", Archivist, At(2)).Refusal);
    }

    [Fact]
    public void OnTheSpot_OnlyWhereNobodyComplained()
    {
        var complaint = RegisteredCase(Garage with { Channel = Channel.Visit }, Village);

        Assert.Equal("case.on-the-spot.complained", complaint.SolveOnTheSpot("已解决", null, Village, At(1)).Refusal?.Code);
        Assert.Equal("result", FoundCase().SolveOnTheSpot(" ", null, GridWorker, At(1)).Refusal?.Field);
    }

    [Fact]
    public void OnTheSpot_ByTheReportersOwnPeople_NotByTheirStreetNorTheCommandCentre()
    {
        Assert.Null(FoundCase().SolveOnTheSpot("已解决", null, Village, At(1)).Refusal);
        foreach (var other in new[] { Street, StreetHead, OtherStreet, Dispatcher, Archivist, Administrator })
        {
            Assert.Equal("case.reporter.not-yours", FoundCase().SolveOnTheSpot("已解决", null, other, At(1)).Refusal?.Code);
        }
    }

    [Fact]
    public void OnTheSpot_NotOnceItIsDispatched() =>
        Assert.Equal("case.status", FoundAndAccepted().SolveOnTheSpot("已解决", null, GridWorker, At(1)).Refusal?.Code);

    [Fact]
    public void NobodyComplained_SoNobodyIsContactedFirst()
    {
        var file = FoundAndAccepted();

        Assert.Equal((Mafang, CaseStep.Handle), (file.NextUnit, file.NextStep));
        Assert.Equal("case.contact.nobody", file.Contact(true, "联系", Street, At(1)).Refusal?.Code);
        Assert.Null(file.Progress("已叫车。", null, Street, At(1)).Refusal);
        Assert.Equal(CaseStatus.InProgress, file.Status);
        Assert.Null(file.Submit("已清走", null, Street, At(2)).Refusal);
    }

    [Fact]
    public void APetitioner_IsStillContactedFirst()
    {
        var file = AcceptedCase().Do(file => file.Progress("先去看看", null, Street, At(1)));

        Assert.Equal(CaseStatus.Accepted, file.Status);
        Assert.Equal("case.submit.no-contact", file.Submit("结果", null, Street, At(2)).Refusal?.Code);
    }

    [Fact]
    public void Answered_AwaitsItsReporter_AndSoDoesASecondAnswer()
    {
        var file = FoundAndAnswered();
        Assert.True(file.AwaitsReporter);

        file.Do(f => f.Confirm(false, "还有一堆", GridWorker, At(7)));
        Assert.Equal((false, false), (file.AwaitsReporter, file.ReporterSaysSolved));

        file.Do(f => f.CallBack(new CallbackAnswer(true, false, Satisfaction.NotSaid, UnsolvedReason.InPart), Dispatcher, At(8)))
            .Do(f => f.Redo("清干净", At(100), "7日", Dispatcher, At(9)))
            .Do(f => f.Progress("又清一次", null, Street, At(10)))
            .Do(f => f.Submit("已清完", null, Street, At(11)))
            .Do(f => f.Answer("已清完", StreetHead, At(12)));
        Assert.Equal((true, null), (file.AwaitsReporter, file.ReporterSaysSolved));
        Assert.Null(file.Confirm(true, null, Village, At(13)).Refusal);
    }

    [Fact]
    public void Confirm_ByTheReportersOwnPeople_Once_AndWithWordsIfItIsNotSolved()
    {
        Assert.Equal("case.reporter.not-yours", FoundAndAnswered().Confirm(true, null, Street, At(7)).Refusal?.Code);
        Assert.Equal("case.reporter.not-yours", FoundAndAnswered().Confirm(true, null, Dispatcher, At(7)).Refusal?.Code);
        Assert.Equal("case.missing.remark", FoundAndAnswered().Confirm(false, " ", GridWorker, At(7)).Refusal?.Code);
        Assert.Equal("case.confirm.none", FoundAndConfirmed().Confirm(true, null, GridWorker, At(8)).Refusal?.Code);
        Assert.Equal("case.confirm.none", FoundAndAccepted().Confirm(true, null, GridWorker, At(8)).Refusal?.Code);
    }

    [Fact]
    public void Confirm_IsNotForACaseWithAPetitioner()
    {
        var file = RegisteredCase(Garage with { Channel = Channel.Visit }, Village);

        Assert.Equal("case.confirm.complained", file.Confirm(true, null, Village, At(1)).Refusal?.Code);
    }

    [Fact]
    public void Confirm_OfOnesOwnWork_IsRefused_AndNobodyWaitsForIt()
    {
        var file = RegisteredCase(Find with { Channel = Channel.Patrol }, Street)
            .Do(f => f.Dispatch(new DispatchOrder(Mafang, [], At(7 * 24), "7日"), Rules.Calendar, Street, At(0.2)))
            .Do(f => f.Accept(Street, At(0.5)))
            .Do(f => f.Progress("已叫车。", null, Street, At(1)))
            .Do(f => f.Submit("已清走。", null, Street, At(2)))
            .Do(f => f.Answer("已清走。", StreetHead, At(3)));

        Assert.False(file.AwaitsReporter);
        Assert.Equal("case.confirm.own-work", file.Confirm(true, null, Street, At(4)).Refusal?.Code);
        Assert.Equal("case.callback.early", file.CallBack(new CallbackAnswer(true, true, Satisfaction.NotSaid), Dispatcher, At(5)).Refusal?.Code);
    }

    [Fact]
    public void Callback_MayFollowTheReportersWord_ButNeverComeBeforeItAndTheLimit()
    {
        Assert.Equal("case.callback.early", FoundAndAnswered().CallBack(new CallbackAnswer(true, true, Satisfaction.NotSaid), Dispatcher, At(8)).Refusal?.Code);
        Assert.Null(FoundAndConfirmed().CallBack(new CallbackAnswer(true, true, Satisfaction.NotSaid), Dispatcher, At(8)).Refusal);
        Assert.Null(FoundAndAnswered().CallBack(new CallbackAnswer(true, true, Satisfaction.NotSaid), Dispatcher, At(8 * 24)).Refusal);
    }

    [Fact]
    public void Callback_WhereNobodyComplained_HasNoSatisfaction()
    {
        var file = FoundAndConfirmed().Do(f => f.CallBack(Yes, Dispatcher, At(8)));

        Assert.Equal((true, Satisfaction.NotSaid), (file.Solved, file.Satisfaction));
        Assert.True(Assert.IsType<PetitionerCalledBack>(file.Unsaved[^1].Event).IsReporter);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Close_OfWhatItsReporterCallsUnsolved_NeedsARedoFirst(bool byHimself)
    {
        var file = (byHimself ? FoundAndConfirmed(solved: false) : FoundAndAnswered())
            .Do(f => f.CallBack(new CallbackAnswer(true, false, Satisfaction.NotSaid, UnsolvedReason.InPart), Dispatcher, At(8 * 24)));

        Assert.Equal("case.close.unsolved", file.Close("结案", Dispatcher, At(200)).Refusal?.Code);
        Assert.Null(file.Redo("再清一次", At(300), "7日", Dispatcher, At(201)).Refusal);
    }

    [Fact]
    public void Close_WhereTheReporterWasNotReached_IsTheCommandCentresJudgement()
    {
        var file = FoundAndAnswered().Do(f => f.CallBack(new CallbackAnswer(false, false, Satisfaction.NotSaid, UnsolvedReason.InPart), Dispatcher, At(8 * 24)));

        Assert.Null(file.Close("现场照片可证", Dispatcher, At(200)).Refusal);
    }

    [Fact]
    public void AStreet_HandsItsDispatchToTheDistrict_AndNoLongerDecides()
    {
        var file = FoundCase();
        Assert.Equal((Mafang, CaseStep.Dispatch), (file.NextUnit, file.NextStep));
        Assert.Equal("case.hand-up.not-yours", file.HandToDistrict("不属本镇", GridWorker, At(1)).Refusal?.Code);
        Assert.Equal("case.hand-up.not-yours", file.HandToDistrict("不属本镇", OtherStreet, At(1)).Refusal?.Code);
        Assert.Equal("reason", file.HandToDistrict("", Street, At(1)).Refusal?.Field);

        file.Do(f => f.HandToDistrict("属市级管线，不在本镇职责内。", Street, At(1)));

        Assert.Equal((District, CaseStep.Dispatch), (file.NextUnit, file.NextStep));
        Assert.Equal("case.intake.role", file.Dispatch(new DispatchOrder(Mafang, [], At(90), "7日"), Rules.Calendar, Street, At(2)).Refusal?.Code);
        Assert.Null(file.Dispatch(new DispatchOrder(EnergyOffice, [], At(90), "7日"), Rules.Calendar, Dispatcher, At(2)).Refusal);
    }

    [Fact]
    public void TheSixSteps_FollowTheCase_AndNameNoneThatWasLeftOut()
    {
        Assert.Equal("问", Told(FoundCase()));
        Assert.Equal("问办", Told(FoundAndSolved()));
        Assert.Equal("问派办", Told(FoundAndAccepted()));
        Assert.Equal("问派转办", Told(FoundAndAccepted().Do(file => file.Assign(Enforcers, "去清", Street, At(1)))));
        Assert.Equal("问派办审回", Told(FoundAndAnswered()));
        Assert.Equal("问派转", Told(FoundCase().Do(file => file.HandToDistrict("不属本镇", Street, At(1)))
            .Do(file => file.Dispatch(new DispatchOrder(EnergyOffice, [], At(90), "7日"), Rules.Calendar, Dispatcher, At(2)))));
        Assert.Equal("问回", Told(FoundCase().Do(file => file.AnswerAtOnce("已有计划，下周施工。", Street, At(1)))));

        static string Told(CaseFile file) => string.Concat(Enum.GetValues<ReportStep>().Where(step => step == file.Steps.Now || file.Steps.IsPast(step)).Select(step => step.Word()));
    }

    [Theory]
    [InlineData("7号楼西侧堆着装修垃圾，约两车。挡住消防通道。", "7号楼西侧堆着装修垃圾，约两车")]
    [InlineData("  路灯不亮\n第三根", "路灯不亮")]
    [InlineData("路灯坏了！！", "路灯坏了")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九…")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八😀十一", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八…")]
    [InlineData("？？", "？？")]
    public void Title_IsTheFirstSentence(string text, string title) => Assert.Equal(title, Demand.TitleOf(text));

    [Fact]
    public void EveryRole_IsOfferedChannels_AndNoneThatNoOfficerEnters()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.NotEmpty(ChannelForms.OfferedTo(role));
            Assert.DoesNotContain(ChannelForms.OfferedTo(role), channel => channel is Channel.PublicDoor or Channel.System);
            Assert.True(ChannelForms.ReportedBy(role).IsProactive());
        }
    }
}
