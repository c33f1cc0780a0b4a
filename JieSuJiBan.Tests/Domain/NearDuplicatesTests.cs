using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Domain;

public class NearDuplicatesTests
{
    private const string Smoke = "学府花园北门外的烧烤店每天营业到凌晨两点，油烟直接排到楼道，孩子睡不着觉，多次劝说无效，请有关部门处理。";

    private readonly NearDuplicates _texts = new();

    [Theory]
    [InlineData(Smoke, 0.99, 1)]
    [InlineData("  学府花园北门外的烧烤店，每天营业到凌晨两点!油烟直接排到楼道 孩子睡不着觉…多次劝说无效。请有关部门处理", 0.99, 1)]
    [InlineData("学府花园北门外的烧烤店每天营业到凌晨三点，油烟直接排到楼道，孩子睡不着觉，多次劝说无效，请有关部门处理。谢谢！", 0.6, 0.99)]
    public void NearlyTheSameText_IsFound_AndHowAlikeItIs(string text, double least, double most)
    {
        var key = Add(Smoke);
        Fill(500);

        var found = Assert.Single(_texts.Find(text));

        Assert.Equal(key, found.Key);
        Assert.InRange(found.Similarity, least, most);
    }

    [Theory]
    [InlineData("马坊镇汇景社区地下车库没有充电桩，业主只能从楼上拉线给电动车充电，存在安全隐患，请协调安装。")]
    [InlineData("请有关部门处理。")]
    [InlineData("")]
    public void AnotherText_IsNotFound(string text)
    {
        Add(Smoke);

        Assert.Empty(_texts.Find(text));
    }

    [Fact]
    public void TheLikest_ComeFirst_AndNoMoreThanAskedFor()
    {
        var (far, same, near) = (Add(Smoke[..40] + "物业也不管，投诉了三次都没有人来看过。"), Add(Smoke), Add(Smoke + "谢谢！"));

        Assert.Equal([same, near, far], _texts.Find(Smoke, atLeast: 0.3).Select(found => found.Key));
        Assert.Equal([same], _texts.Find(Smoke, most: 1).Select(found => found.Key));
        Assert.DoesNotContain(_texts.Find(Smoke, atLeast: 0.95), found => found.Key == far);
    }

    [Fact]
    public void AddedAgain_IsOneText_AndTheNewOneCounts()
    {
        var key = Add(Smoke);
        _texts.Add(key, Smoke);
        Assert.Equal((1, 1), (_texts.Count, _texts.Find(Smoke).Count));

        _texts.Add(key, "汇景社区地下车库没有充电桩，请协调安装。");

        Assert.Equal(1, _texts.Count);
        Assert.Empty(_texts.Find(Smoke));
        Assert.Equal(key, Assert.Single(_texts.Find("汇景社区地下车库没有充电桩，请协调安装！")).Key);
    }

    [Fact]
    public void Removed_IsFoundNoMore()
    {
        var (key, other) = (Add(Smoke), Add(Smoke));

        _texts.Remove(key);

        Assert.Equal(other, Assert.Single(_texts.Find(Smoke)).Key);
    }

    [Fact]
    public void AmongThousands_EveryChangedText_FindsItsOwn_AndHardlyAStranger()
    {
        var texts = Fill(5000);
        var (own, strangers) = (0, 0);
        foreach (var (key, text) in texts.Take(500))
        {
            var found = _texts.Find(text[1..].Replace('，', ' ') + "望尽快处理");
            own += found.Any(other => other.Key == key) ? 1 : 0;
            strangers += found.Count(other => other.Key != key);
        }

        Assert.InRange(own, 490, 500);
        Assert.InRange(strangers, 0, 5);
    }

    // A form letter that thousands send.
    [Fact]
    public void OneTextSentByThousands_FindsTheLatest()
    {
        var keys = Enumerable.Range(0, 3000).Select(_ => Add(Smoke)).ToList();

        var found = _texts.Find(Smoke, most: 20);

        Assert.Equal(20, found.Count);
        Assert.Subset(keys.TakeLast(1000).ToHashSet(), found.Select(other => other.Key).ToHashSet());
    }

    private Guid Add(string text)
    {
        var key = new Guid(_texts.Count + 1, 0, 0, new byte[8]);
        _texts.Add(key, text);
        return key;
    }

    private List<(Guid Key, string Text)> Fill(int count)
    {
        var chance = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var text = string.Concat(Enumerable.Range(0, 60).Select(at => at % 12 == 11 ? '，' : (char)('一' + chance.Next(3000))));
            return (Add(text), text);
        })];
    }
}
