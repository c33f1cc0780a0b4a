using JieSuJiBan.Web.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace JieSuJiBan.Web.Components.Layout;

/// <summary>The list of cases and its pool share a page; the menu marks the one that is shown.</summary>
public sealed class CaseLink : NavLink
{
    [Parameter]
    public bool IsPool { get; set; }

    protected override bool ShouldMatch(string uriAbsolute)
    {
        var uri = new Uri(uriAbsolute);
        var showsPool = uri.AbsolutePath == "/cases" && uri.Query.Contains($"scope={CaseFilter.Proactive}", StringComparison.Ordinal);
        return IsPool ? showsPool : !showsPool && base.ShouldMatch(uriAbsolute);
    }
}
