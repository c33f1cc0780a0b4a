using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Every act in every state: what is named here is allowed, everything else is refused and leaves no trace.</summary>
public class CaseLifecycleTests
{
    private static readonly Dictionary<string, Func<CaseFile>> s_scenes = new()
    {
        ["Registered"] = () => RegisteredCase(),
        ["Dispatched"] = () => DispatchedCase(),
        ["Accepted"] = AcceptedCase,
        ["Contacted"] = ContactedCase,
        ["InProgress"] = CaseInProgress,
        ["Whistled"] = WhistledCase,
        ["Submitted"] = SubmittedCase,
        ["Answered"] = AnsweredCase,
        ["Unreached"] = UnreachedCase,
        ["CalledBack"] = () => CalledBackCase(),
        ["Closed"] = ClosedCase,
        ["Stored"] = StoredCase,
        ["Archived"] = ArchivedCase,
        ["Informed"] = () => RegisteredCase().Do(file => file.Inform(InformReason.Secret, "告知", Dispatcher, At(1))),
        ["AnsweredAtOnce"] = () => RegisteredCase().Do(file => file.AnswerAtOnce("答复", Dispatcher, At(1))),
        ["Merged"] = () => RegisteredCase().Do(file => file.MergeInto(AcceptedCase(), Dispatcher, At(1))),
        ["TakenOver"] = TakenOverCase,
        ["Found"] = () => FoundCase(),
        ["FoundAndHandedUp"] = () => FoundCase().Do(file => file.HandToDistrict("属市级管线。", Street, At(1))),
        ["FoundAndAccepted"] = FoundAndAccepted,
        ["FoundAndAnswered"] = FoundAndAnswered,
        ["FoundAndConfirmed"] = () => FoundAndConfirmed(),
        ["FoundAndSolved"] = FoundAndSolved,
    };

    // Long after every limit, so that time is not what refuses; by whoever is right for the act.
    private static readonly DateTimeOffset s_late = At(20 * 24);

    private static readonly Dictionary<string, Func<CaseFile, Outcome>> s_acts = new()
    {
        ["AnswerAtOnce"] = file => file.AnswerAtOnce("答复", Dispatcher, s_late),
        ["Inform"] = file => file.Inform(InformReason.Emergency, "告知", Dispatcher, s_late),
        ["Merge"] = file => file.MergeInto(AcceptedCase(), Dispatcher, s_late),
        ["Dispatch"] = file => file.Dispatch(new DispatchOrder(Mafang, [], s_late.AddDays(1), "7日"), Rules.Calendar, Dispatcher, s_late),
        ["SendAsOrdered"] = file => file.SendAsOrdered(Mafang, At(7 * 24), "12345热线直派", Rules.Calendar, Hotline, s_late),
        ["TakeOver"] = file => file.TakeOver(new SourceEnding(Mafang, At(20), "已办结", true, Satisfaction.Satisfied), Hotline, s_late),
        ["FollowSource"] = file => file.FollowSource(new Dictionary<string, string> { ["工单状态"] = "办理中" }, null, Hotline, s_late),
        ["ReopenAtSource"] = file => file.ReopenAtSource(Hotline, s_late),
        ["SolveOnTheSpot"] = file => file.SolveOnTheSpot("当场清走", null, GridWorker, s_late),
        ["HandToDistrict"] = file => file.HandToDistrict("不属本镇", Street, s_late),
        ["Accept"] = file => file.Accept(Street, s_late),
        ["Object"] = file => file.ObjectToDispatch("理由", "依据", null, Rules, Street, At(2)),
        ["Contact"] = file => file.Contact(true, "联系", Street, s_late),
        ["Assign"] = file => file.Assign(Huijing, "协助", Street, s_late),
        ["Progress"] = file => file.Progress("进展", null, Street, s_late),
        ["Submit"] = file => file.Submit("结果", null, Street, s_late),
        ["Return"] = file => file.ReturnResult("再办", StreetHead, s_late),
        ["Answer"] = file => file.Answer("答复", StreetHead, s_late),
        ["Confirm"] = file => file.Confirm(true, null, GridWorker, s_late),
        ["CallBack"] = file => file.CallBack(Yes, Dispatcher, s_late),
        ["MissCall"] = file => file.MissCall("无人接听", s_late.AddHours(3), Dispatcher, s_late),
        ["Check"] = file => file.CheckOnTheSpot(true, "属实", null, Supervisor, s_late),
        ["Redo"] = file => file.Redo("重办", s_late.AddDays(1), "7日", Dispatcher, s_late),
        ["Close"] = file => file.Close("结案", Dispatcher, s_late),
        ["Store"] = file => file.StoreFile(Pdf, 3, file.Version, s_late),
        ["Archive"] = file => file.Archive("1", "永久", Archivist, s_late),
        ["Erase"] = file => file.ErasePetitioner("期满", Archivist, s_late),
        ["Resume"] = file => file.Resume("恢复", Street, s_late),
        ["Facts"] = file => file.AddFacts("又坏了一处", null, Citizen, s_late),
        ["Rate"] = file => file.Rate(false, Satisfaction.Unsatisfied, null, Citizen, s_late),
        ["Withdraw"] = file => file.Withdraw("回避", Street, s_late),
        ["Reveal"] = file => file.Reveal("用途", Dispatcher, s_late),
        ["ReadFull"] = file => file.ReadFullFile("用途", Dispatcher, s_late),
    };

