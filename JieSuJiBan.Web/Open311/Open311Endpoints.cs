using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.PublicDoor;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Open311;

/// <summary>
/// Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), in XML and JSON. Where the specification leaves a choice: every service is
/// realtime, so a token is the sender's own Idempotency-Key; requests are shown to the key that sent them, so reading them wants it.
/// </summary>
public static class Open311Endpoints
{
    public const string Root = "/open311/v2";

    private static readonly Refusal s_noRequest = new("open311.request.unknown", "没有这个service_request_id。", "There is no such service_request_id.");
    private static readonly Refusal s_noToken = new("open311.token.unknown", "没有这个token。", "There is no such token.");

    public static IServiceCollection AddOpen311(this IServiceCollection services)
    {
        services.AddOptions<Open311Options>().BindConfiguration(Open311Options.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<ServiceList>();
        services.AddSingleton<Whereabouts>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<Door>();
        return services;
    }

    public static void MapOpen311(this IEndpointRouteBuilder routes)
    {
        // The key in the request is what lets it in: no cookie counts here, so no page can act for whoever looks at it.
        var group = routes.MapGroup(Root).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(256 * 1024));
        group.Serve("/discovery.{format}", ("GET", Needs.Nothing, Discover));
        group.Serve("/services.{format}", ("GET", Needs.District, ListServices));
        group.Serve("/services/{code}.{format}", ("GET", Needs.District, Define));
        group.Serve("/requests.{format}", ("GET", Needs.Key, ListRequestsAsync), ("POST", Needs.Key, FileRequestAsync));
        group.Serve("/requests/{number}.{format}", ("GET", Needs.Key, ShowRequestAsync));
        group.Serve("/tokens/{token}.{format}", ("GET", Needs.Key, ShowTokenAsync));
        group.Serve("/{**rest}");
    }

    private static void Serve(this IEndpointRouteBuilder group, string pattern, params (string Method, Needs Needs, Func<Call, Task<Answer>> Do)[] acts)
    {
        var byMethod = acts.ToDictionary(act => act.Method, act => new Act(act.Needs, act.Do));
        group.Map(pattern, (HttpContext http, [FromServices] Door door) => door.ServeAsync(http, byMethod));
    }

    private static Task<Answer> Discover(Call call)
    {
        var services = call.Http.RequestServices;
        var options = services.GetRequiredService<IOptions<Open311Options>>().Value;
        // Of whichever district the request names; the endpoint is the same for all.
        var changed = services.GetRequiredService<ServiceList>().ChangedAt(call.District);
        return Task.FromResult(Answer.Of("discovery", new Fields(
            ("changeset", changed),
            ("contact", options.Contact),
            ("key_service", options.KeyService),
            ("endpoints", new Items("endpoint",
            [
                new Fields(
                    ("specification", "http://wiki.open311.org/GeoReport_v2"),
                    ("url", new Uri(services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicAddress, Root.TrimStart('/')).ToString()),
                    ("changeset", changed),
                    ("type", services.GetRequiredService<IHostEnvironment>().IsProduction() ? "production" : "test"),
                    ("formats", new Items("format", ["text/xml", "application/json"]))),
            ])))));
    }

    private static Task<Answer> ListServices(Call call) => Task.FromResult(Answer.Of("services", new Items(
        "service",
        call.Http.RequestServices.GetRequiredService<ServiceList>().Of(call.District).Select(service => new Fields(
            ("service_code", service.Code),
            ("service_name", service.Name),
            ("description", string.Join('、', service.Matters)),
            ("metadata", true),
            ("type", "realtime"),
            ("keywords", string.Join(", ", service.Matters)),
            ("group", service.Group))))));

    private static Task<Answer> Define(Call call) => Task.FromResult(
        call.Http.RequestServices.GetRequiredService<ServiceList>().Find(call.District, call.Route("code")) is { } service
            ? new Answer(StatusCodes.Status200OK, ServiceDefinition.Of(service))
            : call.No(StatusCodes.Status404NotFound, RequestDesk.UnknownService));

