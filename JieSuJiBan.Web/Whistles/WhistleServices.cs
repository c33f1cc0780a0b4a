namespace JieSuJiBan.Web.Whistles;

public static class WhistleServices
{
    public static IServiceCollection AddWhistles(this IServiceCollection services)
    {
        services.AddSingleton<WhistleDesk>();
        services.AddSingleton<WhistleList>();
        services.AddSingleton<RatingEvidence>();
        services.AddSingleton<Rooms>();
        services.AddSingleton<RoomPresence>();
        services.AddSingleton<HubRooms>();

        // Sixteen posts of one connection may be under way: they share a transaction at the desk, in the order they came.
        services.AddSignalR(options =>
        {
            options.MaximumParallelInvocationsPerClient = 16;
            options.MaximumReceiveMessageSize = 64 * 1024;
        });
        return services;
    }

    public static void MapWhistles(this IEndpointRouteBuilder routes) => routes.MapHub<WhistleHub>("/hubs/whistles");
}
