using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Components.Public;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Localization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>
/// The pages of the public door: plain pages and form posts, so that a thousand strangers cost no circuit and a phone without script
/// gets by. A script that posts for a page asks for JSON and is told the same.
/// </summary>
public static class PublicEndpoints
{
    public const string Door = "/public";
    public const string FollowPath = $"{Door}/follow";
    public const string ReceivedPath = $"{Door}/received";

    private const long MaxBody = (PhotoIntake.Most * PhotoIntake.MaxSize) + (1024 * 1024);

    private static readonly FormOptions s_form = new() { MultipartBodyLengthLimit = MaxBody, ValueCountLimit = 40, ValueLengthLimit = 64 * 1024, KeyLengthLimit = 100 };

    private static readonly Refusal s_stale = new(
        "public.stale", "页面放得太久了。您写的内容还在，请再点一次提交；照片请重新选择。", "The page has been open too long. What you wrote is still here: send it again, and choose the photos again.");

    private static readonly Refusal s_ended = new(
        "public.ended", "查询已过期，请重新输入编号和查询码。", "Your session has ended. Please enter number and code again.");

    private static readonly Refusal s_large = new("public.large", "照片太大，没有提交成功。请返回上一页，少选几张再提交。", "The photos are too large and nothing was sent. Go back and choose fewer.");

    public static void MapPublicDoor(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Door).AllowAnonymous().AddEndpointFilter(OnlyIfOpenAsync).AddEndpointFilter(KeepNoCopyAsync);
        group.MapGet("/", (FormStamp stamps) => Form(PublicReport.Blank(), [], stamps));
        group.MapPost("/", ReportAsync).RequireRateLimiting(ReportLimit.Name).WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        group.MapGet("/received", ReceivedAsync);
        group.MapGet("/follow", FollowAsync);
        group.MapPost("/follow", OpenAsync).RequireRateLimiting(TryLimit.Name);
        group.MapPost("/facts", AddFactsAsync).RequireRateLimiting(ReportLimit.Name).WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        group.MapPost("/rating", RateAsync).RequireRateLimiting(TryLimit.Name);
        group.MapPost("/callback", AnswerCallbackAsync).RequireRateLimiting(TryLimit.Name);
        group.MapPost("/leave", LeaveAsync);

