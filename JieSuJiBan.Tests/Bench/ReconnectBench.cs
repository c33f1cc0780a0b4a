using System.Diagnostics;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Whistles;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How long after the line's return a room in Chromium is usable again, with the draft and everything that was said meanwhile.</summary>
internal static class ReconnectBench
{
    private const double UsableLimit = 2000, EnterLimit = 2000, LeaveLimit = 10_000;
    private const string Draft = "还没写完的半句话";

    public static async Task<int> RunAsync(string[] args)
    {
        if (Chromium.Path is null)
        {
            Figures.Say($"Chromium is not installed: no page to cut off.");
            return 1;
        }

        var figures = new Figures();
        int[] cuts = args is ["--seconds", var list] ? [.. list.Split(',').Select(int.Parse)] : [1, 30, 240];
        foreach (var seconds in cuts)
        {
            var usable = await CutAsync(portal => { portal.Line.Cut(); return Task.CompletedTask; }, portal => portal.Line.Restore(), TimeSpan.FromSeconds(seconds));
            Figures.Say($"a cut of {seconds} s: usable after {usable:0} ms; limit {UsableLimit:0} ms");
            figures.Add($"usable_ms_cut_{seconds}s", usable);
        }

        var asleep = await CutAsync(portal => { portal.Line.Silence(); return Task.CompletedTask; }, portal => portal.Line.Restore(), TimeSpan.FromSeconds(20));
        Figures.Say($"a line silent for 20 s: usable after {asleep:0} ms; limit {UsableLimit:0} ms");
        figures.Add("usable_ms_silent", asleep);
        var restarted = await CutAsync(portal => portal.StopAsync(), portal => portal.Start(), TimeSpan.FromSeconds(3));
        Figures.Say($"a restart of the server: usable after {restarted:0} ms, counted from the start of its process; limit {UsableLimit:0} ms after the line's return");
        figures.Add("usable_ms_restart", restarted);
        figures.Add("usable_limit_ms", UsableLimit);

        var (entered, left) = await PresenceAsync();
        Figures.Say($"presence: seen {entered:0} ms after entering, limit {EnterLimit:0} ms; gone {left:0} ms after the line fell silent, limit {LeaveLimit:0} ms");
        figures.Add("presence_enter_ms", entered);
        figures.Add("presence_leave_ms", left);
        figures.Print();
        return 0;
    }

    private static async Task<double> CutAsync(Func<LivePortal, Task> cut, Action<LivePortal> restore, TimeSpan lasting)
    {
        await using var portal = new LivePortal { KeepsLog = false };
        await portal.InitializeAsync();
        var whistle = await portal.Portal.ConferAsync();
        var person = await portal.SignInAsync(Given.Energy);
        await person.OpenRoomAsync(whistle);
        await person.FillAsync("发言", Draft);

        await cut(portal);
        await Task.Delay(lasting);
        var back = Stopwatch.GetTimestamp();
        restore(portal);
        await portal.Portal.SayAsync(whistle, Given.Street, "断线时别人的话");

        await person.Page.Locator("html:not([data-line=lost])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await person.HearsAsync("断线时别人的话");
        await person.Page.Locator("[data-composer-ready]").WaitForAsync();
        await Assertions.Expect(person.Page.GetByLabel("发言")).ToHaveValueAsync(Draft);
        return Stopwatch.GetElapsedTime(back).TotalMilliseconds;
    }

    private static async Task<(double Entered, double Left)> PresenceAsync()
    {
        await using var portal = new LivePortal { KeepsLog = false };
        await portal.InitializeAsync();
        var whistle = await portal.Portal.ConferAsync();
        var street = await portal.SignInAsync(Given.Street);
        await street.OpenRoomAsync(whistle);
        var energy = await portal.SignInAsync(Given.Energy);

        var entering = Stopwatch.GetTimestamp();
        var opened = energy.OpenRoomAsync(whistle);
        await street.Page.Locator($"[data-unit='{Given.EnergyOffice}'] .person").WaitForAsync();
        var entered = Stopwatch.GetElapsedTime(entering).TotalMilliseconds;
        await opened;

        portal.Line.Silence();
        var silent = Stopwatch.GetTimestamp();
        var presence = portal.Portal.Get<RoomPresence>();
        while (presence.In(whistle).Count > 0)
        {
            await Task.Delay(20);
        }

        return (entered, Stopwatch.GetElapsedTime(silent).TotalMilliseconds);
    }
}
