using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Domain;

public class PlaceNamesTests
{
    [Theory]
    [InlineData("金河街幸福家园小区3号楼2单元", "幸福家园", "金河街")]
    [InlineData("幸福家园6号楼地下车库", "幸福家园")]
    [InlineData("马坊小区南门口", "马坊小区")]
    [InlineData("梨羊村东侧拆迁地块", "梨羊村")]
    [InlineData("府前大街与新平北路交叉口", "府前大街", "新平北路")]
    [InlineData("区医院对面", "区医院")]
    [InlineData("12号院", null)]
    public void Names_AreFound_EstatesFirst(string address, params string?[]? names) =>
        Assert.Equal((names ?? []).OfType<string>(), PlaceNames.Find(address));

    [Fact]
    public void TheSameEstate_IsOnePlace_HoweverItIsWritten() =>
        Assert.Equal(PlaceNames.Find("金河街幸福家园小区3号楼")[0], PlaceNames.Find("幸福家园5号楼底商")[0]);
}
