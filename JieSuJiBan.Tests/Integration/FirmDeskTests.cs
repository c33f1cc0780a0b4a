using System.IO.Compression;
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
                (now.Count, now.Count(file => file.FirstContacted is not null), now.Count(file => file.FirstContacted is not null && file.Solved == true), now.Count(file => file.RedoneCount > 0), In(s_month.Plus(-1)).Count),
                (firm.Cases, firm.Rated, firm.Solved, firm.Repeated, firm.Before));
            foreach (var (figure, count) in new[] { (FirmFigure.Cases, firm.Cases), (FirmFigure.Rated, firm.Rated), (FirmFigure.Solved, firm.Solved), (FirmFigure.Repeated, firm.Repeated) })
            {
                Assert.Equal(count, (await portal.Get<FirmMonths>().CasesAsync(Supervisor, key, s_month, figure, 1, Stop)).Total);
            }
        }

        Assert.Equal(3, months.Count);  // no person's name is among them
        Assert.Contains(files, file => file is { Solved: true, CalledBackAt: null, IsProactive: true });
        Assert.Contains(files, file => file is { Solved: true, Status: CaseStatus.TakenOver });

        var desk = portal.Get<FirmListDesk>();
        var (id, proposed) = await desk.ProposeAsync(s_month, Dispatcher);
        Assert.Null(proposed.Refusal);
        Assert.Equal("firm-list.proposed", (await desk.ProposeAsync(s_month, Dispatcher)).Outcome.Refusal?.Code);
        Assert.Null(await desk.FindAsync(id, Street, Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Supervisor).GetAsync($"/firms/lists/{id}/letters/1.pdf", Stop)).StatusCode);  // nobody was told yet
        Assert.Null((await desk.DoAsync(id, Dispatcher, list => list.Notify(Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()))).Refusal);
        string[] ofTheKeepers = ["/firms", $"/firms/lists/{id}/letters/1.pdf", "/firms/cases?firm=a&month=2026-01&of=Cases"];
        string[] ofTheReaders = [$"/firms/lists/{id}", $"/firms/lists/{id}/list.pdf", $"/firms/lists/{id}/list.xlsx"];
        Assert.All(await StatusesAsync(Street, [.. ofTheKeepers, .. ofTheReaders]), status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound], await StatusesAsync(Supervisor, ofTheReaders));  // what is not published has no print
        Assert.Empty((await desk.ReadAsync(Street, 1, Stop)).Lines);

        Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Supervisor).GetAsync($"/firms/lists/{id}/letters/99.pdf", Stop)).StatusCode);
        portal.Clock.Advance(TimeSpan.FromDays(15));
        var leader = DistrictLeader.Fresh(portal.Clock.GetUtcNow());
        Assert.Null((await desk.DoAsync(id, leader, list => list.Publish(null, leader, portal.Clock.GetUtcNow()))).Refusal);
        var list = (await desk.FindAsync(id, Supervisor, Stop))!;
        var page = await portal.CreateClientFor(Supervisor).GetStringAsync($"/firms/lists/{id}?edition=1", Stop);
        Assert.Contains("未申辩", WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        Assert.Equal(id, Assert.Single((await desk.ReadAsync(Street, 1, Stop)).Lines).Id);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound], await StatusesAsync(Street, ofTheReaders[0], ofTheReaders[2], $"{ofTheReaders[2]}?edition=2"));
        Assert.All(await StatusesAsync(Street, ofTheKeepers), status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.Null(await portal.Get<FirmPrints>().ReadAsync(id, null, OtherDistrict, Stop));
        var reading = WebUtility.HtmlDecode(await portal.CreateClientFor(Street).GetStringAsync(ofTheReaders[0], Stop));
        Assert.DoesNotContain("/firms/cases", reading, StringComparison.Ordinal);
        Assert.DoesNotContain("历次变化", reading, StringComparison.Ordinal);
        var printed = (await portal.Get<FirmPrints>().ReadAsync(id, null, Street, Stop))!;
        Assert.Equal(list.Entries, printed.Edition.Entries);
        using var sheet = new MemoryStream();
        await FirmPrints.WriteSheetAsync(sheet, printed, Stop);
        using var archive = new ZipArchive(sheet);
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var cells = await reader.ReadToEndAsync(Stop);
        Assert.All(printed.Edition.Entries, entry => Assert.Contains(entry.Counts.Name, cells, StringComparison.Ordinal));
        Assert.Contains(printed.Head, cells, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<HttpStatusCode>> StatusesAsync(Actor by, params string[] addresses)
    {
        var client = portal.CreateClientFor(by);
        var statuses = new List<HttpStatusCode>();
        foreach (var address in addresses)
        {
            statuses.Add((await client.GetAsync(address, Stop)).StatusCode);
        }

        return statuses;
    }

    private static Actor OtherDistrict => Street with { UserId = "chaoyang", Unit = new OrgPath("/11/110105/110105001/"), UnitName = "某街道" };

    // Some are finished by the hotline or by whoever found them, and both say it is solved; some are called back, and some of those done again.
    private static CaseFile Case(string company, DateTimeOffset at, Random chance)
    {
        var isFound = chance.Next(4) == 0;
        var demand = isFound ? Find with { RaisedAt = at } : Order with { SourceNumber = $"F{Guid.NewGuid():N}", RaisedAt = at, SourceFacts = new Dictionary<string, string> { ["企业名称"] = company } };
        var file = CaseFile.Register(Guid.CreateVersion7(), $"F-{Guid.NewGuid():N}", demand, isFound ? GridWorker : Hotline, at).File!;
        if (isFound)
        {
            file.NameSubject(company, Dispatcher, at);  // refused for a person's
        }

        if (chance.Next(4) == 0)
        {
            return isFound ? file : file.Do(f => f.TakeOver(new SourceEnding(Mafang, at.AddDays(3), "已办", true, Satisfaction.Satisfied), Hotline, at.AddDays(3)));
        }

        var by = isFound ? Street : Dispatcher;
        file.Do(f => f.Dispatch(new DispatchOrder(Mafang, [], at.AddDays(7), "一般诉求7日"), Rules.Calendar, by, at.AddHours(1)))
            .Do(f => f.Accept(Street, at.AddHours(2)))
            .Do(f => isFound ? JieSuJiBan.Domain.Outcome.Done : f.Contact(true, "已说明。", Street, at.AddHours(3)))
            .Do(f => f.Progress("已约谈。", null, Street, at.AddHours(4)))
            .Do(f => f.Submit("已办。", null, Street, at.AddHours(5)))
            .Do(f => f.Answer("已办。", StreetHead, at.AddHours(6)))
            .Do(f => f.CallBack(isFound || chance.Next(2) == 0 ? Yes : No, Dispatcher, at.AddDays(8)));
        return file.FirstSolved == false && chance.Next(2) == 0 ? file.Do(f => f.Redo("请再办一次。", at.AddDays(12), "重办", Dispatcher, at.AddDays(8))) : file;
    }
}
