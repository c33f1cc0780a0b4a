using System.Net;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Calendar;
using JieSuJiBan.Web.Log;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The state's calendar is written down, counts at once, and still after the portal has started anew.</summary>
public sealed class CalendarDeskTests
{
    private static readonly CalendarDays s_days = new([new(2027, 2, 5), new(2027, 2, 8)], [new(2027, 2, 13)]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsSaved_CountsAtOnce_AndAfterAStart()
    {
        await using var portal = new PortalFixture();
        var (desk, rules) = (portal.Get<CalendarDesk>(), portal.Get<TimeRules>());
        Assert.False(rules.Calendar.IsWorkingDay(new(2027, 2, 13)));

        Assert.Null((await desk.SetAsync(2027, s_days, "国办发明电2026年某号", 0, Administrator)).Refusal);

        Assert.True(rules.Calendar.IsWorkingDay(new(2027, 2, 13)));
        Assert.Equal("changed", (await desk.SetAsync(2027, s_days with { MakeUpDays = [] }, "晚了一步", 0, Administrator)).Refusal?.Code);
        Assert.Null((await desk.SetAsync(2027, s_days with { MakeUpDays = [] }, "更正", 1, Administrator)).Refusal);
        Assert.False(rules.Calendar.IsWorkingDay(new(2027, 2, 13)));

        rules.Calendar.Replace(2027, new([], []));  // as a newly started node has it, or another
        await desk.LoadAsync(Stop);
        Assert.False(rules.Calendar.IsWorkingDay(new(2027, 2, 5)));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
        Assert.All(await portal.Get<LogBook>().ReadAfterAsync(CalendarDesk.IdOf(2027), 0, cancellationToken: Stop), entry => Assert.NotEmpty(portal.Get<Story>().Tell(entry).Headline));
    }

    [Fact]
    public async Task OnlyWhoKeepsIt_SeesIt_AndSavesIt()
    {
        await using var portal = new PortalFixture();
        Assert.Equal("calendar.role", (await portal.Get<CalendarDesk>().SetAsync(2027, s_days, "通知", 0, Dispatcher)).Refusal?.Code);

        foreach (var (actor, status) in new[] { (Administrator, HttpStatusCode.OK), (Dispatcher, HttpStatusCode.NotFound), (Street, HttpStatusCode.NotFound), (DistrictLeader, HttpStatusCode.NotFound) })
        {
            using var client = portal.CreateClientFor(actor);
            Assert.Equal(status, await client.StatusOfAsync("/calendar"));
            Assert.Equal(status, await client.StatusOfAsync("/calendar/2026.xlsx"));
        }
    }

    [Fact]
    public async Task ATable_IsReadAsItWasWritten_AndAWrongRowHoldsUpTheRest()
    {
        await using var portal = new PortalFixture();
        var days = portal.Get<TimeRules>().Calendar.DaysOf(2026);
        var path = Path.Combine(portal.Folder, "calendar.xlsx");
        await using (var file = File.Create(path))
        {
            await CalendarSheet.WriteAsync(file, days, Stop);
        }

        var (read, refusals) = CalendarSheet.Read(path, 2026);
        Assert.Empty(refusals);
        Assert.True(read!.Says(days));

        var (none, wrong) = CalendarSheet.Read(await portal.WriteRowsAsync(["日期", "类型"], ["2026-10-01", "休"], ["2025-10-02", "休"], ["国庆", "休"], ["2026年10月10日", "班"], ["2026/10/3", "？"]), 2026);
        Assert.Null(none);
        Assert.Equal(3, wrong.Count(refusal => refusal.Code == "calendar.import.row"));
        Assert.Equal("calendar.both", Assert.Single(CalendarSheet.Read(await portal.WriteRowsAsync(["日期", "类型"], ["2026-10-10", "休"], ["2026-10-10", "班"]), 2026).Refusals).Code);
        Assert.Equal("calendar.import.empty", Assert.Single(CalendarSheet.Read(await portal.WriteRowsAsync(["日期", "类型"]), 2026).Refusals).Code);
    }
}
