using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>Some days, and what they are called: 2026年3月.</summary>
/// <param name="Until">The day after the last.</param>
public sealed record EnterpriseSpan(string Key, DateOnly From, DateOnly Until)
{
    [JsonIgnore]
    public DateOnly Last => Until.AddDays(-1);
}

/// <summary>What a span comes to.</summary>
public readonly record struct EnterpriseTally(long Received, long Answered, long Late, RateCounts Counts, long TwiceNo)
{
    [JsonIgnore]
    public long InTime => Answered - Late;

    public static EnterpriseTally operator +(EnterpriseTally left, EnterpriseTally right) =>
        new(left.Received + right.Received, left.Answered + right.Answered, left.Late + right.Late, left.Counts + right.Counts, left.TwiceNo + right.TwiceNo);
}

/// <summary>How often something was complained of, and how often in the span before.</summary>
/// <param name="Subject">A category, or the path of a street.</param>
/// <param name="Name">As people say it.</param>
public sealed record SubjectCount(string Subject, string Name, long Count, long Before);

/// <summary>The same matter in the same street, again and again.</summary>
public sealed record HotMatter(OrgPath Street, string StreetName, string Category, long Count);

/// <summary>How many firms called in a month.</summary>
public sealed record MonthCount(string Key, long Count);

/// <summary>A unit's line: its rates over the demands of firms, what it answered, and what it owes.</summary>
public sealed record EnterpriseLine(RankingRow Row, long Answered, long Late, long Overdue);

/// <param name="IsRanked">Whether the scheme draws this list up at all.</param>
public sealed record EnterpriseTable(RankingList List, bool IsRanked, IReadOnlyList<EnterpriseLine> Lines);

/// <summary>The public service enterprises by all that they handled.</summary>
/// <param name="Edition">Of the published table it is taken from; none where it was counted for this report.</param>
public sealed record EnterpriseRanking(int? Edition, IReadOnlyList<RankingRow> Rows);

/// <summary>Everything that a report's sentences, tables and charts are made of, as it was counted once.</summary>
/// <param name="Now">The days that were counted: up to the day, where the month still ran.</param>
public sealed record EnterpriseMonth(
    EnterpriseSpan Now, EnterpriseSpan Before, EnterpriseSpan YearAgo, SchemeVersion Scheme, DateTimeOffset CountedAt,
    EnterpriseTally Total, EnterpriseTally TotalBefore, EnterpriseTally TotalYearAgo, long Open, long Overdue,
    IReadOnlyList<SubjectCount> Categories, IReadOnlyList<SubjectCount> Streets, IReadOnlyList<HotMatter> Hot, IReadOnlyList<MonthCount> Months,
    IReadOnlyList<EnterpriseTable> Tables, EnterpriseRanking Ranking)
{
    [JsonIgnore]
    public SchemeTerms Terms => Scheme.Terms;

    [JsonIgnore]
    public Period Period => Period.Parse(Now.Key);

    [JsonIgnore]
    public bool IsEmpty => Total == default && Open == 0;

    public ThreeRates? Rates(EnterpriseTally tally) => ThreeRates.Of(tally.Counts, Terms);
}
