using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Rules;

/// <summary>What is found often in the street, one touch away on a phone.</summary>
public sealed record QuickWords(IReadOnlyList<string> Words);

/// <summary>Reads the times and the state calendar, all of which are data with their basis beside them.</summary>
public static class RuleBook
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(), new LimitText() } };

    public static TimeRules ReadTimes()
    {
        var calendar = Read<CalendarFile>("calendar.json");
        var times = Read<TimesFile>("times.json");
        return new TimeRules(
            new WorkCalendar(calendar.Holidays.SelectMany(Days).ToHashSet(), calendar.MakeUpDays.SelectMany(Days).ToHashSet()),
            [.. times.Whistles.Select(terms => new WhistlePlan(null, 0, terms))], times.Plans, times.DispatchWithin);
    }

    public static SafetyWords ReadSafetyWords() => Read<SafetyWords>("safety-words.json");

    public static SupervisionRules ReadSupervision() => Read<SupervisionRules>("supervision.json");

    public static InsightRules ReadInsight() => Read<InsightRules>("insight.json");

    public static MutualTerms ReadMutual() => Read<MutualTerms>("mutual.json");

    public static SchemeTerms ReadScheme() => Read<SchemeTerms>("assessment.json");

    public static FirmRules ReadFirms() => Read<FirmRules>("firms.json");

    public static QuickWords ReadQuickWords() => Read<QuickWords>("quick-words.json");

    // "2026-02-15/2026-02-23" or a single day
    private static IEnumerable<DateOnly> Days(string range)
    {
        var ends = range.Split('/').Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();
        for (var day = ends[0]; day <= ends[^1]; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static T Read<T>(string file)
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream($"JieSuJiBan.Web.Rules.{file}")!;
        return JsonSerializer.Deserialize<T>(stream, s_json)!;
    }

    private sealed record CalendarFile(string Basis, List<string> Holidays, List<string> MakeUpDays);

    private sealed record TimesFile(List<WhistleTerms> Whistles, List<PlanTerms> Plans, BasedLimit DispatchWithin);

    // 7日, 24小时: as people write it
    private sealed class LimitText : JsonConverter<TimeLimit>
    {
        public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeLimit.TryParse(reader.GetString(), out var limit) ? limit : throw new JsonException("This is no limit.");

        public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
