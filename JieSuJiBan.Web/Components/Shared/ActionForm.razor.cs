using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace JieSuJiBan.Web.Components.Shared;

/// <summary>
/// A form that does one thing. What is typed is kept in the browser until it is done; a refusal stands beside its field, or above the
/// buttons; a decision that wants a fresh password asks for it here.
/// </summary>
public sealed partial class ActionForm
{
    private readonly string _id = $"f{Guid.NewGuid():N}";
    private readonly HashSet<string> _shown = [];
    private ElementReference _form;
    private bool _busy;
    private bool _needsPassword;
    private string? _password;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required AccountDesk Accounts { get; init; }

    [Inject]
    public required RecentPasswords Passwords { get; init; }

    [Parameter]
    public string? Title { get; set; }

    /// <summary>What the button says.</summary>
    [Parameter, EditorRequired]
    public required string Submit { get; set; }

    [Parameter]
    public bool Danger { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>Under which the browser keeps what is typed; the same form of the same thing has the same key.</summary>
    [Parameter, EditorRequired]
    public required string Key { get; set; }

    [Parameter, EditorRequired]
    public required Func<Actor, Task<Outcome>> Act { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <summary>Everything that is wrong before the act is even tried; the act may still refuse.</summary>
    [Parameter]
    public Func<IEnumerable<Refusal>>? Check { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>Further buttons.</summary>
    [Parameter]
    public RenderFragment? More { get; set; }

    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    private string DraftKey => $"{Me?.UserId}/{Key}";

    /// <summary>A field says that it shows the refusals of this name.</summary>
    internal void Shows(string field) => _shown.Add(field);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Js.InvokeVoidAsync("portal.restoreDraft", Gone, _form);
        }
    }

    private async Task SubmitAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            Refusals = [.. Check?.Invoke() ?? []];
            if (Refusals.Count == 0 && await ConfirmPasswordAsync() && await SendAsync() is { Refusal: { } refusal })
            {
                Refusals = [refusal];
                _needsPassword = refusal.Code == Freshness.Code;
            }

            if (Refusals.Count > 0)
            {
                StateHasChanged();
                await Task.Yield();  // until they are drawn: the first of the wrong fields gets the focus
                await Js.InvokeVoidAsync("portal.showRefusal", Gone, _form);
                return;
            }
        }
        finally
        {
            _busy = false;
        }

        await Js.InvokeVoidAsync("portal.dropDraft", Gone, DraftKey);
        await OnDone.InvokeAsync();
    }

    // The browser keeps the form's name until its answer has arrived, or until something else is written into it.
    private async Task<Outcome> SendAsync()
    {
        var name = await Js.InvokeAsync<string?>("portal.nameOf", Gone, DraftKey);
        return await ActAsync(me => Act(Guid.TryParse(name, out var form) ? me with { Form = form } : me));
    }

    private async Task<bool> ConfirmPasswordAsync()
    {
        if (!_needsPassword)
        {
            return true;
        }

        var user = (await Authentication).User;
        var (given, _password) = (this._password, this._password = null);
        if (Me is { } me && !string.IsNullOrEmpty(given) && await Accounts.ConfirmPasswordAsync(me.UserId, given))
        {
            Passwords.Given(user.FindFirst(PortalClaims.Session)?.Value ?? "");
            _needsPassword = false;
            return true;
        }

        Refusals = [new Refusal("account.password", "密码不正确。", "The password is not right.")];
        return false;
    }

    private async Task CancelAsync()
    {
        await Js.InvokeVoidAsync("portal.dropDraft", Gone, DraftKey);
        await OnCancel.InvokeAsync();
    }
}
