using System.Globalization;

namespace JieSuJiBan.Domain.Time;

public enum LimitUnit
{
    [Word("分钟")] Minutes,
    [Word("小时")] Hours,
    [Word("日")] Days,
    [Word("个工作小时")] WorkingHours,
    [Word("个工作日")] WorkingDays,
}

/// <summary>How long something may take, as rules write it: 2小时, 7日, 4个工作小时, 5个工作日.</summary>
public readonly record struct TimeLimit(int Count, LimitUnit Unit)
{
    public bool IsValid => Count is > 0 and <= 1000 && Enum.IsDefined(Unit);

    public DateTimeOffset After(DateTimeOffset from, WorkCalendar calendar) => Unit switch
    {
        LimitUnit.Minutes => from.AddMinutes(Count),
        LimitUnit.Hours => from.AddHours(Count),
        LimitUnit.Days => from.AddDays(Count),
        LimitUnit.WorkingHours => calendar.Add(from, TimeSpan.FromHours(Count)),
        _ => calendar.Add(from, WorkCalendar.WorkingDay * Count),
    };

    public static bool TryParse(string? text, out TimeLimit limit)
    {
        limit = default;
        var trimmed = (text ?? "").Replace(" ", "", StringComparison.Ordinal);
        foreach (var (ending, unit) in s_endings)
        {
            if (trimmed.EndsWith(ending, StringComparison.Ordinal) && int.TryParse(trimmed[..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                limit = new TimeLimit(count, unit);
                return limit.IsValid;
            }
        }

        return false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Unit.Word()}");

    // The longer first: every «工作日» ends with 日, and every «工作小时» with 小时.
    private static readonly (string Ending, LimitUnit Unit)[] s_endings =
    [
        ("个工作日", LimitUnit.WorkingDays), ("工作日", LimitUnit.WorkingDays), ("个工作小时", LimitUnit.WorkingHours), ("工作小时", LimitUnit.WorkingHours),
        ("个小时", LimitUnit.Hours), ("小时", LimitUnit.Hours), ("分钟", LimitUnit.Minutes), ("日", LimitUnit.Days), ("天", LimitUnit.Days),
    ];
}
