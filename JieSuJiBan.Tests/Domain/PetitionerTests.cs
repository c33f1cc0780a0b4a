using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Reports;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class PetitionerTests
{
    [Fact]
    public void Masked_ShowsSurnameAndEndsOfThePhone_AndNoAddress() =>
        Assert.Equal(new Petitioner("孟**", "130****5115", "******"), Caller.Masked());

    [Fact]
    public void Masked_Organisation_KeepsTwoCharacters() =>
        Assert.Equal("京东******", new Petitioner("京东方某某厂", "", "", IsOrganisation: true).Masked().Name);

    [Fact]
    public void Masked_Anonymous_SaysSo() => Assert.Equal(new Petitioner("匿名", "", ""), Petitioner.Anonymous.Masked());

    [Theory]
    [InlineData("孟庆余说楼道灯坏了", "孟**说楼道灯坏了")]
    [InlineData("请打13000005115联系", "请打130****5115联系")]
    [InlineData("另一个号码13812345678", "另一个号码138****5678")]
    [InlineData("座机69961234", "座机********")]
    [InlineData("身份证110226199001011234。", "身份证110***************。")]
    [InlineData("住7号楼2单元501的王某", "住**号楼**的王某")]
    [InlineData("哨117-20261029-001共12栋楼767户48个桩", "哨117-20261029-001共12栋楼767户48个桩")]
    public void Masking_TakesOutWhatTellsWhoItIs_AndNothingElse(string text, string expected) => Assert.Equal(expected, new Masking(Caller, false).Apply(text));

    [Fact]
    public void Masking_OfSomebodyWhoWasErased_ShowsNoFreeTextAtAll() =>
        Assert.DoesNotContain("孟庆余", new Masking(null, true).Apply("孟庆余说楼道灯坏了"), StringComparison.Ordinal);
}
