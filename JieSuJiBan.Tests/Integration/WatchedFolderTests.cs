using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static JieSuJiBan.Tests.Support.HotlineSheet;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Files that another program lays down are imported when they are whole, and moved aside with what came of them.</summary>
public sealed class WatchedFolderTests : IClassFixture<PortalFixture>, IDisposable
{
    private readonly PortalFixture _portal;
    private readonly Scratch _scratch = new();
    private readonly WatchedFolder _folder;

    public WatchedFolderTests(PortalFixture portal)
    {
        _portal = portal;
        _folder = ActivatorUtilities.CreateInstance<WatchedFolder>(portal.Services, Options.Create(new IntakeOptions { Folder = _scratch.Folder }));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task AWholeFile_IsImported_AndMovedAsideWithItsResult()
    {
        _scratch.Write(Books.Csv(Of(Order("FOLDER1"), Order("FOLDER2", district: "朝阳区"))), "今日工单.csv");
        await _folder.LookAsync(Stop);
        Assert.Empty(Moved("done"));

        await _folder.LookAsync(Stop);

        Assert.Equal(["20260302-090000-今日工单.csv", "20260302-090000-今日工单.csv.result.xlsx"], Moved("done"));
        Assert.False(File.Exists(Path.Combine(_scratch.Folder, "今日工单.csv")));
        await using var db = await _portal.OpenDatabaseAsync();
        Assert.Equal("hotline", (await db.Cases.SingleAsync(file => file.SourceNumber == "FOLDER1", Stop)).RegisteredBy);
    }

    [Fact]
    public async Task AFileThatIsStillWritten_IsLeftAlone()
    {
        var whole = Books.Csv(Of(Order("GROW1"), Order("GROW2")));
        _scratch.Write(whole[..400], "慢.csv");
        await _folder.LookAsync(Stop);
        _scratch.Write(whole, "慢.csv");
        await _folder.LookAsync(Stop);
        Assert.True(File.Exists(Path.Combine(_scratch.Folder, "慢.csv")));

        await _folder.LookAsync(Stop);

        Assert.Equal(2, Moved("done").Length);
    }

    [Fact]
    public async Task WhatIsNoList_IsMovedAsideWithTheReason_AndOtherFilesAreNotTouched()
    {
        _scratch.Write([1, 0, 2], "坏.xlsx");
        _scratch.Write(Books.Csv([["甲", "乙", "丙"], ["1", "2", "3"]]), "无关.csv");
        _scratch.Write([1], "说明.txt");
        _scratch.Write([1], "~$工单.xlsx");
        await _folder.LookAsync(Stop);

        await _folder.LookAsync(Stop);

        Assert.Equal(4, Moved("refused").Length);
        Assert.Contains("不是xlsx", await File.ReadAllTextAsync(Path.Combine(_scratch.Folder, "refused", "20260302-090000-坏.xlsx.txt"), Stop), StringComparison.Ordinal);
        Assert.Equal(["~$工单.xlsx", "说明.txt"], Directory.GetFiles(_scratch.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ALink_IsNotFollowed_ForWhatItPointsToIsSomebodyElses()
    {
        using var elsewhere = new Scratch();
        File.CreateSymbolicLink(Path.Combine(_scratch.Folder, "链接.csv"), elsewhere.Write(Books.Csv(Of(Order("LINK1"))), "别处.csv"));
        await _folder.LookAsync(Stop);

        await _folder.LookAsync(Stop);

        Assert.Empty(Moved("done"));
        await using var db = await _portal.OpenDatabaseAsync();
        Assert.False(await db.Cases.AnyAsync(file => file.SourceNumber == "LINK1", Stop));
    }

    private string[] Moved(string where) => Directory.Exists(Path.Combine(_scratch.Folder, where))
        ? [.. Directory.GetFiles(Path.Combine(_scratch.Folder, where)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)]
        : [];
}
