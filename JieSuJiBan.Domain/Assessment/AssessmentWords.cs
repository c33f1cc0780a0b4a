using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Assessment;

/// <summary>The lists that are ranked apart: nobody is compared with a unit of another kind, and never a person.</summary>
public enum RankingList
{
    [Word("街乡镇")] Streets,
    [Word("区级部门")] Departments,
    [Word("公服企业")] Enterprises,
    [Word("社区（村）")] Communities,
}

/// <summary>Which answer of the petitioner counts, where he was asked again after a redo.</summary>
public enum CountedResult
{
    [Word("首次回访")] First,
    [Word("末次回访")] Final,
}

public enum PeriodKind
{
    [Word("月度")] Month,
    [Word("季度")] Quarter,
    [Word("年度")] Year,
}

/// <summary>The cases behind a number of a table.</summary>
public enum CountedCases
{
    [Word("有效回访")] Valid,
    [Word("已响应")] Contacted,
    [Word("未响应")] NotContacted,
    [Word("已解决")] Solved,
    [Word("未解决")] NotSolved,
    [Word("满意")] Satisfied,
    [Word("基本满意")] Basically,
    [Word("不满意、未评价")] NotSatisfied,
    [Word("审核剔除")] Excluded,
}

public static class RankingLists
{
    public static UnitKind Kind(this RankingList list) => list switch
    {
        RankingList.Streets => UnitKind.Street,
        RankingList.Departments => UnitKind.Department,
        RankingList.Enterprises => UnitKind.Enterprise,
        _ => UnitKind.Community,
    };

    /// <summary>A community owns no case (条例 17): it is ranked by those about its place, the others by those they owned.</summary>
    public static bool IsByPlace(this RankingList list) => list == RankingList.Communities;
}
