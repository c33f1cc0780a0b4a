using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JieSuJiBan.Domain.Time;

/// <summary>A calendar month of Asia/Shanghai.</summary>
[JsonConverter(typeof(MonthJson))]
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>Its first moment, and that of the next.</summary>
    public DateTimeOffset From => new DateTimeOffset(Year, Number, 1, 0, 0, 0, WorkCalendar.Beijing).ToUniversalTime();

    public DateTimeOffset Until => Plus(1).From;

    public static Month Of(DateTimeOffset at) => Of(WorkCalendar.DateAt(at));

    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    public Month Plus(int months) => Of(FirstDay.AddMonths(months));

    /// <summary>2026-03, as the address bar and a month's input have it.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var isMonth = DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100;
        month = isMonth ? Of(day) : default;
        return isMonth;
    }

    public int CompareTo(Month other) => (Year, Number).CompareTo((other.Year, other.Number));

    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;

    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private sealed class MonthJson : JsonConverter<Month>
    {
        public override Month Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var month) ? month : throw new JsonException("This is no month.");

        public override void Write(Utf8JsonWriter writer, Month value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
