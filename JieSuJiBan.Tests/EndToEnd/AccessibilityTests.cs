using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Open311;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Reviews;
using JieSuJiBan.Web.Supervision;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>axe-core finds nothing serious or critical on any page, on a desk and on a phone.</summary>
public sealed class AccessibilityTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private const int Desk = 1440, Phone = 390;

    [Fact]
    public Task EveryPage_IsAccessible() => portal.PlayAsync(async () =>
    {
        var caseId = await portal.Portal.StartAsync();
        var whistle = await portal.Portal.ConferAsync(caseId);
        await portal.Portal.SayAsync(whistle, Energy, "请 @供电公司 看一下。");
        await portal.Portal.InRoomAsync(whistle, Energy, room => room.Commit("建桩", "徐工", portal.Clock.GetUtcNow().AddDays(3), Energy, portal.Clock.GetUtcNow()));
        await portal.Portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Escalation, "请定"), Rules, Street, portal.Clock.GetUtcNow()));
        var draft = await portal.Portal.DraftAsync(caseId);
        await portal.Portal.InRoomAsync(draft, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        await portal.Portal.DoAsync(caseId, Street, file => file.AskLeader(RequestKind.Extension, "要公示。", file.DueAt!.Value.AddDays(3), "已说明。", Rules, Street, portal.Clock.GetUtcNow()));
        var registered = await portal.Portal.RegisterAsync();
        var (duty, _) = await portal.Portal.Get<DutyDesk>().ProposeAsync(StreetDuty, "按新的分工。", Dispatcher);
        await portal.Portal.Get<DutyDesk>().ProposeAsync(HeatDuty, null, Dispatcher);
        var (foreseen, _) = await portal.Portal.Get<ForeseenDesk>().ProposeAsync(Cold with { Season = JieSuJiBan.Domain.Foreseen.Season.Of(3, 5, 3, 25) }, null, Dispatcher);
        var (review, _) = await portal.Portal.Get<ReviewDesk>().OpenAsync(Rhythm.Daily, Dispatcher);
        await portal.Portal.Get<ReviewDesk>().DecideAsync(review, Fix, Dispatcher);
        var (held, _) = await portal.Portal.Get<ReviewDesk>().OpenAsync(Rhythm.Weekly, Dispatcher);
        await portal.Portal.Get<ReviewDesk>().DoAsync(held, Dispatcher, it => it.Attend(Round, Dispatcher, portal.Clock.GetUtcNow()));
        await portal.Portal.Get<ReviewDesk>().CloseAsync(held, Dispatcher);
        var (order, _) = await portal.Portal.Get<SupervisionDesk>().IssueAsync(
            Overdue with { DueAt = portal.Clock.GetUtcNow().AddDays(2), Subject = new OrderSubject(SubjectKind.Case, caseId) }, Supervisor);
        var sounded = await portal.Portal.SoundAsync();
        var toConfirm = await portal.Portal.AnswerFindAsync();
        var toDispatch = await portal.Portal.FindAsync();

        var printed = (await portal.Portal.Get<ReportDesk>().ReadMaskedAsync(caseId, Street, TestContext.Current.CancellationToken))!;

        var listener = await portal.Portal.ListenAsync();
        await portal.Portal.Get<KeyDesk>().CreateAsync("随手拍小程序", District, Administrator);

        var (brought, _) = await portal.Portal.Get<ImportDesk>().BringAsync("工单.csv", new MemoryStream(Books.Csv(HotlineSheet.Of(HotlineSheet.Order("AXE1")))), Dispatcher, TestContext.Current.CancellationToken);
        var imported = await portal.Portal.ImportAsync(Books.Csv(HotlineSheet.Of(HotlineSheet.Order("AXE2"), HotlineSheet.Order("AXE3", district: "朝阳区"))));
        for (var no = 1; no <= 5; no++)
        {
            await portal.Portal.Get<CaseDesk>().RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = $"安宁家园{no}号楼" }, Caller with { Phone = $"1300000000{no}" }, Dispatcher);
        }

        await portal.Portal.Get<Lookout>().TickAsync(TestContext.Current.CancellationToken);
        var crowd = (await portal.Portal.Get<CrowdList>().ReadAsync(Dispatcher, CrowdState.Open, 1, TestContext.Current.CancellationToken)).Lines[0].Id;

        var firms = await portal.Portal.PublishFirmsAsync();
        var found = new List<string>();
        foreach (var (actor, paths) in new (Actor?, string[])[]
        {
            (null, ["/account/sign-in"]),
            (GridWorker, ["/report?do=solve", "/report/mine", $"/cases/{toConfirm}?do=confirm"]),
            (Street, ["/", "/notices", "/account/notices", "/cases?scope=proactive", $"/cases/{toDispatch}?do=hand-up", "/cases", "/cases?q=没有这样的案件", "/cases/new", $"/cases/{caseId}", $"/cases/{caseId}?do=progress", $"/cases/{caseId}?do=object", $"/cases/{caseId}?do=ask", "/whistles", "/whistles/new",
                $"/whistles/{whistle}", $"/whistles/{whistle}?do=ask&tab=agreed", $"/whistles/{whistle}?tab=units", $"/whistles/{whistle}?do=minutes", $"/cases/{caseId}/report", new Uri(printed.VerifyUrl).AbsolutePath, "/no-such-page", "/account/password"]),
            (Supervisor, ["/supervision", $"/supervision/new?case={caseId}", $"/supervision/{order}?do=withdraw", "/supervision/ledger?book=LongRunning", $"/cases/{caseId}"]),
            (Supervisor, ["/assessment/mutual", $"/assessment/mutual/whistles?unit={EnergyOffice}&month=2026-03&of=Summoned", "/assessment/mutual/scheme?do=set", "/firms",
                "/firms?month=2026-02", "/firms/cases?firm=安居物业管理&month=2026-02&of=Rated", "/firms/lists", $"/firms/lists/{firms}", $"/firms/lists/{firms}?do=reply&item=1", $"/firms/lists/{firms}?do=publish", $"/firms/lists/{firms}?edition=1", "/schemes?do=new"]),
            (StreetHead, [$"/supervision/{order}"]),
            (StreetHead, ["/", "/inbox", "/account/deputy", $"/whistles/new?crowd={crowd}"]),
            (Supervisor, ["/insight", "/insight/map?show=Change", "/insight/topics", "/insight/flow", "/insight/objections", "/insight/monthly", "/insight/repeats", "/reports/enterprises", "/reports/enterprises/2026-03", "/screen"]),
            (DistrictLeader, ["/", "/inbox", $"/whistles/{whistle}"]),
            (Dispatcher, ["/reviews", $"/reviews/{review}", $"/reviews/{review}?do=decide", $"/reviews/{review}?do=attend", $"/reviews/{review}/Open", $"/reviews/{held}/record", "/foreseen", "/foreseen?view=week", "/foreseen?view=list", "/foreseen?do=new", $"/foreseen/{foreseen}", $"/foreseen/{foreseen}?do=start&step=1", $"/foreseen/{foreseen}?do=revise", "/foreseen/import", "/duties", "/duties?do=new", $"/duties?do=edit&item={duty}", $"/duties/{duty}", $"/duties/{duty}?do=revise", "/duties/import", "/imports", $"/imports/{brought}", $"/imports/{imported.Id}", "/", $"/cases/{registered}?do=dispatch", $"/cases/{registered}?do=inform", $"/cases/{registered}?do=merge", "/rankings", $"/rankings/cases?list=Streets&at=2026-03&unit={Mafang}&of=Valid", "/rankings/published", "/schemes", "/plans", "/plans?do=new", "/plans?do=edit&item=Ordinary", "/dispatch", "/dispatch/record", "/callbacks", "/callbacks/plan", "/callbacks/plan?do=set", "/contests", "/crowds", $"/crowds/{crowd}"]),
            (Energy, ["/", "/firms/lists", $"/firms/lists/{firms}", "/commitments", $"/whistles/{sounded}?do=report", $"/whistles/{whistle}?do=commit"]),
            (Administrator, ["/", "/calendar", "/admin/officers", "/admin/officers?do=new", "/admin/keys", "/admin/keys?do=new", "/admin/webhooks", "/admin/webhooks?do=new", $"/admin/webhooks/{listener}"]),
        })
        {
            var person = actor is null ? await portal.OpenAsync(Desk) : await portal.SignInAsync(actor, Desk);
            foreach (var path in paths)
            {
                await person.Page.SetViewportSizeAsync(Desk, 900);
                await person.GoAsync(path);
                if (actor is not null && path != "/account/password")
                {
                    await person.ReadyAsync();
                }

                found.AddRange(await Axe.LookAsync(person.Page, $"{actor?.UserId} {path}", Desk));
                await person.Page.SetViewportSizeAsync(Phone, 844);
                found.AddRange(await Axe.LookAsync(person.Page, $"{actor?.UserId} {path}", Phone));
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    });

    [Fact]
    public Task WhatIsWrong_IsFound() => portal.PlayAsync(async () =>
    {
        var person = await portal.OpenAsync(Phone);
        await person.Page.SetContentAsync("<html lang='zh'><title>页</title><main><h1>页</h1><img src='data:,'><p style='width: 500px'>宽</p></main></html>");

        var found = await Axe.LookAsync(person.Page, "页", Phone);

        Assert.Contains(found, one => one.StartsWith("页 at 390: image-alt", StringComparison.Ordinal));
        Assert.Contains(found, one => one.Contains("px wide", StringComparison.Ordinal));
    });
}
