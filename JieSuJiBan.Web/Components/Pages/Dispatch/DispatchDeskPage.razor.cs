using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace JieSuJiBan.Web.Components.Pages.Dispatch;

/// <summary>
/// What no machine has dispatched, one case after the other. The one in hand stays in hand while others come and go: whoever reads
/// must not find another case under his finger.
/// </summary>
public sealed partial class DispatchDeskPage
{
    private IReadOnlyList<QueueLine>? _lines;
    private int _total;
    private CaseFile? _current;
    private DispatchProposal? _proposal;
    private IReadOnlyList<Repeat> _repeats = [];
    private KnownPlace? _place;
    private Refusal? _refusal;
    private (Guid Case, string Text)? _done;
    private IJSObjectReference? _keys;
    private DotNetObjectReference<DispatchDeskPage>? _self;
    private bool _busy;

    [Inject]
    public required Undispatched Undispatched { get; init; }

    [Inject]
    public required Repeats Earlier { get; init; }

    [Inject]
    public required Gazetteer Gazetteer { get; init; }

    [Inject]
    public required Orders Orders { get; init; }

    [Inject]
    public required CaseDesk Desk { get; init; }

    [Inject]
    public required UnitBook Units { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (Me is { } me)
        {
            await WatchAsync(Topic.Unit(me.Unit.District));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _keys = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./js/dispatch.js");
            await _keys.InvokeVoidAsync("listen", Gone, _self);
        }
    }

    protected override async Task CatchUpAsync()
    {
        if (await WhoAsync() is not { } me)
        {
            return;
        }

        (_lines, _total) = await Undispatched.ReadAsync(me, Gone);
        if (_current is null || _lines.Count == 0)
        {
            await ShowAsync(_lines.Count > 0 ? _lines[0].Id : null, me);
        }
        else if (!_busy && _lines.All(line => line.Id != _current.Id) && (await Desk.FindAsync(_current.Id, me, Gone))?.NextStep != CaseStep.Dispatch)
        {
            _refusal = new Refusal("dispatch.gone", "这件已经处理过了，请换一件。", "Somebody has dealt with this one. Take another.");
        }
        else if (_proposal is null)
        {
            _proposal = await Undispatched.ProposalAsync(_current.Id, Gone);
        }
    }

    /// <summary>A key was pressed outside of any field.</summary>
    [JSInvokable]
    public async Task KeyAsync(string key)
    {
        if (_current is null || _lines is null || _busy)
        {
            return;
        }

        switch (key)
        {
            case "1" or "2" or "3" when _proposal is { } proposal && key[0] - '1' < proposal.Units.Count:
                await ChooseAsync(proposal.Units[key[0] - '1'].Unit);
                break;
            case "m" when _repeats.FirstOrDefault(repeat => repeat.CanTakeIn) is { } earlier:
                await JoinAsync(earlier);
                break;
            case "ArrowDown" or "ArrowUp":
                var place = _lines.ToList().FindIndex(line => line.Id == _current.Id) + (key == "ArrowDown" ? 1 : -1);
                await TakeAsync(_lines[Math.Clamp(place, 0, _lines.Count - 1)].Id);
                break;
            case "o":
                Navigation.NavigateTo($"/cases/{_current.Id}?do=dispatch");
                break;
        }

        StateHasChanged();
    }

    private async Task TakeAsync(Guid id)
    {
        if (await WhoAsync() is { } me)
        {
            await ShowAsync(id, me);
        }
    }

    private async Task ShowAsync(Guid? id, Actor me)
    {
        _refusal = null;
        _current = id is null ? null : await Desk.FindAsync(id.Value, me, Gone);
        _proposal = _current is null ? null : await Undispatched.ProposalAsync(_current.Id, Gone);
        _repeats = _current is null ? [] : await Earlier.FindAsync(_current, me, Gone);
        _place = _current is { Home.Kind: UnitKind.District } file ? await Gazetteer.FindAsync(file.District, $"{file.Place} {file.Text}", Gone) : null;
    }

    private Task ChooseAsync(OrgPath unit) => DoAsync(
        (file, me) => Desk.DoAsync(file.Id, me, waiting => waiting.Dispatch(Orders.For(file, unit, _proposal), Orders.Calendar, me, Now)),
        file => L["{0}已派给{1}。", file.Number, Units.ShortName(unit)]);

    private Task JoinAsync(Repeat earlier) => DoAsync(
        async (file, me) => await Desk.FindAsync(earlier.Case.Id, me, Gone) is { } into
            ? await Desk.DoAsync(file.Id, me, waiting => waiting.MergeInto(into, me, Now))
            : CaseDesk.Unknown,
        file => L["{0}已并入{1}。", file.Number, earlier.Case.Number]);

    private async Task DoAsync(Func<CaseFile, Actor, Task<Outcome>> act, Func<CaseFile, string> told)
    {
        if (_busy || _current is not { } file || _lines is null)
        {
            return;
        }

        _busy = true;
        try
        {
            var next = _lines.SkipWhile(line => line.Id != file.Id).Skip(1).FirstOrDefault() ?? _lines.FirstOrDefault(line => line.Id != file.Id);
            _refusal = (await ActAsync(me => act(file, me))).Refusal;
            if (_refusal is null && await WhoAsync() is { } me)
            {
                _done = (file.Id, told(file));
                await ShowAsync(next?.Id, me);
                await CatchUpAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _self?.Dispose();
        base.Dispose(disposing);
    }
}
