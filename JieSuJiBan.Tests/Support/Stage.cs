using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radzen;

namespace JieSuJiBan.Tests.Support;

/// <summary>Somebody of the cast in front of the portal: its own router, pages, desks, database and feed; only the browser is played.</summary>
/// <remarks>A live page may be drawn anew at any moment: find and act in one <c>InvokeAsync</c>, or the act falls on what is gone.</remarks>
internal sealed class Stage : BunitContext
{
    private readonly IServiceScope _circuit;

    static Stage() => DefaultWaitTimeout = TimeSpan.FromSeconds(15);

    public Stage(PortalFixture portal, Actor actor)
    {
        _circuit = portal.Services.CreateScope();
        var services = _circuit.ServiceProvider;
        Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(portal.UserFor(actor)));
        Services.AddCascadingAuthenticationState();
        Services.AddSingleton(services.GetRequiredService<IAuthorizationService>());
        Services.AddSingleton(services.GetRequiredService<IStringLocalizer<Texts>>());
        Services.AddRadzenComponents();
        Services.AddFallbackServiceProvider(services);
        JSInterop.Mode = JSRuntimeMode.Loose;
        RoomScript = JSInterop.SetupModule("./js/room.js");
        RoomScript.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/composer.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/callbacks.js").Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public BunitJSModuleInterop RoomScript { get; }

    public NavigationManager Address => Services.GetRequiredService<NavigationManager>();

    /// <summary>Opens an address in the whole portal, as a person would: policies, layout and all.</summary>
    public IRenderedComponent<Routes> Open(string address)
    {
        Address.NavigateTo(address);
        var page = Render<Routes>();
        page.WaitForElement("main h1");
        return page;
    }

    /// <summary>Follows a link on the open page.</summary>
    public Task GoAsync(string address) => Renderer.Dispatcher.InvokeAsync(() => Address.NavigateTo(address));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _circuit.Dispose();
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _circuit.Dispose();
    }

    private sealed class SignedIn(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}

/// <summary>What a person reads on a page.</summary>
internal static class Reading
{
    public const string NotFound = "您要找的内容不存在，或者不在您的权限内。";

    public static string MainText(this IRenderedComponent<Routes> page) => page.Find("main").TextContent;

    /// <summary>The texts of all that match, each trimmed.</summary>
    public static IReadOnlyList<string> Texts(this IRenderedComponent<IComponent> page, string selector) => [.. page.FindAll(selector).Select(Text)];

    public static string Text(this IElement element) => element.TextContent.Trim();

    /// <summary>What a button or link says beside its icon.</summary>
    public static string Caption(this IElement button) => button.LastChild?.TextContent.Trim() ?? "";

    public static IElement Button(this IRenderedComponent<IComponent> page, string caption) =>
        page.FindAll("button").Single(button => button.Caption() == caption);
}
