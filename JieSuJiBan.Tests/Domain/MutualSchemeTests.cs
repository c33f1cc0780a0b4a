using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>The weights of the 双考评 are dated data: a month that is over keeps those it had.</summary>
public class MutualSchemeTests
{
    private static readonly MutualTerms s_usual = RuleBook.ReadMutual();
    private static readonly Month s_march = new(2026, 3);

    [Fact]
    public void TheDefault_IsValid_AndSaysWhatItRestsOn()
    {
        Assert.Empty(s_usual.Problems());
        Assert.Contains("第四十三条", s_usual.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void AMonth_HasTheVersionThatHadBegun_TheLastSetOfThem()
    {
        var scheme = MutualScheme.Begin(Guid.CreateVersion7(), s_march, Weighing(40), "试行", Supervisor, Morning).Scheme!;
        Assert.Null(scheme.Set(s_march.Plus(2), Weighing(50), "五月起", Dispatcher, Morning).Refusal);
        Assert.Null(scheme.Set(s_march.Plus(1), Weighing(60), "四月起", Supervisor, Morning).Refusal);
        Assert.Null(scheme.Set(s_march.Plus(1), Weighing(70), "更正", Supervisor, Morning).Refusal);

        Assert.Equal(
            [null, 40, 70, 50, 50],
            new[] { -1, 0, 1, 2, 9 }.Select(months => MutualScheme.Of(scheme.Versions, s_march.Plus(months))?.Terms.Unit.Response));
        Assert.Equal(scheme.Told(), MutualScheme.Replay(scheme.Unsaved).Told());
    }

    [Fact]
    public void AMonthThatIsOver_IsNotChanged_NorByWhoeverDoesNotKeepIt()
    {
        Assert.Equal("mutual.past", Begin(s_march.Plus(-1), s_usual));
        Assert.Equal("mutual.role", MutualScheme.Begin(Guid.CreateVersion7(), s_march, s_usual, "改", Street, Morning).Outcome.Refusal?.Code);
        Assert.Equal("mutual.reason", MutualScheme.Begin(Guid.CreateVersion7(), s_march, s_usual, " ", Supervisor, Morning).Outcome.Refusal?.Code);
        Assert.Equal("mutual.reason", MutualScheme.Begin(Guid.CreateVersion7(), s_march, s_usual, new string('改', MutualScheme.MaxReason + 1), Supervisor, Morning).Outcome.Refusal?.Code);
        Assert.Equal("mutual.past", MutualScheme.Begin(Guid.CreateVersion7(), default, s_usual, "没有填月份", Supervisor, Morning).Outcome.Refusal?.Code);
    }

    [Fact]
    public void Terms_ThatDoNotAddUp_AreRefused()
    {
        Assert.Equal("mutual.weights", Begin(s_march, s_usual with { Unit = new UnitWeights(20, 20, 20, 20) }));
        Assert.Equal("mutual.weights", Begin(s_march, s_usual with { Whistle = new WhistleWeights(120, -10, -10) }));
        Assert.Equal("mutual.least", Begin(s_march, s_usual with { Least = 1 }));
        Assert.Equal("mutual.basis", Begin(s_march, s_usual with { Basis = " " }));
    }

    [Fact]
    public void TheMean_OfSums_IsTheMeanOfTheWeightedMarks()
    {
        int[][] ratings = [[5, 4, 3, 2], [1, 2, 3, 4], [5, 5, 5, 5]];
        var weights = new UnitWeights(20, 20, 30, 30);

        var slow = ratings.Average(marks => ((marks[0] * 20) + (marks[1] * 20) + (marks[2] * 30) + (marks[3] * 30)) / 100m);

        Assert.Equal(slow, weights.Mean(3, ratings.Sum(marks => marks[0]), ratings.Sum(marks => marks[1]), ratings.Sum(marks => marks[2]), ratings.Sum(marks => marks[3])));
    }

    [Theory]
    [InlineData("2026-02-28T16:00:00Z", "2026-03")]
    [InlineData("2026-02-28T15:59:59Z", "2026-02")]
    [InlineData("2026-12-31T16:00:00Z", "2027-01")]
    public void AMonth_IsThatOfBeijing(string at, string month) => Assert.Equal(month, Month.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)).ToString());

    [Fact]
    public void AMonth_IsStoredAsPeopleWriteIt()
    {
        var set = MutualScheme.Begin(Guid.CreateVersion7(), s_march, s_usual, "试行", Supervisor, Morning).Scheme!.Unsaved[0];
        Assert.Contains("\"from\":\"2026-03\"", set.Body, StringComparison.Ordinal);
        Assert.Equal(set.Event, EventText.Read(set.Type, set.Body));
        Assert.False(Month.TryParse("2026-13", out _));
        Assert.False(Month.TryParse("2026", out _));
    }

    private static MutualTerms Weighing(int response) => s_usual with { Unit = new UnitWeights(response, 100 - response, 0, 0) };

    private static string? Begin(Month from, MutualTerms terms) => MutualScheme.Begin(Guid.CreateVersion7(), from, terms, "改", Supervisor, Morning).Outcome.Refusal?.Code;
}
