using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Domain;

public class MatcherTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly MatchInput s_stalls = Of("市容环卫/占道经营/无照游商", "马坊镇", "汇景社区");
    private static readonly MatchInput s_leak = Of("供水/管网/自来水漏水", "马坊镇", "汇景社区");

    private readonly Matcher _matcher = new();
    private DateTimeOffset _now = s_start;

    [Fact]
    public void KnowsNothing_ProposesNothing()
    {
        var proposal = _matcher.Propose(s_stalls, _now);

        Assert.Equal((0, 0.0), (proposal.Candidates.Count, proposal.Confidence));
        Assert.Null(proposal.First);
    }

    [Fact]
    public void Learns_WhoGetsWhat()
    {
        Teach(20, (s_stalls, "law"), (s_leak, "water"));

        Assert.Equal(("law", "water"), (FirstFor(s_stalls), FirstFor(s_leak)));
        Assert.Equal(40, _matcher.Learnt);
    }

    [Fact]
    public void SameCalls_SameAnswers()
    {
        Teach(20, (s_stalls, "law"), (s_leak, "water"));
        var other = new MatcherTests();
        other.Teach(20, (s_stalls, "law"), (s_leak, "water"));

        Assert.Equal(Told(_matcher.Propose(s_stalls, _now)), Told(other._matcher.Propose(s_stalls, _now)));
    }

    [Fact]
    public void Text_DecidesWhereTheFactsDoNot()
    {
        var (dogs, pipes) = (new MatchInput { Text = "小区里有人遛狗不拴绳，吓到孩子" }, new MatchInput { Text = "自来水管道破裂，路面积水严重" });
        Teach(15, (dogs, "police"), (pipes, "water"));

        Assert.Equal("police", FirstFor(new MatchInput { Text = "楼下有人遛狗从不拴绳" }));
        Assert.Equal("water", FirstFor(new MatchInput { Text = "门前管道破裂，水流了一地" }));
    }

    [Fact]
    public void ADutyThatMoves_IsFollowed()
    {
        Teach(60, (s_stalls, "law"));
        Assert.Equal("law", FirstFor(s_stalls));

        Teach(6, (s_stalls, "town"));

        Assert.Equal("town", FirstFor(s_stalls));
    }

    [Fact]
    public void AUnitThatIsRenamed_StaysTheSame_UnderItsNewName()
    {
        Teach(30, (s_stalls, "law", "城管执法局"), (s_leak, "water", "水务局"));
        Teach(4, (s_stalls, "law", "综合执法局"));

        Assert.Equal(("law", "综合执法局"), (FirstFor(s_stalls), _matcher.Propose(s_stalls, _now).First!.Name));
    }

    [Fact]
    public void WhatIsToldOfOneStreet_HelpsInTheNext()
    {
        foreach (var street in new[] { "马坊镇", "峪口镇", "夏各庄镇" })
        {
            Teach(8, (Of("市容环卫/占道经营/无照游商", street), $"{street}综合行政执法队"), (Of("供水/管网/自来水漏水", street), "区水务局"));
        }

        // 大兴庄镇 has had leaks and noise, never stalls; still its own team is first, not another street's.
        Teach(3, (Of("供水/管网/自来水漏水", "大兴庄镇"), "区水务局"), (Of("噪声/施工/夜间施工", "大兴庄镇"), "大兴庄镇综合行政执法队"));

        Assert.Equal("大兴庄镇综合行政执法队", FirstFor(Of("市容环卫/占道经营/无照游商", "大兴庄镇")));
    }

    [Fact]
    public void Unlearn_TakesBack()
    {
        Teach(6, (s_stalls, "law"), (s_stalls, "town"), (s_stalls, "law"));
        Assert.Equal("law", FirstFor(s_stalls));

        for (var again = 0; again < 12; again++)
        {
            _matcher.Unlearn(s_stalls, "law", _now);
        }

        Assert.Equal("town", FirstFor(s_stalls));
    }

    [Fact]
    public void Unlearn_OfAUnitNobodyKnows_ChangesNothing()
    {
        Teach(10, (s_stalls, "law"));
        var before = Told(_matcher.Propose(s_stalls, _now));

        _matcher.Unlearn(s_stalls, "nobody", _now);

        Assert.Equal(before, Told(_matcher.Propose(s_stalls, _now)));
    }

    [Fact]
    public void Relearn_WeakensTheWrongUnit_AndStrengthensTheRightOne()
    {
        Teach(10, (s_stalls, "law"), (s_leak, "water"));
        var before = ShareOf("law");

        for (var again = 0; again < 3; again++)
        {
            _matcher.Relearn(s_stalls, "law", "town", _now);
        }

        Assert.True(ShareOf("law") < before);
        Assert.Contains(_matcher.Propose(s_stalls, _now).Candidates, candidate => candidate.Unit == "town");
    }

    [Fact]
    public void WhoMayNotTakeIt_IsNotProposed()
    {
        Teach(20, (s_stalls, "law"), (s_leak, "water"));

        var proposal = _matcher.Propose(s_stalls, _now, mayTake: unit => unit != "law");

        Assert.DoesNotContain(proposal.Candidates, candidate => candidate.Unit == "law");
        Assert.Empty(_matcher.Propose(s_stalls, _now, mayTake: _ => false).Candidates);
    }

    [Fact]
    public void Rules_Lead_WhileThereIsNoHistory_AndGiveWayToIt()
    {
        UnitPrior[] rule = [new("water", 1, "职责清单：自来水漏水，由水务局主责")];
        Teach(3, (s_stalls, "law"));
        var ruled = _matcher.Propose(s_leak, _now, rule).First!;
        Assert.Equal(("water", rule[0].Reason), (ruled.Unit, ruled.Reasons[0]));

        for (var day = 0; day < 40; day++)
        {
            _matcher.Learn(s_leak, "company", _now = _now.AddDays(1), "自来水公司", rule);
        }

        Assert.Equal("company", _matcher.Propose(s_leak, _now, rule).First!.Unit);
    }

    [Fact]
    public void Reasons_SayWhatHappenedBefore_WhereAndHowOften_AndTheWords()
    {
        var stalls = s_stalls with { Text = "烧烤摊占着便道，油烟很大" };
        Teach(10, (stalls, "law"), (s_leak with { Text = "水表井漏水" }, "water"));

        var reasons = _matcher.Propose(stalls, _now).First!.Reasons;

        Assert.Matches("^汇景社区“无照游商”近来同类诉求约[0-9]+件，约[0-9]+件由此单位办理$", reasons[0]);
        Assert.StartsWith("文字含“", reasons[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("漏水", string.Concat(reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Confidence_IsSmallAtFirst_HighWhereItWasAlwaysRight_LowWhereItIsATossUp()
    {
        Teach(1, (s_stalls, "law"));
        Assert.InRange(_matcher.Propose(s_stalls, _now).Confidence, 0, 0.5);

        var chance = new Random(1);
        for (var day = 0; day < 150; day++)
        {
            _now = _now.AddHours(6);
            _matcher.Learn(s_stalls, "law", _now);
            _matcher.Learn(s_leak, chance.Next(2) == 0 ? "water" : "company", _now);
        }

        var (sure, unsure) = (_matcher.Propose(s_stalls, _now).Confidence, _matcher.Propose(s_leak, _now).Confidence);
        Assert.InRange(sure, 0.9, 1);
        Assert.InRange(unsure, 0.3, 0.75);
    }

    [Fact]
    public void Kept_AndReadAgain_AnswersAndLearnsOnAsBefore()
    {
        Teach(15, (s_stalls with { Text = "烧烤摊占道" }, "law", "执法局"), (s_leak with { Text = "水表井漏水" }, "water", "水务局"));
        using var kept = new MemoryStream();
        _matcher.Save(kept);
        kept.Position = 0;
        var loaded = Matcher.Load(kept)!;

        foreach (var demand in new[] { s_stalls, s_leak with { Text = "井里漏水" }, Of("环境/噪声/广场舞", "峪口镇") })
        {
            Assert.Equal(Told(_matcher.Propose(demand, _now)), Told(loaded.Propose(demand, _now)));
        }

        _matcher.Learn(s_stalls, "town", _now);
        loaded.Learn(s_stalls, "town", _now);
        Assert.Equal((_matcher.Learnt, Told(_matcher.Propose(s_stalls, _now))), (loaded.Learnt, Told(loaded.Propose(s_stalls, _now))));
    }

    [Fact]
    public void WhatWasKept_AndIsDamagedOrCutOff_IsNotBelieved()
    {
        Teach(5, (s_stalls, "law"));
        using var kept = new MemoryStream();
        _matcher.Save(kept);
        var whole = kept.ToArray();

        Assert.NotNull(Matcher.Load(new MemoryStream(whole)));
        foreach (var at in new[] { 0, 13, 20, 60, whole.Length / 2, whole.Length - 1 })
        {
            Assert.Null(Matcher.Load(new MemoryStream(whole[..at])));
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x40;
            Assert.Null(Matcher.Load(new MemoryStream(damaged)));
        }
    }

    private static MatchInput Of(string category, params string[] place) => new() { Category = category.Split('/'), Place = place };

    private static string Told(Proposal proposal) =>
        $"{proposal.Confidence:R} {string.Join('|', proposal.Candidates.Select(candidate => $"{candidate.Unit} {candidate.Name} {candidate.Share:R} {string.Concat(candidate.Reasons)}"))}";

    private void Teach(int times, params (MatchInput Demand, string Unit)[] cases) => Teach(times, [.. cases.Select(one => (one.Demand, one.Unit, one.Unit))]);

    private void Teach(int times, params (MatchInput Demand, string Unit, string Name)[] cases)
    {
        for (var time = 0; time < times; time++)
        {
            foreach (var (demand, unit, name) in cases)
            {
                _matcher.Learn(demand, unit, _now = _now.AddHours(4), name);
            }
        }
    }

    private string? FirstFor(MatchInput demand) => _matcher.Propose(demand, _now).First?.Unit;

    private double ShareOf(string unit) => _matcher.Propose(s_stalls, _now).Candidates.SingleOrDefault(candidate => candidate.Unit == unit)?.Share ?? 0;
}
