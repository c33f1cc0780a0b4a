using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace JieSuJiBan.Web.Components;

/// <summary>
/// Anything on a page that acts for an officer. Who he is, and in which post, is asked again for every act: a post that ended a
/// minute ago ends here too.
/// </summary>
public abstract class OfficerComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected OfficerComponent() => Gone = _gone.Token;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PostBook Posts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Cancelled when the person leaves the page. Good for asking even afterwards, when its source would only throw.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>The officer as he was when this was first shown; good for deciding what to show, not for acting.</summary>
    protected Actor? Me { get; private set; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected override async Task OnInitializedAsync() => Me = await WhoAsync();

    /// <summary>The officer as he is now, or nobody.</summary>
    protected async Task<Actor?> WhoAsync() => Posts.Find((await Authentication).User);

    /// <summary>Does something as the officer. Somebody who is no officer any more is sent to where the server tells him so.</summary>
    protected async Task<Outcome> ActAsync(Func<Actor, Task<Outcome>> act)
    {
        if (await WhoAsync() is { } actor)
        {
            return await act(actor);
        }

        Navigation.Refresh(forceReload: true);
        return new Refusal("account.ended", "您的登录或岗位已失效，请重新登录。", "Your sign-in or post has ended. Please sign in again.");
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }
}
