using Bunit;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Reviews;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class ReviewPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task AReview_OpensReady_IsFilledIn_ShowsWhatOthersDecide_AndPrints()
    {
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/reviews");
        await page.InvokeAsync(() => page.WaitForElements("button").First(button => button.TextContent.Contains("召开日调度", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Equal("平谷区日调度", page.Find("h1").Text().Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(Enum.GetValues<FigureKind>().Length, page.FindAll(".figures [data-figure]").Count);
        var id = Guid.Parse(page.Find("[data-figure=Open] a").GetAttribute("href")!.Split('/')[2]);

        await stage.GoAsync($"/reviews/{id}?do=attend");
        await page.InvokeAsync(() => page.WaitForElement("form.action [name=chair]").Change("周启明"));
        await page.InvokeAsync(() => page.Find("form.action textarea[name=present]").Change("区城管委、马坊镇"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("区城管委、马坊镇", page.MainText(), StringComparison.Ordinal));

        Assert.Null((await portal.Get<ReviewDesk>().DecideAsync(id, Fix, DistrictLeader)).Refusal);
        page.WaitForAssertion(() => Assert.Contains(Fix.Text, page.Find(".decisions").TextContent, StringComparison.Ordinal));
        Assert.Contains("待回复", page.Find(".decisions").TextContent, StringComparison.Ordinal);

        await stage.GoAsync($"/reviews/{id}/{FigureKind.Registered}");
        page.WaitForAssertion(() => Assert.Equal("新登记诉求", page.Find("h1").Text()));

        await stage.GoAsync($"/reviews/{id}");
        await page.InvokeAsync(() => page.WaitForElements("button").First(button => button.TextContent.Contains("结束会议", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Contains("数据已定格", page.MainText(), StringComparison.Ordinal));

        await stage.GoAsync($"/reviews/{id}/record");
        page.WaitForAssertion(() => Assert.Equal("平谷区接诉即办日调度会议纪要", page.Find(".record-title").Text()));
        Assert.Contains("出席：区城管委、马坊镇", page.Find(".attendance").TextContent, StringComparison.Ordinal);
        Assert.Contains("责任人：徐明远", page.Markup, StringComparison.Ordinal);
    }
}
