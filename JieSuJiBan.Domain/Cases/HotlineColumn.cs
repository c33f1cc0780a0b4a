namespace JieSuJiBan.Domain.Cases;

/// <summary>
/// What the hotline's export tells of an order, column by column. The word is the column's usual heading, and the name under which a
/// case keeps what stood in it.
/// </summary>
public enum HotlineColumn
{
    [Word("工单编号")] Number,
    [Word("工单类型")] Type,
    [Word("工单性质")] Nature,
    [Word("问题分类")] Category,
    [Word("一级分类")] FirstClass,
    [Word("二级分类")] SecondClass,
    [Word("三级分类")] ThirdClass,
    [Word("标签")] Tags,
    [Word("标题")] Title,
    [Word("主要内容")] Text,
    [Word("工单状态")] Status,
    [Word("来电人")] Caller,
    [Word("来电人电话")] Phone,
    [Word("来电人住址")] Address,
    [Word("被反映区")] District,
    [Word("被反映街乡镇")] Street,
    [Word("村/社区")] Community,
    [Word("小区点位")] Place,
    [Word("企业名称")] Company,
    [Word("被举报单位")] Reported,
    [Word("主办单位")] Unit,
    [Word("处理受理方式")] Way,
    [Word("来电时间")] CalledAt,
    [Word("办理时限")] DueAt,
    [Word("办理结果")] Result,
    [Word("回复内容")] Reply,
    [Word("办结时间")] EndedAt,
    [Word("是否解决")] Solved,
    [Word("是否满意")] Satisfied,
}

public static class HotlineColumns
{
    public static readonly IReadOnlyList<HotlineColumn> All = Enum.GetValues<HotlineColumn>();

    /// <summary>Tells who called: it goes into the vault, and nowhere else.</summary>
    public static bool IsPrivate(this HotlineColumn column) => column is HotlineColumn.Caller or HotlineColumn.Phone or HotlineColumn.Address;

    /// <summary>Kept on the case as the hotline said it. Number, title and text have places of their own there.</summary>
    public static bool IsFact(this HotlineColumn column) =>
        !column.IsPrivate() && column is not (HotlineColumn.Number or HotlineColumn.Title or HotlineColumn.Text);
}
