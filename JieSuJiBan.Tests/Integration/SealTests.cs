using System.Net;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Reports;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A print says of which state it is; the portal says whether the log still stands by that.</summary>
public class SealTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Intact = "打印时的状态与日志一致。";
    private const string Broken = "打印时的状态与日志不一致";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnUnchangedCase_IsWhatWasPrinted()
    {
        var id = await portal.StartAsync();
        await portal.ConferAsync(id);
        var code = await PrintAsync(id);

        var page = await PageAsync(code);

        Assert.Contains(Intact, page, StringComparison.Ordinal);
        Assert.Contains("0条", page, StringComparison.Ordinal);
        Assert.Equal([0, 0], (await CheckAsync(code))!.Logs.Select(log => log.Later));
        Assert.Equal(code, await PrintAsync(id));  // the same state has the same seal
    }

    [Fact]
    public async Task ACaseThatHasMovedOn_IsStillIntact_AndSaysByHowMuch()
    {
        var id = await portal.StartAsync();
        var code = await PrintAsync(id);

        await portal.DoAsync(id, Street, file => file.Progress("又约谈一次。", null, Street, Morning));

        var page = await PageAsync(code);
        Assert.Contains(Intact, page, StringComparison.Ordinal);
        Assert.Contains("1条", page, StringComparison.Ordinal);
        Assert.NotEqual(code, await PrintAsync(id));
    }

    [Theory]
    [InlineData("UPDATE Log SET Body = replace(Body, '约谈', '没谈') WHERE Stream = {0} AND Sequence = 5")]
    [InlineData("UPDATE Log SET By_Name = '别人' WHERE Stream = {0} AND Sequence = 3")]
    [InlineData("UPDATE Log SET At = At + 10000 WHERE Stream = {0} AND Sequence = 1")]
    [InlineData("UPDATE Log SET Hash = zeroblob(32) WHERE Stream = {0} AND Sequence = 5")]
    [InlineData("DELETE FROM Log WHERE Stream = {0} AND Sequence = 5")]
    [InlineData("DELETE FROM Log WHERE Stream = {0} AND Sequence = 2")]
    [InlineData("DELETE FROM Log WHERE Stream = {0}")]
    public async Task ALogAlteredByHand_IsNotWhatWasPrinted(string sql)
    {
        var id = await portal.StartAsync();
        var code = await PrintAsync(id);
        await using (var db = await portal.OpenDatabaseAsync())
        {
            Assert.True(await db.Database.ExecuteSqlRawAsync(sql, [id], Stop) > 0);
        }

        Assert.False((await CheckAsync(code))!.IsIntact);
        Assert.Contains(Broken, await PageAsync(code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("x"), InlineData("00000000-0000-0000-0000-000000000000"), InlineData("%27%20OR%201=1")]
    public async Task AMadeUpSeal_IsNotKnown(string code)
    {
        using var response = await portal.CreateClientFor(Street).GetAsync(new Uri($"/verify/{code}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task TheSeal_IsOnThePage_AsACodeAndAnAddress()
    {
        var id = await portal.StartAsync();
        var report = (await portal.Get<ReportDesk>().ReadMaskedAsync(id, Street, Stop))!;

        var page = await portal.CreateClientFor(Street).GetStringAsync(new Uri($"/cases/{id}/report", UriKind.Relative), Stop);

        Assert.EndsWith($"/verify/{report.SealCode}", report.VerifyUrl, StringComparison.Ordinal);
        Assert.Contains($"扫码或输入 {report.SealCode} 核验", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
    }

    private async Task<string> PrintAsync(Guid id) => (await portal.Get<ReportDesk>().ReadMaskedAsync(id, Street, Stop))!.SealCode;

    private Task<SealCheck?> CheckAsync(string code) => portal.Get<SealBook>().CheckAsync(code, Stop);

    private Task<string> PageAsync(string code) => portal.CreateClientFor(Street).GetStringAsync(new Uri($"/verify/{code}", UriKind.Relative), Stop);
}
