using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Tests.Domain;

public class InsightTests
{
    private static readonly InsightRules s_rules = RuleBook.ReadInsight();

    [Fact]
    public void ATopic_NeedsTwoReasons()
    {
        var topics = s_rules.Topics.Candidates(
        [
            ("停车", Of(raised: 400, valid: 100, solved: 50), 200),      // many, unsolved, rising
            ("噪声", Of(raised: 500, valid: 100, solved: 90), 490),      // many only
            ("路灯", Of(raised: 25, valid: 20, solved: 5), 10),          // few, but unsolved and rising
            ("古树", Of(raised: 19, valid: 19, solved: 0), 1),           // too few for anything
            ("供暖", Of(raised: 22, valid: 9, solved: 0), 10),           // rising; nine callbacks say nothing
        ]);

        Assert.Equal(["停车", "路灯"], topics.Select(topic => topic.Category));
        Assert.Equal([TopicReason.Many, TopicReason.Unsolved, TopicReason.Rising], topics[0].Reasons);
        Assert.Equal([TopicReason.Unsolved, TopicReason.Rising], topics[1].Reasons);
    }

    [Fact]
    public void WhereNobodyWasAsked_NothingIsCalledUnsolved() =>
        Assert.Empty(s_rules.Topics.Candidates([("停车", Of(raised: 400, valid: 0, solved: 0), 400)]));

    [Fact]
    public void ASeason_IsFoundOverNewYear()
    {
        var months = Enumerable.Range(0, 24).Select(at => new DateOnly(2024, 1, 1).AddMonths(at))
            .Select(month => (month, month.Month is 11 or 12 or 1 ? 120L : 20L)).ToList();

        var peak = s_rules.Seasons.Find("供暖", months)!;

        Assert.Equal((11, 1), (peak.FirstMonth, peak.LastMonth));
        Assert.Equal(120, peak.PerMonth);
        Assert.Equal(45, peak.Usual);
        Assert.Equal(Season.Of(11, 1, 1, 31), peak.Season);
    }

    [Fact]
    public void WhatIsTheSameAllYear_OrKnownForLessThanAYear_OrRare_IsNoSeason()
    {
        var year = Enumerable.Range(0, 12).Select(at => new DateOnly(2025, 1, 1).AddMonths(at)).ToList();

        Assert.Null(s_rules.Seasons.Find("噪声", [.. year.Select(month => (month, 50L))]));
        Assert.Null(s_rules.Seasons.Find("供暖", [.. year.Take(11).Select(month => (month, month.Month == 1 ? 500L : 20L))]));
        Assert.Null(s_rules.Seasons.Find("古树", [.. year.Select(month => (month, month.Month == 4 ? 9L : 0L))]));
        Assert.Null(s_rules.Seasons.Find("没有", [.. year.Select(month => (month, 0L))]));
    }

    [Fact]
    public void ALongPeak_StopsAtTheLongestSeason()
    {
        var months = Enumerable.Range(0, 12).Select(at => new DateOnly(2025, 1, 1).AddMonths(at)).Select(month => (month, month.Month is >= 4 and <= 9 ? 100L : 10L)).ToList();

        var peak = s_rules.Seasons.Find("蚊虫", months)!;

        Assert.Equal(s_rules.Seasons.MostMonths, peak.LastMonth - peak.FirstMonth + 1);
        Assert.True(peak.Season.IsValid);
    }

    [Fact]
    public void AMonthThatRuns_IsComparedWithAsManyDays()
    {
        var span = InsightSpan.Of(null, new DateTimeOffset(2026, 3, 30, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31)), span.Now);
        Assert.Equal((new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1)), span.Before);
        Assert.Equal((new DateOnly(2025, 3, 1), new DateOnly(2025, 3, 31)), span.YearAgo);
    }

    [Theory]
    [InlineData("2026-01", "2026-01")]
    [InlineData("2027-01", "2026-03")]
    [InlineData("gibberish", "2026-03")]
    [InlineData(null, "2026-03")]
    public void AMonthToCome_OrNone_IsTheOneThatRuns(string? named, string shown) =>
        Assert.Equal(shown, InsightSpan.Of(named, new DateTimeOffset(2026, 3, 30, 20, 0, 0, TimeSpan.Zero)).ToString());

    private static Tally Of(long raised, long valid, long solved) =>
        Tally.Of(measure => measure switch { Measure.Raised => raised, Measure.Valid => valid, Measure.FirstSolved => solved, _ => 0 });
}
