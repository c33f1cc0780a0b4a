using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class WhistleTests
{
    [Theory]
    [InlineData("title"), InlineData("tried"), InlineData("legalBasis"), InlineData("units"), InlineData("ask")]
    public void Draft_WithoutWhatItNeeds_NamesTheField(string field)
    {
        var brief = field switch
        {
            "title" => Brief with { Title = " " },
            "tried" => Brief with { Tried = "" },
            "legalBasis" => Brief with { LegalBasis = "" },
            "units" => Brief with { Summons = [] },
            _ => Brief with { Summons = [new Summons(EnergyOffice, true, " ")] },
        };

        var (whistle, outcome) = Whistle.Draft(Guid.NewGuid(), "1", null, brief, Street, Morning);

        Assert.Null(whistle);
        Assert.StartsWith(field, outcome.Refusal?.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0), InlineData(2)]
    public void Draft_NeedsExactlyOneLeadUnit(int leads)
    {
        var brief = Brief with { Summons = [.. Brief.Summons.Select((summons, at) => summons with { IsLead = at < leads })] };

        Assert.Contains(brief.Problems(Mafang), problem => problem.Code == "whistle.brief.lead");
    }

    [Fact]
    public void Draft_InADirectionThatIsNotOnes_IsRefused()
    {
        Assert.Contains((Brief with { Direction = Direction.DepartmentToStreets }).Problems(Mafang), problem => problem.Code == "whistle.brief.direction");
        Assert.Contains((Brief with { Summons = [new Summons(Binhe, true, "配合")] }).Problems(Mafang), problem => problem.Code == "whistle.brief.unit-kind");
        Assert.Contains(
            (SmallBrief with { Summons = [new Summons(Binhe.Child("s.zhzf"), true, "配合")] }).Problems(Huijing), problem => problem.Code == "whistle.brief.unit-kind");
    }

    [Fact]
    public void AllThreeDirections_AndTheTierInsideAStreet_Work()
    {
        Assert.Empty(Brief.Problems(Mafang));
        Assert.Empty((Brief with { Direction = Direction.DepartmentToDepartments, Summons = [new Summons(WaterOffice, true, "配合")] }).Problems(EnergyOffice));
        Assert.Empty((Brief with { Direction = Direction.DepartmentToStreets, Summons = [new Summons(Mafang, true, "落实")] }).Problems(EnergyOffice));
        Assert.Empty(SmallBrief.Problems(Huijing));
    }

    [Fact]
    public void SmallWhistle_IsSignedByTheStreetsLeader()
    {
        var whistle = DraftedWhistle(SmallBrief, Village).Do(w => w.Submit(Rules, Village, At(3.1)));

        Assert.Equal(Mafang, whistle.Signer);
        Assert.Null(whistle.Sign(null, Rules, StreetHead.Fresh(At(3.2)), At(3.2)).Refusal);
    }

    [Fact]
    public void Sign_ByAnOfficer_OrByAnotherUnitsLeader_IsRefused()
    {
        Assert.Equal("whistle.sign.role", SubmittedWhistle().Sign(null, Rules, Street.Fresh(At(3.2)), At(3.2)).Refusal?.Code);
        Assert.Equal("whistle.sign.role", SubmittedWhistle().Sign(null, Rules, EnergyHead.Fresh(At(3.2)), At(3.2)).Refusal?.Code);
    }

    [Fact]
    public void Sign_WithAnOldSignIn_AsksForThePasswordAgain()
    {
        var whistle = SubmittedWhistle();

        Assert.Equal(Freshness.Code, whistle.Sign(null, Rules, StreetHead.Fresh(At(3)), At(3.6)).Refusal?.Code);
        Assert.Null(whistle.Sign(null, Rules, StreetHead.Fresh(At(3.5)), At(3.6)).Refusal);
    }

    [Fact]
    public void EmergencyWhistle_SoundsUnsigned_AndIsSignedAfter()
    {
        var whistle = EmergencyWhistle();
        Assert.True(whistle is { Stage: WhistleStage.Sounded, NeedsSignature: true });

        whistle.Do(w => w.Sign(null, Rules, StreetHead.Fresh(At(4)), At(4)));

        Assert.False(whistle.NeedsSignature);
        Assert.Single(whistle.Unsaved, entry => entry.Event is WhistleSounded);
    }

    [Fact]
    public void RoutineWhistle_DoesNotSoundUnsigned() =>
        Assert.Equal("whistle.sound.unsigned", DraftedWhistle().SoundAtOnce(Rules, Street, At(4)).Refusal?.Code);

    [Fact]
    public void Sounding_SetsDeadlinesByKind()
    {
        var emergency = EmergencyWhistle().UnitOf(EnergyOffice)!;
        Assert.Equal((At(3.2).AddMinutes(10), At(3.2).AddMinutes(30)), (emergency.RespondBy, emergency.ArriveBy));

        // Sounded on Monday at 12:12 in Beijing, in the lunch break: four working hours end at 17:00.
        var hard = SoundedWhistle().UnitOf(EnergyOffice)!;
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), hard.RespondBy);
    }

    [Fact]
    public void Respond_WithATimeAfterTheLimit_IsRefused() =>
        Assert.Equal("arriveBy", SoundedWhistle().Respond(At(200), null, Energy, At(4)).Refusal?.Field);

    [Fact]
    public void Respond_WithATime_MovesTheArrivalToIt()
    {
        var whistle = SoundedWhistle().Do(w => w.Respond(At(6), "今天到", Energy, At(4)));

        Assert.Equal((At(6), UnitState.Responded), (whistle.UnitOf(EnergyOffice)!.ArriveBy, whistle.UnitOf(EnergyOffice)!.State));
    }

    [Fact]
    public void Silence_BecomesAFact_OnceAndWithItsTime()
    {
        var whistle = SoundedWhistle().Do(w => w.Respond(null, null, Power, At(4)));
        var (respondBy, arriveBy) = (whistle.UnitOf(EnergyOffice)!.RespondBy!.Value, whistle.UnitOf(EnergyOffice)!.ArriveBy!.Value);

        whistle.Do(w => w.Ring(Rules, respondBy.AddMinutes(-1)));
        Assert.DoesNotContain(whistle.Unsaved, entry => entry.Event is ResponseLapsed);

        whistle.Do(w => w.Ring(Rules, respondBy.AddMinutes(1))).Do(w => w.Ring(Rules, respondBy.AddMinutes(2)));
        Assert.Single(whistle.Unsaved, entry => entry.Event is ResponseLapsed lapsed && lapsed.Unit == EnergyOffice && lapsed.RespondBy == respondBy);

        whistle.Do(w => w.Ring(Rules, arriveBy.AddMinutes(1)));
        Assert.Equal(2, whistle.Unsaved.Count(entry => entry.Event is ArrivalLapsed));
    }

    [Fact]
    public void Lapse_Stays_WhateverTheUnitDoesLater()
    {
        var whistle = SoundedWhistle();
        var late = whistle.UnitOf(EnergyOffice)!.RespondBy!.Value.AddHours(1);

        whistle.Do(w => w.Ring(Rules, late)).Do(w => w.Respond(null, null, Energy, late.AddMinutes(5)));

        Assert.NotNull(whistle.UnitOf(EnergyOffice)!.ResponseLapsedAt);
        Assert.Equal(UnitState.Responded, whistle.UnitOf(EnergyOffice)!.State);
    }

    [Fact]
    public void Position_IsTakenOnlyOnSite_AndOnlyForAnEmergency()
    {
        var here = new Position(40.06, 117.0, 12);

        Assert.Equal("whistle.report.position", SoundedWhistle().ReportIn(ReportMode.OnSite, null, here, Energy, At(4)).Refusal?.Code);
        Assert.Equal("whistle.report.position", EmergencyWhistle().ReportIn(ReportMode.Video, null, here, Energy, At(4)).Refusal?.Code);
        Assert.Null(EmergencyWhistle().ReportIn(ReportMode.OnSite, null, here, Energy, At(4)).Refusal);
        Assert.Null(EmergencyWhistle().ReportIn(ReportMode.OnSite, null, null, Energy, At(4)).Refusal);
    }

    [Fact]
    public void ReportInWriting_NeedsTheText() => Assert.Equal("text", SoundedWhistle().ReportIn(ReportMode.Writing, " ", null, Energy, At(4)).Refusal?.Field);

    [Fact]
    public void Leave_EmptyHanded_IsRefused_AfterACommitmentOrARefusal_Allowed()
    {
        Assert.Equal("whistle.leave.empty-handed", ConferringWhistle().Leave(Energy, At(6)).Refusal?.Code);
        Assert.Null(CommittedWhistle().Leave(Energy, At(6)).Refusal);
        Assert.Null(ConferringWhistle().Do(w => w.Refuse("不属本委", "三定规定", Energy, At(6))).Leave(Energy, At(6.1)).Refusal);
    }

    [Fact]
    public void Minutes_AdoptWhatWasOffered_AndAskEveryUnitAnew()
    {
        var whistle = ExecutingWhistle().Do(w => w.ConfirmMinutes(Energy, At(7)));
        Assert.All(whistle.Resolutions, resolution => Assert.Equal(ResolutionState.Agreed, resolution.State));

        whistle.Do(w => w.IssueMinutes("第二版", Street, At(8)));

        Assert.Equal((2, MinutesAnswer.Waiting), (whistle.MinutesEdition, whistle.UnitOf(EnergyOffice)!.Minutes));
    }

    [Fact]
    public void Confirm_WithOpenItems_OrAnOpenQuestion_IsRefused()
    {
        Assert.Equal("whistle.confirm.open", ExecutingWhistle().Confirm("解决", Rules, Street, At(50)).Refusal?.Code);

        var asked = SettledWhistle().Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, At(50)));
        Assert.Equal("whistle.confirm.asked", asked.Confirm("解决", Rules, Street, At(50)).Refusal?.Code);
    }

    [Fact]
    public void End_BeforeEveryUnitIsAssessed_IsRefused() =>
        Assert.Equal("whistle.end.unassessed", ConfirmedWhistle().Do(w => w.AssessUnit(EnergyOffice, new UnitRating(5, 5, 5, 5, null), Street, At(51))).End(Street, At(52)).Refusal?.Code);

    [Theory]
    [InlineData(0, 5), InlineData(5, 6)]
    public void Marks_AreOneToFive(int first, int second) => Assert.Equal(
        "whistle.assess.marks", ConfirmedWhistle().AssessUnit(EnergyOffice, new UnitRating(first, second, 5, 5, null), Street, At(51)).Refusal?.Code);

    [Fact]
    public void Message_NeedsWords_AndNotTooMany()
    {
        Assert.Equal("whistle.post.empty", SoundedWhistle().Post("  ", null, null, Energy, At(4)).Refusal?.Code);
        Assert.Equal("whistle.post.long", SoundedWhistle().Post(new string('长', Whistle.MaxMessage + 1), null, null, Energy, At(4)).Refusal?.Code);
    }

    [Fact]
    public void See_IsRecordedOncePerPerson()
    {
        var whistle = SoundedWhistle().Do(w => w.See(Energy, At(4))).Do(w => w.See(Energy, At(5))).Do(w => w.See(EnergyHead, At(5))).Do(w => w.See(Street, At(5)));

        Assert.Equal(["徐明远", "董承业"], whistle.Readers.Select(reader => reader.Name));
    }

    [Fact]
    public void ASummonedUnit_BringsItsOwnSection_ButNobodyElses()
    {
        var section = EnergyOffice.Child("s.nyk");

        Assert.Null(SoundedWhistle().Summon(section, "现场测量", Rules, Energy, At(4)).Refusal);
        Assert.Equal("whistle.not-chair", SoundedWhistle().Summon(HousingOffice.Child("s.wyk"), "来", Rules, Energy, At(4)).Refusal?.Code);
    }

    [Fact]
    public void ReleasedUnit_CalledAgain_BeginsAnew()
    {
        var whistle = SoundedWhistle()
            .Do(w => w.ObjectToSummons("不属本委", "三定", Rules, Energy, At(4)))
            .Do(w => w.Release(EnergyOffice, "成立", Street, At(4.1)))
            .Do(w => w.Summon(EnergyOffice, "换一件事", Rules, Street, At(5)));

        Assert.Equal((UnitState.Awaiting, "换一件事"), (whistle.UnitOf(EnergyOffice)!.State, whistle.UnitOf(EnergyOffice)!.Ask));
    }
}
