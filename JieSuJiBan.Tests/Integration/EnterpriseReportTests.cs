using System.Net;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A month's report at its desk: drafted once, edited, published frozen, corrected by editions; and who reads what.</summary>
public sealed class EnterpriseReportTests(Firms portal) : IClassFixture<Firms>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private EnterpriseReportDesk Desk => portal.Get<EnterpriseReportDesk>();

    [Fact]
    public async Task AMonth_IsDrafted_Edited_PublishedFrozen_AndCorrectedByAnEdition()
    {
        await portal.FillAsync();
        var period = Period.Parse("2026-01");
        Assert.Equal("enterprise-report.running", (await Desk.DraftAsync(Period.Parse("2026-03"), Dispatcher)).Refusal?.Code);
        Assert.Equal("enterprise-report.role", (await Desk.DraftAsync(period, Street)).Refusal?.Code);
        Assert.Null((await Desk.DraftAsync(period, Dispatcher)).Refusal);
        Assert.Equal("changed", (await Desk.DraftAsync(period, Supervisor)).Refusal?.Code);
        var draft = (await Desk.FindAsync(period, Supervisor, Stop))!;
        Assert.Null(await Desk.FindAsync(period, Street, Stop));

        IReadOnlyList<ReportFinding> edited = [.. draft.Findings, new(ReportPart.Advice, "每月走访园区一次。", [])];
        Assert.Null((await Desk.EditAsync(period, edited, draft.Version, Dispatcher)).Refusal);
        Assert.Equal("changed", (await Desk.EditAsync(period, edited, draft.Version, SecondDispatcher)).Refusal?.Code);
        Assert.Equal("enterprise-report.publisher", (await Desk.PublishAsync(period, draft.Version + 1, Dispatcher)).Refusal?.Code);
        Assert.Null((await Desk.PublishAsync(period, draft.Version + 1, Supervisor)).Refusal);

        // What is counted later changes nothing of what was published.
        var published = (await Desk.FindAsync(period, Street, Stop))!;
        await portal.RegisterAsync(Garage with { Channel = JieSuJiBan.Domain.Cases.Channel.Enterprise, RaisedAt = new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero) });
        var counted = await portal.Get<EnterpriseBook>().ReadAsync(period, Supervisor, published.Month.Scheme, Stop);
        Assert.Equal(published.Month.Total.Received + 1, counted.Total.Received);
        Assert.Equal(draft.Month.Total, (await Desk.FindAsync(period, Street, Stop))!.Month.Total);
        Assert.Contains(counted.DifferencesFrom(published.Month), pair => pair == new ReportDifference("收到", $"{published.Month.Total.Received}件", $"{counted.Total.Received}件"));

        Assert.Equal("enterprise-report.reason", (await Desk.CorrectAsync(period, counted, edited, " ", published.Version, Supervisor)).Refusal?.Code);
        Assert.Null((await Desk.CorrectAsync(period, counted, EnterpriseWriter.Write(counted), "补登一件", published.Version, Supervisor)).Refusal);
        var editions = EnterpriseEdition.Of(await portal.Get<LogBook>().ReadAfterAsync(published.Id, 0, cancellationToken: Stop));
        Assert.Equal([(1, published.Month.Total.Received), (2, counted.Total.Received)], editions.Select(edition => (edition.No, edition.Month.Total.Received)));
        Assert.Equal("每月走访园区一次。", editions[0].Findings[^1].Text);

        var first = (await portal.Get<EnterprisePrints>().ReadAsync(period, 1, Street, Stop))!;
        var second = (await portal.Get<EnterprisePrints>().ReadAsync(period, null, Street, Stop))!;
        Assert.Equal((1, 2, 1), (first.Edition.No, second.Edition.No, second.Former!.No));
        Assert.Null(await portal.Get<EnterprisePrints>().ReadAsync(period, 3, Street, Stop));
        Assert.DoesNotContain((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken, fault => !fault.Contains("117-FIRMS-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mafang", "/reports/enterprises", HttpStatusCode.OK), InlineData("archive", "/reports/enterprises", HttpStatusCode.OK), InlineData("admin", "/reports/enterprises", HttpStatusCode.NotFound)]
    [InlineData("dispatch", "/reports/enterprises/2026-02", HttpStatusCode.OK), InlineData("mafang", "/reports/enterprises/2026-02", HttpStatusCode.NotFound), InlineData("mafang", "/reports/enterprises/2025-12", HttpStatusCode.OK)]
    [InlineData("leader", "/reports/enterprises/2027-01", HttpStatusCode.NotFound), InlineData("leader", "/reports/enterprises/2026Q1", HttpStatusCode.NotFound), InlineData("leader", "/reports/enterprises/x", HttpStatusCode.NotFound)]
    [InlineData("mafang", "/reports/enterprises/2026-02/report.pdf", HttpStatusCode.NotFound), InlineData("mafang", "/reports/enterprises/2025-12/report.pdf?edition=7", HttpStatusCode.NotFound)]
    [InlineData("leader", "/reports/enterprises/2025-12/1", HttpStatusCode.Redirect), InlineData("mafang", "/reports/enterprises/2025-12/1", HttpStatusCode.NotFound), InlineData("leader", "/reports/enterprises/2025-12/999", HttpStatusCode.NotFound)]
    [InlineData("leader", "/reports/enterprises/cases?figure=Valid&from=2026-01-19&until=2026-02-19&result=First", HttpStatusCode.OK), InlineData("gd", "/reports/enterprises/cases?figure=Valid&from=2026-01-19&until=2026-02-19&result=First", HttpStatusCode.NotFound)]
    [InlineData("gd", "/reports/enterprises/cases?figure=Valid&from=2026-01-19&until=2026-02-19&result=First&unit=/11/110117/e.gd/", HttpStatusCode.OK), InlineData("leader", "/reports/enterprises/cases?figure=Nothing&from=2026-01-19&until=2026-02-19&result=First", HttpStatusCode.NotFound)]
    [InlineData("leader", "/reports/enterprises/cases?figure=Valid&from=2020-01-19&until=2026-02-19&result=First", HttpStatusCode.NotFound)]
    public async Task WhoMayReadIt_ReadsIt_AndForTheOthersItIsNotThere(string user, string path, HttpStatusCode expected)
    {
        await portal.FillAsync();
        await PublishAsync(Period.Parse("2025-12"));

        using var client = portal.CreateClientFor(Cast.Single(actor => actor.UserId == user));
        var response = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Redirect, response.Headers.Location?.ToString().StartsWith("/reports/enterprises/cases?figure=Received", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task AUnit_ReadsThePublishedText_WithTheWayToItsOwnCasesOnly()
    {
        await portal.FillAsync();
        await PublishAsync(Period.Parse("2025-12"));

        var page = await portal.CreateClientFor(Power).GetStringAsync(new Uri("/reports/enterprises/2025-12", UriKind.Relative), Stop);
        Assert.Contains("本期收到企业诉求", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        var links = System.Text.RegularExpressions.Regex.Matches(page, "href=\"(/reports/enterprises/cases[^\"]*)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains("unit=%2F11%2F110117%2Fe.gd%2F", link, StringComparison.Ordinal));

        var list = await portal.CreateClientFor(Power).GetStringAsync(new Uri("/reports/enterprises", UriKind.Relative), Stop);
        Assert.Contains("/reports/enterprises/2025-12", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/reports/enterprises/2026-02", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheUnitsCountedInIt_AreTold_OnceItIsPublished_AndOfEachCorrection()
    {
        await portal.FillAsync();
        var period = Period.Parse("2025-11");
        await Desk.DraftAsync(period, Supervisor);
        var draft = (await Desk.FindAsync(period, Supervisor, Stop))!;
        await using var db = await portal.OpenDatabaseAsync();
        var notices = db.Notices.Where(notice => notice.Stream == draft.Id).OrderBy(notice => notice.Sequence);
        Assert.Empty(await notices.ToListAsync(Stop));

        Assert.Null((await Desk.PublishAsync(period, draft.Version, Supervisor)).Refusal);
        var told = await notices.ToListAsync(Stop);
        var cast = new[] { Street, StreetHead, OtherStreet, Energy, EnergyHead, Power };
        Assert.Equal(cast.Select(person => person.UserId).Order(StringComparer.Ordinal), told.Select(notice => notice.UserId).Order(StringComparer.Ordinal));
        Assert.All(told, notice => Assert.Equal(
            (NoticeKind.EnterpriseReportPublished, "/reports/enterprises/2025-11", "2025年11月", false), (notice.Kind, notice.Link, notice.Number, notice.StaysInside)));

        Assert.Null((await Desk.CorrectAsync(period, draft.Month, draft.Findings, "更正文字", draft.Version + 1, Supervisor)).Refusal);
        Assert.Equal(told.Count, (await notices.ToListAsync(Stop)).Count(notice => notice.Kind == NoticeKind.EnterpriseReportCorrected));
    }

    private async Task PublishAsync(Period period)
    {
        if (await Desk.FindAsync(period, Supervisor, Stop) is null)
        {
            await Desk.DraftAsync(period, Supervisor);
            await Desk.PublishAsync(period, 1, Supervisor);
        }
    }
}
