using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The room writes its own 纪要 from the log.</summary>
public class MinutesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public void TheMinutes_SayWhoCame_WhatWasAgreedByWhomAndUntilWhen()
    {
        var minutes = Write(CommittedWhistle());

        Assert.Contains("召集：", minutes, StringComparison.Ordinal);
        Assert.Matches("出席：区城管委（现场.*）；供电公司（视频", minutes);
        Assert.Contains("（一）区城管委：建48个充电桩。责任人：能源科 徐明远；时限：", minutes, StringComparison.Ordinal);
        Assert.Contains("（二）供电公司：送电。", minutes, StringComparison.Ordinal);
        Assert.DoesNotContain("不同意见", minutes, StringComparison.Ordinal);
    }

    [Fact]
    public void Dissent_StandsInThem_EvenOfAUnitThatWasLetGo_AndOfEarlierMinutes_ButNotIfItWasGivenUp()
    {
        var released = SoundedWhistle()
            .Do(whistle => whistle.ObjectToSummons("不属本委职责", "职责清单第3条", Rules, Energy, At(4)))
            .Do(whistle => whistle.Release(EnergyOffice, "异议成立", Street, At(4.5)));
        Assert.Contains("（一）区城管委职责异议：不属本委职责。", Write(released), StringComparison.Ordinal);

        var givenUp = SoundedWhistle()
            .Do(whistle => whistle.ObjectToSummons("不属本委职责", "职责清单第3条", Rules, Energy, At(4)))
            .Do(whistle => whistle.Respond(null, null, Energy, At(4.5)));
        Assert.DoesNotContain("不属本委职责", Write(givenUp), StringComparison.Ordinal);

        var disputed = ExecutingWhistle().Do(whistle => whistle.DisputeMinutes("时限应为三十日", Power, At(7)));
        Assert.Contains("供电公司对第1版纪要：时限应为三十日。", Write(disputed), StringComparison.Ordinal);
    }

    private string Write(Whistle whistle) => MinutesWriter.Write(whistle, whistle.Unsaved, portal.Get<UnitBook>(), At(8));
}
