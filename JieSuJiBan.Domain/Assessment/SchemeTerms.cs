using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Assessment;

/// <summary>A value of a scheme, and what it rests on.</summary>
public sealed record Based<TValue>(TValue Value, string Basis);

/// <summary>A list of the scheme: whether it is drawn up, and which units stand in none.</summary>
public sealed record ListTerms(RankingList List, bool IsRanked, IReadOnlyList<OrgPath> Except, string Basis);

/// <summary>
/// What an assessment scheme (考评方案) says: the weights of the three rates, what 基本满意 counts, how is rounded, on which day a
/// month begins, which answer counts, below how many cases a line is marked, and the lists. Each with its basis. What a review chain
/// left out counts in no rate and is shown beside them; <paramref name="ExcludedBasis"/> says by which rule.
/// </summary>
/// <param name="From">The first period that begins on this day or later is the first that it serves.</param>
/// <param name="CoUnits">一单多考: what a co-unit of a double dispatch helped with counts for it as well. Versions that say nothing of it count the lead only.</param>
/// <param name="FirstDay">1 for calendar months; 19 for a March from 19 February to 18 March.</param>
public sealed record SchemeTerms(
    string Name, DateOnly From,
    Based<decimal> Responded, Based<decimal> Solved, Based<decimal> Satisfied, Based<decimal> Basically,
    Based<int> RateDecimals, Based<int> CompositeDecimals, Based<int> FirstDay, Based<CountedResult> Result, Based<int> SmallSample,
    string ExcludedBasis, IReadOnlyList<ListTerms> Lists, Based<bool>? CoUnits = null)
{
    public const int MaxName = 40, MaxBasis = 200, MaxDecimals = 4, LastFirstDay = 28, MaxSample = 1000;

    public ListTerms? ListOf(RankingList list) => Lists.FirstOrDefault(terms => terms.List == list && terms.IsRanked);

    /// <summary>A list by place counts what lies there, whoever worked on it.</summary>
    public bool CountsCoUnits(RankingList list) => CoUnits is { Value: true } && !list.IsByPlace();

    public bool IsSmall(RateCounts counts) => counts.Valid > 0 && counts.Valid < SmallSample.Value;

    /// <summary>The day after the month's last.</summary>
    internal DateOnly EndOf(int year, int month) => FirstDay.Value == 1 ? new DateOnly(year, month, 1).AddMonths(1) : new DateOnly(year, month, FirstDay.Value);

    public SchemeTerms Tidy() => this with
    {
        Name = Name.Trim(),
        Responded = Responded with { Basis = Responded.Basis.Trim() },
        Solved = Solved with { Basis = Solved.Basis.Trim() },
        Satisfied = Satisfied with { Basis = Satisfied.Basis.Trim() },
        Basically = Basically with { Basis = Basically.Basis.Trim() },
        RateDecimals = RateDecimals with { Basis = RateDecimals.Basis.Trim() },
        CompositeDecimals = CompositeDecimals with { Basis = CompositeDecimals.Basis.Trim() },
        FirstDay = FirstDay with { Basis = FirstDay.Basis.Trim() },
        Result = Result with { Basis = Result.Basis.Trim() },
        SmallSample = SmallSample with { Basis = SmallSample.Basis.Trim() },
        ExcludedBasis = ExcludedBasis.Trim(),
        CoUnits = CoUnits is { } coUnits ? coUnits with { Basis = coUnits.Basis.Trim() } : null,
        Lists = [.. Lists.OrderBy(list => list.List).Select(list => list with { Basis = list.Basis.Trim(), Except = [.. list.Except.Distinct().OrderBy(unit => unit.Value, StringComparer.Ordinal)] })],
    };

    /// <summary>Everything that is wrong with it, for a district that sets it on a day.</summary>
    public IEnumerable<Refusal> Problems(OrgPath district, DateOnly today)
    {
        if (Name.Trim().Length is 0 or > MaxName)
        {
            yield return new("scheme.name", $"请填写名称，最多{MaxName}个字。", $"Name it, in at most {MaxName} characters.", "name");
        }

        if (From <= today || From.Year > Period.LastYear)
        {
            yield return new("scheme.from", "生效日期应在今天之后，正在进行的周期沿用原方案。", "It begins after today: a period that runs keeps its scheme.", "from");
        }

        decimal[] weights = [Responded.Value, Solved.Value, Satisfied.Value];
        if (weights.Any(weight => weight is < 0 or > 1) || weights.Sum() != 1)
        {
            yield return new("scheme.weights", "三项权重都不小于0，合计为1。", "No weight is below 0, and together they are 1.", "responded");
        }

        if (Basically.Value is < 0 or > 1)
        {
            yield return new("scheme.basically", "基本满意的折算在0到1之间。", "What a mostly satisfied answer counts lies between 0 and 1.", "basically");
        }

        if (RateDecimals.Value is < 0 or > MaxDecimals || CompositeDecimals.Value is < 0 or > MaxDecimals)
        {
            yield return new("scheme.decimals", $"小数位数在0到{MaxDecimals}之间。", $"Between 0 and {MaxDecimals} decimals.", "rateDecimals");
        }

        if (FirstDay.Value is < 1 or > LastFirstDay)
        {
            yield return new("scheme.first-day", $"起始日在1到{LastFirstDay}之间，1为自然月。", $"The first day lies between 1 and {LastFirstDay}; 1 means calendar months.", "firstDay");
        }

        if (!Enum.IsDefined(Result.Value))
        {
            yield return new("scheme.result", "请选择按哪次回访计。", "Choose which callback counts.", "result");
        }

        if (SmallSample.Value is < 0 or > MaxSample)
        {
            yield return new("scheme.small", $"小样本在0到{MaxSample}件之间。", $"Small means between 0 and {MaxSample} cases.", "smallSample");
        }

        if (!Lists.Any(list => list.IsRanked) || Lists.Select(list => list.List).Distinct().Count() < Lists.Count
            || Lists.Any(list => list.Except.Any(unit => unit.District != district || unit.Kind != list.List.Kind())))
        {
            yield return new("scheme.lists", "至少排一类名单；不参评的单位应是本区同类单位。", "At least one list is ranked, and who is left out is a unit of that kind in the district.", "lists");
        }

        if (Bases.Any(basis => basis.Trim().Length is 0 or > MaxBasis))
        {
            yield return new("scheme.basis", $"每一项都要写明依据，最多{MaxBasis}个字。", $"Give the basis of everything, in at most {MaxBasis} characters.", "basis");
        }
    }

    /// <summary>The same in every word, list by list.</summary>
    public bool Says(SchemeTerms other)
    {
        var same = other with { Lists = Lists };
        return same == this && Lists.Count == other.Lists.Count
            && Lists.Zip(other.Lists).All(pair => (pair.First with { Except = pair.Second.Except }) == pair.Second && pair.First.Except.SequenceEqual(pair.Second.Except));
    }

    private IEnumerable<string> Bases =>
    [
        Responded.Basis, Solved.Basis, Satisfied.Basis, Basically.Basis, RateDecimals.Basis, CompositeDecimals.Basis, FirstDay.Basis, Result.Basis, SmallSample.Basis, ExcludedBasis,
        .. CoUnits is { } coUnits ? [coUnits.Basis] : Array.Empty<string>(), .. Lists.Select(list => list.Basis),
    ];
}
