using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Who is asked, and how: by lot, by plan, and by the petitioner's own hand.</summary>
public class CallbackDrawTests
{
    private static readonly CallbackTerms s_terms = CallbackTerms.Default with { PhonePercent = 20, LinkFirstPercent = 30, Seed = "种子" };
    private static readonly DateTimeOffset s_due = At(8 * 24);

    [Fact]
    public void TheSameCase_DrawsTheSameLot_AndAnotherSeedAnother()
    {
        var ids = Enumerable.Range(1, 200).Select(_ => Guid.NewGuid()).ToList();

        Assert.All(ids, id => Assert.Equal(s_terms.LotOf(id), (s_terms with { }).LotOf(id)));
        Assert.Contains(ids, id => s_terms.LotOf(id) != (s_terms with { Seed = "别的" }).LotOf(id));
        Assert.All(ids, id => Assert.InRange(s_terms.LotOf(id), 0, CallbackTerms.Lots - 1));
    }

    [Fact]
    public void OfManyCases_TheSharesAreThoseOfThePlan()
    {
        var ways = Enumerable.Range(0, 4000).Select(no => s_terms.Draw(s_terms.LotOf(new Guid(no, 0, 0, new byte[8])), 0, hasLink: true, mustCall: false)).ToLookup(way => way);

        Assert.InRange(ways[CallbackWay.Phone].Count(), 700, 900);
        Assert.InRange(ways[CallbackWay.LinkFirst].Count(), 1080, 1320);
        Assert.InRange(ways[CallbackWay.LinkOnly].Count(), 1850, 2150);
    }

    [Theory]
    [InlineData(0, 0, true, false, CallbackWay.Phone)]
    [InlineData(1999, 0, true, false, CallbackWay.Phone)]
    [InlineData(2000, 0, true, false, CallbackWay.LinkFirst)]
    [InlineData(4999, 0, false, false, CallbackWay.Phone)]
    [InlineData(5000, 10, true, false, CallbackWay.LinkOnly)]
    [InlineData(5000, 10, false, false, CallbackWay.NotDrawn)]
    [InlineData(9999, 9, true, false, CallbackWay.LinkFirst)]
    [InlineData(9999, 50, true, true, CallbackWay.Phone)]
    public void TheLot_TheMinimum_TheLink_AndTheMark_Decide(int lot, int drawnBefore, bool hasLink, bool mustCall, CallbackWay way) =>
        Assert.Equal(way, (s_terms with { Minimum = 10 }).Draw(lot, drawnBefore, hasLink, mustCall));

    [Fact]
    public void WhoHasALink_IsAskedByIt_AndByPhone_IfHeDoesNotAnswer()
    {
        var file = AskedCase();
        Assert.Equal((CallbackWay.LinkFirst, null, CaseStep.None), (file.CallbackWay, file.CallAt, file.NextStep));

        file.Do(f => f.Ring(s_due.AddHours(48)));
        Assert.Equal((s_due.AddHours(48), CaseStep.CallBack, CaseStatus.Answered), (file.CallAt, file.NextStep, file.Status));
    }