    private static async Task<Answer> FileRequestAsync(Call call)
    {
        var services = call.Http.RequestServices;
        var submission = await Submission.ReadAsync(call, services.GetRequiredService<ServiceList>(), services.GetRequiredService<Whereabouts>());
        if (submission.Demand is not { } demand)
        {
            return call.No(StatusOf(submission.IsOfUnknownService), submission.Refusals);
        }

        var (number, outcome) = await services.GetRequiredService<RequestDesk>().FileAsync(demand, submission.Petitioner, call.Key!, call.Gone);
        if (outcome.Refusal is { } refusal)
        {
            return call.No(StatusCodes.Status400BadRequest, refusal);
        }

        var isDangerous = services.GetRequiredService<SafetyWords>().Find(demand.Title, demand.Text) is not null;
        return Answer.Of("service_requests", new Items("request",
        [
            new Fields(
                ("service_request_id", number),
                ("service_notice", isDangerous ? "诉求已登记，将优先处理。如有人身危险，请立即拨打110、119或120。" : "诉求已登记，将派给负责的单位办理。"),
                ("account_id", null)),
        ]));
    }

    private static async Task<Answer> ListRequestsAsync(Call call)
    {
        var query = RequestQuery.Read(call, call.Http.RequestServices.GetRequiredService<ServiceList>());
        return query.Refusals.Count > 0 ? call.No(StatusOf(query.IsOfUnknownService), query.Refusals) : Show(call, await ReadAsync(call, query));
    }

    private static async Task<Answer> ShowRequestAsync(Call call) =>
        await ReadAsync(call, RequestQuery.One(call.Route("number"))) is { Count: > 0 } found ? Show(call, found) : call.No(StatusCodes.Status404NotFound, s_noRequest);

    private static async Task<Answer> ShowTokenAsync(Call call)
    {
        var token = call.Route("token");
        return await call.Http.RequestServices.GetRequiredService<RequestDesk>().FindByReferenceAsync(call.Key!, token, call.Gone) is { } number
            ? Answer.Of("service_requests", new Items("request", [new Fields(("service_request_id", number), ("token", token))]))
            : call.No(StatusCodes.Status404NotFound, s_noToken);
    }

    private static Task<IReadOnlyList<RequestLine>> ReadAsync(Call call, RequestQuery query) =>
        call.Http.RequestServices.GetRequiredService<RequestDesk>().ListAsync(call.Key!, query, call.Gone);

    private static Answer Show(Call call, IReadOnlyList<RequestLine> lines)
    {
        var services = call.Http.RequestServices;
        var (units, story) = (services.GetRequiredService<UnitBook>(), services.GetRequiredService<CitizenStory>());
        return Answer.Of("service_requests", new Items("request", lines.Select(line =>
        {
            var (file, service) = (line.File, Service.Of(line.File.Category));
            return new Fields(
                ("service_request_id", file.Number),
                ("status", file.IsOpen ? "open" : "closed"),
                ("status_notes", story.Now(file)),
                ("service_name", service.Name),
                ("service_code", service.Code),
                // Once the petitioner is erased, nothing is told that he may have written about himself.
                ("description", line.IsErased ? null : file.Text),
                ("agency_responsible", file.FirstReceiver is { } agency ? units.Name(agency) : null),
                ("service_notice", null),
                ("requested_datetime", file.RegisteredAt),
                ("updated_datetime", line.UpdatedAt),
                ("expected_datetime", file.DueAt),
                ("address", file.Place),
                ("address_id", file.Home.Value.TrimEnd('/').Split('/')[^1]),
                ("zipcode", null),
                ("lat", file.Position?.Latitude),
                ("long", file.Position?.Longitude),
                ("media_url", file.Details?.GetValueOrDefault(ChannelForms.MediaLink)));
        })));
    }

    private static int StatusOf(bool isUnknown) => isUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
}
