using System.Collections.Frozen;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Intake;

/// <summary>What the columns of the hotline's order are called in one export or another. The first name of each is its usual one.</summary>
internal static partial class HotlineHeadings
{
    private static readonly (HotlineColumn Column, string Names)[] s_names =
    [
        (HotlineColumn.Number, "工单编号 受理编号 诉求编号 工单号 受理单号 热线工单编号 热线编号 工单流水号 流水号 案件编号 编号 ordernumber orderno requestid ticketnumber"),
        (HotlineColumn.Type, "工单类型 工单类别 来电类别 ordertype"),
        (HotlineColumn.Nature, "工单性质 诉求性质 性质 诉求类型 来电性质 反映类型 nature"),
        (HotlineColumn.Category, "问题分类 诉求分类 问题类型 问题类别 诉求类别 事项分类 分类 category"),
        (HotlineColumn.FirstClass, "一级分类 一级类别 问题一级分类 一级 大类"),
        (HotlineColumn.SecondClass, "二级分类 二级类别 问题二级分类 二级 中类"),
        (HotlineColumn.ThirdClass, "三级分类 三级类别 问题三级分类 三级 小类 细类"),
        (HotlineColumn.Tags, "标签 工单标签 诉求标签 tags"),
        (HotlineColumn.Title, "标题 工单标题 诉求标题 主题 题目 title"),
        (HotlineColumn.Text, "主要内容 诉求内容 工单内容 反映内容 问题描述 诉求描述 事件描述 内容 描述 text content description"),
        (HotlineColumn.Status, "工单状态 办理状态 当前状态 状态 status"),
        (HotlineColumn.Caller, "来电人 反映人 诉求人 来电人姓名 反映人姓名 诉求人姓名 市民姓名 联系人 姓名 caller"),
        (HotlineColumn.Phone, "来电人电话 来电号码 来电电话 反映人电话 诉求人电话 联系电话 联系方式 主叫号码 手机号码 手机号 手机 电话 phone"),
        (HotlineColumn.Address, "来电人住址 来电人地址 诉求人地址 反映人地址 联系地址 家庭住址 住址"),
        (HotlineColumn.District, "被反映区 被反映区县 所属区 所属区县 反映区 行政区 区县 district"),
        (HotlineColumn.Street, "被反映街乡镇 所属街乡镇 街乡镇 被反映街道 所属街道 反映街乡镇 街道乡镇 街道/乡镇 街镇 乡镇 街道 street"),
        (HotlineColumn.Community, "村/社区 社区/村 社区 村社区 社区村 所属社区 被反映社区 居村 村 community"),
        (HotlineColumn.Place, "小区点位 点位 小区 事发地点 事发地址 发生地址 发生地点 诉求地址 反映地址 详细地址 具体地址 具体位置 位置 地点 地址 place address"),
        (HotlineColumn.Company, "企业名称 被反映企业 涉及企业 企业 company"),
        (HotlineColumn.Reported, "被举报单位 被举报人 举报对象 被反映单位 被投诉单位"),
        (HotlineColumn.Unit, "主办单位 承办单位 责任单位 主责单位 办理单位 处置单位 处理单位 承办部门 责任部门 处置部门 unit"),
        (HotlineColumn.Way, "处理受理方式 受理方式 处理方式 受理渠道 诉求来源 来源渠道 来源 渠道 channel"),
        (HotlineColumn.CalledAt, "来电时间 创建时间 受理时间 登记时间 诉求时间 反映时间 建单时间 提交时间 来电日期 受理日期 calledat createdat"),
        (HotlineColumn.DueAt, "办理时限 办结时限 截止时间 到期时间 要求办结时间 处理时限 限办时间 dueat deadline"),
        (HotlineColumn.Result, "办理结果 处理结果 办理情况 处理情况 处置结果 结果 result"),
        (HotlineColumn.Reply, "回复内容 答复内容 反馈内容 回复 答复 reply"),
        (HotlineColumn.EndedAt, "办结时间 完成时间 结案时间 实际办结时间 处理完成时间 办结日期 endedat closedat"),
        (HotlineColumn.Solved, "是否解决 是否已解决 解决情况 解决与否 解决 solved"),
        (HotlineColumn.Satisfied, "是否满意 满意情况 满意度 满意与否 满意 satisfied satisfaction"),
    ];

    private static readonly FrozenDictionary<string, (HotlineColumn Column, int Rank)> s_byName = s_names
        .SelectMany(row => row.Names.Split(' ').Select((name, rank) => (Tidy(name), (row.Column, rank))))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>The column that a heading means, and how usual that name is for it: 0 is the usual one.</summary>
    public static (HotlineColumn Column, int Rank)? Find(string heading) => s_byName.TryGetValue(Tidy(heading), out var found) ? found : null;

    /// <summary>A heading without what people add to it: spaces, full width, «（必填）», stars, colons.</summary>
    public static string Tidy(string heading) =>
        Added().Replace(heading.Narrow(), "").ToLowerInvariant();

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]|【[^】]*】|[\s*:_\-""'、，。]+")]
    private static partial Regex Added();
}
