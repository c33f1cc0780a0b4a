namespace JieSuJiBan.Domain.Insight;

/// <summary>The numbers that insight judges by. All of it is data with its basis, shown beside what it finds.</summary>
public sealed record InsightRules(TopicRule Topics, SeasonRule Seasons);
