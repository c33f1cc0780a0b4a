using FsCheck;
using FsCheck.Fluent;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;
using Outcome = JieSuJiBan.Domain.Outcome;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Cases and whistles that live random lives: whatever is tried, by whomever, the laws hold after each step.</summary>
public class RandomLivesTests
{
    private static readonly Actor[] s_people = [Dispatcher, SecondDispatcher, DistrictLeader, Supervisor, Street, StreetHead, OtherStreet, Village, GridWorker, Energy, EnergyHead, Power, Housing, Archivist, Citizen];

    private static readonly PlanTerms s_plan = Rules.LimitOf(CaseLevel.Ordinary);

    private static readonly Func<CaseFile, Actor, DateTimeOffset, Outcome>[] s_caseActs =
    [
        (file, by, now) => file.Ring(now),
        (file, by, now) => file.Dispatch(new DispatchOrder(Mafang, [Huijing], now.AddDays(7), "7日", Schedule: s_plan.Begin(null, 0, now, now.AddDays(7), Rules.Calendar)), Rules.Calendar, by, now),
        (file, by, now) => file.Dispatch(new DispatchOrder(Mafang, [Huijing], now.AddDays(2), "7日"), Rules.Calendar, by, now),
        (file, by, now) => file.Dispatch(new DispatchOrder(Huijing, [], now.AddDays(2), "7日"), Rules.Calendar, by, now),
        (file, by, now) => file.Dispatch(new DispatchOrder(EnergyOffice, [Mafang], now.AddDays(2), "7日"), Rules.Calendar, by, now),
        (file, by, now) => file.Inform(InformReason.NothingNew, "告知", by, now),
        (file, by, now) => file.SolveOnTheSpot("当场清走", null, by, now),
        (file, by, now) => file.HandToDistrict("不属本镇", by, now),
        (file, by, now) => file.Confirm(now.Ticks % 2 == 0, "看过", by, now),
        (file, by, now) => file.Accept(by, now),
        (file, by, now) => file.ObjectToDispatch("理由", "依据", null, Rules, by, now),
        (file, by, now) => file.ReviewObjection(now.Ticks % 2 == 0, "意见", by, now),
        (file, by, now) => file.Contact(now.Ticks % 3 != 0, "联系", by, now),
        (file, by, now) => file.Assign(Huijing, "协助", by, now),
        (file, by, now) => file.Progress("进展", null, by, now),
        (file, by, now) => file.AskLeader(RequestKind.Extension, "理由", now.AddDays(9), "已说明", Rules, by, now),
        (file, by, now) => file.AskLeader(RequestKind.Suspension, "理由", now.AddDays(9), null, Rules, by, now),
        (file, by, now) => file.AskLeader(RequestKind.Escalation, "理由", null, null, Rules, by, now),
        (file, by, now) => file.Decide(Math.Max(1, file.Requests.Count), now.Ticks % 2 == 0 ? Decision.Approved : Decision.Returned, "意见", by.Fresh(now), now),
        (file, by, now) => file.WithdrawQuestion(Math.Max(1, file.Requests.Count), by, now),
        (file, by, now) => file.Resume("恢复", by, now),
        (file, by, now) => file.Submit("结果", null, by, now),
        (file, by, now) => file.ReturnResult("再办", by, now),
        (file, by, now) => file.Answer("答复", by, now),
        (file, by, now) => file.CallBack(now.Ticks % 2 == 0 ? Yes : No, by, now),
        (file, by, now) => file.AskPetitioner(null, 0, CallbackTerms.Default with { PhonePercent = 30, LinkFirstPercent = 40 }, 0, now.Ticks % 2 == 0, Rules.Calendar, Actor.Clock, now),
        (file, by, now) => file.AnswerByLink(now.Ticks % 2 == 0 ? Yes : No, by, now),
        (file, by, now) => file.Contest(now.Ticks % 2 == 0 ? ContestKind.Unreasonable : ContestKind.Result, ContestGround.Other, "理由", null, CallbackTerms.Default, Rules.Calendar, by, now),
        (file, by, now) => file.ExamineContest(now.Ticks % 2 == 0, "核查", CallbackTerms.Default, Rules.Calendar, by, now),
        (file, by, now) => file.DecideContest(now.Ticks % 3 != 0, now.Ticks % 2 == 0 ? ContestRemedy.Exclude : ContestRemedy.CallAgain, "审定", by, now),
        (file, by, now) => file.WithdrawContest(by, now),
        (file, by, now) => file.MissCall(null, now.AddHours(1), by, now),
        (file, by, now) => file.CheckOnTheSpot(now.Ticks % 3 != 0, "看过", null, by, now),
        (file, by, now) => file.AddFacts("补充", null, by, now),
        (file, by, now) => file.Rate(now.Ticks % 2 == 0, Satisfaction.Basically, null, by, now),
        (file, by, now) => file.Redo("重办", now.AddDays(1), "7日", by, now),
        (file, by, now) => file.Close("结案", by, now),
        (file, by, now) => file.StoreFile(Pdf, 1, file.Version, now),
        (file, by, now) => file.Archive("1", "永久", by, now),
        (file, by, now) => file.Reveal("用途", by, now),
    ];