    private static readonly string[] s_always = ["Withdraw", "Reveal", "ReadFull", "FollowSource"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Registered"] = ["AnswerAtOnce", "Inform", "Merge", "Dispatch", "SendAsOrdered", "TakeOver", "Facts"],
        ["Dispatched"] = ["Dispatch", "Accept", "Object", "TakeOver", "Facts"],
        ["Accepted"] = ["Object", "Contact", "Assign", "Progress", "Facts", "Check"],
        ["Contacted"] = ["Object", "Contact", "Assign", "Progress", "Facts", "Check"],
        ["InProgress"] = ["Object", "Contact", "Assign", "Progress", "Submit", "Facts", "Check"],
        ["Whistled"] = ["Contact", "Assign", "Progress", "Facts", "Check"],
        ["Submitted"] = ["Return", "Answer", "Facts", "Check"],
        ["Answered"] = ["CallBack", "MissCall", "Facts", "Rate"],
        ["Unreached"] = ["CallBack", "Redo", "Close", "Facts", "Rate"],
        ["CalledBack"] = ["CallBack", "Redo", "Close", "Facts", "Rate"],
        ["Closed"] = ["Store"],
        ["Stored"] = ["Store", "Archive"],
        ["Archived"] = ["Store", "Erase"],
        ["Informed"] = [],
        ["AnsweredAtOnce"] = [],
        ["Merged"] = [],
        ["TakenOver"] = ["TakeOver", "ReopenAtSource"],
        ["Found"] = ["AnswerAtOnce", "Inform", "Merge", "Dispatch", "SolveOnTheSpot", "HandToDistrict"],
        ["FoundAndHandedUp"] = ["AnswerAtOnce", "Inform", "Merge", "Dispatch", "SolveOnTheSpot"],
        ["FoundAndAccepted"] = ["Object", "Assign", "Progress", "Check"],
        ["FoundAndAnswered"] = ["Confirm", "CallBack"],
        ["FoundAndConfirmed"] = ["CallBack"],
        ["FoundAndSolved"] = ["Store"],
    };

    public static TheoryData<string, string> Everything() =>
        [.. s_scenes.Keys.SelectMany(scene => s_acts.Keys, (scene, act) => (scene, act))];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Act_InAState_IsAllowedOrLeavesNoTrace(string scene, string act)
    {
        var file = s_scenes[scene]();
        var (version, status) = (file.Version, file.Status);

        var outcome = s_acts[act](file);

        // What was found in the street comes from no other system, so none goes on telling of it.
        var isAlways = s_always.Contains(act) && !(act == "FollowSource" && file.SourceNumber is null);
        Assert.Equal(s_allowed[scene].Contains(act) || isAlways, outcome.IsDone);
        if (!outcome.IsDone)
        {
            Assert.Equal((version, status), (file.Version, file.Status));
        }
    }

    public static TheoryData<string> Scenes() => [.. s_scenes.Keys];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Replay_OfTheLog_GivesTheSameCase(string scene)
    {
        var file = s_scenes[scene]();

        var replayed = CaseFile.Replay(file.Unsaved);

        Assert.Equal(file.Told(), replayed.Told());
    }

    [Fact]
    public void EveryStatus_IsReachedByTransitionsThatTheTableAllows()
    {
        var statuses = Enum.GetValues<CaseStatus>();
        var reached = new HashSet<CaseStatus> { CaseStatus.Registered };
        while (statuses.Any(to => reached.Any(from => CaseTransitions.Allows(from, to)) && reached.Add(to)))
        {
            // until nothing new is reached
        }

        Assert.Equal(statuses.Length, reached.Count);
        Assert.DoesNotContain(statuses, to => CaseTransitions.Allows(CaseStatus.Archived, to));
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void NextStep_NamesAUnitWheneverItNamesAStep(string scene)
    {
        var file = s_scenes[scene]();

        Assert.Equal(file.NextStep == CaseStep.None, file.NextUnit is null);
        Assert.Equal(file.IsOpen, !file.Status.IsFinished());
    }

    [Fact]
    public void Administrators_DoNothingToCases()
    {
        foreach (var (_, scene) in s_scenes)
        {
            var file = scene();
            Assert.False(file.Progress("进展", null, Administrator, s_late).IsDone);
            Assert.False(file.Reveal("用途", Administrator, s_late).IsDone);
        }
    }
}
