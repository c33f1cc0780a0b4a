namespace JieSuJiBan.Tests.Bench;

public class TextCrowdTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly TextCrowds _crowds = new(TimeSpan.FromDays(30));
    private int _added;

    [Fact]
    public void ManyWhoSayTheSameOfOnePlace_AreACrowd_HoweverTheyPutIt()
    {
        Fill();
        var plant = Say(
            ("兴谷新城旁边的搅拌站噪音扰民", "兴谷新城居民楼不到一百米就是搅拌站，整夜施工，噪音灰尘都很大。"),
            ("投诉兴谷新城附近建搅拌站", "搅拌站紧挨着兴谷新城，灰尘满天，窗户都不敢开，噪音整夜不停。"),
            ("兴谷新城的搅拌站何时搬走", "我住兴谷新城，搅拌站的噪音和灰尘让老人孩子没法睡觉。"),
            ("搅拌站粉尘污染兴谷新城", "兴谷新城业主反映，搅拌站粉尘污染严重，噪音大。"));

        var crowd = _crowds.Largest.First();

        Assert.Equal(plant, crowd.Members);
        Assert.Equal(4, crowd.People);
        Assert.Contains("兴谷新城", string.Concat(crowd.Names), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherMatterOfTheSamePlace_IsNoneOfIt()
    {
        Fill();
        Say(
            ("兴谷新城旁边的搅拌站噪音扰民", "兴谷新城居民楼不到一百米就是搅拌站，整夜施工，噪音灰尘都很大。"),
            ("投诉兴谷新城附近建搅拌站", "搅拌站紧挨着兴谷新城，灰尘满天，窗户都不敢开，噪音整夜不停。"));

        var other = Say(("咨询兴谷新城公办幼儿园入学名额", "孩子三岁半，户口刚迁来，想问今年报名条件和所需材料。"))[0];

        Assert.DoesNotContain(other, _crowds.Largest.First().Members);
    }

    // What many complain of everywhere does not bind; what is rare, such as a mixing plant, may, wherever it is.
    [Fact]
    public void TheSameCommonMatterOfAnotherPlace_IsNoneOfIt()
    {
        Fill();
        var crowd = Say(
            ("兴谷新城旁边的搅拌站噪音扰民影响休息", "兴谷新城居民楼不到一百米就是搅拌站，噪音扰民影响休息。"),
            ("兴谷新城附近搅拌站噪音扰民影响休息", "搅拌站紧挨着兴谷新城，噪音扰民影响休息。"));

        var other = Say(("桃园里家属院噪音扰民影响休息", "桃园里家属院噪音扰民影响休息，夜里没法睡。"))[0];

        Assert.Equal(crowd, _crowds.Largest.Single(found => found.Members.Contains(crowd[0])).Members);
        Assert.DoesNotContain(_crowds.Largest, found => found.Members.Contains(other));
    }

    [Fact]
    public void OneWhoWritesTenTimes_IsNoCrowd()
    {
        Fill();
        var alone = new TextCrowd();
        for (var time = 0; time < 10; time++)
        {
            alone = _crowds.Add(Key(), "one", "兴谷新城旁边的搅拌站噪音扰民", "兴谷新城居民楼不到一百米就是搅拌站，整夜施工。", s_start.AddHours(_added));
        }

        Assert.Equal((10, 1), (alone.Members.Count, alone.People));
        Assert.DoesNotContain(alone, _crowds.Largest);
    }

    [Fact]
    public void ACrowdThatNobodyJoinedForLong_IsOver()
    {
        Fill();
        var (subject, text) = ("兴谷新城旁边的搅拌站噪音扰民", "兴谷新城居民楼不到一百米就是搅拌站，整夜施工，噪音灰尘都很大。");
        _crowds.Add(Key(), "a", subject, text, s_start);
        var inTime = _crowds.Add(Key(), "b", subject, text, s_start.AddDays(29));
        var late = _crowds.Add(Key(), "c", subject, text, s_start.AddDays(60));

        Assert.Equal((2, 1), (inTime.Members.Count, late.Members.Count));
    }

    private List<Guid> Say(params (string Subject, string Text)[] texts) => [.. texts.Select(said =>
    {
        var key = Key();
        _crowds.Add(key, $"person {key}", said.Subject, said.Text, s_start.AddHours(_added));
        return key;
    })];

    // What else comes in: without it nothing would be rare.
    private void Fill()
    {
        string[] matters = ["路灯不亮", "井盖缺失", "公交车不准时", "物业收费不公示", "垃圾清运不及时", "噪音扰民影响休息", "灰尘很大影响出行"];
        var chance = new Random(3);
        for (var number = 0; number < 300; number++)
        {
            var place = string.Concat(Enumerable.Range(0, 4).Select(_ => (char)('一' + chance.Next(2500))));
            Say(($"{place}{matters[number % matters.Length]}", $"{place}附近{matters[chance.Next(matters.Length)]}，请有关部门尽快处理，谢谢。"));
        }
    }

    private Guid Key() => new(++_added, 0, 0, new byte[8]);
}