    private static readonly Func<Whistle, Actor, DateTimeOffset, Outcome>[] s_whistleActs =
    [
        (w, by, now) => w.Submit(Rules, by, now),
        (w, by, now) => w.Sign(null, Rules, by.Fresh(now), now),
        (w, by, now) => w.ReturnDraft("退", by.Fresh(now), now),
        (w, by, now) => w.SoundAtOnce(Rules, by, now),
        (w, by, now) => w.Respond(null, null, by, now),
        (w, by, now) => w.ObjectToSummons("理由", "依据", Rules, by, now),
        (w, by, now) => w.ReportIn(ReportMode.OnSite, null, null, by, now),
        (w, by, now) => w.Commit("措施", "某人", now.AddDays(3), by, now),
        (w, by, now) => w.Refuse("理由", "依据", by, now),
        (w, by, now) => w.Release(PowerCompany, "不需要", by, now),
        (w, by, now) => w.Summon(HousingOffice, "来", Rules, by, now),
        (w, by, now) => w.IssueMinutes("纪要", by, now),
        (w, by, now) => w.ConfirmMinutes(by, now),
        (w, by, now) => w.FeedBack((int)(now.Ticks % 4) + 1, "已做", null, by, now),
        (w, by, now) => w.Settle((int)(now.Ticks % 4) + 1, by, now),
        (w, by, now) => w.SendBack((int)(now.Ticks % 4) + 1, "不够", by, now),
        (w, by, now) => w.AskLeader(new LeaderQuestion(RequestKind.Escalation, "理由"), Rules, by, now),
        (w, by, now) => w.AskLeader(new LeaderQuestion(RequestKind.Suspension, "理由", now.AddDays(9)), Rules, by, now),
        (w, by, now) => w.AskLeader(new LeaderQuestion(RequestKind.Reassignment, "理由", Unit: EnergyOffice, NewUnit: WaterOffice), Rules, by, now),
        (w, by, now) => w.Decide((int)(now.Ticks % 3) + 1, Decision.Approved, "同意", null, null, Rules, by.Fresh(now), now),
        (w, by, now) => w.Post("说话", null, null, by, now),
        (w, by, now) => w.Ring(Rules, now),
        (w, by, now) => w.ReportLate(PowerCompany, null, "不来", by, now),
        (w, by, now) => w.ReportLate(EnergyOffice, (int)(now.Ticks % 4) + 1, "不办", by, now),
        (w, by, now) => w.See(by, now),
        (w, by, now) => w.Confirm("解决", Rules, by, now),
        (w, by, now) => w.AssessUnit(EnergyOffice, new UnitRating(5, 5, 5, 5, null), by, now),
        (w, by, now) => w.AssessUnit(PowerCompany, new UnitRating(2, 5, 3, 4, "到得晚"), by, now),
        (w, by, now) => w.AssessWhistle(new WhistleRating(5, 4, 3, null), by, now),
        (w, by, now) => w.End(by, now),
        (w, by, now) => w.Recall("撤", by, now),
    ];

