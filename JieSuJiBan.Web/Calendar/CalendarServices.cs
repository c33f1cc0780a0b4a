using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Calendar;

public static class CalendarServices
{
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services.AddSingleton<CalendarDesk>();

    public static void MapCalendar(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/calendar/{year:int}.xlsx", Export).RequireAuthorization(Policies.KeepCalendar);

    private static PushStreamHttpResult Export(int year, TimeRules rules, HttpContext http) => TypedResults.Stream(
        stream => CalendarSheet.WriteAsync(stream, rules.Calendar.DaysOf(year), http.RequestAborted), SheetWriter.ContentType, $"工作日历{year}.xlsx");
}
