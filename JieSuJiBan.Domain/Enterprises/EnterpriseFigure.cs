using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>What is counted of the demands that came by the enterprise hotline (企业热线). A 举报 counts in none of them.</summary>
public enum EnterpriseFigure
{
    [Word("收到")] Received,
    [Word("答复")] Answered,
    [Word("按期答复")] InTime,
    [Word("超期答复")] Late,
    [Word("有效回访")] Valid,
    [Word("已响应")] Contacted,
    [Word("已解决")] Solved,
    [Word("未解决")] NotSolved,
    [Word("满意")] Satisfied,
    [Word("基本满意")] Basically,
    [Word("双否")] TwiceNo,
    [Word("审核剔除")] Excluded,
    [Word("期末未办结")] Open,
    [Word("期末超期未答复")] Overdue,
}

/// <summary>A number of the report as a question that can be asked of the cases again.</summary>
/// <param name="Until">The day after the last.</param>
/// <param name="Result">Which callback counts, by the scheme.</param>
public sealed record EnterpriseQuestion(
    EnterpriseFigure Figure, DateOnly From, DateOnly Until, CountedResult Result, OrgPath? Unit = null, OrgPath? Place = null, string? Category = null);

/// <summary>A number of the ranking of the public service enterprises: all that they handled, not only what firms demanded.</summary>
public sealed record RankedQuestion(OrgPath Unit, CountedCases Of);

public static class EnterpriseFigures
{
    /// <summary>What all of them have in common.</summary>
    public const string Scope = "企业诉求指来源为“企业热线”的诉求，不含举报；公服企业排名按其承办的全部诉求计，含举报。";

    /// <summary>The cases of a ranking that the figure is the same as, among a firm's own; none where no callback says it.</summary>
    public static CountedCases? Counted(this EnterpriseFigure figure) => figure switch
    {
        EnterpriseFigure.Valid => CountedCases.Valid,
        EnterpriseFigure.Contacted => CountedCases.Contacted,
        EnterpriseFigure.Solved => CountedCases.Solved,
        EnterpriseFigure.NotSolved => CountedCases.NotSolved,
        EnterpriseFigure.Satisfied => CountedCases.Satisfied,
        EnterpriseFigure.Basically => CountedCases.Basically,
        EnterpriseFigure.Excluded => CountedCases.Excluded,
        _ => null,
    };

    /// <summary>How it is counted (口径), as the report prints it.</summary>
    public static string Definition(this EnterpriseFigure figure, CountedResult result) => figure switch
    {
        EnterpriseFigure.Received => "来电时间在期内，含即时答复、告知和并案的",
        EnterpriseFigure.Answered => "派单后，答复时间在期内",
        EnterpriseFigure.InTime => "答复时间在期内，不晚于办理时限",
        EnterpriseFigure.Late => "答复时间在期内，晚于办理时限",
        EnterpriseFigure.Valid => "首次有效回访在期内，未被审核剔除",
        EnterpriseFigure.Contacted => $"有效回访中，{result.Word()}时已联系",
        EnterpriseFigure.Solved => $"有效回访中，{result.Word()}时已解决",
        EnterpriseFigure.NotSolved => $"有效回访中，{result.Word()}时未解决",
        EnterpriseFigure.Satisfied => $"有效回访中，{result.Word()}时满意",
        EnterpriseFigure.Basically => $"有效回访中，{result.Word()}时基本满意",
        EnterpriseFigure.TwiceNo => $"有效回访中，{result.Word()}时未解决且不满意",
        EnterpriseFigure.Excluded => "首次有效回访在期内，经不合理诉求认定或考核申诉剔除",
        EnterpriseFigure.Open => "期末以前来电，到期末未办结",
        _ => "期末以前来电，到期末未办结、未答复，已过办理时限且未挂账",
    };
}
