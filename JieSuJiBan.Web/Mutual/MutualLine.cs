using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Mutual;

/// <summary>What a month's report counts; each number opens its whistles.</summary>
public enum MutualFigure
{
    [Word("被召集")] Summoned,
    [Word("按时响应")] AnsweredInTime,
    [Word("报到")] Arrived,
    [Word("按时报到")] ArrivedInTime,
    [Word("提出措施")] Committed,
    [Word("全部销项")] Settled,
    [Word("吹哨方评分")] Got,
    [Word("街乡评分")] GotFromStreets,
    [Word("评吹哨")] Given,
    [Word("未评吹哨")] NotGiven,
    [Word("吹哨")] Blown,
    [Word("所吹哨得分")] WhistleGot,
    [Word("评报到单位")] WhistleGiven,
    [Word("未评单位")] NotRated,
}

/// <summary>The mean of some ratings; not shown where the law wants more of them than there are.</summary>
public sealed record Score(int Ratings, decimal? Mean)
{
    public static readonly Score None = new(0, null);

    public bool IsHidden => Ratings > 0 && Mean is null;
}

/// <summary>A unit's month: as one that was summoned, and as one that blew.</summary>
public sealed record MutualLine(
    OrgPath Unit, int Summoned, int AnsweredInTime, int Arrived, int ArrivedInTime, int Committed, int Settled, Score Got, Score GotFromStreets, Score Given, int NotGiven,
    int Blown, Score WhistleGot, Score WhistleGiven, int NotRated);

public sealed record MutualMonth(Month Month, MutualVersion Scheme, IReadOnlyList<MutualLine> Lines, int Page, int Pages);
