using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>A decision handed from one leader to another, given by a deputy, or given for many at once.</summary>
public class ForwardingTests
{
    private static readonly Actor s_second = StreetHead with { UserId = "mafang-second", Name = "沈二", SignedInAt = At(4) };
    private static readonly Actor s_first = StreetHead.Fresh(At(4));
    private static readonly Actor s_deputy = Street with { Name = "李晓禾（代赵怀远）", Role = Role.StreetLeader, DeputyFor = StreetHead.UserId, SignedInAt = At(4) };
    private static readonly Actor s_mayor = DistrictLeader.Fresh(At(6));
    private static readonly Actor s_viceMayor = DistrictLeader with { UserId = "leader2", Name = "范副区长", SignedInAt = At(6) };

    [Fact]
    public void ASignatureThatWasHandedOn_IsGivenByWhoeverHasIt_UntilAnotherTakesItOver()
    {
        var whistle = SubmittedWhistle().Do(w => w.Forward(null, s_second, "请您把关", s_first, At(4)));

        Assert.Equal("whistle.decide.forwarded", whistle.Sign(null, Rules, s_first, At(4)).Refusal?.Code);
        Assert.Equal("whistle.decide.forwarded", whistle.ReturnDraft("再查", s_first, At(4)).Refusal?.Code);

        whistle.Do(w => w.Forward(null, s_first, null, s_first, At(4)));
        Assert.Equal("whistle.decide.forwarded", whistle.Sign(null, Rules, s_second, At(4)).Refusal?.Code);
        whistle.Do(w => w.Sign(null, Rules, s_first, At(4)));
    }

    [Fact]
    public void AQuestionThatWasHandedOn_IsAnsweredByWhoeverHasIt()
    {
        var whistle = Asked().Do(w => w.Forward(1, s_viceMayor, null, s_mayor, At(6)));

        Assert.Equal("whistle.decide.forwarded", Approve(whistle, s_mayor).Refusal?.Code);
        Assert.True(Approve(whistle, s_viceMayor).IsDone);
    }

    public static TheoryData<string, int?, Actor, Actor> WrongHands() => new()
    {
        { "whistle.decide.none", null, s_viceMayor, s_mayor },                                        // signed long ago
        { "whistle.decide.none", 2, s_viceMayor, s_mayor },
        { "whistle.decide.role", 1, s_viceMayor, StreetHead },
        { "whistle.forward.to", 1, Dispatcher, s_mayor },
        { "whistle.forward.to", 1, StreetHead, s_mayor },
        { "whistle.forward.to", 1, s_viceMayor with { DeputyFor = s_mayor.UserId }, s_mayor },
    };

    [Theory]
    [MemberData(nameof(WrongHands))]
    public void OnlyALeaderOfTheUnit_HandsOnWhatWaits_ToAnother(string code, int? no, Actor to, Actor by) =>
        Assert.Equal(code, Asked().Forward(no, to, null, by, At(6)).Refusal?.Code);

    [Fact]
    public void ToWhoeverHasItAlready_NothingIsHanded() =>
        Assert.Equal("whistle.forward.same", Asked().Do(w => w.Forward(1, s_viceMayor, null, s_mayor, At(6))).Forward(1, s_viceMayor, null, s_mayor, At(6)).Refusal?.Code);

    [Fact]
    public void ADraftThatComesBack_IsNobodysInParticular()
    {
        var whistle = SubmittedWhistle()
            .Do(w => w.Forward(null, s_second, null, s_first, At(4)))
            .Do(w => w.ReturnDraft("再查", s_second, At(4)))
            .Do(w => w.Submit(Rules, Street, At(5)));

        Assert.Null(whistle.SignatureFor);
    }

    [Fact]
    public void ADeputy_SignsWhatWasHandedToHisLeader_ButNotWhatHeSubmittedHimself()
    {
        var another = s_deputy with { UserId = "mafang-third" };
        Assert.Equal("whistle.sign.own", SubmittedWhistle().Sign(null, Rules, s_deputy, At(4)).Refusal?.Code);
        Assert.Equal("whistle.sign.own", EmergencyWhistle().Sign(null, Rules, s_deputy, At(4)).Refusal?.Code);

        SubmittedWhistle().Do(w => w.Forward(null, s_first, null, s_second, At(4))).Do(w => w.Sign(null, Rules, another, At(4)));
        Assert.Equal("whistle.decide.forwarded",
            SubmittedWhistle().Do(w => w.Forward(null, s_second, null, s_first, At(4))).Sign(null, Rules, another, At(4)).Refusal?.Code);
    }

    [Theory]
    [InlineData(WhistleKind.Routine, null), InlineData(WhistleKind.Hard, "whistle.sign.by-itself"), InlineData(WhistleKind.Emergency, "whistle.sign.by-itself")]
    public void OnlyARoutineWhistle_IsSignedTogetherWithOthers(WhistleKind kind, string? refused)
    {
        var whistle = SubmittedWhistle(Brief with { Kind = kind });

        Assert.Equal(refused, whistle.Sign(null, Rules, s_first, At(4), together: 3).Refusal?.Code);

        Assert.Equal(refused is null ? 3 : null, whistle.Unsaved.Select(entry => entry.Event).OfType<WhistleSigned>().SingleOrDefault()?.Together);
        Assert.Equal(refused is null, whistle.SoundedAt is not null);
    }

    private static Whistle Asked() => ConferringWhistle().Do(w => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "面积口径定不了"), Rules, Street, At(5.5)));

    private static Outcome Approve(Whistle whistle, Actor by) => whistle.Decide(1, Decision.Approved, "", null, null, Rules, by, At(6));
}
