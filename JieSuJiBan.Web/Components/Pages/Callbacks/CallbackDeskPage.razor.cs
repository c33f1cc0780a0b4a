using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace JieSuJiBan.Web.Components.Pages.Callbacks;

/// <summary>
/// One call after the other. Whoever takes a case has it to himself for some minutes; it stays in hand while others come and go, and
/// what he has ticked and typed is his until he has recorded it.
/// </summary>
public sealed partial class CallbackDeskPage
{
    private static readonly Refusal s_gone = new("callback.gone", "这件刚有了新的结果，请换一件。", "There is a new result for this one. Take another.");

    private IReadOnlyList<CallLine>? _lines;
    private int _total;
    private CaseFile? _current;
    private CallbackDraft _draft = new();
    private string? _reply;
    private Refusal? _refusal;
    private (Guid Case, string Text)? _done;
    private IJSObjectReference? _keys;
    private DotNetObjectReference<CallbackDeskPage>? _self;
    private Guid? _shown;
    private bool _busy;

    [Inject]
    public required CallList Queue { get; init; }

    [Inject]
    public required CallbackTurns Turns { get; init; }

    [Inject]
    public required CaseDesk Desk { get; init; }

    [Inject]
    public required UnitBook Units { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    protected override TimeSpan Rest => TimeSpan.FromSeconds(2);

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (Me is { } me)
        {
            await WatchAsync(Topic.Callbacks(me.Unit.District), Topic.Unit(me.Unit.District));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _keys = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./js/callbacks.js");
            await _keys.InvokeVoidAsync("listen", Gone, _self);
        }

        if (_current?.Id is var call && call != _shown)
        {
            _shown = call;
            if (call is not null && _keys is { } keys)
            {
                await keys.InvokeVoidAsync("begin", Gone);
            }
        }
    }

    protected override async Task CatchUpAsync()
    {
        if (await WhoAsync() is not { } me)
        {
            return;
        }

        (_lines, _total) = await Queue.ReadAsync(me, Gone);
        if (_current is { } file && !_busy && _lines.All(line => line.Id != file.Id) && !IsStillDue(file, await Desk.FindAsync(file.Id, me, Gone)))
        {
            _refusal = s_gone;
        }
    }

    /// <summary>A key was pressed outside of any field.</summary>
    [JSInvokable]
    public async Task KeyAsync(string key)
    {
        if (_busy)
        {
            return;
        }

        if (_current is null)
        {
            if (key == "n")
            {
                await TakeNextAsync();
            }
        }
        else
        {
            _draft.Press(key);
        }

        StateHasChanged();
    }

    private Task TakeNextAsync() =>
        _lines?.FirstOrDefault(line => line.IsFree) is { } next ? TakeAsync(next.Id) : Task.CompletedTask;

    private async Task TakeAsync(Guid id)
    {
        if (_busy || id == _current?.Id || await WhoAsync() is not { } me)
        {
            return;
        }

        _busy = true;
        try
        {
            _refusal = null;
            if ((await Turns.TakeAsync(id, me, Gone)).Refusal is { } taken)
            {
                _refusal = taken;
                return;
            }

            if (_current is { } before)
            {
                await Turns.ReleaseAsync(before.Id, me, Gone);
            }

            _current = await Desk.FindAsync(id, me, Gone) is { CallAt: not null } file ? file : null;
            _refusal = _current is null ? s_gone : null;
            _reply = _current is null ? null : await Queue.AnswerAsync(id, Gone);
            _draft = CallbackDraft.For(_current, Now);
        }
        finally
        {
            _busy = false;
        }
    }

    // What was looked at when the call began is what it answers to: a result that came meanwhile is not written over.
    private async Task<Outcome> ActAsync(Actor me)
    {
        var (seen, draft) = (_current!, _draft);
        if (await Turns.CheckAsync(seen.Id, me, Gone) is { } taken)
        {
            return taken;
        }

        return await Desk.DoAsync(seen.Id, me, file => IsStillDue(seen, file) ? draft.Give(file, me, Now) : s_gone);
    }

    private static bool IsStillDue(CaseFile seen, CaseFile? now) => now?.CallAt is not null && now.CallsMissed == seen.CallsMissed && now.AnsweredAt == seen.AnsweredAt && now.HasSpoken == seen.HasSpoken;

    private async Task NextAsync()
    {
        if (_current is { } file)
        {
            _done = (file.Id, _draft.IsReached ? L["{0}已记录回访。", file.Number] : L["{0}已记录未接通。", file.Number]);
            await PutDownAsync();
            await TakeNextAsync();
        }
    }

    private async Task PutDownAsync()
    {
        if (_current is { } file && await WhoAsync() is { } me)
        {
            (_current, _refusal) = (null, null);
            await Turns.ReleaseAsync(file.Id, me, Gone);
            (_lines, _total) = await Queue.ReadAsync(me, Gone);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _self?.Dispose();
        base.Dispose(disposing);
    }
}
