using System.Net;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public sealed class InsightDeskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMonth_IsWrittenByItself_TakenOverOnce_Published_AndCorrected()
    {
        await using var portal = new PortalFixture();
        await portal.CloseAsync();
        await portal.FindAsync();
        var (writer, desk, month) = (portal.Get<AnalysisWriter>(), portal.Get<AnalysisDesk>(), InsightSpan.Of(null, portal.Clock.GetUtcNow()).Month);
        portal.Clock.Advance(TimeSpan.FromDays(40));
        var span = InsightSpan.Of(month.ToString("yyyy-MM", null), portal.Clock.GetUtcNow());

        var findings = await writer.WriteAsync(District, span, Stop);

        Assert.StartsWith($"{month.Month}月共收到诉求2件。其中未诉先办1件。", findings[0].Text, StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding.Text.StartsWith("有效回访1件，首次回访已联系100%、已解决100%", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.All(finding.Links, link => Assert.StartsWith("/", link.Address, StringComparison.Ordinal)));

        Assert.Null(await desk.FindAsync(month, Dispatcher, Stop));
        Assert.Null((await desk.SaveAsync(month, findings, "", 0, Dispatcher)).Refusal);
        var draft = (await desk.FindAsync(month, Supervisor, Stop))!;
        Assert.Null(await desk.FindAsync(month, Street, Stop));
        Assert.Equal(AnalysisDesk.Unknown, (await desk.DoAsync(draft.Id, Street, held => held.Publish(Street, portal.Clock.GetUtcNow()))).Refusal);
        Assert.Null((await desk.DoAsync(draft.Id, DistrictLeader, held => held.Publish(DistrictLeader, portal.Clock.GetUtcNow()))).Refusal);
        Assert.Equal(findings.Count, (await desk.FindAsync(month, Street, Stop))!.Findings.Count);
        Assert.Equal("changed", (await desk.SaveAsync(month, findings, "更正", 1, Dispatcher)).Refusal?.Code);
        Assert.Equal("analysis.reason", (await desk.SaveAsync(month, findings, "", 2, Dispatcher)).Refusal?.Code);
        Assert.Null((await desk.SaveAsync(month, [.. findings.Take(2)], "更正", 2, Dispatcher)).Refusal);
        Assert.Equal((2, 2), ((await desk.FindAsync(month, Street, Stop))! is var shown) ? (shown.Edition, shown.Findings.Count) : default);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheLedgerOfRepeatCallers_CountsWhoCallsAgain_WithoutANameAndWithoutReports()
    {
        await using var portal = new PortalFixture();
        var desk = portal.Get<RepeatDesk>();
        foreach (var title in new[] { "第一次", "第二次", "第三次" })
        {
            await portal.RegisterAsync(Garage with { Title = title });
            portal.Clock.Advance(TimeSpan.FromHours(1));
        }

        await portal.RegisterAsync(Garage with { Title = "举报", Nature = Nature.Report });

        Assert.Equal("repeats.purpose", (await desk.OpenAsync("", Dispatcher)).Refusal?.Code);
        Assert.Null((await desk.OpenAsync("每月研判", Dispatcher)).Refusal);
        Assert.Equal("每月研判", Assert.Single(await desk.ReadingsAsync(Supervisor, Stop)).Purpose);
        Assert.Empty((await desk.ReadAsync(Street, 1, Stop)).Lines);

        var line = Assert.Single((await desk.ReadAsync(Dispatcher, 1, Stop)).Lines);
        Assert.Equal((3, 3), (line.Count, line.Open));
        Assert.Equal(["第三次", "第二次", "第一次"], line.Latest.Select(file => file.Title));
        Assert.DoesNotContain(Caller.Name, line.Mark, StringComparison.Ordinal);

        await using var db = await portal.OpenDatabaseAsync();
        await PetitionerVault.EraseAsync(db, line.Latest[0].Id);
        await db.SaveChangesAsync(Stop);
        Assert.Equal(3, await db.RepeatCallers.Select(caller => caller.Cases).SingleAsync(Stop));
        Assert.Empty((await desk.ReadAsync(Dispatcher, 1, Stop)).Lines);
    }

    [Fact]
    public async Task WhatIsUpheldAgainAndAgain_SpeaksAgainstTheDutyList()
    {
        await using var portal = new PortalFixture();
        for (var at = 0; at < 3; at++)
        {
            var id = await portal.DispatchAsync();
            await portal.DoAsync(id, Street, file => file.ObjectToDispatch("不是我镇职责", "职责清单", EnergyOffice, Rules, Street, portal.Clock.GetUtcNow()));
            await portal.DoAsync(id, SecondDispatcher, file => file.ReviewObjection(at < 2, "核对", SecondDispatcher, portal.Clock.GetUtcNow()));
        }

        var span = InsightSpan.Of(null, portal.Clock.GetUtcNow());
        var line = Assert.Single(await portal.Get<ObjectionBook>().ReadAsync(new InsightScope(District), span, Stop));

        Assert.Equal((Mafang, 3, 2, EnergyOffice, true), (line.Unit, line.Raised, line.Upheld, line.Suggested, line.SpeaksAgainstList));
        Assert.Empty(await portal.Get<ObjectionBook>().ReadAsync(new InsightScope(Binhe), span, Stop));
    }

    [Fact]
    public async Task AReport_IsCountedForTheDistrict_AndInNoPlace()
    {
        await using var portal = new PortalFixture();
        await portal.RegisterAsync();
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Mafang });
        var (book, span) = (portal.Get<InsightBook>(), InsightSpan.Of(null, portal.Clock.GetUtcNow()));

        Assert.Equal(2, (await book.TotalAsync(InsightScope.Of(Dispatcher), span, Stop)).Now[Measure.Raised]);
        Assert.Equal(1, (await book.TotalAsync(InsightScope.Of(Street), span, Stop)).Now[Measure.Raised]);
        Assert.Equal(1, (await book.CategoriesAsync(InsightScope.Of(Street), span, Stop)).Sum(line => line.Now[Measure.Raised]));
        Assert.Equal(1, (await book.PlacesAsync(InsightScope.Of(Street), span, Stop)).Sum(line => line.Now[Measure.Raised]));
        Assert.Equal(1, (await portal.Get<FigureCases>().ReadAsync(Dispatcher, new FigureQuestion(District, Measure.Raised, span.Month, span.Until, Mafang), Stop)).Total);
    }

    [Fact]
    public async Task AStreet_SeesItsOwnFigures_AndCannotOpenAnotherStreets()
    {
        await using var portal = new PortalFixture();
        await portal.DispatchAsync();
        await portal.DispatchAsync(Binhe, Garage with { Home = Binhe });
        var (book, span) = (portal.Get<InsightBook>(), InsightSpan.Of(null, portal.Clock.GetUtcNow()));

        Assert.Equal(2, (await book.TotalAsync(InsightScope.Of(Dispatcher), span, Stop)).Now[Measure.Raised]);
        Assert.Equal(1, (await book.TotalAsync(InsightScope.Of(Street), span, Stop)).Now[Measure.Raised]);
        Assert.Equal([Garage.Category], (await book.CategoriesAsync(InsightScope.Of(Street), span, Stop)).Select(line => line.Subject));
        Assert.Equal(1, (await portal.Get<FigureCases>().ReadAsync(Street, new FigureQuestion(District, Measure.Raised, span.Month, span.Until), Stop)).Total);

        using var street = portal.CreateClientFor(Street);
        var day = $"from={span.Month:yyyy-MM-dd}&until={span.Until:yyyy-MM-dd}";
        Assert.Equal(HttpStatusCode.OK, (await street.GetAsync($"/insight/cases?measure=Raised&{day}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync($"/insight/cases?measure=Raised&{day}&place={Uri.EscapeDataString(Binhe.Value)}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync($"/insight/cases?measure=Nothing&{day}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync("/screen", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync("/insight/repeats", Stop)).StatusCode);
    }
}
