using System.Globalization;
using JieSuJiBan.Domain.Time;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Localization;

/// <summary>Times as people here read them: Asia/Shanghai, whatever the server's or browser's zone.</summary>
public static class BeijingTime
{
    public static string Full(this DateTimeOffset at) => Format(at, "yyyy-MM-dd HH:mm");

    public static string ToSecond(this DateTimeOffset at) => Format(at, "yyyy-MM-dd HH:mm:ss");

    public static string Day(this DateTimeOffset at) => Format(at, "yyyy-MM-dd");

    public static string ChineseDay(this DateTimeOffset at) => Format(at, "yyyy年M月d日");

    public static string HourAndMinute(this DateTimeOffset at) => Format(at, "HH:mm");

    /// <summary>For an <c>input type="datetime-local"</c>.</summary>
    public static string ForInput(this DateTimeOffset at) => Format(at, "yyyy-MM-ddTHH:mm");

    /// <summary>What somebody typed is Beijing time.</summary>
    public static DateTimeOffset? FromInput(DateTime? local) =>
        local is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), WorkCalendar.Beijing).ToUniversalTime() : null;

    /// <summary>Today the hour, this year the day, before that the year too.</summary>
    public static string Brief(this DateTimeOffset at, DateTimeOffset now)
    {
        var (then, today) = (at.ToOffset(WorkCalendar.Beijing), now.ToOffset(WorkCalendar.Beijing));
        return then.Date == today.Date ? Format(at, "HH:mm") : then.Year == today.Year ? Format(at, "MM-dd HH:mm") : Format(at, "yyyy-MM-dd");
    }

    /// <summary>还剩3小时 / 超时2天.</summary>
    public static string Left(this DateTimeOffset dueAt, DateTimeOffset now, IStringLocalizer<Texts> texts)
    {
        var left = dueAt - now;
        return left >= TimeSpan.Zero ? texts["还剩{0}", Span(left, texts)] : texts["超时{0}", Span(-left, texts)];
    }

    public static string Span(TimeSpan span, IStringLocalizer<Texts> texts) => span switch
    {
        { TotalMinutes: < 1 } => texts["不到1分钟"],
        { TotalHours: < 1 } => texts["{0}分钟", (int)span.TotalMinutes],
        { TotalDays: < 1 } => span.Minutes == 0 || span.TotalHours >= 6 ? texts["{0}小时", (int)span.TotalHours] : texts["{0}小时{1}分", (int)span.TotalHours, span.Minutes],
        _ => texts["{0}天", (int)span.TotalDays],
    };

    private static string Format(DateTimeOffset at, string format) => at.ToOffset(WorkCalendar.Beijing).ToString(format, CultureInfo.InvariantCulture);
}
