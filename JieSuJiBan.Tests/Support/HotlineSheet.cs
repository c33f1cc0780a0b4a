using JieSuJiBan.Web.Intake;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Support;

/// <summary>The hotline's tables, and what the importer makes of them.</summary>
internal static class HotlineSheet
{
    public static readonly string[] Headings = ["工单编号", "标题", "主要内容", "一级分类", "工单状态", "来电人", "来电人电话", "被反映区", "被反映街乡镇", "村/社区", "小区点位", "主办单位", "来电时间", "是否满意", "工单性质"];

    /// <summary>Two lines of title, the headings, the orders.</summary>
    public static object?[][] Of(params object?[][] orders) => [["平谷区12345热线工单明细表"], ["导出时间：2026-03-02"], [.. Headings], .. orders];

    public static object?[] Order(
        string number, string title = "路灯不亮", string text = "村口三盏路灯不亮，晚上出行不便。", string status = "办理中", string street = "马坊镇", string place = "村口",
        string unit = "", string district = "平谷区", string satisfied = "", string community = "汇景社区") =>
        [number, title, text, "市政设施", status, "测试一", "13000000001", district, street, community, place, unit, "2026-03-02 08:15:00", satisfied, "投诉"];

    public static object?[][] Many(string prefix, int count) => Of([.. Enumerable.Range(1, count).Select(at => Order($"{prefix}{at:D5}", $"路灯不亮第{at}处"))]);

    /// <summary>Brings a file and imports it at once, with the columns as they were found.</summary>
    public static async Task<ImportRun> ImportAsync(this PortalFixture portal, byte[] bytes, CancellationTokenSource? cancel = null)
    {
        using var scratch = new Scratch();
        var path = scratch.Write(bytes, "工单.xlsx");
        var desk = portal.Get<ImportDesk>();
        var (run, outcome) = await desk.OpenAsync(path, "工单.xlsx", bytes.Length, District, Dispatcher, TestContext.Current.CancellationToken);
        Assert.Null(outcome.Refusal);
        await desk.SaveAsync(run!, TestContext.Current.CancellationToken);
        await portal.Get<Importer>().RunAsync(run!.Id, path, Dispatcher, cancel?.Token ?? TestContext.Current.CancellationToken);
        return (await desk.FindAsync(run.Id, Dispatcher, TestContext.Current.CancellationToken))!;
    }

    public static Task<IReadOnlyList<ImportRow>> RowsAsync(this PortalFixture portal, ImportRun run, ImportResult? result = null) =>
        portal.Get<ImportDesk>().RowsAsync(run.Id, result, 0, 10_000, Dispatcher, TestContext.Current.CancellationToken);
}