    [Fact]
    public void Cases_KeepTheLaw_WhateverIsTried() => Check(s_caseActs.Length, steps =>
    {
        var file = steps.Count % 2 == 0 ? RegisteredCase() : FoundCase();
        var now = Morning;
        foreach (var (act, person, minutes) in steps)
        {
            now += TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks(act * 7919L);
            var (version, status) = (file.Version, file.Status);

            var outcome = s_caseActs[act](file, s_people[person], now);

            Assert.True(act != 0 || file.ClockAt is null || file.ClockAt > now);                 // nothing due is left behind
            Assert.True(file.IsOpen || file.ClockAt is null || file.OpenContest is not null);
            Assert.Equal(file.Requests.Count(asked => asked is { Kind: RequestKind.Escalation, Decision: Decision.Waiting }), file.OpenEscalations);
            Assert.True(file.FirstReceiver is not null || !file.Status.IsBeingHandled());        // what is in hand is in somebody's
            Assert.True(file.SuspendedAt is null || file.Status is not (CaseStatus.Registered or CaseStatus.Dispatched));
            Assert.NotEqual(UnitKind.Community, file.FirstReceiver?.Kind);                       // art. 17
            Assert.True(file.DueAt is not null || file.FirstReceiver is null);                   // art. 13
            Assert.True(outcome.IsDone || (version, status) == (file.Version, file.Status));
            Assert.True(status == file.Status || CaseTransitions.Allows(status, file.Status), $"{status} -> {file.Status}");
            Assert.True(file.IsProactive || (!file.IsSolvedOnTheSpot && !file.AwaitsReporter && file.ReporterSaysSolved is null));
            Assert.True(!file.IsProactive || file.Satisfaction is null or Satisfaction.NotSaid);
            Assert.True((file.CalledBackAt is null) == (file.FirstContacted is null) && (file.CalledBackAt is null) == (file.CountedUnit is null));
            Assert.True(file.CalledBackAt is null || !file.IsProactive);
            Assert.True(file.CallAt is null || file.Status == CaseStatus.Answered || file.IsRecalled);      // nobody is called who has nothing to say
            Assert.True(!file.IsMarked || file.CallbackWay is not (CallbackWay.LinkFirst or CallbackWay.LinkOnly));
            Assert.True(!file.IsRecalled || file.CallAt is not null);
            Assert.True(!file.AwaitsCorrection || (file.CalledBackAt is not null && file.FirstReceiver == file.CountedUnit));
            Assert.True(file.Contests.Count(contest => contest.IsOpen) <= 1);
            Assert.All(file.Contests, contest => Assert.True(contest.State is not (ContestState.Upheld or ContestState.Dismissed) || contest.ExaminedBy is not null));
        }

        var spoken = file.Unsaved.Select(entry => entry.Event).OfType<PetitionerCalledBack>().Where(said => said.IsValid).ToList();
        var first = FirstResults.Of(file.Unsaved);
        Assert.True(spoken.Count == 0 || (first!.Solved, spoken[^1].Solved, first.Satisfaction) == (file.FirstSolved, file.Solved, file.FirstSatisfaction));

        Assert.DoesNotContain(file.Unsaved, entry => entry.Event is PetitionerCalledBack && entry.At < file.RegisteredAt.AddDays(1) && !file.IsProactive);  // art. 23
        var rung = file.Unsaved.Where(entry => entry.By.UserId == Actor.Clock.UserId && entry.Event is NodeLapsed or CaseUrged or LimitReached or DispatchLapsed).ToList();
        Assert.Equal(rung.Count, rung.Select(entry => entry.Event).Distinct().Count());          // each rule once
        Assert.All(rung, entry => Assert.True(entry.At >= entry.Event switch { NodeLapsed e => e.DueAt, CaseUrged e => e.DueAt, LimitReached e => e.DueAt, DispatchLapsed e => e.DueAt, _ => entry.At }));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    });

