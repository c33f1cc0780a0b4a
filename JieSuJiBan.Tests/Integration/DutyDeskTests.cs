using System.Net;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Sheets;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The desk of the duty list: who may do what, that the book follows, and that an import is all or nothing.</summary>
public sealed class DutyDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Actor s_elsewhere = new("cy", "某某", new OrgPath("/11/110105/d.zhzx/"), "区指挥中心", Role.Dispatcher, Morning);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DutyDesk Desk => portal.Get<DutyDesk>();

    private DutyBook Book => portal.Get<DutyBook>();

    [Fact]
    public async Task WhatTheDeskSaves_TheBookSays()
    {
        var terms = HeatDuty with { Matter = "书上写的" };
        var id = await ProposeAsync(terms);
        Assert.Equal(id, Assert.Single(Book.FindByCategory(District, terms.Category)).Id);

        Assert.Null((await Desk.ReviseAsync(id, terms with { Matter = "改了名的" }, "改名", Dispatcher)).Refusal);
        Assert.Empty(Book.FindByCategory(District, terms.Category));
        Assert.Single(Book.FindByCategory(District, "供热/供热质量/改了名的"));
        Assert.Contains(Book.Search(District, "改了名的", 3), line => line.Id == id);

        Assert.Null((await Desk.DoAsync(id, Dispatcher, duty => duty.End("取消", Dispatcher, portal.Clock.GetUtcNow()))).Refusal);
        Assert.Empty(Book.FindByCategory(District, "供热/供热质量/改了名的"));
        Assert.DoesNotContain(Book.Search(District, "改了名的", 3), line => line.Id == id);
    }

    [Fact]
    public async Task OneMatter_StandsOnTheListOnce()
    {
        var terms = HeatDuty with { Matter = "只有一个" };
        var id = await ProposeAsync(terms);
        var other = await ProposeAsync(HeatDuty with { Matter = "另外一个" });

        Assert.Equal("duty.taken", (await Desk.ProposeAsync(terms, null, Dispatcher)).Outcome.Refusal?.Code);
        Assert.Equal("duty.taken", (await Desk.ReviseAsync(other, terms with { Text = "别的" }, "改", Dispatcher)).Refusal?.Code);

        await Desk.DoAsync(id, Dispatcher, duty => duty.End("取消", Dispatcher, portal.Clock.GetUtcNow()));
        Assert.Null((await Desk.ProposeAsync(terms, null, Dispatcher)).Outcome.Refusal);
    }

    [Fact]
    public async Task TwoAtOnce_OneIsTaken_TheOtherRefused()
    {
        var terms = HeatDuty with { Matter = "同时提出" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.ProposeAsync(terms, null, Dispatcher)));

        Assert.Single(outcomes, outcome => outcome.Outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.Outcome.IsDone), outcome => Assert.Equal("duty.taken", outcome.Outcome.Refusal!.Code));
    }

    [Fact]
    public async Task AMadeUpUnit_IsRefused() => Assert.Equal(
        "duty.unit", (await Desk.ProposeAsync(HeatDuty with { Matter = "编造单位", Lead = District.Child("d.nosuch") }, null, Dispatcher)).Outcome.Refusal?.Code);

    [Fact]
    public async Task AnotherDistrictsDuty_DoesNotExist()
    {
        var id = await ProposeAsync(HeatDuty with { Matter = "外区看不见" });

        Assert.Null(await Desk.FindAsync(id, s_elsewhere, Stop));
        Assert.Equal("unknown", (await Desk.DoAsync(id, s_elsewhere, duty => duty.End("乱来", s_elsewhere, Morning))).Refusal?.Code);
        Assert.NotNull(await Desk.FindAsync(id, Village, Stop));
    }

    [Fact]
    public async Task WhatConcernsStreets_WaitsAtTheLeadersHomeAndInbox_UntilHeAdmitsIt()
    {
        var terms = StreetDuty with { Matter = "等待准入" };
        var id = await ProposeAsync(terms);
        Assert.Empty(Book.FindByCategory(District, terms.Category));
        Assert.Contains(await Desk.ReadWaitingAsync(DistrictLeader, Stop), request => request.Duties[0].Id == id);
        Assert.Contains((await portal.Get<Waiting>().ReadAsync(DistrictLeader, Stop)).Single(group => group.Name == "待准入的职责").Items, item => item.Title == terms.Matter);
        Assert.DoesNotContain(await Desk.ReadWaitingAsync(Dispatcher, Stop), request => request.Duties[0].Id == id);
        Assert.Empty(await Desk.ReadWaitingAsync(Street, Stop));

        Assert.Equal("duty.judge.role", (await Desk.JudgeAsync(id, true, "同意", Dispatcher)).Refusal?.Code);
        Assert.Null((await Desk.JudgeAsync(id, true, "同意", DistrictLeader.Fresh(portal.Clock.GetUtcNow()))).Refusal);

        Assert.Single(Book.FindByCategory(District, terms.Category));
        Assert.DoesNotContain(await Desk.ReadWaitingAsync(DistrictLeader, Stop), request => request.Duties[0].Id == id);
    }

    [Fact]
    public async Task TheVersions_SayWhatWasChanged_AndWhatWasTurnedDownCountsForNothing()
    {
        var terms = HeatDuty with { Matter = "版本" };
        var id = await ProposeAsync(terms);
        await Desk.ReviseAsync(id, terms with { CoUnits = [new CoDuty(Locality.Street, "测温")] }, "压给街乡", Dispatcher);
        await Desk.JudgeAsync(id, false, "不合适", DistrictLeader.Fresh(portal.Clock.GetUtcNow()));
        await Desk.ReviseAsync(id, terms with { Limit = new TimeLimit(12, LimitUnit.Hours) }, "提速", Dispatcher);

        var versions = portal.Get<DutyChanges>().Versions(await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop));

        Assert.Equal(4, versions.Count);
        Assert.Equal(["配合单位及职责"], versions[1].Changes.Select(change => change.Field));
        Assert.Equal(new DutyChange("办理时限", "24小时", "12小时"), Assert.Single(versions[3].Changes));
        Assert.All(versions, version => Assert.NotEmpty(portal.Get<Story>().Tell(version.Entry).Headline));
    }

    [Fact]
    public async Task EveryDuty_IsWhatItsLogAddsUpTo()
    {
        var id = await ProposeAsync(StreetDuty with { Matter = "对账" });
        await Desk.JudgeAsync(id, true, "同意", DistrictLeader.Fresh(portal.Clock.GetUtcNow()));
        await Desk.ReviseAsync(id, StreetDuty with { Matter = "对账", Text = "每天巡查" }, "加强", Dispatcher);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        await using var altered = new PortalFixture();
        var (other, _) = await altered.Get<DutyDesk>().ProposeAsync(HeatDuty, null, Dispatcher);
        await using var db = await altered.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync("UPDATE Duties SET Lead = '/11/110117/d.sw/'", Stop);
        Assert.Contains("Lead is not what the log adds up to", Assert.Single((await altered.Get<LogVerifier>().VerifyAsync(Stop)).Broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheExport_HoldsTheFilteredList_ForEveryOfficer_AndForNobodyElse()
    {
        await ProposeAsync(HeatDuty with { Area = "导出", Matter = "=HYPERLINK(\"x\")" });
        using var officer = portal.CreateClientFor(Village);

        using var answer = await officer.GetAsync(new Uri("/duties/export.xlsx?area=%E5%AF%BC%E5%87%BA", UriKind.Relative), Stop);

        Assert.Equal(SheetWriter.ContentType, answer.Content.Headers.ContentType?.MediaType);
        var rows = portal.ReadSheet(await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(DutyChanges.Fields.Select(field => field.Name), rows[0]);
        Assert.Equal(["导出", "供热质量", "=HYPERLINK(\"x\")", "区级", "热力公司"], Assert.Single(rows.Skip(1)).Take(5));

        using var nobody = portal.CreateClientFor(null);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(new Uri("/duties/export.xlsx", UriKind.Relative), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(new Uri("/duties/default.xlsx", UriKind.Relative), Stop)).StatusCode);
    }

    private async Task<Guid> ProposeAsync(DutyTerms terms)
    {
        var (id, outcome) = await Desk.ProposeAsync(terms, "按新的分工。", Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }
}
