using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Every act in every stage: what is named here is allowed, everything else is refused and leaves no trace.</summary>
public class WhistleLifecycleTests
{
    private static readonly Dictionary<string, Func<Whistle>> s_scenes = new()
    {
        ["Drafted"] = () => DraftedWhistle(),
        ["Submitted"] = () => SubmittedWhistle(),
        ["Sounded"] = SoundedWhistle,
        ["Emergency"] = EmergencyWhistle,
        ["Conferring"] = ConferringWhistle,
        ["Committed"] = CommittedWhistle,
        ["Executing"] = ExecutingWhistle,
        ["Settled"] = SettledWhistle,
        ["Confirmed"] = ConfirmedWhistle,
        ["Ended"] = EndedWhistle,
        ["Recalled"] = RecalledWhistle,
    };

    private static readonly DateTimeOffset s_late = At(60);

    private static readonly Dictionary<string, Func<Whistle, Outcome>> s_acts = new()
    {
        ["Revise"] = whistle => whistle.Revise(Brief with { Title = "改" }, Street, s_late),
        ["Submit"] = whistle => whistle.Submit(Rules, Street, s_late),
        ["SoundAtOnce"] = whistle => whistle.SoundAtOnce(Rules, Street, s_late),
        ["Sign"] = whistle => whistle.Sign(null, Rules, StreetHead.Fresh(s_late), s_late),
        ["ReturnDraft"] = whistle => whistle.ReturnDraft("补充", StreetHead.Fresh(s_late), s_late),
        ["Recall"] = whistle => whistle.Recall("撤", Street, s_late),
        ["Summon"] = whistle => whistle.Summon(HousingOffice, "约谈物业", Rules, Street, s_late),
        ["Respond"] = whistle => whistle.Respond(null, null, Energy, s_late),
        ["Object"] = whistle => whistle.ObjectToSummons("不属本委", "职责清单", Rules, Energy, s_late),
        ["ReportIn"] = whistle => whistle.ReportIn(ReportMode.OnSite, null, null, Energy, s_late),
        ["Commit"] = whistle => whistle.Commit("措施", "某人", s_late.AddDays(1), Energy, s_late),
        ["Refuse"] = whistle => whistle.Refuse("理由", "依据", Energy, s_late),
        ["Leave"] = whistle => whistle.Leave(Energy, s_late),
        ["Post"] = whistle => whistle.Post("说一句", null, null, Energy, s_late),
        ["Release"] = whistle => whistle.Release(PowerCompany, "不再需要", Street, s_late),
        ["Resolve"] = whistle => whistle.Resolve(EnergyOffice, "再加一项", "", s_late.AddDays(1), Street, s_late),
        ["Adopt"] = whistle => whistle.Adopt(1, Street, s_late),
        ["Drop"] = whistle => whistle.Drop(1, "不采纳", Street, s_late),
        ["IssueMinutes"] = whistle => whistle.IssueMinutes("纪要", Street, s_late),
        ["ConfirmMinutes"] = whistle => whistle.ConfirmMinutes(Energy, s_late),
        ["DisputeMinutes"] = whistle => whistle.DisputeMinutes("不对", Energy, s_late),
        ["FeedBack"] = whistle => whistle.FeedBack(1, "已做", null, Energy, s_late),
        ["Settle"] = whistle => whistle.Settle(1, Street, s_late),
        ["AskLeader"] = whistle => whistle.AskLeader(new LeaderQuestion(RequestKind.Escalation, "定不了"), Rules, Street, s_late),
        ["Confirm"] = whistle => whistle.Confirm("解决", Rules, Street, s_late),
        ["AssessUnit"] = whistle => whistle.AssessUnit(EnergyOffice, new UnitRating(5, 5, 5, 5, null), Street, s_late),
        ["AssessWhistle"] = whistle => whistle.AssessWhistle(new WhistleRating(5, 5, 5, null), Energy, s_late),
        ["End"] = whistle => whistle.End(Street, s_late),
    };

    private static readonly string[] s_live = ["Recall", "Summon", "Post", "Resolve", "AskLeader"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Drafted"] = ["Revise", "Submit", "Recall", "Post"],
        ["Submitted"] = ["Sign", "ReturnDraft", "Recall", "Post"],
        ["Sounded"] = [.. s_live, "Respond", "Object", "ReportIn", "Release"],
        ["Emergency"] = [.. s_live, "Sign", "Respond", "Object", "ReportIn", "Release"],
        ["Conferring"] = [.. s_live, "Commit", "Refuse", "Release", "IssueMinutes"],
        ["Committed"] = [.. s_live, "Commit", "Leave", "Adopt", "Drop", "IssueMinutes", "FeedBack"],
        ["Executing"] = [.. s_live, "Commit", "Leave", "Drop", "IssueMinutes", "ConfirmMinutes", "DisputeMinutes", "FeedBack"],
        ["Settled"] = [.. s_live, "Commit", "Refuse", "Leave", "Release", "IssueMinutes", "ConfirmMinutes", "DisputeMinutes", "Confirm"],
        ["Confirmed"] = ["Post", "AssessUnit", "AssessWhistle"],
        ["Ended"] = ["AssessWhistle"],  // until the time is over
        ["Recalled"] = [],
    };

    public static TheoryData<string, string> Everything() =>
        [.. s_scenes.Keys.SelectMany(scene => s_acts.Keys, (scene, act) => (scene, act))];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Act_InAStage_IsAllowedOrLeavesNoTrace(string scene, string act)
    {
        var whistle = s_scenes[scene]();
        var (version, stage) = (whistle.Version, whistle.Stage);

        var outcome = s_acts[act](whistle);

        Assert.True(s_allowed[scene].Contains(act) == outcome.IsDone, $"{act} in {scene}: {outcome.Refusal?.Code ?? "done"}");
        if (!outcome.IsDone)
        {
            Assert.Equal((version, stage), (whistle.Version, whistle.Stage));
        }
    }

    public static TheoryData<string> Scenes() => [.. s_scenes.Keys];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Replay_OfTheLog_GivesTheSameWhistle(string scene)
    {
        var whistle = s_scenes[scene]();

        var replayed = Whistle.Replay(whistle.Unsaved);

        Assert.Equal(whistle.Told(), replayed.Told());
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void AStranger_DoesNothingInAnyStage(string scene)
    {
        foreach (var stranger in new[] { OtherStreet, Water, Village, Archivist, Administrator })
        {
            var whistle = s_scenes[scene]();
            var version = whistle.Version;

            Assert.False(whistle.Submit(Rules, stranger, s_late).IsDone);
            Assert.False(whistle.Sign(null, Rules, stranger.Fresh(s_late), s_late).IsDone);
            Assert.False(whistle.Respond(null, null, stranger, s_late).IsDone);
            Assert.False(whistle.ReportIn(ReportMode.OnSite, null, null, stranger, s_late).IsDone);
            Assert.False(whistle.Post("插话", null, null, stranger, s_late).IsDone);
            Assert.False(whistle.IssueMinutes("纪要", stranger, s_late).IsDone);
            Assert.False(whistle.AskLeader(new LeaderQuestion(RequestKind.Escalation, "理由"), Rules, stranger, s_late).IsDone);
            Assert.False(whistle.Recall("撤", stranger, s_late).IsDone);
            Assert.Equal(version, whistle.Version);
        }
    }
}
