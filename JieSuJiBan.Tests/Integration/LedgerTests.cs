using System.IO.Compression;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Sheets;
using JieSuJiBan.Web.Supervision;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The books of what is hard, and who answers for it.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private readonly NoticePortal _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _portal.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task WhatIsTwiceNo_StandsInItsBook_ForThoseWhoMaySeeIt()
    {
        var id = await CalledBackAsync(Satisfaction.Unsatisfied);
        await CalledBackAsync(Satisfaction.Basically);

        foreach (var reader in new[] { Supervisor, Dispatcher, DistrictLeader, Street, StreetHead })
        {
            Assert.Equal([id], await IdsAsync(reader, LedgerBook.TwiceNo));
        }

        Assert.Empty(await IdsAsync(OtherStreet, LedgerBook.TwiceNo));
        Assert.Empty(await IdsAsync(Energy, LedgerBook.TwiceNo));
    }

    [Fact]
    public async Task WhatIsDemandedAgain_AndWhatTakesLong_StandInTheirBooks()
    {
        var first = await _portal.StartAsync();
        Assert.Empty(await IdsAsync(Supervisor, LedgerBook.LongRunning));
        var again = await _portal.RegisterAsync();
        await using (var db = await _portal.OpenDatabaseAsync())
        {
            var target = JieSuJiBan.Web.Cases.CaseDesk.WithParts(db.Cases).Single(file => file.Id == first);
            await _portal.DoAsync(again, Dispatcher, file => file.MergeInto(target, Dispatcher, Now));
        }

        _portal.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal([first], await IdsAsync(Supervisor, LedgerBook.Repeated));
        Assert.Equal([first], await IdsAsync(Street, LedgerBook.LongRunning));
        Assert.Empty(await IdsAsync(OtherStreet, LedgerBook.LongRunning));
    }

    [Fact]
    public async Task WhoeverIsPutInCharge_IsTold_AndFindsItAtHome()
    {
        var id = await _portal.StartAsync();

        await _portal.DoAsync(id, Supervisor, file => file.AssignCharge(DistrictLeader, Street, "群众反映强烈", Supervisor, Now));

        Assert.Single(await _portal.NoticesOfAsync(DistrictLeader), notice => notice.Kind == NoticeKind.InCharge && notice.Link == $"/cases/{id}");
        Assert.Single(await _portal.NoticesOfAsync(Street), notice => notice.Kind == NoticeKind.InCharge);
        Assert.DoesNotContain(await _portal.NoticesOfAsync(StreetHead), notice => notice.Kind == NoticeKind.InCharge);
        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(DistrictLeader, Stop), group => group.Name == "我包案的诉求");
        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(Street, Stop), group => group.Name == "我专办的诉求");
        Assert.Equal([id], await IdsAsync(Supervisor, LedgerBook.InCharge));
        Assert.Empty(await IdsAsync(Supervisor, LedgerBook.LongRunning, onlyWithoutLeader: true));
    }

    [Fact]
    public async Task ABook_IsExported_WithoutThePetitioner()
    {
        var id = await CalledBackAsync(Satisfaction.Unsatisfied);
        await _portal.DoAsync(id, Supervisor, file => file.AssignCharge(DistrictLeader, null, "双否", Supervisor, Now));

        var answer = await _portal.CreateClientFor(Supervisor).GetAsync(new Uri("/supervision/ledger.xlsx?book=TwiceNo", UriKind.Relative), Stop);

        Assert.Equal(SheetWriter.ContentType, answer.Content.Headers.ContentType!.MediaType);
        using var book = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Stop)));
        using var reader = new StreamReader(book.Entries.Single(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open());
        var text = await reader.ReadToEndAsync(Stop);
        Assert.Contains("平谷区 周启明", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Phone, text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await _portal.CreateClientFor(Archivist).StatusOfAsync("/supervision/ledger.xlsx"));
    }

    private async Task<IEnumerable<Guid>> IdsAsync(Actor by, LedgerBook book, bool onlyWithoutLeader = false) =>
        (await _portal.Get<LedgerList>().ReadAsync(by, new LedgerFilter(book, onlyWithoutLeader), Stop)).Lines.Select(line => line.Id);

    private async Task<Guid> CalledBackAsync(Satisfaction satisfaction)
    {
        var id = await _portal.StartAsync();
        await _portal.DoAsync(id, Street, file => file.Progress("已约谈", null, Street, Now));
        await _portal.DoAsync(id, Street, file => file.Submit("物业不同意", null, Street, Now));
        await _portal.DoAsync(id, StreetHead, file => file.Answer("继续协调", StreetHead, Now));
        _portal.Clock.Advance(TimeSpan.FromDays(8));
        await _portal.DoAsync(id, Dispatcher, file => file.CallBack(No with { Satisfaction = satisfaction }, Dispatcher, Now));
        return id;
    }
}
