using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace JieSuJiBan.Web.Access;

/// <summary>What a page is for whom. Which cases and rooms is <see cref="Sight"/>'s affair; what may be done to them, the domain's.</summary>
public static class Policies
{
    /// <summary>Holds a post, whatever it is.</summary>
    public const string Officer = nameof(Officer);

    public const string HandleCases = nameof(HandleCases);
    public const string RegisterCases = nameof(RegisterCases);
    public const string ReportFinds = nameof(ReportFinds);
    public const string ImportCases = nameof(ImportCases);
    public const string BlowWhistles = nameof(BlowWhistles);

    /// <summary>The command centre's own work: who gets a case.</summary>
    public const string Dispatch = nameof(Dispatch);

    /// <summary>Sees the crowds of its street or district.</summary>
    public const string SeeCrowds = nameof(SeeCrowds);

    /// <summary>Keeps the duty list.</summary>
    public const string KeepDuties = nameof(KeepDuties);

    /// <summary>Keeps the calendar of foreseen problems.</summary>
    public const string KeepForeseen = nameof(KeepForeseen);

    /// <summary>Keeps the state's working calendar.</summary>
    public const string KeepCalendar = nameof(KeepCalendar);

    /// <summary>Gets orders, gives them or looks at them.</summary>
    public const string Supervision = nameof(Supervision);

    /// <summary>Gives orders to somebody.</summary>
    public const string Supervise = nameof(Supervise);

    /// <summary>Sees what its street or district is told most often, and what becomes of it.</summary>
    public const string SeeInsight = nameof(SeeInsight);

    /// <summary>May put the district on a wall.</summary>
    public const string SeeScreen = nameof(SeeScreen);

    /// <summary>Reads rankings and the scheme they go by.</summary>
    public const string SeeRankings = nameof(SeeRankings);

    /// <summary>Keeps the register of firms and the red and black list.</summary>
    public const string KeepFirms = nameof(KeepFirms);

    /// <summary>Reads the red and black lists that were published.</summary>
    public const string ReadFirmLists = nameof(ReadFirmLists);

    public const string Administer = nameof(Administer);

    public static IServiceCollection AddPortalAuthorization(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PostHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, NotFoundInsteadOfForbidden>();

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new HoldsPost(_ => true)).Build())
            .AddPolicy(Officer, policy => policy.AddRequirements(new HoldsPost(_ => true)))
            .AddPolicy(HandleCases, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role.SeesCases())))
            .AddPolicy(RegisterCases, policy => policy.AddRequirements(new HoldsPost(CanRegister)))
            .AddPolicy(ReportFinds, policy => policy.AddRequirements(new HoldsPost(CanReport)))
            .AddPolicy(ImportCases, policy => policy.AddRequirements(new HoldsPost(CanImport)))
            .AddPolicy(BlowWhistles, policy => policy.AddRequirements(new HoldsPost(CanBlow)))
            .AddPolicy(Dispatch, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role == Role.Dispatcher)))
            .AddPolicy(SeeCrowds, policy => policy.AddRequirements(new HoldsPost(CanSeeCrowds)))
            .AddPolicy(KeepDuties, policy => policy.AddRequirements(new HoldsPost(Domain.Duties.Duty.CanKeep)))
            .AddPolicy(KeepForeseen, policy => policy.AddRequirements(new HoldsPost(Domain.Foreseen.ForeseenProblem.CanKeep)))
            .AddPolicy(KeepCalendar, policy => policy.AddRequirements(new HoldsPost(Domain.Time.CalendarYear.CanKeep)))
            .AddPolicy(Supervision, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role.HandlesCases())))
            .AddPolicy(Supervise, policy => policy.AddRequirements(new HoldsPost(Domain.Supervision.SupervisionOrder.MayIssue)))
            .AddPolicy(SeeInsight, policy => policy.AddRequirements(new HoldsPost(CanSeeInsight)))
            .AddPolicy(SeeScreen, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role.OverseesDistrict())))
            .AddPolicy(SeeRankings, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role.SeesCases())))
            .AddPolicy(ReadFirmLists, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role.SeesCases())))
            .AddPolicy(KeepFirms, policy => policy.AddRequirements(new HoldsPost(Domain.Firms.FirmRegister.CanKeep)))
            .AddPolicy(Administer, policy => policy.AddRequirements(new HoldsPost(actor => actor.Role == Role.Administrator)));

        return services;
    }

    public static bool CanRegister(Actor actor) => actor.Role.HandlesCases() && actor.Role is not (Role.DistrictLeader or Role.Supervisor);

    /// <summary>Walks the streets, or works with those who do.</summary>
    public static bool CanReport(Actor actor) => actor.Role is Role.GridWorker or Role.CommunityWorker or Role.StreetSection or Role.StreetOfficer or Role.StreetLeader;

    /// <summary>The hotline's orders are the whole district's.</summary>
    public static bool CanImport(Actor actor) => actor.Role == Role.Dispatcher || actor.IsPortal;

    public static bool CanBlow(Actor actor) => actor.Role.HandlesCases() && Domain.Whistles.WhistleBrief.DirectionsOf(actor.Unit).Count > 0
        && actor.Role is not (Role.Dispatcher or Role.Supervisor);

    public static bool CanDecide(Actor actor) => CanDecide(actor.Role);

    public static bool CanDecide(Role role) => role.LeadsItsUnit() || role == Role.DistrictLeader;

    public static bool CanSeeCrowds(Actor actor) => actor.Role.OverseesDistrict() || actor.Role is Role.StreetLeader or Role.StreetOfficer;

    public static bool CanSeeInsight(Actor actor) => actor.Role.OverseesDistrict() || actor.Role is Role.StreetLeader or Role.StreetOfficer;

    private sealed record HoldsPost(Func<Actor, bool> Suits) : IAuthorizationRequirement;

    private sealed class PostHandler(PostBook posts) : AuthorizationHandler<HoldsPost>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, HoldsPost requirement)
        {
            if (posts.Find(context.User) is { } actor && requirement.Suits(actor))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