    [Fact]
    public void Whistles_AndTheirCase_StayTogether_WhateverIsTried() => Check(s_whistleActs.Length, steps =>
    {
        var file = CaseInProgress();
        var whistle = DraftedWhistle(Brief with { Kind = (WhistleKind)(steps.Count % 3) }, file: file);
        var now = At(3);
        foreach (var (act, person, minutes) in steps)
        {
            now += TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks(act * 104729L);
            var before = whistle.Unsaved.Count;

            s_whistleActs[act](whistle, s_people[person], now);
            if (minutes % 3 == 0)
            {
                whistle.Ring(Rules, now);
                Assert.True(whistle.ClockAt is null || whistle.ClockAt > now);               // nothing due is left behind
                Assert.All(whistle.Units, unit => Assert.False(unit is { State: UnitState.Objected, ArrivalLapsedAt: null } && unit.ArriveBy <= now && whistle.Stage.IsLive()));  // art. 14
            }

            file.Ring(now);
            Assert.True(whistle.Stage.IsLive() || whistle.NeedsSignature || whistle.Requests.Any(request => request.Decision == Decision.Waiting) || whistle.IsBeingAssessed || whistle.ClockAt is null);
            Assert.All(whistle.Requests, request => Assert.True(
                request is not { Kind: RequestKind.Overdue, Decision: Decision.Waiting } || (whistle.Stage.IsLive() && whistle.LatenessOf(request.Unit!.Value, request.Resolution) is not null)));
            foreach (var entry in whistle.Unsaved.Skip(before).ToList())
            {
                Assert.Null(file.Follow(whistle, entry).Refusal);
            }

            Assert.Equal(whistle.SoundedAt is not null && whistle.IsOpen ? 1 : 0, file.OpenWhistles);
            Assert.Equal(whistle.Requests.Count(request => request is { Kind: RequestKind.Escalation, Decision: Decision.Waiting }), file.OpenEscalations);
            Assert.True(!whistle.IsOpen || whistle.SoundedAt is null || whistle.SignedAt is not null || whistle.Kind == WhistleKind.Emergency);
            Assert.True(whistle.Stage != WhistleStage.Ended || whistle.MinutesEdition > 0);
        }

        CheckPressure(whistle);
        Assert.Equal(whistle.Told(), Whistle.Replay(whistle.Unsaved).Told());
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    });

    // Each step once, not before its time, and never a lower one after a higher, until the unit has moved.
    private static void CheckPressure(Whistle whistle)
    {
        var rung = whistle.Unsaved.Where(entry => entry.By.UserId == Actor.Clock.UserId).ToList();
        Assert.Equal(rung.Count, rung.Select(entry => entry.Type + entry.Body).Distinct().Count());
        Assert.All(rung, entry => Assert.True(entry.At >= entry.Event switch
        {
            ResponseLapsed e => e.RespondBy,
            ArrivalLapsed e => e.ArriveBy,
            ResolutionLapsed e => e.DueAt,
            ObjectionLapsed e => e.ReviewBy,
            UnitUrged e => e.DueAt,
            _ => entry.At,
        }));

        var reached = new Dictionary<(OrgPath?, int?), OverdueStep?>();
        foreach (var entry in whistle.Unsaved)
        {
            (OrgPath? Unit, int? Resolution, OverdueStep? Step) step = entry.Event switch
            {
                UnitUrged e => (e.Unit, e.Resolution, e.Step),
                LateReported e => (e.Unit, e.Resolution, OverdueStep.Report),
                LeaderAsked { Question.Kind: RequestKind.Overdue } e => (e.Question.Unit, e.Question.Resolution, OverdueStep.Instruct),
                ResponseLapsed e => (e.Unit, null, null),
                ArrivalLapsed { Steps: not null } e => (e.Unit, null, null),
                ResolutionLapsed e => (e.Unit, e.No, null),
                _ => default,
            };
            if (step.Unit is not null)
            {
                Assert.True(step.Step is null || !(reached.GetValueOrDefault((step.Unit, step.Resolution)) >= step.Step), $"{step} came again");
                reached[(step.Unit, step.Resolution)] = step.Step;
            }
        }
    }

    private static void Check(int acts, Action<List<(int Act, int Person, int Minutes)>> live)
    {
        var step = Gen.Choose(0, acts - 1).SelectMany(act => Gen.Choose(0, s_people.Length - 1).SelectMany(person => Gen.Choose(1, 900).Select(minutes => (act, person, minutes))));
        Prop.ForAll(step.ListOf().Select(steps => steps.ToList()).ToArbitrary(), live)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithStartSize(20).WithEndSize(220).WithReplay(20260302, 1));
    }
}
