using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>一单多派、一单多考: whom a callback is kept for beside the lead, where it is counted, and who may appeal against it.</summary>
public class CoUnitTests
{
    private static readonly DateTimeOffset s_called = At(8 * 24), s_after = At((8 * 24) + 2);

    [Fact]
    public void TheFirstCallback_KeepsWhoHelpedThen_InTheOrderOfTheirPaths()
    {
        var file = CalledBack(Sent(RegisteredCase(), Mafang, PowerCompany, EnergyOffice));

        Assert.Equal((Mafang, "|/11/110117/d.cgw/|/11/110117/e.gd/|"), (file.CountedUnit!.Value, file.CountedCoUnits!.Value.Value));
        Assert.Equal([EnergyOffice, PowerCompany], file.CountedCoUnits.Value.Units);
        Assert.Equal((true, false, false), (file.CountedCoUnits.Value.Contains(PowerCompany), file.CountedCoUnits.Value.Contains(Mafang), file.CountedCoUnits.Value.Contains(District)));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void WhoeverAnswersForACoUnit_IsKept_AndTheLeadNeverTwice()
    {
        Assert.Null(CalledBack(Sent(RegisteredCase(), Mafang)).CountedCoUnits);
        Assert.Null(CalledBack(Sent(RegisteredCase(), Mafang, Huijing, Enforcers, Mafang)).CountedCoUnits);
        Assert.Equal([Mafang], CalledBack(Sent(RegisteredCase(), EnergyOffice, Huijing, PropertyOffice)).CountedCoUnits!.Value.Units);
    }

    [Fact]
    public void WhoHasLeftBefore_IsNotKept_AndWhoeverComesLater_ChangesNothing()
    {
        var sentElsewhere = Sent(Sent(RegisteredCase(), Mafang, EnergyOffice, HousingOffice), Mafang, HousingOffice);
        Assert.Equal([HousingOffice], CalledBack(sentElsewhere).CountedCoUnits!.Value.Units);

        var takenBack = Sent(RegisteredCase(), Mafang, EnergyOffice).Do(f => f.Accept(Street, At(0.4)))
            .Do(f => f.ObjectToDispatch("不在职责内", "《清单》", null, Rules, Street, At(0.5))).Do(f => f.ReviewObjection(true, "改派", SecondDispatcher, At(0.6)));
        Assert.Null(CalledBack(Sent(takenBack, Mafang)).CountedCoUnits);

        var file = CalledBack(Handled(Sent(RegisteredCase(), Mafang, EnergyOffice)).Do(f => f.ObjectToDispatch("不在职责内", "《清单》", null, Rules, Street, At(3))))
            .Do(f => f.Redo("再办", At(11 * 24), "7日", Dispatcher, At(9 * 24))).Do(f => f.ReviewObjection(true, "改派", SecondDispatcher, At((9 * 24) + 1)));
        Sent(file, HousingOffice, PowerCompany);
        Assert.Equal((Mafang, EnergyOffice), (file.CountedUnit!.Value, file.CountedCoUnits!.Value.Units.Single()));
    }

    [Fact]
    public void ACallback_IsCountedForEachWhoHelped_BesideTheLead_AndWhatIsLeftOut_IsLeftOutForAll()
    {
        var file = CalledBack(Sent(RegisteredCase(), Mafang, PowerCompany, EnergyOffice));
        Assert.Equal(["/11/110117/d.cgw/", "/11/110117/e.gd/"], Counted(file).Keys.Order(StringComparer.Ordinal));
        Assert.All(Counted(file).Values, tally => Assert.Equal((1, 0, 1, 0, 1), (tally[Measure.Valid], tally[Measure.Excluded], tally[Measure.FirstContacted], tally[Measure.FirstSolved], tally[Measure.TwiceNo])));
        Assert.All(Counted(file).Values, tally => Assert.DoesNotContain(Tally.Measures, measure => tally[measure] != 0 && !measure.IsOfCallbacks()));

        file.Do(f => Appeal(f, Street)).Do(f => f.ExamineContest(true, "属实", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, s_after))
            .Do(f => f.DecideContest(true, ContestRemedy.Exclude, "同意", Supervisor, s_after));
        Assert.All(Counted(file).Values, tally => Assert.Equal((0, 1), (tally[Measure.Valid], tally[Measure.Excluded])));
    }

    [Fact]
    public void AReport_IsCountedForItsLeadAlone_AndContestedByIt()
    {
        var file = CalledBack(Sent(RegisteredCase(Order with { Nature = Nature.Report }), Mafang, EnergyOffice));

        Assert.Empty(Counted(file));
        Assert.Equal("case.contest.not-yours", Appeal(file, Energy).Refusal?.Code);
        Assert.Null(Appeal(file, Street).Refusal);
    }

    [Fact]
    public void ACoUnit_AppealsAgainstWhatCountsForIt_AndOnlyThen()
    {
        var file = CalledBack(Sent(RegisteredCase(), Mafang, EnergyOffice));
        Assert.Equal("case.contest.not-yours", Appeal(file, Energy, countsCoUnits: false).Refusal?.Code);
        Assert.Equal("case.contest.not-yours", Appeal(file, Housing).Refusal?.Code);
        Assert.Equal("case.contest.not-yours", file.CheckContest(ContestKind.Unreasonable, CallbackTerms.Default, Rules.Calendar, Energy, s_after, countsCoUnits: true)?.Code);

        file.Do(f => Appeal(f, Energy));
        Assert.Equal((EnergyOffice, ContestState.Filed), (file.Contests[0].Unit, file.Contests[0].State));
        Assert.Equal("case.contest.twice", Appeal(file, Street).Refusal?.Code);
        Assert.Equal("case.contest.not-yours", file.WithdrawContest(Street, s_after).Refusal?.Code);
    }

    [Fact]
    public void WhatIsDismissedForOne_TakesNoOthersAppealAway_WhatIsUpheld_IsUpheldForAll()
    {
        var file = Decided(CalledBack(Sent(RegisteredCase(), Mafang, EnergyOffice)), Energy, upheld: false);
        Assert.Equal("case.contest.decided", Appeal(file, Energy).Refusal?.Code);

        Decided(file, Street, upheld: true);
        Assert.True(file.AwaitsCorrection);
        Assert.Equal("case.contest.decided", Appeal(file, Energy).Refusal?.Code);
    }

    [Fact]
    public void TheTimeThatAnothersContestTook_IsNotTakenOffOnesOwn()
    {
        var late = s_after.AddDays(21);
        Assert.Equal("case.contest.late", Appeal(CalledBack(Sent(RegisteredCase(), Mafang, EnergyOffice)), Street, at: late).Refusal?.Code);

        var file = CalledBack(Sent(RegisteredCase(), Mafang, EnergyOffice)).Do(f => Appeal(f, Energy))
            .Do(f => f.ExamineContest(false, "已核查", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, late.AddHours(-2)))
            .Do(f => f.DecideContest(false, ContestRemedy.CallAgain, "审定", Supervisor, late.AddHours(-1)));
        Assert.Null(Appeal(file, Street, at: late).Refusal);
    }

    private static CaseFile Sent(CaseFile file, OrgPath lead, params OrgPath[] coUnits)
    {
        var at = file.Unsaved[^1].At.AddMinutes(5);
        return file.Do(f => f.Dispatch(new DispatchOrder(lead, coUnits, at.AddDays(7), "7日"), Rules.Calendar, Dispatcher, at));
    }

    private static CaseFile Handled(CaseFile file)
    {
        var officer = file.FirstReceiver == Mafang ? Street : Energy;
        return file.Do(f => f.Accept(officer, At(1))).Do(f => f.Contact(true, "已联系。", officer, At(1))).Do(f => f.Progress("已约谈物业。", null, officer, At(2)));
    }

    private static CaseFile CalledBack(CaseFile file)
    {
        var (officer, head) = file.FirstReceiver == Mafang ? (Street, StreetHead) : (Energy, EnergyHead);
        return (file.Status == CaseStatus.Dispatched ? Handled(file) : file)
            .Do(f => f.Submit("已通电。", null, officer, At(20))).Do(f => f.Answer("已通电。", head, At(21))).Do(f => f.CallBack(No, Dispatcher, s_called));
    }

    private static CaseFile Decided(CaseFile file, Actor by, bool upheld) => file
        .Do(f => Appeal(f, by)).Do(f => f.ExamineContest(upheld, "已核查", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, s_after))
        .Do(f => f.DecideContest(upheld, ContestRemedy.CallAgain, "审定", Supervisor, s_after));

    private static Outcome Appeal(CaseFile file, Actor by, bool countsCoUnits = true, DateTimeOffset? at = null) =>
        file.Contest(ContestKind.Result, ContestGround.WrongRecord, "诉求人次日说已满意。", null, CallbackTerms.Default, Rules.Calendar, by, at ?? s_after, countsCoUnits);

    private static Dictionary<string, Tally> Counted(CaseFile file)
    {
        var cells = new Dictionary<Cell, Tally>();
        CaseFacts.Of(file).Count(cells);
        return cells.Where(cell => cell.Key.Dimension == Dimension.CoUnit).ToDictionary(cell => cell.Key.Subject, cell => cell.Value);
    }
}