    [Theory]
    [InlineData(100), InlineData(0)]
    public void WhomTheMessageDoesNotReach_IsCalled_InsteadOfWaitingForHim(int linkFirst)
    {
        var file = AskedCase(CallbackTerms.Default with { LinkFirstPercent = linkFirst }).Do(f => f.GiveUpLink(Actor.Clock, s_due.AddHours(15)));

        Assert.Equal((s_due.AddHours(15), null, CaseStep.CallBack, CaseStatus.Answered), (file.CallAt, file.LinkUntil, file.NextStep, file.Status));
        Refused("case.callback.no-link", file, f => f.GiveUpLink(Actor.Clock, s_due.AddHours(16)));
        Assert.Null(file.CallBack(Yes, Dispatcher, s_due.AddHours(17)).Refusal);
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void NothingIsGivenUp_OnceHeHasAnswered_OrByAnybodyButThePortal()
    {
        Refused("case.callback.no-link", AskedCase().Do(f => f.AnswerByLink(Yes, Citizen, s_due.AddHours(3))), f => f.GiveUpLink(Actor.Clock, s_due.AddHours(4)));
        Refused("case.callback.no-link", AskedCase(), f => f.GiveUpLink(Dispatcher, s_due.AddHours(4)));
        Refused("case.callback.no-link", AskedCase(), f => f.GiveUpLink(Citizen, s_due.AddHours(4)));
    }

    [Fact]
    public void HisOwnAnswer_IsTheCallback_AndHeSaysItOnce()
    {
        var file = AskedCase().Do(f => f.AnswerByLink(No, Citizen, s_due.AddHours(3)));

        Assert.Equal((CaseStatus.CalledBack, s_due.AddHours(3), false), (file.Status, file.CalledBackAt, file.FirstSolved));
        Assert.Equal((CallbackChannel.Link, Reached.Petitioner), (Said(file).Channel, Said(file).Reached));
        Assert.Null(file.CalledBy);
        Refused("case.callback.no-link", file, f => f.AnswerByLink(Yes, Citizen, s_due.AddHours(4)));
    }

    [Fact]
    public void ALink_IsAnsweredByHimAlone_WithReasons_AndOnlyWhereOneWasSent()
    {
        Refused("case.rate.role", AskedCase(), f => f.AnswerByLink(Yes, Dispatcher, s_due));
        Refused("case.callback.no-link", AskedCase(hasLink: false), f => f.AnswerByLink(Yes, Citizen, s_due));
        Refused("case.callback.no-link", AnsweredCase(), f => f.AnswerByLink(Yes, Citizen, At(22)));
        Refused("case.missing.satisfaction", AskedCase(), f => f.AnswerByLink(Yes with { Satisfaction = Satisfaction.NotSaid }, Citizen, s_due));
        Refused("case.missing.unsolved", AskedCase(), f => f.AnswerByLink(No with { Unsolved = null }, Citizen, s_due));
    }

    [Fact]
    public void ALateAnswer_StillCounts_UntilTheCaseIsClosed()
    {
        var file = AskedCase(CallbackTerms.Default with { LinkFirstPercent = 0 }).Do(f => f.Ring(s_due.AddHours(48)));
        Assert.Equal((CallbackWay.LinkOnly, CaseStatus.CalledBack, null), (file.CallbackWay, file.Status, file.CallAt));

        file.Do(f => f.AnswerByLink(Yes, Citizen, s_due.AddHours(60)));
        Assert.Equal(s_due.AddHours(60), file.CalledBackAt);
    }

    [Fact]
    public void NobodyDrawn_NobodyAsked_AndTheCaseMayBeClosed()
    {
        var file = AskedCase(CallbackTerms.Default with { LinkFirstPercent = 0 }, hasLink: false);

        Assert.Equal((CallbackWay.NotDrawn, CaseStatus.CalledBack, null), (file.CallbackWay, file.Status, file.CalledBackAt));
        Assert.Null(file.Close("未抽中回访，同意结案。", Dispatcher, s_due).Refusal);
    }

    [Fact]
    public void WhatIsMarked_IsCalledByAPerson()
    {
        var file = SubmittedCase().Do(f => f.Answer("已办好", StreetHead, At((7 * 24) - 0.5))).Do(f => f.Ring(s_due))
            .Do(f => f.AskPetitioner(null, 0, CallbackTerms.Default, 0, true, Rules.Calendar, Actor.Clock, s_due));

        Assert.Equal(CallbackWay.Phone, file.CallbackWay);
        Assert.NotNull(file.CallAt);
    }

    [Fact]
    public void TheLot_IsDrawnOnce_AfterTheLimit_ByThePortal()
    {
        Refused("case.callback.draw", AskedCase(), f => Ask(f));
        Refused("case.callback.draw", AnsweredCase(), f => Ask(f));
        Refused("case.callback.draw", FoundAndAnswered().Do(f => f.Ring(s_due)), f => Ask(f));
        Refused("case.callback.draw", AnsweredCase().Do(f => f.Ring(s_due)), f => f.AskPetitioner(null, 0, s_terms, 0, true, Rules.Calendar, Dispatcher, s_due));
    }

    [Fact]
    public void ARedoneCase_IsDrawnAnew()
    {
        var file = AskedCase().Do(f => f.AnswerByLink(No, Citizen, s_due)).Do(f => f.Redo("再办", At(12 * 24), "7日", Dispatcher, At(9 * 24)));

        Assert.Equal((null, null, false), (file.CallbackWay, file.LinkUntil, file.HasSpoken));
    }

    [Fact]
    public void APlan_IsSetByTheCommandCentre_WithBasisAndReason_AndEachVersionCounts()
    {
        var (plan, outcome) = CallbackPlan.Begin(Guid.NewGuid(), District, s_terms, "先试两成电话", Dispatcher, Morning);
        Assert.Null(outcome.Refusal);
        Assert.Null(plan!.Set(s_terms with { Minimum = 5 }, "再加保底", Supervisor, At(1)).Refusal);
        Assert.Equal((2, 5), (plan.Version, plan.Terms!.Minimum));

        Assert.Equal("callback-plan.role", plan.Set(s_terms, "改", Street, At(2)).Refusal?.Code);
        Assert.Equal("callback-plan.link", plan.Set(s_terms with { LinkFirstPercent = 90 }, "改", Dispatcher, At(2)).Refusal?.Code);
        Assert.Equal("callback-plan.basis", plan.Set(s_terms with { Basis = " " }, "改", Dispatcher, At(2)).Refusal?.Code);
        Assert.Equal("callback-plan.limit", plan.Set(s_terms with { LinkWait = default(TimeLimit) }, "改", Dispatcher, At(2)).Refusal?.Code);
        Assert.Equal("callback-plan.missing.reason", plan.Set(s_terms, " ", Dispatcher, At(2)).Refusal?.Code);
        Assert.Equal(2, CallbackPlan.Replay(plan.Unsaved).Version);
    }

    private static PetitionerCalledBack Said(CaseFile file) => Assert.IsType<PetitionerCalledBack>(file.Unsaved[^1].Event);

    private static CaseFile AskedCase(CallbackTerms? terms = null, bool hasLink = true) => AnsweredCase().Do(f => f.Ring(s_due)).Do(f => Ask(f, terms, hasLink));

    private static Outcome Ask(CaseFile file, CallbackTerms? terms = null, bool hasLink = true) =>
        file.AskPetitioner(null, 0, terms ?? CallbackTerms.Default, 0, hasLink, Rules.Calendar, Actor.Clock, s_due);

    private static void Refused(string code, CaseFile file, Func<CaseFile, Outcome> act)
    {
        var version = file.Version;

        Assert.Equal(code, act(file).Refusal?.Code);
        Assert.Equal(version, file.Version);
    }
}
