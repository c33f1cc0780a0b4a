using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class TimeTests
{
    [Theory]
    [InlineData("2026-03-02T09:00", 1, "2026-03-02T10:00")]     // Monday morning
    [InlineData("2026-03-02T11:30", 1, "2026-03-02T13:30")]     // across lunch
    [InlineData("2026-03-02T07:00", 1, "2026-03-02T10:00")]     // before the office opens
    [InlineData("2026-03-02T17:30", 1, "2026-03-03T09:30")]     // over night
    [InlineData("2026-03-06T17:30", 1, "2026-03-09T09:30")]     // over the weekend
    [InlineData("2026-03-02T09:00", 8, "2026-03-02T18:00")]     // a working day
    [InlineData("2026-02-13T17:00", 2, "2026-02-14T10:00")]     // Saturday 14 February is worked instead of the Spring Festival
    [InlineData("2026-02-14T17:00", 2, "2026-02-24T10:00")]     // the Spring Festival
    [InlineData("2026-09-30T17:30", 1, "2026-10-08T09:30")]     // the National Day
    [InlineData("2026-10-10T17:30", 1, "2026-10-12T09:30")]     // Saturday 10 October is worked, Sunday is not
    public void Add_CountsOfficeTimeByTheStateCalendar(string from, int hours, string expected) =>
        Assert.Equal(Beijing(expected), Rules.Calendar.Add(Beijing(from), TimeSpan.FromHours(hours)).ToOffset(WorkCalendar.Beijing));

    [Theory]
    [InlineData("2小时", "2小时", "2026-03-02T11:00"), InlineData("24 小时", "24小时", "2026-03-03T09:00"), InlineData("7天", "7日", "2026-03-09T09:00")]
    [InlineData("4个工作小时", "4个工作小时", "2026-03-02T14:00"), InlineData("12 工作小时", "12个工作小时", "2026-03-03T14:00")]
    [InlineData("3个工作日", "3个工作日", "2026-03-04T18:00"), InlineData("5工作日", "5个工作日", "2026-03-06T18:00")]
    public void ALimit_IsReadAsRulesWriteIt(string text, string again, string due)
    {
        Assert.True(TimeLimit.TryParse(text, out var limit));

        Assert.Equal(again, limit.ToString());
        Assert.Equal(Beijing(due), limit.After(Beijing("2026-03-02T09:00"), Rules.Calendar).ToOffset(WorkCalendar.Beijing));
    }

    [Theory]
    [InlineData(""), InlineData("尽快"), InlineData("0日"), InlineData("-3日"), InlineData("七日"), InlineData("99999小时")]
    public void WhatIsNoLimit_IsNotReadAsOne(string text) => Assert.False(TimeLimit.TryParse(text, out _));

    [Fact]
    public void EveryLevel_HasItsUsualLimit() => Assert.Equal(
        ["2小时", "24小时", "7日", "15日"], Enum.GetValues<CaseLevel>().Select(level => Rules.LimitOf(level).Limit.ToString()));

    [Fact]
    public void Limits_NameTheirBasis()
    {
        Assert.All(Enum.GetValues<WhistleKind>(), kind => Assert.Empty(Rules.PlanOf(kind).Terms.Problems(Rules.Calendar)));
        Assert.All(Rules.Plans, plan => Assert.Empty(plan.Problems(Rules.Calendar)));
    }

    [Fact]
    public void EmergencyLimits_RunByTheClock_AtNightToo()
    {
        var night = Beijing("2026-03-07T23:50");

        Assert.Equal(night.AddMinutes(10), Rules.PlanOf(WhistleKind.Emergency).Terms.Respond.After.After(night, Rules.Calendar));
        Assert.Equal(night.AddMinutes(30), Rules.PlanOf(WhistleKind.Emergency).Terms.Arrive.After.After(night, Rules.Calendar));
    }

    private static DateTimeOffset Beijing(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), WorkCalendar.Beijing);
}
