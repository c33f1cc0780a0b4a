using System.Net;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Reports;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What a case's printed file says and to whom, what its seal vouches for, and the copy that is put away when the case closes.</summary>
public class ReportTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly string s_told = $"已与{Caller.Name}（{Caller.Phone}，身份证11022619700101123X）约定到{Caller.Address}，或打13912345678、69961234，邻居住3号楼1单元202室。";
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), IncludeFields = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReportDesk Reports => portal.Get<ReportDesk>();

    // ------------------------------------------------------------------ what it says

    [Fact]
    public async Task Parts_StandInTheirOrder_AndEachHasWhatBelongsInIt()
    {
        var report = (await Reports.ReadMaskedAsync(await portal.TellEverywhereAsync("办理情况。"), Street, Stop))!;

        // After 封面 and 目录.
        Assert.Equal(
            ["诉求工单", "派单、异议与审核", "首次联系", "现场记录与附件清单", "哨单", "响应与报到登记", "会商纪要", "批示、提级、延期", "各单位办理反馈", "答复", "回访与评价", "双向评价", "督办、申诉", "时间轴", "备考表"],
            report.Sections.Select(section => section.Title));
        Assert.Equal(["督办、申诉"], report.Sections.Where(section => section.Blocks.Count == 0).Select(section => section.Title));
        Assert.Equal(14, report.Cover.Items);
    }

    [Fact]
    public async Task Parts_OfACaseThatHasJustBegun_SayThatThereIsNothingYet()
    {
        var report = (await Reports.ReadMaskedAsync(await portal.RegisterAsync(), Dispatcher, Stop))!;

        Assert.Equal(["demand", "timeline", "note"], report.Sections.Where(section => section.Blocks.Count > 0).Select(section => section.Id));
        Assert.Contains(report.Sections[^1].Blocks.OfType<FactsBlock>().Single().Facts, fact => fact is ("立卷人", "（未结案）"));
    }

    [Fact]
    public async Task Contents_NameWhoIsResponsibleForEachPart()
    {
        var report = (await Reports.ReadMaskedAsync(await portal.TellEverywhereAsync("办理情况。"), Street, Stop))!;

        Assert.Equal(
            ["区指挥中心", "区指挥中心", "马坊镇", "马坊镇", "马坊镇", "马坊镇", "马坊镇", "马坊镇", "区城管委", "马坊镇", "区指挥中心", "马坊镇", "", "区指挥中心", ""],
            report.Sections.Select(section => section.By));
    }

    [Fact]
    public async Task Timeline_TellsEverythingInTheOrderOfTime()
    {
        var id = await portal.TellEverywhereAsync("办理情况。");
        var report = (await Reports.ReadMaskedAsync(id, Street, Stop))!;
        var timeline = report.Sections.Single(section => section.Id == "timeline").Blocks.Cast<EntryBlock>().ToList();

        Assert.Equal(report.Heads.Sum(head => head.Sequence), timeline.Count);
        Assert.Equal(timeline.Select(entry => entry.At).Order(), timeline.Select(entry => entry.At));
    }

    [Fact]
    public async Task ThePage_PromisesNoPageNumbers()
    {
        var id = await portal.StartAsync();

        var page = await portal.CreateClientFor(Street).GetStringAsync(Address($"/cases/{id}/report"), Stop);

        Assert.Contains("<th>顺序号</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th>页号</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th>页数</th>", page, StringComparison.Ordinal);
    }

    // ------------------------------------------------------------------ masked and full

    [Fact]
    public async Task TheMaskedVersion_NamesNobody_WhereverHeWasNamed()
    {
        var id = await portal.TellEverywhereAsync(s_told);
        var report = (await Reports.ReadMaskedAsync(id, Street, Stop))!;
        var page = await portal.CreateClientFor(Street).GetStringAsync(Address($"/cases/{id}/report"), Stop);

        foreach (var secret in new[] { Caller.Name, Caller.Phone, Caller.Address, "7号楼2单元501", "11022619700101123X", "13912345678", "69961234", "1单元202" })
        {
            Assert.All(report.Sections, section => Assert.DoesNotContain(secret, TextOf(section), StringComparison.Ordinal));
            Assert.DoesNotContain(secret, report.Cover.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        }

        Assert.Contains("孟**", TextOf(report.Sections[0]), StringComparison.Ordinal);
        Assert.DoesNotContain(report.Sections.SelectMany(section => section.Blocks), block => block is PhotosBlock);
    }

    [Fact]
    public async Task TheFullVersion_HasItAll_AndReadingItIsWrittenDown()
    {
        var id = await portal.TellEverywhereAsync(s_told);

        var (report, outcome) = await Reports.ReadFullAsync(id, "归档前核对", Street, Stop);

        Assert.Null(outcome.Refusal);
        var demand = TextOf(report!.Sections[0]);
        Assert.All(new[] { Caller.Name, Caller.Phone, Caller.Address, s_told }, secret => Assert.Contains(secret, demand, StringComparison.Ordinal));
        Assert.Contains(report.Sections.SelectMany(section => section.Blocks), block => block is PhotosBlock);
        var entry = (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop))[^1];
        Assert.Equal((new FullFileRead("归档前核对"), Street.UserId), (entry.Event, entry.By.UserId));
    }

    [Theory]
    [InlineData("cgw", "办理", "case.full-file.role")]
    [InlineData("mafang-hj", "办理", "case.full-file.role")]
    [InlineData("binhe", "办理", "unknown")]
    [InlineData("admin", "办理", "unknown")]
    [InlineData("mafang", " ", "purpose")]
    public async Task TheFullVersion_IsForThoseWhoMay_AndSayWhatFor(string user, string purpose, string refused)
    {
        var id = await portal.StartAsync();
        await portal.SoundAsync(id);
        var before = (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Count;

        var (report, outcome) = await Reports.ReadFullAsync(id, purpose, Cast.Single(actor => actor.UserId == user), Stop);

        Assert.Null(report);
        Assert.Contains(refused, $"{outcome.Refusal!.Code} {outcome.Refusal.Field}", StringComparison.Ordinal);
        Assert.Equal(before, (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Count);
    }

    [Fact]
    public async Task TheFullPdf_IsPosted_WithTheToken_AndDoesNotExistForOthers()
    {
        var id = await portal.StartAsync();
        var foreign = await portal.DispatchAsync(Binhe, Garage with { Home = Binhe });
        var client = portal.CreateClientFor(Street);
        var token = HostingTests.TokenIn(await client.GetStringAsync(Address("/"), Stop));

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(id, "核对", ""));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(id, " ", token));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(foreign, "核对", token));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Guid.NewGuid(), "核对", token));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Guid.Empty, "核对", token));

        async Task<HttpStatusCode> PostAsync(Guid of, string purpose, string antiforgery)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["purpose"] = purpose, ["__RequestVerificationToken"] = antiforgery });
            using var response = await client.PostAsync(Address($"/cases/{of}/report.pdf"), form, Stop);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task AStranger_LearnsNothing_NotEvenWhetherThereIsSuchACase()
    {
        var id = await portal.StartAsync();
        var code = (await Reports.ReadMaskedAsync(id, Street, Stop))!.SealCode;

        foreach (var path in new[] { $"/cases/{id}/report", $"/cases/{id}/report.pdf", $"/verify/{code}", $"/cases/{Guid.NewGuid()}/report.pdf", "/verify/AAAA" })
        {
            using var response = await portal.CreateClientFor(null).GetAsync(Address(path), Stop);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.StartsWith("/account/sign-in", response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    // ------------------------------------------------------------------ the stored file

    [Fact]
    public async Task Closing_StoresTheMaskedFile_WithItsHash_ForThoseWhoMayReadAllOfIt()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var id = await portal.TellEverywhereAsync(s_told);
        await portal.DoAsync(id, Dispatcher, file => file.Close("同意结案。", Dispatcher, portal.Clock.GetUtcNow()));

        await portal.Get<FileKeeper>().StoreAllAsync(Stop);

        var stored = (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Select(entry => entry.Event).OfType<CaseFileStored>().Single();
        var bytes = await portal.CreateClientFor(Street).GetByteArrayAsync(Address($"/files/{stored.File.Id}"), Stop);
        var path = Path.Combine(portal.Folder, "stored.pdf");
        await File.WriteAllBytesAsync(path, bytes, Stop);
        Assert.Equal(stored.File.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Matches($@"Pages:\s+{stored.Pages}\s", await Poppler.TextOfAsync("pdfinfo", path));
        var text = await Poppler.TextOfAsync("pdftotext", path, "-");
        Assert.Contains("电力类诉求", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Phone, text, StringComparison.Ordinal);
        foreach (var actor in Cast)
        {
            using var response = await portal.CreateClientFor(actor).GetAsync(Address($"/files/{stored.File.Id}"), Stop);
            var isTheirs = actor.Role.OverseesDistrict() || actor.Role == Role.Archivist || actor.Unit == Mafang;
            Assert.True(response.StatusCode == (isTheirs ? HttpStatusCode.OK : HttpStatusCode.NotFound), $"{actor.UserId}: {response.StatusCode}");
        }

        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task WhatAnAppealChangesAfterwards_IsStoredAgainWhenItIsOver_AndBothPrintsAreGuarded()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        await using var own = new PortalFixture();
        var (id, keeper) = (await own.CloseAsync(), own.Get<FileKeeper>());
        await keeper.StoreAllAsync(Stop);

        await own.DoAsync(id, Street, file => file.Contest(ContestKind.Result, ContestGround.WrongRecord, "与本人说的不符。", null, CallbackTerms.Default, Rules.Calendar, Street, own.Clock.GetUtcNow()));
        await own.DoAsync(id, SecondDispatcher, file => file.ExamineContest(true, "属实。", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, own.Clock.GetUtcNow()));
        await own.DoAsync(id, Supervisor, file => file.DecideContest(true, ContestRemedy.CallAgain, "重新回访。", Supervisor, own.Clock.GetUtcNow()));
        await keeper.StoreAllAsync(Stop);
        Assert.Single(await StoredAsync());                                                    // the new call is still to come

        await own.DoAsync(id, SecondDispatcher, file => file.CallBack(No, SecondDispatcher, own.Clock.GetUtcNow()));
        await keeper.StoreAllAsync(Stop);
        await keeper.StoreAllAsync(Stop);

        var stored = await StoredAsync();
        Assert.Equal(2, stored.Count);
        var path = Path.Combine(own.Folder, "again.pdf");
        await File.WriteAllBytesAsync(path, await own.CreateClientFor(Street).GetByteArrayAsync(Address($"/files/{stored[1].File.Id}"), Stop), Stop);
        Assert.Contains("审定：成立", await Poppler.TextOfAsync("pdftotext", path, "-"), StringComparison.Ordinal);
        foreach (var print in stored)
        {
            using var helper = await own.CreateClientFor(Village).GetAsync(Address($"/files/{print.File.Id}"), Stop);
            Assert.Equal(HttpStatusCode.NotFound, helper.StatusCode);
        }

        Assert.Empty((await own.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        Task<List<CaseFileStored>> StoredAsync() => StoredOfAsync(own, id);
    }

    [Fact]
    public async Task MarksThatComeAfterTheStoring_StandInAnotherPrint()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        var (id, keeper) = (await portal.StartAsync(), portal.Get<FileKeeper>());
        var whistle = await portal.ConfirmAsync(id);
        foreach (var unit in new[] { EnergyOffice, PowerCompany })
        {
            await portal.InRoomAsync(whistle, Street, room => room.AssessUnit(unit, new UnitRating(5, 5, 5, 5, null), Street, portal.Clock.GetUtcNow()));
        }

        await portal.InRoomAsync(whistle, Energy, room => room.AssessWhistle(new WhistleRating(5, 5, 5, "找对了单位。"), Energy, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(whistle, Street, room => room.End(Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, StreetHead, file => file.Answer("充电桩已可使用。", StreetHead, portal.Clock.GetUtcNow()));
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(Yes, Dispatcher, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Dispatcher, file => file.Close("同意结案。", Dispatcher, portal.Clock.GetUtcNow()));
        await keeper.StoreAllAsync(Stop);
        Assert.Single(await StoredOfAsync(portal, id));

        await portal.InRoomAsync(whistle, Actor.Clock, room => room.Ring(Rules, portal.Clock.GetUtcNow()));
        await keeper.StoreAllAsync(Stop);
        await keeper.StoreAllAsync(Stop);

        var stored = await StoredOfAsync(portal, id);
        Assert.Equal(2, stored.Count);
        var path = Path.Combine(portal.Folder, "marks.pdf");
        await File.WriteAllBytesAsync(path, await portal.CreateClientFor(Street).GetByteArrayAsync(Address($"/files/{stored[1].File.Id}"), Stop), Stop);
        Assert.Contains("没有评价的记未评", await Poppler.TextOfAsync("pdftotext", path, "-"), StringComparison.Ordinal);
    }

    private static async Task<List<CaseFileStored>> StoredOfAsync(PortalFixture portal, Guid id) =>
        [.. (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Select(entry => entry.Event).OfType<CaseFileStored>()];

    [Fact]
    public async Task AFileThatCannotBePrinted_DoesNotHoldUpTheOthers()
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        await using var own = new PortalFixture();
        var cases = new[] { await CloseAsync(isReadable: false), await CloseAsync(isReadable: true) };

        await own.Get<FileKeeper>().StoreAllAsync(Stop);

        await using var db = await own.OpenDatabaseAsync();
        Assert.Equal([cases[1]], await db.Cases.Where(file => file.StoredFile != null).Select(file => file.Id).ToListAsync(Stop));

        async Task<Guid> CloseAsync(bool isReadable)
        {
            var id = await own.StartAsync();
            if (!isReadable)
            {
                await using var vault = await own.OpenDatabaseAsync();
                await vault.Petitioners.Where(petitioner => petitioner.CaseId == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(petitioner => petitioner.Sealed, new byte[] { 1, 2, 3 }), Stop);
            }

            await own.DoAsync(id, Street, file => file.Submit("已办结。", null, Street, own.Clock.GetUtcNow()));
            await own.DoAsync(id, StreetHead, file => file.Answer("已办结。", StreetHead, own.Clock.GetUtcNow()));
            own.Clock.Advance(TimeSpan.FromDays(8));
            await own.DoAsync(id, Dispatcher, file => file.CallBack(Yes, Dispatcher, own.Clock.GetUtcNow()));
            await own.DoAsync(id, Dispatcher, file => file.Close("同意结案。", Dispatcher, own.Clock.GetUtcNow()));
            return id;
        }
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private static string TextOf(ReportSection section) => $"{section} {JsonSerializer.Serialize(section.Blocks.Select(block => (object)block), s_readable)}";
}
