using System.Net;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Reports;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A server without Chromium says so in plain words, and everything but the PDF goes on.</summary>
public sealed class NoChromiumTests(NoChromiumTests.Server portal) : IClassFixture<NoChromiumTests.Server>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThePdf_IsNotToBeHad_AndTheReaderIsToldWhatToDo()
    {
        var id = await portal.StartAsync();

        using var response = await portal.CreateClientFor(Street).GetAsync(new Uri($"/cases/{id}/report.pdf", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("服务器没有安装Chromium，暂时不能生成PDF；可以打开案卷页面，用浏览器打印。", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePage_StillShowsTheFile_ForTheBrowserToPrint()
    {
        var id = await portal.StartAsync();

        var page = await portal.CreateClientFor(Street).GetStringAsync(new Uri($"/cases/{id}/report", UriKind.Relative), Stop);

        Assert.Contains("十四、时间轴", page, StringComparison.Ordinal);
        Assert.Contains("data-print", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClosedCase_WaitsForItsFile()
    {
        var id = await portal.CloseAsync();

        await portal.Get<FileKeeper>().StoreAllAsync(Stop);

        var file = await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop);
        Assert.Equal((CaseStatus.Closed, null), (file!.Status, file.StoredFile));
    }

    public sealed class Server : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Pdf:ChromiumPath", "/nowhere/chromium")];
    }
}
