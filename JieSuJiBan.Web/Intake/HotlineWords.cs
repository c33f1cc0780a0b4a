using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Intake;

/// <summary>What the hotline's words mean here. What is not understood is kept as it was said, and decides nothing.</summary>
internal static class HotlineWords
{
    private static readonly string[] s_ended = ["办结", "结案", "归档", "关闭", "完成", "完结", "已回复", "已答复"];
    private static readonly string[] s_open = ["未", "办理中", "处理中", "重办", "退回"];

    public static readonly string[] Organisations = ["公司", "厂", "店", "中心", "学校", "医院", "委员会", "合作社", "协会", "集团", "酒店", "银行"];

    /// <summary>A status that says so; where it says nothing that is understood, the time of an end.</summary>
    public static bool HasEnded(string status, bool hasTime) =>
        s_open.Any(word => status.Contains(word, StringComparison.Ordinal)) ? false
        : s_ended.Any(word => status.Contains(word, StringComparison.Ordinal)) || hasTime;

    public static Nature? Nature(string text) => Enum.GetValues<Nature>().Cast<Nature?>().FirstOrDefault(nature => text.Contains(nature!.Value.Word(), StringComparison.Ordinal));

    public static bool? Solved(string text) => text switch
    {
        "是" or "已解决" or "解决" or "完全解决" or "1" or "true" or "TRUE" or "Y" => true,
        "否" or "未解决" or "没有解决" or "没解决" or "0" or "false" or "FALSE" or "N" => false,
        _ => null,
    };

    public static Satisfaction? Satisfaction(string text) => text switch
    {
        "满意" or "非常满意" or "是" => Domain.Cases.Satisfaction.Satisfied,
        "基本满意" or "比较满意" or "一般" => Domain.Cases.Satisfaction.Basically,
        "不满意" or "非常不满意" or "否" => Domain.Cases.Satisfaction.Unsatisfied,
        "未评价" => Domain.Cases.Satisfaction.NotSaid,
        _ => null,
    };
}
