using System.Diagnostics;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Files;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How long a case file takes to print: with a browser that must first start, and with a warm one.</summary>
internal static class PrintBench
{
    private const int Entries = 200;
    private const int Photos = 20;
    private const int Prints = 20;
    private const double ColdLimit = 3000, WarmLimit = 500;

    public static async Task<int> RunAsync()
    {
        if (Chromium.Path is null)
        {
            Figures.Say($"Chromium is not installed: nothing to print with.");
            return 1;
        }

        var figures = new Figures();
        await using var portal = new LivePortal { KeepsLog = false };
        await portal.InitializeAsync();
        var file = await WriteAsync(portal.Portal);
        using var client = portal.Portal.CreateClientFor(Given.Street);

        var cold = await PrintAsync(client, file);
        var bytes = await client.GetByteArrayAsync(new Uri($"/cases/{file}/report.pdf", UriKind.Relative));
        var warm = new List<double>();
        for (var print = 0; print < Prints; print++)
        {
            warm.Add(await PrintAsync(client, file));
        }

        Figures.Say($"a case file of {Entries} entries and {Photos} photos of 1600 x 1200: {bytes.Length / 1024} KB of PDF, over HTTP, the portal just started");
        Figures.Say($"cold, the browser not yet running: {cold:0} ms; limit {ColdLimit:0} ms");
        Figures.Say($"warm, {Prints} times: {Figures.Spread(warm)}; limit {WarmLimit:0} ms");
        figures.Add("cold_ms", cold);
        figures.Add("cold_limit_ms", ColdLimit);
        figures.Add("warm_ms", Figures.Percentile(warm, 50));
        figures.Add("warm_p95_ms", Figures.Percentile(warm, 95));
        figures.Add("warm_limit_ms", WarmLimit);
        figures.Print();
        return 0;
    }

    private static async Task<double> PrintAsync(HttpClient client, Guid file)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri($"/cases/{file}/report.pdf", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<Guid> WriteAsync(PortalFixture portal)
    {
        var file = await portal.StartAsync();
        var whistle = await portal.ConferAsync(file);
        var photos = await DrawPhotosAsync();
        for (var said = 0; ; said++)
        {
            await using var db = await portal.OpenDatabaseAsync();
            if (db.Log.Count(entry => entry.CaseId == file) >= Entries)
            {
                return file;
            }

            var (by, text) = (said % 2 == 0 ? Given.Energy : Given.Street, $"第{said + 1}次会商：地下二层配电间剩余容量核对完毕，桩位按每栋四处布置，物业已清出消防通道，电缆走桥架不占车位。");
            IReadOnlyList<AttachmentRef>? photo = null;
            if (said < Photos)
            {
                var store = portal.Get<FileStore>();
                var saved = (await store.SaveAsync($"现场{said + 1}.jpg", new MemoryStream(photos[said]), by)).File!;
                photo = (await store.ResolveAsync([saved.Id], whistle, by)).Files;
            }

            await portal.InRoomAsync(whistle, by, room => room.Post(text, null, photo, by, portal.Clock.GetUtcNow()));
        }
    }

    // As large as the browser scales a phone's photo to, and with enough in them that they do not compress away.
    private static async Task<List<byte[]>> DrawPhotosAsync()
    {
        var page = await (await Chromium.LaunchAsync()).NewPageAsync();
        var photos = new List<byte[]>();
        for (var photo = 0; photo < Photos; photo++)
        {
            var url = await page.EvaluateAsync<string>("""
                seed => {
                  const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1200 });
                  const pen = canvas.getContext('2d');
                  let at = seed + 1;
                  const next = () => (at = at * 48271 % 2147483647) / 2147483647;
                  for (let i = 0; i < 4000; i++) {
                    pen.fillStyle = `hsl(${next() * 360} 40% ${20 + next() * 60}%)`;
                    pen.fillRect(next() * 1600, next() * 1200, next() * 160, next() * 120);
                  }
                  return canvas.toDataURL('image/jpeg', 0.8);
                }
                """, photo);
            photos.Add(Convert.FromBase64String(url[(url.IndexOf(',') + 1)..]));
        }

        await page.CloseAsync();
        return photos;
    }
}
