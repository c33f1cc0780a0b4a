using System.Data.Common;
using System.Net;
using System.Text;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Log;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using static JieSuJiBan.Tests.Support.Given;
using static JieSuJiBan.Tests.Support.HotlineSheet;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The hotline's orders come in: new, changed, known or refused, each row whole, and the same file twice changes nothing.</summary>
public sealed class ImportTests(ImportTests.StoppablePortal portal) : IClassFixture<ImportTests.StoppablePortal>
{
    private static readonly Actor s_elsewhere = Dispatcher with { UserId = "elsewhere", Unit = new OrgPath("/11/110105/d.zhzx") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ImportDesk Desk => portal.Get<ImportDesk>();

    [Fact]
    public async Task ANewOrder_IsACase_WithAllThatARegisteredOneHas()
    {
        var run = await portal.ImportAsync(Books.Xlsx(Of(Order("NEW1"), Order("NEW2", unit: "区城管委"), Order("NEW3", status: "已办结", unit: "马坊镇", satisfied: "满意"))));

        Assert.Equal((ImportStatus.Done, 3, 3, 0), (run.Status, run.Total, run.Added, run.Refused));
        await using var db = await portal.OpenDatabaseAsync();
        var files = await db.Cases.Where(file => file.SourceNumber!.StartsWith("NEW")).OrderBy(file => file.SourceNumber).ToListAsync(Stop);
        Assert.Equal([CaseStatus.Registered, CaseStatus.Dispatched, CaseStatus.TakenOver], files.Select(file => file.Status));
        Assert.Equal([null, EnergyOffice, Mafang], files.Select(file => file.FirstReceiver));
        Assert.All(files, file => Assert.Equal((Huijing, Channel.Hotline, At(-0.75)), (file.Home, file.Channel, file.RaisedAt)));
        Assert.Equal(Satisfaction.Satisfied, files[2].Satisfaction);

        var ids = files.ConvertAll(file => file.Id);
        var triage = await db.Triages.Where(row => ids.Contains(row.CaseId)).ToDictionaryAsync(row => row.CaseId, Stop);
        Assert.Equal([null, EnergyOffice, Mafang], ids.Select(id => triage[id].Lead));
        Assert.Equal([(ids[1], EnergyOffice), (ids[2], Mafang)], (await db.Lessons.Where(lesson => ids.Contains(lesson.CaseId)).OrderBy(lesson => lesson.Id).ToListAsync(Stop)).Select(lesson => (lesson.CaseId, lesson.Unit)));
        Assert.All(await db.Petitioners.Where(row => ids.Contains(row.CaseId)).ToListAsync(Stop), row => Assert.NotNull(row.Trace));
        var (who, _) = await portal.Get<CaseDesk>().RevealAsync(ids[0], "核实地点", Dispatcher);
        Assert.Equal("13000000001", who!.Phone);
        Assert.Contains(files[0].Id, (await portal.Get<CaseList>().ReadAsync(Dispatcher, new CaseFilter(Search: "NEW1"), Stop)).Lines.Select(line => line.Id));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheSameFileTwice_ChangesNothing()
    {
        var bytes = Books.Csv(Of(Order("TWICE1"), Order("TWICE2", unit: "区城管委"), Order("TWICE3", status: "已办结"), Order("TWICE1")), Books.Gb18030);
        var first = await portal.ImportAsync(bytes);
        var entries = await CountLogAsync();

        var second = await portal.ImportAsync(bytes);

        Assert.Equal((3, 1), (first.Added, first.Known));
        Assert.Equal((0, 0, 4, 0), (second.Added, second.Updated, second.Known, second.Refused));
        Assert.Equal(entries, await CountLogAsync());
        Assert.Equal((await portal.RowsAsync(first)).Select(row => row.CaseId), (await portal.RowsAsync(second)).Select(row => row.CaseId));
    }

    [Fact]
    public async Task WhatTheHotlineChanged_IsUpdated_AndNamedInTheResult()
    {
        await portal.ImportAsync(Books.Xlsx(Of(Order("UPD1"), Order("UPD2"), Order("UPD3", status: "已办结", unit: "马坊镇"))));

        var run = await portal.ImportAsync(Books.Xlsx(Of(Order("UPD1", text: "村口五盏路灯不亮。"), Order("UPD2"), Order("UPD3", unit: "马坊镇"))));

        Assert.Equal((0, 2, 1), (run.Added, run.Updated, run.Known));
        var rows = await portal.RowsAsync(run);
        Assert.Equal([(ImportResult.Updated, "主要内容"), (ImportResult.Known, null), (ImportResult.Updated, "工单状态")], rows.Select(row => (row.Result, row.Changed)));
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal("村口五盏路灯不亮。", db.Cases.Single(file => file.SourceNumber == "UPD1").SourceSays("主要内容"));
        Assert.Equal((CaseStatus.Dispatched, Mafang), db.Cases.Where(file => file.SourceNumber == "UPD3").Select(file => new { file.Status, file.FirstReceiver }).AsEnumerable().Select(file => (file.Status, file.FirstReceiver!.Value)).Single());
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task ANumberThatComesTwiceInAFile_CountsWhereItStandsFirst_SoTheSameFileStillChangesNothing()
    {
        var bytes = Books.Xlsx([.. Many("AGAIN", 501), Order("AGAIN00001", text: "另一段内容。"), Order("AGAIN00501", unit: "区城管委")]);
        var first = await portal.ImportAsync(bytes);
        var entries = await CountLogAsync();

        var second = await portal.ImportAsync(bytes);

        Assert.Equal((501, 0, 0, 2), (first.Added, first.Updated, first.Known, first.Refused));
        Assert.Equal("与第4行的工单编号相同，以第4行为准。", (await portal.RowsAsync(first, ImportResult.Refused))[0].Chinese);
        Assert.Equal((0, 0, 501, 2), (second.Added, second.Updated, second.Known, second.Refused));
        Assert.Equal(entries, await CountLogAsync());
    }

    [Fact]
    public async Task WhatTurnsOutToBeAReport_IsTakenFromWhoeverItMayBeAbout_AndNotSentToHim()
    {
        await portal.ImportAsync(Books.Xlsx(Of(Order("TURN1"), Order("TURN2", unit: "马坊镇"), Order("TURN3", status: "已办结", unit: "马坊镇"))));

        var run = await portal.ImportAsync(Books.Xlsx(Of(Report("TURN1", ""), Report("TURN2", ""), Report("TURN3", "已办结"))));

        Assert.Equal(3, run.Updated);
        await using var db = await portal.OpenDatabaseAsync();
        var files = await db.Cases.Include(file => file.Parties).Where(file => file.SourceNumber!.StartsWith("TURN")).OrderBy(file => file.SourceNumber).ToListAsync(Stop);
        Assert.Equal([CaseStatus.Registered, CaseStatus.Registered, CaseStatus.TakenOver], files.Select(file => file.Status));
        Assert.All(files, file =>
        {
            Assert.Equal(Nature.Report, file.Nature);
            Assert.False(Street.CanSee(file));
            Assert.DoesNotContain(file.Parties, party => party.IsCurrent && Mafang.Contains(party.Unit));
            Assert.Equal(("", null), db.Triages.Where(row => row.CaseId == file.Id).Select(row => new { row.PlaceName, row.Lead }).AsEnumerable().Select(row => (row.PlaceName, row.Lead)).Single());
        });
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        static object?[] Report(string number, string status) => [.. Order(number, unit: "马坊镇", status: status)[..^1], "举报"];
    }

    [Fact]
    public async Task ARowThatCannotBeTaken_IsRefusedWithItsReason_AndTheOthersComeIn()
    {
        var run = await portal.ImportAsync(Books.Xlsx(Of(
            Order(""), Order("REF1", district: "朝阳区"), Order("REF2", street: "没有镇", community: ""), Order("2.02E+13"), Order("REF3", street: "", community: "", place: "不知何处", title: "某事"), Order("REF4"))));

        Assert.Equal((ImportStatus.Done, 1, 5), (run.Status, run.Added, run.Refused));
        var refused = await portal.RowsAsync(run, ImportResult.Refused);
        Assert.Equal([4, 5, 6, 7, 8], refused.Select(row => row.Row));
        Assert.All(refused, row => Assert.True(row is { CaseId: null, Chinese: { Length: > 5 }, English: { Length: > 5 } }));
        Assert.Equal("没有工单编号。", refused[0].Chinese);
    }

    [Fact]
    public async Task ARowWithoutAStreet_IsPlacedByItsAddress_AsDemandsBeforeHaveShown()
    {
        await portal.ImportAsync(Books.Xlsx(Of(Order("SEEN1", place: "幸福家园小区3号楼"), Order("SEEN2", place: "幸福家园5号楼"))));

        var run = await portal.ImportAsync(Books.Xlsx(Of(
            Order("FOUND1", street: "", community: "", place: "幸福家园小区东门"), Order("FOUND2", street: "", community: "", place: "滨河街道某处"), Order("FOUND3", street: "", community: "", place: "无人知道的地方"))));

        Assert.Equal((2, 1), (run.Added, run.Refused));
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal([Huijing, Binhe], await db.Cases.Where(file => file.SourceNumber!.StartsWith("FOUND")).OrderBy(file => file.SourceNumber).Select(file => file.Home).ToListAsync(Stop));
    }

    [Fact]
    public async Task ACancelledImport_HasTakenInWholeRows_AndSaysHowFarItCame()
    {
        using var cancel = new CancellationTokenSource();
        portal.AfterBatch = cancel.Cancel;
        var bytes = Books.Xlsx(Many("CAN", 1200));
        var run = await portal.ImportAsync(bytes, cancel);
        portal.AfterBatch = null;

        await AssertWholeAsync(run, ImportStatus.Cancelled, "CAN", 500);

        var again = await portal.ImportAsync(bytes);
        Assert.Equal((ImportStatus.Done, 700, 500), (again.Status, again.Added, again.Known));
    }

    [Fact]
    public async Task ACrash_LeavesWholeRows_AndTheNextImportFillsInTheRest()
    {
        var batches = 0;
        portal.AfterBatch = () => _ = ++batches == 2 ? throw new InvalidOperationException("The lights went out.") : 0;
        var bytes = Books.Xlsx(Many("CRASH", 1200));
        var run = await portal.ImportAsync(bytes);
        portal.AfterBatch = null;

        await AssertWholeAsync(run, ImportStatus.Interrupted, "CRASH", 500);

        var again = await portal.ImportAsync(bytes);
        Assert.Equal((ImportStatus.Done, 700, 500), (again.Status, again.Added, again.Known));
    }

    [Fact]
    public async Task ARunThatADeadPortalLeft_IsInterrupted_AndAnUnwantedFileCleared()
    {
        var (brought, _) = await Desk.BringAsync("留下.xlsx", new MemoryStream(Books.Xlsx(Of(Order("DEAD1")))), Dispatcher, Stop);
        var dead = await portal.ImportAsync(Books.Xlsx(Of(Order("DEAD2"))));
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.ImportRuns.Where(run => run.Id == dead.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, ImportStatus.Running).SetProperty(run => run.UpdatedAt, portal.Clock.GetUtcNow().AddDays(-2)), Stop);
            await db.ImportRuns.Where(run => run.Id == brought).ExecuteUpdateAsync(set => set.SetProperty(run => run.UpdatedAt, portal.Clock.GetUtcNow().AddDays(-2)), Stop);
        }

        await portal.Get<ImportLine>().SweepAsync(Stop);

        Assert.Equal(ImportStatus.Interrupted, (await Desk.FindAsync(dead.Id, Dispatcher, Stop))!.Status);
        Assert.Null(await Desk.FindAsync(brought, Dispatcher, Stop));
    }

    [Fact]
    public async Task ABrokenFile_IsRefusedBeforeAnythingIsWritten()
    {
        // Whole as far as the preview looks, broken behind the first batches.
        var bytes = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(Books.Csv(Many("BROKEN", 1500)))}BROKENX,\"没有结束");

