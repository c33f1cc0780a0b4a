using FsCheck.Fluent;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>响应率, 解决率, 满意率 and their composite: the numbers by which units are compared, so each is worked out by hand once.</summary>
public class ThreeRatesTests
{
    private static readonly SchemeTerms s_scheme = RuleBook.ReadScheme();

    private static readonly RateCounts s_first = new(200, 198, 180, 170, 20), s_second = new(40, 36, 20, 18, 6), s_small = new(3, 3, 2, 1, 1);

    public static TheoryData<RateCounts, string> Worked => new()
    {
        { s_first, "99.00 90.00 94.00 92.5" },
        { s_second, "90.00 50.00 58.50 57.4" },
        { s_small, "100.00 66.67 63.33 68.7" },
        { s_first + s_second, "97.50 83.33 88.08 86.7" },
        { new(1, 0, 0, 0, 0), "0.00 0.00 0.00 0.0" },
    };

    [Theory, MemberData(nameof(Worked))]
    public void TheRates_AreWhatTheRulesWorkOut(RateCounts counts, string expected)
    {
        var rates = ThreeRates.Of(counts, s_scheme)!;
        Assert.Equal(expected, FormattableString.Invariant($"{rates.Responded:0.00} {rates.Solved:0.00} {rates.Satisfied:0.00} {rates.Composite:0.0}"));
    }

    [Fact]
    public void WhoeverNobodyWasAskedAbout_TakesNoPart() => Assert.Null(ThreeRates.Of(new RateCounts(0, 0, 0, 0, 0, Excluded: 4), s_scheme));

    // 0.10·1 of 8 is 1.25 %, 0.50·1 of 400 is 0.125 %: binary fractions would make less of them.
    [Theory]
    [InlineData(8, 1, 0, "1.3"), InlineData(400, 1, 1, "0.2"), InlineData(1000, 5, 0, "0.1"), InlineData(1000, 4, 0, "0.0")]
    public void AHalf_IsRoundedUp(int valid, int contacted, int solved, string composite) =>
        Assert.Equal(composite, ThreeRates.Of(new RateCounts(valid, contacted, solved, 0, 0), s_scheme)!.Composite.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void OtherWeights_AndDecimals_AreTheSchemes()
    {
        var scheme = s_scheme with { Responded = new(0, "x"), Solved = new(0, "x"), Satisfied = new(1, "x"), Basically = new(0.5m, "x"), RateDecimals = new(0, "x"), CompositeDecimals = new(3, "x") };
        Assert.Equal(new ThreeRates(100, 67, 50, 50), ThreeRates.Of(s_small, scheme));
    }

    [Fact]
    public void Random_TheRatesStayWithinAHundred_TheCompositeBetweenThem_AndTheParts_MakeTheWhole() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort, ushort, ushort, ushort, ushort)>(), ArbMap.Default.ArbFor<(ushort, ushort, ushort, ushort, ushort)>(), (left, right) =>
        {
            var (one, other) = (Counts(left), Counts(right));
            var both = one + other;
            Assert.Equal((one.Valid + other.Valid, one.Satisfied + other.Satisfied, one.Excluded + other.Excluded), (both.Valid, both.Satisfied, both.Excluded));
            foreach (var (yes, no) in new[] { (CountedCases.Contacted, CountedCases.NotContacted), (CountedCases.Solved, CountedCases.NotSolved) })
            {
                Assert.Equal(both.Valid, both.Of(yes) + both.Of(no));
            }

            Assert.Equal(both.Valid, both.Of(CountedCases.Satisfied) + both.Of(CountedCases.Basically) + both.Of(CountedCases.NotSatisfied));
            foreach (var rates in new[] { one, other, both }.Select(counts => ThreeRates.Of(counts, s_scheme)).OfType<ThreeRates>())
            {
                decimal[] parts = [rates.Responded, rates.Solved, rates.Satisfied];
                Assert.All([.. parts, rates.Composite], rate => Assert.InRange(rate, 0m, 100m));
                Assert.InRange(rates.Composite, parts.Min() - 0.06m, parts.Max() + 0.06m);
            }
        }));

    [Fact]
    public void TheTable_RanksByTheComposite_ThenByCases_AndSharesAPlaceWhereBothAreTheSame()
    {
        var rows = Rankings.Rank(
            [
                (Unit(1), "没有人问", default), (Unit(2), "少", new(4, 4, 2, 2, 0)), (Unit(3), "最好", new(20, 20, 20, 20, 0)), (Unit(4), "多", new(40, 40, 20, 20, 0)),
                (Unit(5), "同少", new(4, 4, 2, 2, 0)), (Unit(6), "最后", new(12, 0, 0, 0, 0)), (Unit(7), "也没有", default),
            ],
            s_scheme);

        Assert.Equal(["最好 1", "多 2", "少 3", "同少 3", "最后 5", "没有人问 ", "也没有 "], rows.Select(row => $"{row.Name} {row.Rank}"));
        Assert.Equal(["少", "同少"], rows.Where(row => row.IsSmall).Select(row => row.Name));
        Assert.Equal(new RateCounts(80, 68, 44, 44, 0), rows.Sum());
    }

    [Fact]
    public void BesideAnotherPeriod_ARow_SaysHowFarItRose()
    {
        var before = Rankings.Rank([(Unit(1), "甲", new(10, 10, 5, 5, 0)), (Unit(2), "乙", new(10, 10, 10, 10, 0)), (Unit(3), "丙", default)], s_scheme);
        var rows = Rankings.Rank([(Unit(1), "甲", new(10, 10, 10, 10, 0)), (Unit(2), "乙", new(10, 10, 9, 10, 0)), (Unit(3), "丙", new(1, 1, 1, 1, 0))], s_scheme).Beside(before, []);

        Assert.Equal(["甲 1 1 45.0", "丙 2  ", "乙 3 -2 -5.0"], rows.Select(row => FormattableString.Invariant($"{row.Name} {row.Rank} {row.Risen} {row.Change}")));
        Assert.All(rows, row => Assert.Null(row.YearChange));
    }

    private static RateCounts Counts((ushort, ushort, ushort, ushort, ushort) numbers)
    {
        var (a, b, c, d, e) = numbers;
        int valid = a % 500, satisfied = d % (valid + 1);
        return new(valid, b % (valid + 1), c % (valid + 1), satisfied, e % (valid - satisfied + 1), a % 7);
    }

    private static OrgPath Unit(int no) => District.Child($"11011700{no}");
}
