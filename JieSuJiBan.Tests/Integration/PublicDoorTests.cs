using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Files;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The way in: a report without an account, what is kept of it, and what is not let through.</summary>
public partial class PublicDoorTests(DoorPortal portal) : IClassFixture<DoorPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReport_IsACase_ThatWaitsForTheCommandCentre()
    {
        var visitor = new Visitor(portal);

        var (number, code) = await visitor.ReportedAsync();

        var file = await CaseAsync(number);
        Assert.Matches("^117-202603[0-9]{2}-[0-9]{4}$", number);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$", code);
        Assert.Equal(("汇景社区东门的路灯坏了", Visitor.Lamp["text"], Channel.PublicDoor, Nature.Help), (file.Title, file.Text, file.Channel, file.Nature));
        Assert.Equal((Mafang, "汇景社区东门", null, CaseStep.Dispatch, District), (file.Home, file.Place, file.Position, file.NextStep, file.NextUnit));
        Assert.True(Dispatcher.CanSee(file));
        Assert.Equal(new Petitioner("周小姐", "13900007788", ""), await portal.Get<PetitionerVault>().OpenAsync(file.Id, Stop));
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal("public", (await db.Log.SingleAsync(entry => entry.Stream == file.Id, Stop)).By.UserId);
    }

    [Fact]
    public async Task WhatIsWrongWithAReport_StandsBesideEachField_AndNothingIsLost()
    {
        using var answer = await new Visitor(portal).ReportAsync(new() { ["text"] = " ", ["street"] = "", ["place"] = "", ["phone"] = "打这个：１３９", ["name"] = "周小姐" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        foreach (var field in new[] { "text", "street", "place", "phone" })
        {
            Assert.DoesNotContain($"id=\"{field}-refusal\" hidden", page, StringComparison.Ordinal);
        }

        Assert.Contains("id=\"name-refusal\" hidden", page, StringComparison.Ordinal);
        Assert.Contains("value=\"周小姐\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/11/110105/110105001/"), InlineData("/11/110117/d.cgw/"), InlineData("/11/"), InlineData("/"), InlineData("nonsense"), InlineData("/11/110117/110117999/")]
    public async Task AStreet_ThatIsNoneOfTheDistrict_IsRefused(string street)
    {
        using var answer = await new Visitor(portal).ReportAsync(new() { ["street"] = street });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task WhoDoesNotKnowTheStreet_SaysSo_AndTheDistrictDecides()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(new() { ["street"] = District.Value });

        var file = await CaseAsync(number);
        Assert.Equal(District, file.Home);
        await portal.DoAsync(file.Id, Dispatcher, file => file.Dispatch(
            new DispatchOrder(Mafang, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));
    }

    [Theory]
    [InlineData("公司拖欠工资三个月，老板电话打不通。", "劳动和社会保障/劳动权益/拖欠工资")]
    [InlineData("谢谢社区的小刘，帮我奶奶送药。", "待分类")]
    public async Task TheMatter_IsFoundInHisWords_OrLeftToTheDispatcher(string text, string category)
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(new() { ["text"] = text });

        Assert.Equal(category, (await CaseAsync(number)).Category);
    }

    [Fact]
    public async Task WhatIsNoText_IsLeftOut_AndLineBreaksStay()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(new() { ["text"] = "一\u0001二\0\uFFFE三\r\n四😀", ["place"] = "东\u0007门" });

        var file = await CaseAsync(number);
        Assert.Equal(("一二三\n四😀", "东门"), (file.Text, file.Place));
    }

    [Fact]
    public async Task AReportOfMisconduct_IsNeverSeenByWhomItIsAbout()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(new() { ["nature"] = "Report", ["reported"] = Mafang.Value, ["text"] = "镇里有人收了红包。" });

        var file = await CaseAsync(number);
        Assert.Equal((Nature.Report, Mafang), (file.Nature, file.ReportedUnit));
        Assert.False(Street.CanSee(file));
        Assert.False(StreetHead.CanSee(file));
        Assert.True(Dispatcher.CanSee(file));
    }

    [Fact]
    public async Task AUnit_IsReportedOnlyInAReport_AndOnlyOneOfTheDistrict()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(new() { ["nature"] = "Complaint", ["reported"] = Mafang.Value });
        using var foreign = await new Visitor(portal).ReportAsync(new() { ["nature"] = "Report", ["reported"] = "/11/110105/d.cgw/" });

        Assert.Null((await CaseAsync(number)).ReportedUnit);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
    }

    [Fact]
    public async Task APosition_IsKeptOnlyIfItWasGiven_AndWhole()
    {
        var (with, _) = await new Visitor(portal).ReportedAsync(new() { ["latitude"] = "40.0412345678", ["longitude"] = "117.0033", ["accuracy"] = "18.4", ["place"] = "" });
        var (half, _) = await new Visitor(portal).ReportedAsync(new() { ["latitude"] = "40.04", ["text"] = "只有一半。" });
        var (none, _) = await new Visitor(portal).ReportedAsync(new() { ["latitude"] = "91", ["longitude"] = "NaN", ["text"] = "不是位置。" });

        var file = await CaseAsync(with);
        Assert.Equal((40.041235, 117.0033, 18), (file.Position!.Latitude, file.Position.Longitude, file.Position.Accuracy));
        Assert.Equal("手机定位处", file.Place);
        Assert.Null((await CaseAsync(half)).Position);
        Assert.Null((await CaseAsync(none)).Position);
    }

    [Fact]
    public async Task Photos_ComeWithTheReport_WithoutWhatThePhoneHangsOnThem()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync(photos: [Pictures.JpegWithSecrets(), Pictures.PngWithSecrets(), Pictures.WebpWithSecrets()]);

        var file = await CaseAsync(number);
        await using var db = await portal.OpenDatabaseAsync();
        var photos = await db.AttachmentUses.Where(use => use.Stream == file.Id)
            .Join(db.Attachments, use => use.AttachmentId, photo => photo.Id, (use, photo) => photo).ToListAsync(Stop);
        Assert.Equal([FileKind.Jpeg, FileKind.Png, FileKind.Webp], photos.Select(photo => photo.ContentType).Order());
        Assert.All(photos, photo =>
        {
            Assert.DoesNotContain("IMG_2026", photo.Name, StringComparison.Ordinal);
            var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(portal.Folder, "files", photo.StoredAs)));
            Assert.DoesNotContain("Secret", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("117.0000E", bytes, StringComparison.Ordinal);
        });
        Assert.NotNull(await portal.Get<FileStore>().FindAsync(photos[0].Id, Dispatcher, Stop));
        Assert.Equal(HttpStatusCode.Redirect, await new Visitor(portal).Client.StatusOfAsync($"/files/{photos[0].Id}"));
    }

    public static TheoryData<string, int, byte[]> NoPhotos() => new()
    {
        { "public.photo.kind", 1, [.. "%PDF-1.7\n"u8] },
        { "public.photo.kind", 1, [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8] },
        { "public.photo.kind", 1, Pictures.Jpeg()[..60] },
        { "public.photo.many", 7, Pictures.Jpeg() },
        { "public.photo.large", 1, [.. Pictures.Jpeg(), .. new byte[7 * 1024 * 1024]] },
    };

    [Theory]
    [MemberData(nameof(NoPhotos))]
    public async Task WhatIsNoPhoto_IsRefused_AndNoneOfThemIsKept(string code, int copies, byte[] bytes)
    {
        await using var before = await portal.OpenDatabaseAsync();
        var known = (await before.Attachments.CountAsync(Stop), await before.Cases.CountAsync(Stop));
        var visitor = new Visitor(portal);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public"));
        portal.Clock.Advance(TimeSpan.FromSeconds(5));

        using var answer = await visitor.PostAsync("/public", form.Concat(Visitor.Lamp), photos: [Pictures.Jpeg(), .. Enumerable.Repeat(bytes, copies)], asksJson: true);

        Assert.Equal(code, await CodeAsync(answer));
        Assert.Equal(known, (await before.Attachments.CountAsync(Stop), await before.Cases.CountAsync(Stop)));
    }

    [Fact]
    public async Task TheSameReportSentAgain_IsOneCase_AndGetsTheSameAnswer()
    {
        var visitor = new Visitor(portal);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public")).Concat(Visitor.Lamp).ToDictionary();
        portal.Clock.Advance(TimeSpan.FromSeconds(5));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.PostAsync("/public", form, photos: [Pictures.Jpeg()], asksJson: true)));
        var again = await visitor.PostAsync("/public", form, asksJson: true);

        var said = await Task.WhenAll(answers.Append(again).Select(answer => answer.Content.ReadAsStringAsync(Stop)));
        Assert.Single(said.Distinct());
        var number = JsonDocument.Parse(said[0]).RootElement.GetProperty("number").GetString()!;
        await using var db = await portal.OpenDatabaseAsync();
        var key = Guid.Parse(form["key"]);
        var hash = Web.PublicDoor.FollowUpCode.HashReport(key, form["text"]);
        Assert.Equal((await CaseAsync(number)).Id, (await db.FollowUps.SingleAsync(follow => follow.ReportHash == hash, Stop)).CaseId);
    }

    [Fact]
    public async Task AnOldForm_WithOtherWords_IsAnotherReport()
    {
        var visitor = new Visitor(portal);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public")).Concat(Visitor.Lamp).ToDictionary();
        portal.Clock.Advance(TimeSpan.FromSeconds(5));

        using var first = await visitor.PostAsync("/public", form);
        var one = Visitor.Receipt(await visitor.ReadAsync("/public/received"));
        using var second = await visitor.PostAsync("/public", form, new() { ["text"] = "另一件事：井盖也松了。" });
        var other = Visitor.Receipt(await visitor.ReadAsync("/public/received"));

        Assert.NotEqual(one.Number, other.Number);
        Assert.NotEqual(one.Code, other.Code);
    }

    [Fact]
    public async Task AStaleToken_LosesNoWord_AndTheNextClickSends()
    {
        var visitor = new Visitor(portal);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public")).Concat(Visitor.Lamp).ToDictionary();
        portal.Clock.Advance(TimeSpan.FromSeconds(5));

        using var refused = await visitor.PostAsync("/public", form, new() { ["__RequestVerificationToken"] = "old" });
        var page = await refused.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("页面放得太久了", page, StringComparison.Ordinal);
        Assert.Contains(form["text"], page, StringComparison.Ordinal);
        Assert.Contains(form["key"], page, StringComparison.Ordinal);
        portal.Clock.Advance(TimeSpan.FromSeconds(5));
        using var sent = await visitor.PostAsync("/public", Visitor.Hidden(page).Concat(Visitor.Lamp));
        Assert.Equal("/public/received", sent.Headers.Location?.ToString());
    }

    [Fact]
    public async Task AProgram_IsToldOnlyThatItDidNotWork_AndAPersonsWordsAreKept()
    {
        var visitor = new Visitor(portal);
        await using var db = await portal.OpenDatabaseAsync();
        var known = await db.Cases.CountAsync(Stop);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public")).Concat(Visitor.Lamp).ToDictionary();

        using var tooQuick = await visitor.PostAsync("/public", form, asksJson: true);
        portal.Clock.Advance(TimeSpan.FromSeconds(5));
        using var hidden = await visitor.PostAsync("/public", form, new() { ["website"] = "http://spam.example" }, asksJson: true);
        using var noStamp = await visitor.PostAsync("/public", form, new() { ["opened"] = "1" }, asksJson: true);
        using var page = await visitor.PostAsync("/public", form, new() { ["website"] = "http://spam.example" });

        Assert.Single(new[] { await SaidAsync(tooQuick), await SaidAsync(hidden), await SaidAsync(noStamp) }.Distinct());
        Assert.Equal(known, await db.Cases.CountAsync(Stop));
        var html = await page.Content.ReadAsStringAsync(Stop);
        Assert.Contains(form["text"], html, StringComparison.Ordinal);
        Assert.DoesNotContain("spam.example", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReportThatLayOnAPhoneForWeeks_IsStillTaken()
    {
        var visitor = new Visitor(portal);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public")).Concat(Visitor.Lamp).ToDictionary();
        portal.Clock.Advance(TimeSpan.FromDays(20));
        var token = JsonDocument.Parse(await visitor.ReadAsync("/public/token")).RootElement.GetProperty("token").GetString()!;

        using var answer = await visitor.PostAsync("/public", form, new() { ["__RequestVerificationToken"] = token, ["text"] = "放了很久。" }, asksJson: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task NothingOfTheReport_StandsInTheLogOfTheServer()
    {
        var visitor = new Visitor(portal);
        var (number, code) = await visitor.ReportedAsync(new() { ["text"] = "独一无二的一句话。", ["phone"] = "13911112222" }, [Pictures.Jpeg()]);
        using var opened = await new Visitor(portal).OpenAsync(number, code);
        using var wrong = await new Visitor(portal).OpenAsync(number, "WRONG-CODE");

        var log = await File.ReadAllTextAsync(Path.Combine(portal.Folder, "portal.log"), Stop);

        foreach (var secret in new[] { "独一无二", "13911112222", "周小姐", code, "WRONG-CODE", number })
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheKeyThatTracesTelephones_IsReadByThePortalAlone()
    {
        await new Visitor(portal).ReportedAsync();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(portal.Folder, "keys", "trace.key")));
        }
    }

    [Fact]
    public async Task ADoor_CanBeShut()
    {
        await using var shut = new Shut();
        var visitor = new Visitor(shut);

        foreach (var path in new[] { "/public", "/public/follow", "/public/token", "/public/sw.js" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await visitor.Client.StatusOfAsync(path));
        }

        Assert.DoesNotContain("href=\"/public\"", await visitor.ReadAsync("/account/sign-in"), StringComparison.Ordinal);
        Assert.Contains("href=\"/public\"", await new Visitor(portal).ReadAsync("/account/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDoor_SpeaksEnglishToo()
    {
        var visitor = new Visitor(portal);
        using var switched = await visitor.Client.FillInAsync("/public", new() { ["culture"] = "en", ["back"] = "/public" }, "/account/language");

        var page = await visitor.ReadAsync(switched.Headers.Location!.ToString());

        Assert.Contains("What would you like to tell us?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("反映", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItCanBeInstalled_AndOpensWithoutALine()
    {
        var client = new Visitor(portal).Client;

        using var worker = await client.GetAsync(new Uri("/public/sw.js", UriKind.Relative), Stop);
        using var manifest = await client.GetAsync(new Uri("/public/manifest.webmanifest", UriKind.Relative), Stop);

        Assert.Equal("/public", worker.Headers.GetValues("Service-Worker-Allowed").Single());
        Assert.Equal("text/javascript", worker.Content.Headers.ContentType?.MediaType);
        Assert.Equal("application/manifest+json", manifest.Content.Headers.ContentType?.MediaType);
        var told = JsonDocument.Parse(await manifest.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal(("民意直通车", "/public", "standalone"), (told.GetProperty("name").GetString(), told.GetProperty("start_url").GetString(), told.GetProperty("display").GetString()));
        var shell = ShellParts().Matches(await worker.Content.ReadAsStringAsync(Stop)).Select(part => part.Groups[1].Value).ToList();
        Assert.True(shell.Count > 8);
        foreach (var part in told.GetProperty("icons").EnumerateArray().Select(icon => icon.GetProperty("src").GetString()!).Concat(shell))
        {
            Assert.Equal(HttpStatusCode.OK, await client.StatusOfAsync(part));
        }
    }

    private async Task<CaseFile> CaseAsync(string number)
    {
        await using var db = await portal.OpenDatabaseAsync();
        return await CaseDesk.WithParts(db.Cases.AsNoTracking()).SingleAsync(file => file.Number == number, Stop);
    }

    private static async Task<string> SaidAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await SaidAsync(answer)).RootElement.GetProperty("refusals")[0].GetProperty("code").GetString();

    [GeneratedRegex("'(/[a-z][^']*\\.[a-z]+)'")]
    private static partial Regex ShellParts();

    private sealed class Shut : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("PublicDoor:Enabled", "false")];
    }
}