        group.MapGet("/token", (HttpContext http, IAntiforgery antiforgery) => TypedResults.Json(new { token = antiforgery.GetAndStoreTokens(http).RequestToken }));
        group.MapGet("/sw.js", ServiceWorker);
        group.MapGet("/manifest.webmanifest", Manifest);
    }

    private static async ValueTask<object?> OnlyIfOpenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<PublicDesk>().IsOpen ? await next(context) : TypedResults.NotFound();

    // The service worker keeps the form; no other copy of these pages stays anywhere.
    private static ValueTask<object?> KeepNoCopyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static async Task<IResult> ReportAsync(HttpContext http, PublicDesk desk, FormStamp stamps, FollowTickets tickets, IAntiforgery antiforgery, IStringLocalizer<Texts> texts)
    {
        if (await ReadAsync(http) is not { } form)
        {
            return Refused(http, texts, [s_large], () => Notice(s_large));
        }

        var report = PublicReport.Read(form);
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Refused(http, texts, [s_stale], () => Form(report, [s_stale], stamps));
        }

        var (receipt, refusals) = await desk.ReportAsync(report, http.RequestAborted);
        if (receipt is null)
        {
            return Refused(http, texts, refusals, () => Form(report, refusals, stamps));
        }

        tickets.Issue(http, receipt.CaseId, receipt.Code);
        return WantsJson(http) ? TypedResults.Json(new { number = receipt.Number, code = receipt.Code }) : SeeOther(ReceivedPath);
    }

    private static async Task<IResult> ReceivedAsync(HttpContext http, PublicDesk desk, FollowTickets tickets) =>
        tickets.Find(http) is { Code: { } code } ticket && await desk.ReadAsync(ticket.CaseId, http.RequestAborted) is { } file
            ? Page<ReceivedPage>(new() { [nameof(ReceivedPage.File)] = file, [nameof(ReceivedPage.Code)] = code })
            : SeeOther(FollowPath);

    private static async Task<IResult> FollowAsync(HttpContext http, PublicDesk desk, FollowTickets tickets, CitizenStory story) =>
        tickets.Find(http) is { } ticket && await desk.ReadAsync(ticket.CaseId, http.RequestAborted) is { } file
            ? await ProgressAsync(http, story, file)
            : Follow();

    private static async Task<IResult> OpenAsync(HttpContext http, PublicDesk desk, FollowTickets tickets, IAntiforgery antiforgery)
    {
        if (await ReadAsync(http) is not { } form || !await antiforgery.IsRequestValidAsync(http))
        {
            return Follow(s_ended);
        }

        var (caseId, refusal) = await desk.OpenAsync(form["number"].ToString(), form["code"].ToString(), Household.Of(http), http.RequestAborted);
        if (caseId is null)
        {
            return Follow(refusal!);
        }

        tickets.Issue(http, caseId.Value);
        return SeeOther(FollowPath);
    }

    private static async Task<IResult> AddFactsAsync(HttpContext http, PublicDesk desk, FollowTickets tickets, CitizenStory story, IAntiforgery antiforgery, IStringLocalizer<Texts> texts)
    {
        if (await ReadAsync(http) is not { } form)
        {
            return Refused(http, texts, [s_large], () => Notice(s_large));
        }

        var text = PublicReport.Line(form, "text");
        if (tickets.Find(http) is not { } ticket || await desk.ReadAsync(ticket.CaseId, http.RequestAborted) is not { } file)
        {
            return Refused(http, texts, [s_ended], () => Follow(s_ended, text));
        }

        var refusal = await antiforgery.IsRequestValidAsync(http)
            ? await desk.AddFactsAsync(file.Id, Key(form), text, [.. form.Files.Where(photo => photo.Name == "photos" && photo.Length > 0)], http.RequestAborted)
            : s_stale;
        if (refusal is not null)
        {
            var page = await ProgressAsync(http, story, file, refusal, text);
            return Refused(http, texts, [refusal], () => page);
        }

        return WantsJson(http) ? TypedResults.Json(new { }) : SeeOther(FollowPath);
    }

    private static async Task<IResult> RateAsync(HttpContext http, PublicDesk desk, FollowTickets tickets, CitizenStory story, IAntiforgery antiforgery)
    {
        if (await ReadAsync(http) is not { } form || tickets.Find(http) is not { } ticket || await desk.ReadAsync(ticket.CaseId, http.RequestAborted) is not { } file)
        {
            return Follow(s_ended);
        }

        var satisfaction = Enum.TryParse<Satisfaction>(form["satisfaction"], out var said) && Enum.IsDefined(said) ? said : Satisfaction.NotSaid;
        var refusal = !await antiforgery.IsRequestValidAsync(http) ? s_stale
            : form["solved"].ToString() is not ("yes" or "no") ? new Refusal("case.missing.solved", "请选择是否解决。", "Say whether it is solved.", "solved")
            : await desk.RateAsync(file.Id, form["solved"] == "yes", satisfaction, PublicReport.Line(form, "remark"));
        return refusal is null ? SeeOther(FollowPath) : await ProgressAsync(http, story, file, refusal);
    }

    private static async Task<IResult> AnswerCallbackAsync(HttpContext http, PublicDesk desk, FollowTickets tickets, CitizenStory story, IAntiforgery antiforgery)
    {
        if (await ReadAsync(http) is not { } form || tickets.Find(http) is not { } ticket || await desk.ReadAsync(ticket.CaseId, http.RequestAborted) is not { } file)
        {
            return Follow(s_ended);
        }

        var answer = new CallbackAnswer(
            form["contacted"] == "yes", form["solved"] == "yes", Chosen<Satisfaction>(form, "satisfaction") ?? Satisfaction.NotSaid,
            Chosen<UnsolvedReason>(form, "unsolved"), Chosen<UnsatisfiedReason>(form, "unsatisfied"), PublicReport.Line(form, "remark"));
        var refusal = !await antiforgery.IsRequestValidAsync(http) ? s_stale
            : form["contacted"].ToString() is not ("yes" or "no") ? new Refusal("case.missing.contacted", "请选择是否有人联系过您。", "Say whether somebody has contacted you.", "contacted")
            : form["solved"].ToString() is not ("yes" or "no") ? new Refusal("case.missing.solved", "请选择是否解决。", "Say whether it is solved.", "solved")
            : await desk.AnswerCallbackAsync(file.Id, answer);
        return refusal is null ? SeeOther(FollowPath) : await ProgressAsync(http, story, file, refusal, said: answer);
    }

    private static TChoice? Chosen<TChoice>(IFormCollection form, string name)
        where TChoice : struct, Enum => Enum.TryParse<TChoice>(form[name], out var value) && Enum.IsDefined(value) ? value : null;

    private static async Task<IResult> LeaveAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(http))
        {
            FollowTickets.Withdraw(http);
        }

        return SeeOther(FollowPath);
    }

    // Not among the plain files, because only with this header may it serve /public itself and not merely what lies below.
    private static FileStreamHttpResult ServiceWorker(HttpContext http, IWebHostEnvironment environment)
    {
        http.Response.Headers["Service-Worker-Allowed"] = Door;
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Stream(environment.WebRootFileProvider.GetFileInfo("door/sw.js").CreateReadStream(), "text/javascript");
    }

    private static JsonHttpResult<object> Manifest(IStringLocalizer<Texts> texts) => TypedResults.Json<object>(
        new
        {
            id = Door,
            start_url = Door,
            scope = Door,
            name = texts["民意直通车"].Value,
            short_name = texts["民意直通车"].Value,
            description = texts["反映身边的问题，随时查看办理进度"].Value,
            lang = TextExtensions.IsEnglish ? "en" : "zh-CN",
            display = "standalone",
            background_color = "#f3f6fa",
            theme_color = "#164680",
            icons = new[]
            {
                new { src = "/door/icon-192.png", sizes = "192x192", type = "image/png", purpose = "any" },
                new { src = "/door/icon-512.png", sizes = "512x512", type = "image/png", purpose = "any" },
                new { src = "/door/icon-maskable-512.png", sizes = "512x512", type = "image/png", purpose = "maskable" },
            },
        },
        contentType: "application/manifest+json");

    // Nothing if there is more than photos can be.
    private static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        try
        {
            return http.Request.HasFormContentType ? await http.Request.ReadFormAsync(s_form, http.RequestAborted) : FormCollection.Empty;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static Guid Key(IFormCollection form) => Guid.TryParse(form["key"], out var key) && key != Guid.Empty ? key : Guid.NewGuid();

    private static IResult Refused(HttpContext http, IStringLocalizer<Texts> texts, IReadOnlyList<Refusal> refusals, Func<IResult> page) => WantsJson(http)
        ? TypedResults.Json(
            new { refusals = refusals.Select(refusal => new { refusal.Code, refusal.Field, text = refusal.In(texts) }) },
            statusCode: StatusCodes.Status422UnprocessableEntity)
        : page();

    private static RazorComponentResult<ReportPage> Form(PublicReport report, IReadOnlyList<Refusal> refusals, FormStamp stamps) => Page<ReportPage>(
        new() { [nameof(ReportPage.Report)] = report, [nameof(ReportPage.Refusals)] = refusals, [nameof(ReportPage.Opened)] = stamps.Issue() }, refusals.Count > 0);

    private static RazorComponentResult<FollowPage> Follow(Refusal? refusal = null, string? unsent = null) =>
        Page<FollowPage>(new() { [nameof(FollowPage.Refusal)] = refusal, [nameof(FollowPage.Unsent)] = unsent }, refusal is not null);

    private static RazorComponentResult<NoticePage> Notice(Refusal refusal) => Page<NoticePage>(new() { [nameof(NoticePage.Refusal)] = refusal }, isRefused: true);

    private static async Task<IResult> ProgressAsync(HttpContext http, CitizenStory story, CaseFile file, Refusal? refusal = null, string? facts = null, CallbackAnswer? said = null)
    {
        var progress = await story.TellAsync(file, http.RequestAborted);
        return Page<ProgressPage>(
            new() { [nameof(ProgressPage.File)] = file, [nameof(ProgressPage.Progress)] = progress, [nameof(ProgressPage.Refusal)] = refusal, [nameof(ProgressPage.Facts)] = facts, [nameof(ProgressPage.Said)] = said },
            refusal is not null);
    }

    private static RazorComponentResult<TPage> Page<TPage>(Dictionary<string, object?> parameters, bool isRefused = false)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { StatusCode = isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, PreventStreamingRendering = true };

    // A reload of what follows a post must not post again.
    private static SeeOtherResult SeeOther(string path) => new(path);

    private static bool WantsJson(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
