namespace JieSuJiBan.Web.Seed;

/// <summary>Sentences that the invented year is told in.</summary>
internal static class SeedWords
{
    public static readonly string[] Since = ["今天上午", "昨天晚上", "从上周开始", "已经半个月了", "入冬以来", "最近三天", "一个多月了", "从去年开始", "连续几天", "前天夜里"];

    public static readonly string[] Effects =
        ["严重影响正常生活", "老人和孩子出行很不方便", "存在安全隐患", "多次反映没有结果", "邻居们意见很大", "晚上没法休息", "希望有人到现场看看", "之前打过电话，说会处理，至今没有处理", "已经有人摔倒", "全楼都有这个情况"];

    public static readonly string[] Asks = ["请尽快解决。", "请相关部门核实处理。", "希望给个明确的时间。", "请到现场查看并答复。", "要求彻底解决，不要只治标。", "请把处理结果告诉我。"];

    public static readonly string[] Contacts = ["已电话联系诉求人，核实了情况，约定到现场查看。", "已联系诉求人，说明办理流程和时间。", "已与诉求人通话，诉求人补充了具体位置。", "已当面联系诉求人，现场查看。"];

    public static readonly string[] Progress = ["已到现场核实，情况属实，正在安排处置。", "已约谈责任单位，要求三日内整改。", "施工队伍已进场，预计两天完成。", "已协调相关单位，材料正在采购。", "现场与居民代表商量了方案。", "已张贴告知书，限期清理。"];

    public static readonly string[] Assists = ["请到现场核实并协助处置。", "请上门向诉求人说明情况。", "请今天之内摸清底数。"];

    public static readonly string[] Replies = ["您好，您反映的问题已经处理完毕，感谢您的监督。", "您好，经现场核实并处置，问题已解决。后续如有反复请随时联系我们。", "您好，相关情况已向您说明，后续整改会持续跟进。"];

    public static readonly string[] Pleased = ["处理很快，感谢。", "已经解决，满意。", "态度很好。", "问题解决了。"];

    public static readonly string[] Displeased = ["没有实际解决。", "过几天又这样了。", "没有人到现场。", "只说会处理，没有时间。"];

    public static readonly string[] Answers = ["已办结，原因是前期协调产权单位用时较长，已完成整改。", "已加派人手，今日完成处置。", "已现场核实，责任单位承诺三日内完成。"];

    public static readonly string[] OnTheSpot = ["巡查时当场清理完毕。", "已劝离并恢复原状。", "当场修好，已拍照留存。"];

    public static readonly string[] Objections = ["经核实，该点位不在本辖区。", "该事项不属我单位职责，权属单位另有其人。", "该设施已移交其他单位管理。"];

    public static readonly string[] Contests = ["诉求事项已按政策办理并当面说明，诉求人仍要求超出政策的补偿。", "现场照片显示问题已解决，回访时诉求人外出未核实。", "同一事项已有书面处理结论，附送达回证。"];

    public static readonly string[] Conclusions = ["诉求已办结，同意结案。", "问题已解决，结案。", "已按程序办理并答复，结案。"];
}
