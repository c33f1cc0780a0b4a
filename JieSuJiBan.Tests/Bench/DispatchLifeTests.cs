using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>That the measurement is a fair one: nothing is known before its day.</summary>
public sealed class DispatchLifeTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(24, false, false, true, true)]
    [InlineData(12, false, true, true, true)]
    [InlineData(0, false, true, true, true)]
    public void AUnit_IsKnown_OnlyAfterItsDelay(int delay, params bool[] known)
    {
        DispatchRow[] rows = [Row(0, "law"), Row(12, "law"), Row(24, "law"), Row(36, "law")];

        var life = DispatchLife.Run(new Matcher(), [], rows, TimeSpan.FromHours(delay));

        Assert.Equal(known, life.Test.Select(row => row.TopOne));
    }

    [Fact]
    public void WhatIsDecided_DoesNotDependOnWhatComesLater()
    {
        var rows = Enumerable.Range(0, 40).Select(hour => Row(6 * hour, hour % 3 == 0 ? "water" : "law")).ToList();
        var others = rows.Select((row, at) => at < 30 ? row : row with { Key = "town", Unit = "town" }).ToList();

        var (one, other) = (DispatchLife.Run(new Matcher(), [], rows, TimeSpan.FromDays(1)), DispatchLife.Run(new Matcher(), [], others, TimeSpan.FromDays(1)));

        Assert.Equal(one.Test.Take(30), other.Test.Take(30));
        Assert.Equal(one.Test.Take(34).Select(row => row.Confidence), other.Test.Take(34).Select(row => row.Confidence));
        Assert.NotEqual(one.Test, other.Test);
    }

    [Fact]
    public void TheHistorysLastLabels_AreLateToo()
    {
        var life = DispatchLife.Run(new Matcher(), [Row(0, "law")], [Row(12, "law"), Row(30, "law")], TimeSpan.FromDays(1));

        Assert.Equal((1, 2), (life.History.Count, life.Test.Count));
        Assert.Equal([false, true], life.Test.Select(row => row.TopOne));
    }

    [Fact]
    public void Threshold_IsTheLowestAboveWhichEnoughAreRight()
    {
        Decided[] decided = [new(true, true, 0.9), new(true, true, 0.8), new(false, true, 0.7), new(true, true, 0.6), new(false, false, 0.5)];

        Assert.Equal([0.6, 0.8, 0.5], new[] { 75.0, 90, 60 }.Select(percent => DispatchLife.ThresholdFor(decided, percent)));
        Assert.True(DispatchLife.ThresholdFor([new(false, false, 0.9)], 90) > 1);
    }

    [Fact]
    public async Task AnyCitysExport_IsReadByItsMapping()
    {
        await File.WriteAllTextAsync(
            _file,
            """
            when,who,no,kind,street
            2026-03-02 10:00:00,执法局&#40;东&#41;,7,stalls,马坊镇
            2026-03-01 09:00:00,-,8,leak,
            2026-03-01 08:00:00,水务局,9,leak,-
            """,
            TestContext.Current.CancellationToken);

        var rows = DispatchColumns.Parse("""{ "unit": "who", "unitKey": "no", "time": "when", "category": ["kind"], "place": ["street", "village"] }""").Read(_file);

        Assert.Equal([(2, "9", "水务局"), (0, "7", "执法局(东)")], rows.Select(row => (row.Number, row.Key, row.Unit)));
        Assert.Equal(("leak", "马坊镇"), (rows[0].Demand.Category[0], rows[1].Demand.Place[0]));
        Assert.Throws<System.Text.Json.JsonException>(() => DispatchColumns.Parse("""{ "unit": "who", "typo": "x" }"""));
    }

    [Theory]
    [InlineData("--history a --test b", "a", "b", null, 1440)]
    [InlineData("--history a --test b --label-delay 12h", "a", "b", null, 720)]
    [InlineData("--file a --split 6400", null, "a", 6400, 1440)]
    [InlineData("--file a --split 4800+1600 --label-delay 2d", null, "a", 4800, 2880)]
    public void Arguments_AreUnderstood(string line, string? history, string test, int? split, int minutes)
    {
        var read = DispatchArguments.Parse(line.Split(' '))!;

        Assert.Equal((history, test, split, minutes), (read.History, read.Test, read.Split?.History, (int)read.LabelDelay.TotalMinutes));
    }

    [Theory]
    [InlineData("--history a"), InlineData("--test b"), InlineData("--file a"), InlineData("--history a --test b --label-delay 1x"), InlineData("--history"), InlineData("--whatever 3")]
    public void Arguments_ThatMakeNoSense_AreNotGuessedAt(string line) => Assert.Null(DispatchArguments.Parse(line.Split(' ')));

    private static DispatchRow Row(int hour, string unit) =>
        new(hour, s_start.AddHours(hour), unit, unit, new MatchInput { Category = ["市容环卫", "占道经营"], Place = ["马坊镇"] });
}
