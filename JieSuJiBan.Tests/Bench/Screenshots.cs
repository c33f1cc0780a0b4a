using System.Diagnostics;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.PublicDoor;
using JieSuJiBan.Web.Webhooks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Takes the pictures of the README from the demo city, into docs/.</summary>
internal static class Screenshots
{
    private const string Room = "解决飞泉家园186户产权证办理";
    private const string Closed = "回迁小区地下车库没有充电桩";

    public static async Task<int> TakeAsync()
    {
        if (Chromium.Path is null)
        {
            Console.Error.WriteLine("Chromium is not installed.");
            return 1;
        }

        var docs = Directory.CreateDirectory("docs").FullName;
        await using var city = new DemoPortal();
        city.UseKestrel(0);
        city.StartServer();

        var street = await city.SignInAsync("mafang", 1440, 900);
        await ShootAsync(street, Path.Combine(docs, "home.png"));
        var energy = await city.SignInAsync("gz", 1440, 900);
        await OpenAsync(energy, "/whistles", Room);
        await OpenAsync(street, "/whistles", Room);
        await street.Locator(".person").Nth(1).WaitForAsync();
        await ShootAsync(street, Path.Combine(docs, "room.png"));

        var centre = await city.SignInAsync("dispatch", 1440, 900);
        await centre.GotoAsync("/duties?q=充电");
        await centre.Locator("main[data-live=yes]").WaitForAsync();
        await ShootAsync(centre, Path.Combine(docs, "duties.png"));

        var phone = await city.SignInAsync("mafang", 390, 844);
        await OpenAsync(phone, "/whistles", Room);
        await ShootAsync(phone, Path.Combine(docs, "room-phone.png"));
        var grid = await city.SignInAsync("mafang-grid", 390, 844);
        await grid.GotoAsync("/report");
        await grid.Locator("main[data-live=yes]").WaitForAsync();
        await grid.GetByRole(AriaRole.Button, new() { Name = "飞线充电" }).ClickAsync();
        await ShootAsync(grid, Path.Combine(docs, "report-phone.png"));
        await grid.GotoAsync("/report/mine");
        await grid.Locator("main[data-live=yes]").WaitForAsync();
        await ShootAsync(grid, Path.Combine(docs, "report-steps.png"));
        var dispatcher = await city.SignInAsync("dispatch", 1440, 900);
        await dispatcher.GetByRole(AriaRole.Button, new() { Name = "知道了" }).ClickAsync();  // the alarm of a demand that speaks of danger
        await dispatcher.GotoAsync("/cases?scope=proactive-all");
        await dispatcher.Locator("main[data-live=yes]").WaitForAsync();
        await ShootAsync(dispatcher, Path.Combine(docs, "pool.png"));

        await dispatcher.GotoAsync("/dispatch");
        await dispatcher.Locator("main[data-live=yes]").WaitForAsync();
        await dispatcher.Locator(".proposals").WaitForAsync();
        await ShootAsync(dispatcher, Path.Combine(docs, "dispatch.png"));
        await dispatcher.GotoAsync("/dispatch/record");
        await dispatcher.Locator(".figures").WaitForAsync();
        await ShootAsync(dispatcher, Path.Combine(docs, "dispatch-record.png"));

        var orders = Path.Combine(city.Folder, "三月上旬工单.xlsx");
        OrderFile.Write(orders, 400);
        await dispatcher.GotoAsync("/imports");
        await dispatcher.Locator("[data-drop][data-ready]").WaitForAsync();
        await dispatcher.Locator("#orders-file").SetInputFilesAsync(orders);
        await dispatcher.Locator("section[aria-labelledby=columns]").WaitForAsync();
        await ShootAsync(dispatcher, Path.Combine(docs, "import.png"));

        var administrator = await city.SignInAsync("admin", 1440, 900);
        await DemoPortal.FillAsync(administrator, "/admin/keys?do=new", "随手拍小程序");
        await ShootAsync(administrator, Path.Combine(docs, "keys.png"));
        await DemoPortal.FillAsync(administrator, "/admin/webhooks?do=new", "城市运行平台");
        await city.LoseMessagesAsync();
        await administrator.GetByRole(AriaRole.Link, new() { Name = "城市运行平台" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Button, new() { Name = "全部重送" }).WaitForAsync();
        await ShootAsync(administrator, Path.Combine(docs, "webhooks.png"));

        var leader = await city.SignInAsync("leader", 390, 844);
        await leader.GotoAsync("/inbox");
        await leader.Locator("main[data-live=yes]").WaitForAsync();
        await ShootAsync(leader, Path.Combine(docs, "inbox.png"));

        await ShootPublicDoorAsync(city, docs);
        await YearPictures.TakeAsync(docs);

        await OpenAsync(street, "/cases?scope=all&q=回迁小区", Closed);
        var pdf = await street.Context.APIRequest.GetAsync($"{street.Url}/report.pdf");
        var file = Path.Combine(city.Folder, "report.pdf");
        await File.WriteAllBytesAsync(file, await pdf.BodyAsync());
        foreach (var (page, name) in new[] { (1, "report-cover"), (4, "report-page") })
        {
            using var drawing = Process.Start("pdftoppm", ["-png", "-r", "70", "-singlefile", "-f", $"{page}", "-l", $"{page}", file, Path.Combine(docs, name)]);
            await drawing.WaitForExitAsync();
        }

        Console.WriteLine($"pictures: {Directory.GetFiles(docs, "*.png").Length} in {docs}");
        return 0;
    }

    // A citizen reports from his phone, the street takes it up, and he looks how it stands.
    private static async Task ShootPublicDoorAsync(DemoPortal city, string docs)
    {
        var citizen = await city.OpenAsync(390, 844);
        await citizen.GotoAsync("/public");
        await citizen.GetByLabel("什么事").FillAsync("汇景社区地下车库的灯坏了三盏，进出看不清路。希望尽快修好。");
        await citizen.GetByLabel("照片").SetInputFilesAsync(Path.Combine("JieSuJiBan.Web", "Demo", "garage-before.png"));
        await citizen.Locator(".photos li").WaitForAsync();
        await citizen.GetByLabel("在哪个街道、乡镇").SelectOptionAsync(new SelectOptionValue { Label = "马坊镇" });
        await citizen.GetByLabel("具体地点").FillAsync("汇景社区地下车库");
        await citizen.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
        await ShootAsync(citizen, Path.Combine(docs, "public.png"));
        await Task.Delay(FormStamp.Quickest);
        await citizen.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await citizen.WaitForURLAsync("**/public/received");

        var number = await citizen.Locator("[data-receipt]").GetAttributeAsync("data-number");
        await using var db = await city.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var id = await db.Cases.Where(file => file.Number == number).Select(file => file.Id).SingleAsync();
        var (desk, now) = (city.Services.GetRequiredService<CaseDesk>(), DateTimeOffset.UtcNow);
        await desk.DoAsync(id, Dispatcher, file => file.Dispatch(new DispatchOrder(Mafang, [], now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, now));
        await desk.DoAsync(id, Street, file => file.Accept(Street, now));
        await desk.DoAsync(id, Street, file => file.Contact(true, "已联系", Street, now));
        await desk.DoAsync(id, Street, file => file.Progress("已报修", null, Street, now));
        await citizen.GotoAsync("/public/follow");
        await ShootAsync(citizen, Path.Combine(docs, "public-follow.png"));
    }

    private static async Task OpenAsync(IPage page, string list, string title)
    {
        await page.GotoAsync(list);
        await page.Locator("main[data-live=yes]").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
        await page.Locator("main[data-live=yes]").WaitForAsync();
    }

    private static async Task ShootAsync(IPage page, string path)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => {})");
        await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
    }

