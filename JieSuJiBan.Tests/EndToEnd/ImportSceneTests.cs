using System.Text.RegularExpressions;
using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;
using static JieSuJiBan.Tests.Support.HotlineSheet;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The command centre brings the hotline's table, sees what would become of it, and what became of it.</summary>
public sealed partial class ImportSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task ATableIsDropped_LookedAt_AndImportedRowByRow() => portal.PlayAsync(async () =>
    {
        var centre = await portal.SignInAsync(Dispatcher);
        await centre.GoAsync("/imports");
        await centre.Page.Locator("[data-drop][data-ready]").WaitForAsync();

        await DropAsync(centre, "三月工单.csv", Books.Csv(Of(Order("SCENE1", "=cmd|' /C calc'!A0"), Order("SCENE2"), Order("SCENE3", district: "朝阳区")).Select(row => row.Append("备用").ToArray())));
        await centre.Page.WaitForURLAsync(RunAddress());
        var tried = centre.Page.Locator("section[aria-labelledby=tried]");
        await Assertions.Expect(tried).ToContainTextAsync("汇景社区");
        await Assertions.Expect(tried).ToContainTextAsync("不是本区");
        await Assertions.Expect(centre.Page.GetByText("130****0001")).ToBeVisibleAsync();
        await Assertions.Expect(centre.Text("13000000001")).ToHaveCountAsync(0);

        // Two columns cannot mean the same; one that means nothing is left out.
        var spare = centre.Page.GetByLabel("备用的含义");
        await spare.SelectOptionAsync(new SelectOptionValue { Label = "标题" });
        await Assertions.Expect(tried).ToContainTextAsync("请只留一列");
        await spare.SelectOptionAsync(new SelectOptionValue { Label = "标签" });
        await Assertions.Expect(tried).ToContainTextAsync("SCENE1");
        await centre.Button("开始导入").ClickAsync();

        var results = centre.Page.Locator(".results");
        await Assertions.Expect(results).ToContainTextAsync(new Regex("新增 2.*未导入 1"));
        await results.GetByText("未导入").ClickAsync();
        await Assertions.Expect(centre.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(centre.Page.Locator("table.list")).ToContainTextAsync("被反映区是“朝阳区”，不是本区。");
        var file = await centre.Page.RunAndWaitForDownloadAsync(() => centre.Link("下载结果").ClickAsync());
        Assert.Equal("三月工单-导入结果.xlsx", file.SuggestedFilename);

        await centre.GoAsync("/imports");
        await centre.Page.GetByRole(AriaRole.Link, new() { Name = "三月工单.csv" }).WaitForAsync();
        await centre.GoAsync("/cases?q=SCENE2");
        await centre.Page.GetByRole(AriaRole.Link, new() { Name = "路灯不亮" }).WaitForAsync();
    });

    [Fact]
    public Task WhatIsNoTable_IsRefusedWhereItWasDropped_AndOneMayTryAgain() => portal.PlayAsync(async () =>
    {
        var centre = await portal.SignInAsync(Dispatcher, 390);
        await centre.GoAsync("/imports");
        await centre.Page.Locator("[data-drop][data-ready]").WaitForAsync();

        await centre.Page.Locator("#orders-file").SetInputFilesAsync(new FilePayload { Name = "照片.xlsx", MimeType = "image/png", Buffer = Pictures.Png(40, 30) });
        await centre.Page.GetByText("照片.xlsx：这不是xlsx、xls或CSV表格。").WaitForAsync();

        await centre.Page.Locator("#orders-file").SetInputFilesAsync(new FilePayload { Name = "好.xlsx", MimeType = "application/octet-stream", Buffer = Books.Xlsx(Of(Order("SCENE9"))) });
        await centre.Page.WaitForURLAsync(RunAddress());
        await centre.Button("不导入").ClickAsync();
        await centre.Page.WaitForURLAsync(new Uri(portal.Line.Address, "/imports").ToString());
        await Assertions.Expect(centre.Text("好.xlsx")).ToHaveCountAsync(0);
    });

    private static async Task DropAsync(Person person, string name, byte[] bytes) => await person.Page.EvaluateAsync(
        """
        ([name, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name));
          document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
        }
        """,
        new[] { name, Convert.ToBase64String(bytes) });

    [GeneratedRegex("/imports/[0-9a-f-]{36}$")]
    private static partial Regex RunAddress();
}
