using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class CalendarTests
{
    private static readonly CalendarDays s_days = new([new(2027, 2, 5), new(2027, 2, 8)], [new(2027, 2, 13)]);

    [Fact]
    public void AYear_IsWrittenDownByTheAdministrator_AndByNobodyElse()
    {
        Assert.Null(Begin(s_days, "国办通知", Administrator).Refusal);
        Assert.All(Cast.Where(actor => actor.Role != Role.Administrator), actor => Assert.Equal("calendar.role", Begin(s_days, "国办通知", actor).Refusal?.Code));
    }

    [Fact]
    public void DaysThatAreWrong_AreRefused()
    {
        Assert.Equal("calendar.other-year", Begin(s_days with { Holidays = [new(2026, 12, 31)] }, "通知").Refusal?.Code);
        Assert.Equal("calendar.both", Begin(s_days with { Holidays = [new(2027, 2, 13)] }, "通知").Refusal?.Code);
        Assert.Equal("calendar.make-up", Begin(s_days with { MakeUpDays = [new(2027, 2, 12)] }, "通知").Refusal?.Code);
        Assert.Equal("calendar.many", Begin(s_days with { Holidays = [.. Enumerable.Range(0, 61).Select(no => new DateOnly(2027, 6, 1).AddDays(no))] }, "通知").Refusal?.Code);
        Assert.Equal("calendar.basis", Begin(s_days, " ").Refusal?.Code);
        Assert.Equal("calendar.year", CalendarYear.Begin(Guid.NewGuid(), 1999, new([], []), "通知", Administrator, Morning).Outcome.Refusal?.Code);
    }

    [Fact]
    public void TheSameDays_AreNoChange_OthersAre()
    {
        var calendar = CalendarYear.Begin(Guid.NewGuid(), 2027, s_days, "国办通知", Administrator, Morning).Calendar!;

        Assert.Equal("calendar.same", calendar.Set(new([.. s_days.Holidays.Reverse()], s_days.MakeUpDays), "国办通知", Administrator, Morning).Refusal?.Code);
        Assert.Null(calendar.Set(s_days with { MakeUpDays = [] }, "更正", Administrator, Morning).Refusal);
        Assert.Equal(calendar.Told(), CalendarYear.Replay(calendar.Unsaved).Told());
    }

    [Fact]
    public void TheWorkCalendar_TakesAYearsNewDays_AndLeavesTheOthers()
    {
        var calendar = RuleBook.ReadTimes().Calendar;
        var before = calendar.DaysOf(2026);
        var friday = new DateTimeOffset(2027, 2, 12, 9, 0, 0, WorkCalendar.Beijing);
        Assert.Equal(friday.AddHours(9), calendar.Add(friday, WorkCalendar.WorkingDay));
        Assert.False(calendar.IsWorkingDay(new(2027, 2, 13)));

        calendar.Replace(2027, s_days);

        Assert.True(calendar.IsWorkingDay(new(2027, 2, 13)));
        Assert.Equal(friday.AddDays(1).AddHours(9), calendar.Add(friday, 2 * WorkCalendar.WorkingDay));
        Assert.True(calendar.DaysOf(2027).Says(s_days));
        Assert.True(calendar.DaysOf(2026).Says(before));
    }

    private static Outcome Begin(CalendarDays days, string basis, Actor? by = null) => CalendarYear.Begin(Guid.NewGuid(), 2027, days, basis, by ?? Administrator, Morning).Outcome;
}