    private sealed class DemoPortal : WebApplicationFactory<App>
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("demo").FullName;

        public async Task<IPage> OpenAsync(int width, int height)
        {
            var context = await (await Chromium.LaunchAsync()).NewContextAsync(new()
            {
                BaseURL = ClientOptions.BaseAddress.ToString(),
                ViewportSize = new() { Width = width, Height = height },
                Locale = "zh-CN",
                IsMobile = width < 500,
                HasTouch = width < 500,
            });
            return await context.NewPageAsync();
        }

        public async Task<IPage> SignInAsync(string user, int width, int height)
        {
            var page = await OpenAsync(width, height);
            await page.GotoAsync("/account/sign-in");
            await page.GetByLabel("账号").First.FillAsync(user);
            await page.GetByLabel("密码").First.FillAsync(PortalFixture.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
            await page.Locator("main[data-live=yes]").WaitForAsync();
            return page;
        }

        /// <summary>Fills in the form of an administrator's page, and closes the secret that it shows.</summary>
        public static async Task FillAsync(IPage page, string path, string name)
        {
            await page.GotoAsync(path);
            await page.Locator("main[data-live=yes]").WaitForAsync();
            await page.Locator("input[name=name]").FillAsync(name);
            if (await page.Locator("input[name=url]").CountAsync() > 0)
            {
                await page.Locator("input[name=url]").FillAsync("https://events.example.org/jsjb");
            }

            await page.Locator("form.action button[type=submit]").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "已保存，关闭" }).ClickAsync();
            await page.Locator("[data-secret]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        /// <summary>What a receiver that was down for a night leaves behind.</summary>
        public async Task LoseMessagesAsync()
        {
            await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            var webhook = await db.Webhooks.SingleAsync();
            var entries = await db.Log.Where(entry => entry.Type == "case.dispatched" || entry.Type == "case.closed").OrderByDescending(entry => entry.At).Take(6).ToListAsync();
            db.Deliveries.AddRange(entries.Select(entry => new Delivery
            {
                WebhookId = webhook.Id,
                Event = entry.Type,
                Body = $$"""{"event":"{{entry.Type}}","id":"{{entry.Stream}}"}""",
                At = entry.At,
                State = DeliveryState.Dead,
                Tries = Web.Webhooks.BackOff.MaxTries,
                TriedAt = entry.At,
                Fault = DeliveryFault.Refused,
                Status = 503,
            }));
            await db.SaveChangesAsync();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Webhooks:Send", "false");
            builder.UseSetting("Storage:Folder", Folder);
            builder.UseSetting("Demo:Enabled", "true");
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            SqliteConnection.ClearAllPools();
            if (disposing && Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
    }
}
