using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Organisation;
using Microsoft.AspNetCore.Components;

namespace JieSuJiBan.Web.Components.Pages.Cases;

/// <summary>The buttons of a case, and the form behind the one that is open.</summary>
public sealed partial class CaseActions
{
    private IReadOnlyList<CaseActs.Offer> _offers = [];
    private CaseActs.Offer? _open;
    private InformReason _reason = InformReason.BeyondDuty;
    private string _reply = InformReason.BeyondDuty.Reply();
    private string? _subject;
    private bool _reached = true;
    private bool _isSolved = true;
    private string _remark = "";
    private string _contact = "", _ask = "", _why = "", _basis = "";
    private OrgPath? _helper, _suggested;

    [Parameter, EditorRequired]
    public required CaseFile File { get; set; }

    [Parameter, EditorRequired]
    public required Actor Me { get; set; }

    /// <summary>The key of the open form.</summary>
    [Parameter]
    public string? Do { get; set; }

    [Inject]
    public required CaseDesk Desk { get; init; }

    [Inject]
    public required SafetyWords Safety { get; init; }

    [Inject]
    public required FileStore FileStore { get; init; }

    [Inject]
    public required UnitBook Units { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeRules Rules { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private DateTimeOffset Now => Time.GetUtcNow();

    private string Key => $"case-{File.Id}-{_open?.Key}";

    protected override void OnParametersSet()
    {
        _offers = CaseActs.For(File, Me, Now);
        _open = _offers.FirstOrDefault(offer => offer.Key == Do);
    }

    private string Link(string key) => Navigation.GetUriWithQueryParameter("do", key);

    private void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("do", (string?)null), replace: true);

    private void Choose(InformReason? reason) => (_reason, _reply) = (reason ?? _reason, (reason ?? _reason).Reply());

    private Task<Outcome> DoAsync(Actor me, Func<CaseFile, Outcome> decide) => Desk.DoAsync(File.Id, me, decide);

    private async Task<Outcome> DoWithFilesAsync(Actor me, IReadOnlyCollection<Guid> files, Func<CaseFile, IReadOnlyList<AttachmentRef>?, Outcome> decide)
    {
        var (refs, found) = await FileStore.ResolveAsync(files, File.Id, me);
        return !found.IsDone ? found : await DoAsync(me, file => decide(file, refs));
    }
}
