using System.Net;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Firms;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A month by firms against a slow count, its cases, and who may see and print what.</summary>
public class FirmDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Month s_month = new(2026, 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMonth_IsWhatASlowCountSays_AndBecomesAListThatIsPublished()
    {
        var chance = new Random(7);
        string[] names = ["北京安居物业管理有限公司", "安居物业管理有限公司", "安居物业", "惠民物业公司", "大华超市有限公司", "王建国"];
        var files = Enumerable.Range(0, 160).Select(at => Case(names[chance.Next(names.Length)], s_month.Plus(chance.Next(-1, 2)).From.AddHours(chance.Next(600)), chance)).ToList();
        await using (var db = await portal.OpenDatabaseAsync())
        {
            db.Cases.AddRange(files);
            db.Log.AddRange(files.SelectMany(file => file.Unsaved));
            await db.SaveChangesAsync(Stop);
        }

        portal.Clock.Set(Morning);
        Assert.Null((await portal.Get<FirmRegisterDesk>().KnowAsync("安居物业", "北京安居物业管理有限公司", Dispatcher)).Refusal);
        var months = await portal.Get<FirmMonths>().ReadAsync(District, s_month, Stop);

        foreach (var (key, keys) in new[] { ("安居物业管理", new[] { "安居物业管理", "安居物业" }), ("惠民物业公司", ["惠民物业公司"]), ("大华超市", ["大华超市"]) })
        {
            List<CaseFile> In(Month month) => [.. files.Where(file => keys.Contains(file.SubjectKey) && Month.Of(file.RaisedAt) == month)];
            var (now, firm) = (In(s_month), months.Single(firm => firm.Key == key));
            Assert.Equal(
                (now.Count, now.Count(file => file.Solved is not null), now.Count(file => file.Solved == true), now.Count(file => file.RedoneCount > 0), In(s_month.Plus(-1)).Count),
                (firm.Cases, firm.Rated, firm.Solved, firm.Repeated, firm.Before));
            foreach (var (figure, count) in new[] { (FirmFigure.Cases, firm.Cases), (FirmFigure.Rated, firm.Rated), (FirmFigure.Solved, firm.Solved), (FirmFigure.Repeated, firm.Repeated) })
            {
                Assert.Equal(count, (await portal.Get<FirmMonths>().CasesAsync(Supervisor, key, s_month, figure, 1, Stop)).Total);
            }
        }

        Assert.Equal(3, months.Count);  // no person's name is among them

        var desk = portal.Get<FirmListDesk>();
        var (id, proposed) = await desk.ProposeAsync(s_month, Dispatcher);
        Assert.Null(proposed.Refusal);
        Assert.Equal("firm-list.proposed", (await desk.ProposeAsync(s_month, Dispatcher)).Outcome.Refusal?.Code);
        Assert.Null(await desk.FindAsync(id, Street, Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Supervisor).GetAsync($"/firms/lists/{id}/letters/1.pdf", Stop)).StatusCode);  // nobody was told yet
        Assert.Null((await desk.DoAsync(id, Dispatcher, list => list.Notify(Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()))).Refusal);
        foreach (var address in new[] { "/firms", $"/firms/lists/{id}", $"/firms/lists/{id}/letters/1.pdf", "/firms/cases?firm=a&month=2026-01&of=Cases" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Street).GetAsync(address, Stop)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Supervisor).GetAsync($"/firms/lists/{id}/letters/99.pdf", Stop)).StatusCode);
        portal.Clock.Advance(TimeSpan.FromDays(15));
        var leader = DistrictLeader.Fresh(portal.Clock.GetUtcNow());
        Assert.Null((await desk.DoAsync(id, leader, list => list.Publish(null, leader, portal.Clock.GetUtcNow()))).Refusal);
        var page = await portal.CreateClientFor(Supervisor).GetStringAsync($"/firms/lists/{id}?edition=1", Stop);
        Assert.Contains("未申辩", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    private static CaseFile Case(string company, DateTimeOffset at, Random chance)
    {
        var order = Order with { SourceNumber = $"F{Guid.NewGuid():N}", RaisedAt = at, SourceFacts = new Dictionary<string, string> { ["企业名称"] = company } };
        var file = CaseFile.Register(Guid.CreateVersion7(), $"F-{Guid.NewGuid():N}", order, Hotline, at).File!;
        if (chance.Next(3) > 0)
        {
            file.TakeOver(new SourceEnding(Mafang, at.AddDays(3), "已办", chance.Next(3) == 0 ? null : chance.Next(2) == 0, Satisfaction.Satisfied), Hotline, at.AddDays(3));
        }

        return file;
    }
}