        var run = await portal.ImportAsync(bytes);

        Assert.Equal((ImportStatus.Refused, "sheet.quote", 0), (run.Status, run.Refusal!.Code, run.Finished));
        await using var db = await portal.OpenDatabaseAsync();
        Assert.False(await db.Cases.AnyAsync(file => file.SourceNumber!.StartsWith("BROKEN"), Stop));
    }

    [Fact]
    public async Task TheMapping_IsRememberedForFilesOfThatForm_InThatDistrict()
    {
        object?[][] rows = [["甲编", "摘要", "镇街全称"], ["MAP1", "路灯不亮", "马坊镇"]];
        var run = await BringAsync(rows);
        Assert.Equal("intake.header", (await Desk.StartAsync(run.Id, run.Map!, Dispatcher)).Refusal!.Code);

        var map = run.Map!.With(0, HotlineColumn.Number).With(1, HotlineColumn.Title).With(2, HotlineColumn.Street);
        Assert.Null((await Desk.StartAsync(run.Id, map, Dispatcher)).Refusal);
        await OverAsync(run.Id);

        Assert.Equal([HotlineColumn.Number, HotlineColumn.Title, HotlineColumn.Street], (await BringAsync(rows)).Map!.Columns);
        Assert.Equal([HotlineColumn.Number, HotlineColumn.Title, HotlineColumn.Street], (await BringAsync([["标题行"], .. rows[..1], ["MAP2", "另一件", "马坊镇"]])).Map!.Columns);
        Assert.Equal(0, (await BringAsync(rows, s_elsewhere)).Map!.Recognised);
        Assert.Equal(0, (await BringAsync([["甲编", "摘要", "镇街全称", "多一列"], ["MAP1", "路灯不亮", "马坊镇", ""]])).Map!.Recognised);
    }

    [Fact]
    public async Task AFileOnItsWay_IsImportedInItsTurn_AndItsCopyRemoved()
    {
        var run = await BringAsync(Of(Order("LINE1")));

        Assert.Null((await Desk.StartAsync(run.Id, run.Map!, Dispatcher)).Refusal);
        Assert.Equal("intake.begun", (await Desk.StartAsync(run.Id, run.Map!, Dispatcher)).Refusal!.Code);

        Assert.Equal((ImportStatus.Done, 1), await OverAsync(run.Id) is var over ? (over.Status, over.Added) : default);
        await Eventually.IsTrueAsync(() => !File.Exists(portal.Get<ImportFiles>().PathOf(run.StoredAs!)), Stop);
    }

    [Fact]
    public async Task OnlyTheCommandCentreImports_AndOnlyItsOwnDistrictsRuns()
    {
        var run = await BringAsync(Of(Order("RIGHT1")));

        Assert.Equal("unknown", (await Desk.BringAsync("工单.csv", new MemoryStream(Books.Csv(Of(Order("RIGHT2")))), Street, Stop)).Outcome.Refusal!.Code);
        foreach (var stranger in new[] { Street, Supervisor, s_elsewhere })
        {
            Assert.Null(await Desk.FindAsync(run.Id, stranger, Stop));
            Assert.Equal("unknown", (await Desk.StartAsync(run.Id, run.Map!, stranger)).Refusal!.Code);
            Assert.Equal("unknown", (await Desk.CancelAsync(run.Id, stranger)).Refusal!.Code);
            Assert.Empty(await Desk.RowsAsync(run.Id, null, 0, 10, stranger, Stop));
            Assert.DoesNotContain(run.Id, (await Desk.ListAsync(stranger, 1, Stop)).Lines.Select(line => line.Id));
        }

        var street = portal.CreateClientFor(Street);
        foreach (var path in new[] { "/imports", $"/imports/{run.Id}", $"/imports/{run.Id}/rows.xlsx" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync(path, Stop)).StatusCode);
        }

        var centre = portal.CreateClientFor(Dispatcher);
        Assert.Equal(HttpStatusCode.OK, (await centre.GetAsync($"/imports/{run.Id}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await centre.GetAsync($"/imports/{Guid.NewGuid()}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await centre.GetAsync($"/imports/{Guid.NewGuid()}/rows.xlsx", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await centre.PostAsync("/imports/files", new ByteArrayContent([1]), Stop)).StatusCode);  // without a token
    }

    [Fact]
    public async Task TheResult_IsDownloaded_AndNoTextInItBecomesAFormula()
    {
        var run = await portal.ImportAsync(Books.Xlsx(Of(Order("DOWN1", title: "=cmd|' /C calc'!A0 请回电13000000001"), Order("=1+1", district: "朝阳区"))));

        using var answer = await portal.CreateClientFor(Dispatcher).GetAsync($"/imports/{run.Id}/rows.xlsx", Stop);
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync(Stop));
        using var sheet = new StreamReader(zip.Entries.Single(entry => entry.Name == "sheet1.xml").Open());
        var xml = await sheet.ReadToEndAsync(Stop);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.Matches("""t="inlineStr"><is><t xml:space="preserve">=cmd""", xml);
        Assert.Contains("不是本区", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("13000000001", xml, StringComparison.Ordinal);
    }

    private async Task AssertWholeAsync(ImportRun run, ImportStatus status, string prefix, int finished)
    {
        Assert.Equal((status, 1200, finished), (run.Status, run.Total, run.Finished));
        await using var db = await portal.OpenDatabaseAsync();
        var ids = await db.Cases.Where(file => file.SourceNumber!.StartsWith(prefix)).Select(file => file.Id).ToListAsync(Stop);
        Assert.Equal(finished, ids.Count);
        Assert.Equal(finished, (await portal.RowsAsync(run)).Count);
        Assert.Equal(finished, await db.Petitioners.CountAsync(row => ids.Contains(row.CaseId), Stop));
        Assert.Equal(finished, await db.Triages.CountAsync(row => ids.Contains(row.CaseId), Stop));
        Assert.Equal(finished, await db.Log.CountAsync(entry => ids.Contains(entry.Stream) && entry.Sequence == 1, Stop));
    }

    private async Task<int> CountLogAsync()
    {
        await using var db = await portal.OpenDatabaseAsync();
        return await db.Log.CountAsync(Stop);
    }

    private async Task<ImportRun> BringAsync(object?[][] rows, Actor? by = null)
    {
        by ??= Dispatcher;
        var (id, outcome) = await Desk.BringAsync("工单.xlsx", new MemoryStream(Books.Xlsx(rows)), by, Stop);
        Assert.Null(outcome.Refusal);
        return (await Desk.FindAsync(id, by, Stop))!;
    }

    private async Task<ImportRun> OverAsync(Guid id)
    {
        ImportRun? run = null;
        await Eventually.IsTrueAsync(() => (run = Desk.FindAsync(id, Dispatcher, Stop).GetAwaiter().GetResult()) is { } read && !read.Status.IsUnderWay(), Stop);
        return run!;
    }

    /// <summary>A portal in which a test may step in when a batch has been written and is not yet committed.</summary>
    public sealed class StoppablePortal : PortalFixture
    {
        public Action? AfterBatch { get; set; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(new Watch(this))));
        }

        private sealed class Watch(StoppablePortal portal) : DbCommandInterceptor
        {
            public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
            {
                if (command.CommandText.Contains("\"Added\" + ", StringComparison.Ordinal))
                {
                    portal.AfterBatch?.Invoke();
                }

                return ValueTask.FromResult(result);
            }
        }
    }
}
