using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Reports;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Support;

/// <summary>A long case, printed once in full: some eighty entries, texts that run over pages, rows that may not be split, photos of every shape.</summary>
public sealed class PrintedFile : PortalFixture, IAsyncLifetime
{
    /// <summary>Width and height of the photos, in pixels.</summary>
    internal static readonly (int Width, int Height)[] Shapes = [(400, 400), (800, 400), (200, 400), (400, 300), (600, 200), (300, 400), (500, 500)];

    internal const string Hostile = "<script>alert(1)</script><img src=http://127.0.0.1:9/x.png onerror=alert(1)>";

    private Task<IReadOnlyList<Word>>? _words;
    private string? _path;
    private CaseReport? _report;

    /// <summary>Longer than a page as a row of a table, and as running text.</summary>
    internal static string Long { get; } = string.Concat(Enumerable.Range(1, 50).Select(no => $"第{no}户的车位、电表和飞线位置已经逐一核对并请户主签字；"));

    internal string Path => Printed(_path);

    internal CaseReport Report => Printed(_report);

    internal Task<IReadOnlyList<Word>> WordsAsync() => _words ??= Poppler.WordsAsync(Path);

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        var id = await PlayAsync();
        (_report, _) = await Get<ReportDesk>().ReadFullAsync(id, "核对打印件", Street);
        var (bytes, _) = await Get<PdfReports>().DrawAsync(_report!);
        _path = System.IO.Path.Combine(Folder, "file.pdf");
        await File.WriteAllBytesAsync(_path, bytes);
    }

    private async Task<Guid> PlayAsync()
    {
        var id = await this.StartAsync();
        var photos = new List<AttachmentRef>();
        foreach (var (width, height) in Shapes)
        {
            var name = $"汇景社区回迁小区地下车库北侧第{photos.Count + 1}排车位飞线充电现场照片（整改之前由网格员拍摄）.png";
            photos.Add((await Get<FileStore>().SaveAsync(name, new MemoryStream(Pictures.Png(width, height)), Street)).File!.ToRef());
        }

        await DoAsync(Street, Hostile, photos);
        for (var day = 1; day <= 20; day++)
        {
            await DoAsync(Street, $"第{day}天：{Long[..(40 * (day % 5))]}", null);
        }

        var whistle = await this.SoundAsync(id, Brief with { Tried = Long });
        foreach (var unit in new[] { Energy, Power })
        {
            await this.InRoomAsync(whistle, unit, room => room.ReportIn(ReportMode.OnSite, null, null, unit, Tick()));
        }

        for (var turn = 1; turn <= 30; turn++)
        {
            await this.SayAsync(whistle, turn % 2 == 0 ? Energy : Power, $"发言{turn}：{Long[..(30 * (turn % 7))]}");
        }

        for (var no = 1; no <= 12; no++)
        {
            var unit = no % 2 == 0 ? Energy : Power;
            await this.InRoomAsync(whistle, unit, room => room.Commit($"第{no}项措施，{Long[..60]}", $"责任人{no}", Tick().AddDays(9), unit, Tick()));
        }

        await this.InRoomAsync(whistle, Street, room => room.IssueMinutes($"纪要\n\n{Long}", Street, Tick()));
        return id;

        Task DoAsync(Actor by, string text, IReadOnlyList<AttachmentRef>? files) => this.DoAsync(id, by, file => file.Progress(text, files, by, Tick()));
    }

    private DateTimeOffset Tick()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return Clock.GetUtcNow();
    }

    private static T Printed<T>(T? made)
        where T : class
    {
        Assert.SkipWhen(Chromium.Path is null, "Chromium is not installed.");
        return made!;
    }
}
