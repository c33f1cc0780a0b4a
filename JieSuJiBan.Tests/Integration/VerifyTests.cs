using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data.Migrations.Sqlite;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Somebody alters the database by hand; verify must say where.</summary>
public class VerifyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnUntouchedPortal_IsSound_AndEveryRowIsWhatItsLogAddsUpTo()
    {
        await using var portal = new PortalFixture();
        var id = await portal.StartAsync();
        await portal.ConferAsync(id);
        await portal.CloseAsync();

        var report = await portal.Get<LogVerifier>().VerifyAsync(Stop);

        Assert.Empty(report.Broken);
        Assert.Equal(3, report.Streams);
        Assert.True(report.Entries > 20);
    }

    /// <summary>What the rows did not say before is filled from the logs, and every row is still what its log adds up to.</summary>
    [Fact]
    public async Task ContestsOfBefore_AreFilledFromTheirLogs()
    {
        await using var portal = new PortalFixture();
        var (filed, examined, stored) = (await CalledBackAsync(portal), await CalledBackAsync(portal), await CalledBackAsync(portal));
        var now = portal.Clock.GetUtcNow();
        await portal.DoAsync(stored, Supervisor, file => file.AssignCharge(DistrictLeader, null, "双否", Supervisor, now));
        await portal.DoAsync(stored, Dispatcher, file => file.Close("结案。", Dispatcher, now));
        var print = await portal.Get<FileStore>().KeepAsync("案卷.pdf", FileKind.Pdf, "%PDF-1.7"u8.ToArray(), Stop);
        await portal.DoAsync(stored, Actor.Clock, file => file.StoreFile(print.ToRef(), 1, file.Version, now));
        await portal.DoAsync(stored, Archivist, file => file.Archive("PG-1", "30年", Archivist, now));
        await portal.DoAsync(stored, Archivist, file => file.ErasePetitioner("期满", Archivist, now));
        foreach (var id in new[] { filed, examined, stored })
        {
            await portal.DoAsync(id, Street, file => file.Contest(ContestKind.Result, ContestGround.Other, "理由", null, CallbackTerms.Default with { ContestWithin = new TimeLimit(60, LimitUnit.Days) }, Rules.Calendar, Street, now));
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(7));
        await portal.DoAsync(examined, SecondDispatcher, file => file.ExamineContest(true, "属实", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, portal.Clock.GetUtcNow()));
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE CaseContests SET RemindAt = NULL; UPDATE Cases SET IsErased = 0, HasChangedSinceStored = 0, ClockAt = NULL", Stop);
            Assert.NotEmpty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
            await db.Database.ExecuteSqlRawAsync(ContestsCorrectAndRing.FromTheLogs.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Stop);
        }

        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task CoUnitsOfBefore_AreFilledFromTheirLogs()
    {
        await using var portal = new PortalFixture();
        OrgPath[][] told = [[], [EnergyOffice, PowerCompany], [PowerCompany, EnergyOffice, Huijing], [Enforcers], [HousingOffice.Child("s.a"), District.Child("d.1234567890"), Binhe]];
        await using (var db = await portal.OpenDatabaseAsync())
        {
            foreach (var (no, first, last) in told.SelectMany(_ => told, (first, last) => (first, last)).Select((pair, no) => (no, pair.first, pair.last)))
            {
                var file = RegisteredCase(Garage).Do(file => Send(file, first, At(0.1))).Do(file => Send(file, last, At(0.2)))
                    .Do(file => file.Accept(Street, At(0.5))).Do(file => file.Contact(true, "联系", Street, At(1))).Do(file => file.Progress("进展", null, Street, At(2)))
                    .Do(file => file.Submit("结果", null, Street, At(20))).Do(file => file.Answer("答复", StreetHead, At(21)));
                if (no % 5 != 4)
                {
                    file.Do(file => file.CallBack(No, Dispatcher, At(8 * 24))).Do(file => file.CallBack(Yes, Dispatcher, At(9 * 24)));
                }

                db.Add(file);
                db.Log.AddRange(file.Unsaved);
                file.MarkSaved();
            }

            await db.SaveChangesAsync(Stop);
            var kept = await db.Cases.AsNoTracking().OrderBy(file => file.Id).Select(file => file.CountedCoUnits).ToListAsync(Stop);
            await db.Database.ExecuteSqlRawAsync("UPDATE Cases SET CountedCoUnits = NULL", Stop);
            Assert.NotEmpty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
            await db.Database.ExecuteSqlRawAsync(CoUnitsAreKept.FromTheLogs, Stop);
            Assert.Equal(kept, await db.Cases.AsNoTracking().OrderBy(file => file.Id).Select(file => file.CountedCoUnits).ToListAsync(Stop));
        }

        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        static Outcome Send(CaseFile file, OrgPath[] coUnits, DateTimeOffset at) => file.Dispatch(new DispatchOrder(Mafang, coUnits, At(7 * 24), "7日"), Rules.Calendar, Dispatcher, at);
    }

    private static async Task<Guid> CalledBackAsync(PortalFixture portal)
    {
        var id = await portal.AwaitCallbackAsync();
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(No, Dispatcher, portal.Clock.GetUtcNow()));
        return id;
    }

    [Fact]
    public async Task WhileOfficersWork_NothingSoundIsCalledBroken()
    {
        await using var portal = new PortalFixture();
        var rooms = new[] { await portal.SoundAsync(), await portal.SoundAsync(), await portal.SoundAsync() };
        using var enough = new CancellationTokenSource();

        var talking = Task.Run(
            async () =>
            {
                for (var no = 0; !enough.IsCancellationRequested; no++)
                {
                    await portal.SayAsync(rooms[no % rooms.Length], Energy, $"第{no}句");
                }
            },
            Stop);
        for (var look = 0; look < 10; look++)
        {
            Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
        }

        await enough.CancelAsync();
        await talking;
    }

    [Theory]
    [InlineData("UPDATE Log SET Body = replace(Body, '约谈', '没约谈') WHERE Sequence = 5", "entry 5 is not what was written")]
    [InlineData("UPDATE Log SET By_Name = '别人' WHERE Sequence = 3", "entry 3 is not what was written")]
    [InlineData("UPDATE Log SET By_UnitName = '别处' WHERE Sequence = 3", "entry 3 is not what was written")]
    [InlineData("UPDATE Log SET At = At + 10000 WHERE Sequence = 2", "entry 2 is not what was written")]
    [InlineData("UPDATE Log SET Type = 'case.closed' WHERE Sequence = 4", "entry 4 is not what was written")]
    [InlineData("UPDATE Log SET CaseId = NULL WHERE Sequence = 4", "entry 4 is not what was written")]
    [InlineData("UPDATE Log SET Key = 'x' WHERE Sequence = 4", "entry 4 is not what was written")]
    [InlineData("UPDATE Log SET Hash = zeroblob(32) WHERE Sequence = 1", "entry 1 is not what was written")]
    [InlineData("DELETE FROM Log WHERE Sequence = 2", "entry 2 is missing")]
    [InlineData("DELETE FROM Log WHERE Sequence = 5", "the row stands at entry 5, the log ends at 4")]
    [InlineData("DELETE FROM Log", "the whole log is missing")]
    [InlineData("UPDATE Cases SET Head = zeroblob(32)", "head hash")]
    [InlineData("UPDATE Cases SET Status = 'Closed'", "the row's Status is not what the log adds up to")]
    [InlineData("UPDATE Cases SET DueAt = DueAt + 1", "the row's DueAt is not what the log adds up to")]
    [InlineData("DELETE FROM CaseParties WHERE Part = 'Lead'", "the row's Parties is not what the log adds up to")]
    public async Task OneStoredByteAlteredByHand_IsFound(string sql, string expected)
    {
        await using var portal = new PortalFixture();
        await portal.StartAsync();
        await using (var db = await portal.OpenDatabaseAsync())
        {
            Assert.True(await db.Database.ExecuteSqlRawAsync(sql, Stop) > 0);
        }

        var report = await portal.Get<LogVerifier>().VerifyAsync(Stop);

        Assert.Contains(expected, Assert.Single(report.Broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryByteOfEveryBody_TakesPartInTheHash()
    {
        await using var portal = new PortalFixture();
        var id = await portal.StartAsync();
        var body = typeof(LogEntry).GetProperty(nameof(LogEntry.Body))!;
        var previous = new byte[LogEntry.HashLength];

        foreach (var entry in await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop))
        {
            var written = entry.Body;
            for (var at = 0; at < written.Length; at++)
            {
                body.SetValue(entry, written.Remove(at, 1).Insert(at, written[at] == 'x' ? "y" : "x"));
                Assert.NotEqual(entry.Hash, entry.ComputeHash(previous));
            }

            body.SetValue(entry, written);
            Assert.Equal(entry.Hash, entry.ComputeHash(previous));
            previous = entry.Hash;
        }
    }

    [Fact]
    public async Task AFileAlteredOnDisk_IsFound()
    {
        await using var portal = new PortalFixture();
        var id = await portal.StartAsync();
        var (file, _) = await portal.Get<FileStore>().SaveAsync("现场.png", new MemoryStream(Pictures.Png()), Street, Stop);
        await portal.DoAsync(id, Street, c => c.Progress("附图", [file!.ToRef()], Street, Morning));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        await File.AppendAllTextAsync(Path.Combine(portal.Folder, "files", file!.StoredAs), "x", Stop);

        Assert.Contains("is not what was attached", Assert.Single((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErasingThePetitioner_BreaksNoChain()
    {
        await using var portal = new PortalFixture();
        var id = await portal.CloseAsync();
        var stored = await portal.Get<FileStore>().KeepAsync("案卷.pdf", FileKind.Pdf, [.. "%PDF-1.4"u8], Stop);
        await portal.DoAsync(id, JieSuJiBan.Domain.Organisation.Actor.Clock, file => file.StoreFile(stored.ToRef(), 1, file.Version, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Archivist, file => file.Archive("PG-1", "10年", Archivist, portal.Clock.GetUtcNow()));
        Assert.NotNull(await portal.Get<PetitionerVault>().OpenAsync(id, Stop));

        Assert.True((await portal.Get<CaseDesk>().EraseAsync(id, "保管期满", Archivist)).IsDone);

        Assert.Null(await portal.Get<PetitionerVault>().OpenAsync(id, Stop));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task ThePetitioner_IsNowhereInClear_NeitherInTheDatabaseNorInTheLog()
    {
        await using var portal = new PortalFixture();
        var id = await portal.StartAsync();
        await portal.Get<CaseDesk>().RevealAsync(id, "电话联系", Street);
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Stop);
        }

        foreach (var path in Directory.EnumerateFiles(portal.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            var text = await reader.ReadToEndAsync(Stop);
            Assert.DoesNotContain(Caller.Phone, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Caller.Name, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Caller.Address, text, StringComparison.Ordinal);
        }
    }
}
