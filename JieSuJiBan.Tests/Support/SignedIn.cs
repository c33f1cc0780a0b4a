namespace JieSuJiBan.Tests.Support;

/// <summary>The sign-in form and what follows it, as a browser posts them: real cookies, real tokens.</summary>
internal static class SignedIn
{
    public static async Task<(HttpClient Client, HttpResponseMessage Answer)> SignInAsync(
        this PortalFixture portal, string user, string password = PortalFixture.Password, string? returnUrl = null)
    {
        var client = portal.CreateClientFor(null);
        var path = $"/account/sign-in{(returnUrl is null ? "" : $"?ReturnUrl={Uri.EscapeDataString(returnUrl)}")}";
        return (client, await client.FillInAsync(path, new() { ["_handler"] = "sign-in", ["Input.User"] = user, ["Input.Password"] = password }));
    }

    public static Task<HttpResponseMessage> ChangePasswordAsync(this HttpClient client, string old, string changed) => client.FillInAsync(
        "/account/password", new() { ["_handler"] = "password", ["Input.Old"] = old, ["Input.New"] = changed, ["Input.Again"] = changed });

    /// <summary>Posts a form to the page it stands on, or to <paramref name="target"/>.</summary>
    public static async Task<HttpResponseMessage> FillInAsync(this HttpClient client, string path, Dictionary<string, string> fields, string? target = null)
    {
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        using var form = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", Integration.HostingTests.TokenIn(page))));
        return await client.PostAsync(new Uri(target ?? path, UriKind.Relative), form);
    }

    public static async Task<System.Net.HttpStatusCode> StatusOfAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}
