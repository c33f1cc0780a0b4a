using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Whistles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace JieSuJiBan.Web.Components.Pages.Whistles;

/// <summary>
/// The whistle room. It looks at the room's shared state, asks again on every push whether its officer may, answers the server's
/// beat so that others see him, and holds what is open and where one was in the address.
/// </summary>
public sealed partial class RoomPage
{
    private static readonly (string Key, string Name)[] s_tabs = [("talk", "会商"), ("units", "单位"), ("agreed", "议定")];
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(3), s_patience = TimeSpan.FromSeconds(4);

    private readonly SortedList<int, LogEntry> _log = [];  // by sequence: reading an entry twice does no harm
    private RoomSeat? _seat;
    private RoomState? _state;
    private CaseFile? _file;
    private IReadOnlyList<Guest> _guests = [];
    private IDisposable? _presence;
    private IJSObjectReference? _module;
    private DotNetObjectReference<RoomPage>? _self;
    private ElementReference _root;
    private Guid? _shown, _entered;
    private bool _isEntering;
    private int _tick;

    [Parameter]
    public Guid WhistleId { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabName { get; set; }

    /// <summary>The form that is open, and what it is about; in the address, so that a reload opens it again.</summary>
    [SupplyParameterFromQuery]
    private string? Do { get; set; }

    [SupplyParameterFromQuery]
    private string? Item { get; set; }

    [Inject]
    public required Rooms Rooms { get; init; }

    [Inject]
    public required RoomPresence Presence { get; init; }

    [Inject]
    public required WhistleDesk Desk { get; init; }

    [Inject]
    public required CaseDesk Cases { get; init; }

    [Inject]
    public required LogBook LogBook { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    private string Tab => s_tabs.Any(tab => tab.Key == TabName) ? TabName! : Do is null ? "talk" : "agreed";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == WhistleId)
        {
            return;
        }

        var id = WhistleId;
        Leave();
        (_shown, _file, _isEntering) = (id, null, true);
        _log.Clear();
        if (await WhoAsync() is not { } me)
        {
            Navigation.NotFound();
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            var seat = await Rooms.EnterAsync(id, me, WakeAsync);
            if (Gone.IsCancellationRequested || _shown != id)
            {
                seat?.Dispose();  // left while the door was opening
                return;
            }

            (_seat, _presence) = (seat, Presence.Watch(id, () => InvokeAsync(ShowGuests)));
            if (seat is not null)
            {
                await Desk.DoAsync(id, me, whistle => whistle.See(me, Now));
            }
        }

        if (_shown == id)
        {
            _isEntering = false;
            await CatchUpAsync();
        }
    }

    protected override async Task CatchUpAsync()
    {
        // Without a seat there is nothing to see, which is not the same as «not found».
        if (_isEntering || Gone.IsCancellationRequested)
        {
            return;
        }

        var me = await WhoAsync();
        var state = _seat?.State ?? (me is null || _seat is not null || RendererInfo.IsInteractive ? null : await ReadOnceAsync(me));
        if (me is null || state is null || !me.CanSee(state.Whistle))
        {
            Leave();
            _state = null;
            Navigation.NotFound();
            return;
        }

        // The shared tail holds the newest entries; what lies between it and the last one shown is read from the log.
        var last = _log.Count == 0 ? 0 : _log.Keys[^1];
        if (_log.Count > 0 && state.Tail.Length > 0 && state.Tail[0].Sequence > last + 1)
        {
            foreach (var entry in await LogBook.ReadAfterAsync(WhistleId, last, state.Tail[0].Sequence - last - 1, Gone))
            {
                _log[entry.Sequence] = entry;
            }
        }

        foreach (var entry in state.After(last))
        {
            _log[entry.Sequence] = entry;
        }

        if (state.Whistle.CaseId is { } caseId && (_file is null || !ReferenceEquals(state.Whistle, _state?.Whistle)))
        {
            _file = await Cases.FindAsync(caseId, me, Gone);
        }

        _state = state;
        _guests = Presence.In(WhistleId);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_state is not { } state || _entered == state.Whistle.Id || !RendererInfo.IsInteractive)
        {
            return;
        }

        var isFirst = _entered is null;
        _entered = state.Whistle.Id;
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./js/room.js");
        await _module.InvokeVoidAsync("enter", Gone, _root, _self);
        if (isFirst)
        {
            _ = BeatAsync();
        }
    }

    /// <summary>The page is back after a cut: shows its officer at once and reads what it missed.</summary>
    [JSInvokable]
    public async Task BackAsync(bool isAway)
    {
        await AppearAsync(isAway);
        await WakeAsync();
    }

    // The server asks and the page answers. A page whose phone sleeps or whose line is cut does not, and is gone within the two times.
    private async Task BeatAsync()
    {
        for (var beat = 1; !Gone.IsCancellationRequested; beat++)
        {
            try
            {
                await AppearAsync(await _module!.InvokeAsync<bool>("beat", s_patience));
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException or JSException or ObjectDisposedException)
            {
                Presence.Gone(WhistleId, this);
            }

            try
            {
                await Task.Delay(s_beat, Gone);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            if (beat % 10 == 0)
            {
                _tick = beat;  // the clocks on the page move on
                StateHasChanged();
            }
        }
    }

    private async Task AppearAsync(bool isAway)
    {
        if (await WhoAsync() is { } me && _seat is not null)
        {
            Presence.Seen(WhistleId, this, new Guest(me.UserId, me.Name, me.Unit, me.UnitName, isAway));
        }
    }

    private void ShowGuests()
    {
        _guests = Presence.In(WhistleId);
        StateHasChanged();
    }

    private async Task EarlierAsync()
    {
        // What one may see can end while the page stands still; the wake-up that says so may be on its way.
        if (_seat is not { State: { } state } || await WhoAsync() is not { } me || !me.CanSee(state.Whistle))
        {
            await CatchUpAsync();
            return;
        }

        foreach (var entry in await LogBook.ReadBeforeAsync(WhistleId, _log.Keys[0], 100, Gone))
        {
            _log[entry.Sequence] = entry;
        }
    }

    private async Task<RoomState?> ReadOnceAsync(Actor me) => await Desk.FindAsync(WhistleId, me, Gone) is { } whistle
        ? new RoomState(whistle, [.. await LogBook.ReadBeforeAsync(WhistleId, int.MaxValue, 200, Gone)])
        : null;

    private string TabLink(string tab) => Navigation.GetUriWithQueryParameter("tab", tab);

    private void Leave()
    {
        _seat?.Dispose();
        _presence?.Dispose();
        (_seat, _presence) = (null, null);
        if (_shown is { } left)
        {
            Presence.Gone(left, this);  // last: the room's board goes with the last who looks at it
        }
    }

    protected override void Dispose(bool disposing)
    {
        Leave();
        _self?.Dispose();
        base.Dispose(disposing);
    }
}
