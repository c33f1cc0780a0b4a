using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What a petitioner says after he has been heard: more facts, and his own word on the answer.</summary>
public class PetitionerVoiceTests
{
    [Fact]
    public void Facts_FromThePetitioner_AreWrittenAndCounted()
    {
        var file = CaseInProgress().Do(file => file.AddFacts(" 今天又断电了。 ", [Pdf], Citizen, At(3)));

        var added = Assert.IsType<FactsAdded>(file.Unsaved[^1].Event);
        Assert.Equal(("今天又断电了。", 1), (added.Text, file.FactsByPetitioner));
        Assert.Single(added.Attachments!);
        Assert.Equal(CaseStatus.InProgress, file.Status);
    }

    [Fact]
    public void Facts_FromTheCommandCentreAndTheRegistrar_AreTaken_AndNotCountedAsThePetitioners()
    {
        var file = RegisteredCase(by: Street)
            .Do(file => file.AddFacts("来电补充：夜里更严重。", null, Street, At(1)))
            .Do(file => file.AddFacts("热线转来补充。", null, Dispatcher, At(1)));

        Assert.Equal(0, file.FactsByPetitioner);
    }

    public static TheoryData<Actor> Strangers() =>
        [Energy, OtherStreet, DistrictLeader, Supervisor, Archivist, Administrator, Actor.Clock, Actor.Matcher(District), Actor.PublicDoor(new OrgPath("/11/110105/"))];

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Facts_FromAnybodyElse_AreRefused(Actor by) => Refused("case.facts.role", CaseInProgress(), file => file.AddFacts("补充", null, by, At(3)));

    [Fact]
    public void Facts_ThatSpeakOfDanger_PutTheCaseFirst()
    {
        var file = RegisteredCase().Do(file => file.AddFacts("现在着火了", null, Citizen, At(0.1), safetyWord: "着火"));

        Assert.Equal("着火", file.SafetyWord);
    }

    [Fact]
    public void Facts_OfAFinishedCase_AreRefused() => Refused("case.facts.closed", ClosedCase(), file => file.AddFacts("补充", null, Citizen, At(300)));

    [Fact]
    public void Facts_WithoutAWord_AreRefused() => Refused("case.missing.text", CaseInProgress(), file => file.AddFacts("  ", [Pdf], Citizen, At(3)));

    [Fact]
    public void Facts_WithoutEnd_AreRefused() =>
        Refused("case.too-long", CaseInProgress(), file => file.AddFacts(new string('多', CaseFile.MaxFacts + 1), null, Citizen, At(3)));

    [Fact]
    public void Facts_AgainAndAgain_AreRefusedToThePetitioner_NotToTheCommandCentre()
    {
        var file = CaseInProgress();
        for (var time = 0; time < CaseFile.MaxFactsByPetitioner; time++)
        {
            file.Do(file => file.AddFacts($"第{time}次", null, Citizen, At(3)));
        }

        Refused("case.facts.many", file, file => file.AddFacts("还有", null, Citizen, At(3)));
        Assert.Null(file.AddFacts("来电补充", null, Dispatcher, At(3)).Refusal);
    }

    [Fact]
    public void ARating_IsOnTheCase_AndDecidesNothing()
    {
        var file = AnsweredCase().Do(file => file.Rate(false, Satisfaction.Unsatisfied, "还是没电", Citizen, At(22)));

        Assert.Equal(new PetitionerRating(false, Satisfaction.Unsatisfied, "还是没电", At(22)), file.Rating);
        Assert.Equal((CaseStatus.Answered, null, null), (file.Status, file.Solved, file.Satisfaction));
        Assert.Equal("case.callback.early", file.CallBack(Yes, Dispatcher, At(23)).Refusal?.Code);
    }

    [Fact]
    public void ARating_CanBeChanged_UntilTheCaseIsClosed()
    {
        var file = CalledBackCase()
            .Do(file => file.Rate(false, Satisfaction.Basically, null, Citizen, At((8 * 24) + 0.2)))
            .Do(file => file.Rate(true, Satisfaction.Satisfied, null, Citizen, At((8 * 24) + 0.3)))
            .Do(file => file.Close("同意结案。", Dispatcher, At((8 * 24) + 1)));

        Assert.True(file.Rating?.Solved);
        Refused("case.rate.status", file, file => file.Rate(false, Satisfaction.Unsatisfied, null, Citizen, At((8 * 24) + 2)));
    }

    [Fact]
    public void TheSameRatingTwice_IsWrittenOnce()
    {
        var file = AnsweredCase().Do(file => file.Rate(true, Satisfaction.Satisfied, " ", Citizen, At(22)));
        var version = file.Version;

        file.Do(file => file.Rate(true, Satisfaction.Satisfied, null, Citizen, At(23)));

        Assert.Equal(version, file.Version);
    }

    [Fact]
    public void ARating_IsForgotten_WhenTheWorkIsDoneAgain()
    {
        var file = CalledBackCase(solved: false)
            .Do(file => file.Rate(false, Satisfaction.Unsatisfied, null, Citizen, At((8 * 24) + 0.5)))
            .Do(file => file.Redo("再办", At(10 * 24), "7日", Dispatcher, At((8 * 24) + 1)));

        Assert.Null(file.Rating);
    }

    [Fact]
    public void ARating_BeforeTheAnswer_IsRefused() =>
        Refused("case.rate.status", CaseInProgress(), file => file.Rate(true, Satisfaction.Satisfied, null, Citizen, At(3)));

    [Fact]
    public void ARating_ThatSaysNothing_IsRefused() =>
        Refused("case.missing.satisfaction", AnsweredCase(), file => file.Rate(true, Satisfaction.NotSaid, null, Citizen, At(22)));

    public static TheoryData<Actor> NotThePetitioner() => [Dispatcher, Street, StreetHead, Actor.Clock, Actor.Matcher(District), Actor.PublicDoor(new OrgPath("/11/110105/"))];

    [Theory]
    [MemberData(nameof(NotThePetitioner))]
    public void ARating_BySomebodyElse_IsRefused(Actor by) => Refused("case.rate.role", AnsweredCase(), file => file.Rate(true, Satisfaction.Satisfied, null, by, At(22)));

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var (version, head) = (file.Version, file.Head);

        Assert.Equal(code, act(file).Refusal?.Code);

        Assert.Equal((version, head), (file.Version, file.Head));
    }
}
