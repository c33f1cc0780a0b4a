using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Log;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class CrowdTests
{
    private static readonly CrowdRaised s_garage = new(
        Mafang, "供电/充电设施建设", "幸福家园", [.. Enumerable.Range(1, 5).Select(no => new CrowdMember(Guid.NewGuid(), $"{no}", "车库装不了充电桩"))], "48小时内5件");

    [Fact]
    public void Crowd_CountsOn_WhileNobodyHasDecided()
    {
        var crowd = Raised();

        crowd.Grow([new CrowdMember(Guid.NewGuid(), "6", "充电桩")], At(1));

        Assert.Equal((6, At(1), CrowdState.Open), (crowd.Size, crowd.LastAt, crowd.State));
    }

    [Fact]
    public void Whistled_ItCountsNoMore_AndIsDecidedOnce()
    {
        var crowd = Raised();
        var whistle = Guid.NewGuid();

        Assert.True(crowd.Blow(whistle, "哨1", Street, At(1)).IsDone);
        crowd.Grow([new CrowdMember(Guid.NewGuid(), "6", "充电桩")], At(2));

        Assert.Equal((5, whistle, CrowdState.Whistled), (crowd.Size, crowd.Whistle, crowd.State));
        Assert.Equal("crowd.decided", crowd.Dismiss("重复", Dispatcher, At(3)).Refusal?.Code);
    }

    [Fact]
    public void OnlyTheStreetAndTheCommandCentre_Decide()
    {
        Assert.Equal("crowd.role", Raised().Dismiss("不是一件事", OtherStreet, At(1)).Refusal?.Code);
        Assert.Equal("crowd.role", Raised().Dismiss("不是一件事", Energy, At(1)).Refusal?.Code);
        Assert.Equal("crowd.missing.reason", Raised().Dismiss(" ", Dispatcher, At(1)).Refusal?.Code);
        Assert.True(Raised().Dismiss("不是一件事", Dispatcher, At(1)).IsDone);
        Assert.True(Raised().Dismiss("不是一件事", StreetHead, At(1)).IsDone);
    }

    [Fact]
    public void TheDistrictsLeader_InstructsOnce_AndTheStreetStillDecides()
    {
        var crowd = Raised();

        Assert.Equal("crowd.instruct.role", crowd.Instruct("请马坊镇今天吹哨。", null, null, StreetHead, At(1)).Refusal?.Code);
        Assert.True(crowd.Instruct("请马坊镇今天吹哨。", null, null, DistrictLeader, At(1)).IsDone);
        Assert.Equal("crowd.instructed", crowd.Instruct(null, null, null, DistrictLeader, At(2)).Refusal?.Code);

        Assert.Equal("text", Raised().Instruct(" ", EnergyOffice, At(24), DistrictLeader, At(1)).Refusal?.Field);
        Assert.Equal("dueAt", Raised().Instruct("请到场", EnergyOffice, At(1), DistrictLeader, At(1)).Refusal?.Field);
        Assert.Equal(("请马坊镇今天吹哨。", CrowdState.Open), (crowd.Instruction, crowd.State));
        Assert.True(crowd.Blow(Guid.NewGuid(), "哨1", Street, At(3)).IsDone);
    }

    [Fact]
    public void ReplayedLog_IsTheCrowd()
    {
        var crowd = Raised();
        crowd.Grow([new CrowdMember(Guid.NewGuid(), "6", "充电桩")], At(1));
        crowd.Dismiss("不是一件事", Dispatcher, At(2));

        var replayed = Crowd.Replay(crowd.Unsaved);

        Assert.Equal((crowd.Size, crowd.State, crowd.Street, crowd.Version), (replayed.Size, replayed.State, replayed.Street, replayed.Version));
    }

    private static Crowd Raised() => Crowd.Raise(Guid.NewGuid(), s_garage, Morning);
}
