using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// Which column of a city's export is what. Only columns that are known when a demand arrives may be named as its facts; a column that
/// a file does not have is passed over, so that one mapping may serve a history and a test of different shape.
/// </summary>
/// <param name="Unit">The name of the unit that had it in the end: the answer to be found.</param>
/// <param name="UnitKey">What stays the same when a unit is renamed, learnt together with the answer; the name itself if there is none.</param>
/// <param name="Missing">What stands for "not known".</param>
internal sealed record DispatchColumns(
    string Unit,
    string? UnitKey = null,
    string? Time = null,
    IReadOnlyList<string>? Category = null,
    IReadOnlyList<string>? Place = null,
    string? Source = null,
    string? Kind = null,
    IReadOnlyList<string>? Text = null,
    IReadOnlyList<string>? More = null,
    string Missing = "-")
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public IEnumerable<string> KnownOnArrival =>
        [.. Category ?? [], .. Place ?? [], .. new[] { Source, Kind, Time }.OfType<string>(), .. Text ?? [], .. More ?? []];

    public static DispatchColumns Parse(string json) => JsonSerializer.Deserialize<DispatchColumns>(json, s_json)!;

    public static DispatchColumns ReadFile(string path) => Parse(File.ReadAllText(path));

    /// <summary>The shipped mapping that names the unit's column of this file.</summary>
    public static DispatchColumns? Guess(string csv)
    {
        var header = Open(csv).Header;
        return Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Bench", "columns"), "*.json").Order()
            .Select(ReadFile)
            .FirstOrDefault(columns => header.Contains(columns.Unit));
    }

    /// <summary>
    /// The rows with a known unit, in time order. Those without a time come first, and mixed: a file that is sorted by its answers would
    /// teach nothing but that the next answer is the last one again.
    /// </summary>
    public IReadOnlyList<DispatchRow> Read(string csv)
    {
        var (header, rows) = Open(csv);
        var chance = new Random(1);
        var at = header.Index().ToDictionary(column => column.Item, column => column.Index);
        string? Cell(string[] row, string? column) =>
            column is not null && at.TryGetValue(column, out var index) && index < row.Length && row[index] != Missing && row[index] != "" ? row[index] : null;

        return [.. rows.Index()
            .Select(row => (Number: row.Index, Row: row.Item, Unit: Cell(row.Item, Unit)))
            .Where(row => row.Unit is not null)
            .Select(row => new DispatchRow(
                row.Number,
                Cell(row.Row, Time) is { } time ? new DateTimeOffset(DateTime.Parse(time, CultureInfo.InvariantCulture), WorkCalendar.Beijing) : DateTimeOffset.MinValue,
                Cell(row.Row, UnitKey) ?? row.Unit!,
                row.Unit!,
                new MatchInput
                {
                    Category = Cells(row.Row, Category),
                    Place = Cells(row.Row, Place),
                    Source = Cell(row.Row, Source),
                    Kind = Cell(row.Row, Kind),
                    Text = Cells(row.Row, Text) is { Count: > 0 } texts ? string.Join('\n', texts.Where(text => text != "")) : null,
                    More = (More ?? []).Where(name => Cell(row.Row, name) is not null).ToDictionary(name => name, name => Cell(row.Row, name)!),
                }))
            .OrderBy(row => row.At)
            .ThenBy(row => row.At == DateTimeOffset.MinValue ? chance.Next() : 0)];

        // What is missing keeps its level: a street may be known where the community is not.
        IReadOnlyList<string> Cells(string[] row, IReadOnlyList<string>? columns) =>
            [.. (columns ?? []).Where(at.ContainsKey).Select(column => Cell(row, column) ?? "")];
    }

    /// <summary>A table as the import reads it, whatever its kind.</summary>
    public static (string[] Header, List<string[]> Rows) Open(string path)
    {
        var (sheet, outcome) = Sheet.Open(path, new SheetLimits());
        using (sheet)
        {
            using var rows = sheet?.Read();
            var all = new List<string[]>();
            while (rows?.Next() == true)
            {
                // Some exports escape brackets for the web: "路灯&#40;灯光&#41;井盖".
                all.Add([.. rows.Current.Cells.Select(cell => WebUtility.HtmlDecode(cell).Trim())]);
            }

            return (rows?.Refusal ?? outcome.Refusal) is { } refusal ? throw new InvalidDataException($"{path}: {refusal.English}")
                : all is [var header, .. var body] ? (header, body)
                : throw new InvalidDataException($"{path} holds no table.");
        }
    }
}

/// <summary>One demand as it came, and the unit that had it in the end.</summary>
/// <param name="Number">Which row of its file it is, from 0.</param>
internal sealed record DispatchRow(int Number, DateTimeOffset At, string Key, string Unit, MatchInput Demand);
