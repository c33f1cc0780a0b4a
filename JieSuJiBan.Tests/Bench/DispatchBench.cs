using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// Learns from one export and is tested on another as in life: every demand is decided when it arrives and learnt when its unit has
/// become known, some time later.
/// </summary>
internal static class DispatchBench
{
    public const string Usage = "bench dispatch [--text] [--history A.csv --test B.csv | --file A.csv --split 6400[+1600]] [--label-delay 1d] [--columns mapping.json]";

    private const double TopLimit = 68, TopThreeLimit = 83, CoverageLimit = 40, TextLimit = 92;

    public static Task<int> RunAsync(string[] args)
    {
        if (DispatchArguments.Parse(args) is not { } options)
        {
            Console.Error.WriteLine($"usage: {Usage}");
            return Task.FromResult(2);
        }

        if (options.Files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            Console.Error.WriteLine($"{missing} is not there: nothing is measured. Name files of your own: {Usage}");
            return Task.FromResult(2);
        }

        if ((options.Columns is { } given ? DispatchColumns.ReadFile(given) : DispatchColumns.Guess(options.Test)) is not { } columns)
        {
            Console.Error.WriteLine("No shipped mapping names this file's columns: say which is which with --columns mapping.json.");
            return Task.FromResult(2);
        }

        var (history, test) = Read(columns, options);
        if (test.Count == 0)
        {
            Console.Error.WriteLine($"{options.Test} has no row to test with a unit in the column {columns.Unit}.");
            return Task.FromResult(2);
        }

        Figures.Say($"history: {history.Count} rows with a known unit, of {options.History ?? options.Test}; test: {test.Count} rows, {test.Select(row => row.Unit).Distinct().Count()} units, of {options.Test}");
        Figures.Say($"used, all known on arrival: {string.Join(", ", columns.KnownOnArrival)}");
        Figures.Say($"each row is decided first; its unit becomes known, and is learnt, {options.LabelDelay.TotalDays:0.##} days after its own time");
        var figures = new Figures();
        var life = InLife(history, test, options);
        var (covered, coveredWell) = (Covered(life, 90, options.Text ? "" : $"; limit {CoverageLimit} %", figures), Covered(life, 95, "", figures));
        var (still, decisions) = WithoutLearning(history, test, options, figures);
        figures.Add("top1", Percent(life.Test, row => row.TopOne));
        figures.Add("top3", Percent(life.Test, row => row.TopThree));
        figures.Add("coverage90", covered);
        figures.Add("coverage95", coveredWell);
        figures.Add("static_top1", still);
        figures.Add("decisions_per_s", decisions);
        figures.Print();
        return Task.FromResult(0);
    }

    private static (IReadOnlyList<DispatchRow> History, IReadOnlyList<DispatchRow> Test) Read(DispatchColumns columns, DispatchArguments options)
    {
        var test = columns.Read(options.Test);
        return options.Split is not { } split
            ? (columns.Read(options.History!), test)
            : ([.. test.Where(row => row.Number < split.History)], [.. test.Where(row => row.Number >= split.History && row.Number - split.History < split.Test)]);
    }

    private static DispatchLife InLife(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test, DispatchArguments options)
    {
        var life = DispatchLife.Run(new Matcher(), history, test, options.LabelDelay);
        var (one, three) = (Percent(life.Test, row => row.TopOne), Percent(life.Test, row => row.TopThree));
        if (options.Text)
        {
            Figures.Say($"right on texts: {one:0.0} %, limit {TextLimit} %");
        }
        else
        {
            Figures.Say($"first proposal right: {one:0.0} %, limit {TopLimit} %; among the first three: {three:0.0} %, limit {TopThreeLimit} %");
            Baseline("a frequency table on sub-type and street, from the history only", BackOff.FrequencyTable, history, test, null);
            Baseline("a back-off by hand, half-life two weeks, labels as late as above", BackOff.TwoWeeks, history, test, options.LabelDelay);
        }

        return life;
    }

    // Twice: by the threshold that fits these very rows best, as coverage is usually given, and by one that was chosen before, as one must.
    private static double Covered(DispatchLife life, int percent, string limit, Figures figures)
    {
        var best = DispatchLife.ThresholdFor(life.Test, percent);
        var coverage = Percent(life.Test, row => row.Confidence >= best);
        Figures.Say($"coverage at {percent} %: {coverage:0.0} % of the test rows lie above the lowest confidence ({best:0.000}) above which {percent} % are right{limit}");
        // What came first was decided by a matcher that knew nothing yet.
        var tried = life.History.Skip(life.History.Count / 2).ToList();
        if (tried.Count > 0)
        {
            var chosen = DispatchLife.ThresholdFor(tried, percent);
            var above = life.Test.Where(row => row.Confidence >= chosen).ToList();
            var right = Percent(above, row => row.TopOne);
            Figures.Say($"  with the threshold chosen beforehand, on the second half of the history ({chosen:0.000}): {100.0 * above.Count / life.Test.Count:0.0} % covered, {right:0.0} % of them right");
            figures.Add($"coverage{percent}_beforehand", 100.0 * above.Count / life.Test.Count);
            figures.Add($"right{percent}_beforehand", right);
        }

        return coverage;
    }

    private static (double TopOne, double DecisionsPerSecond) WithoutLearning(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test, DispatchArguments options, Figures figures)
    {
        // Time of the processor, so that a busy machine does not make it look slower.
        var started = Environment.CpuUsage.TotalTime;
        var matcher = DispatchLife.Taught(history, test);
        var learning = Environment.CpuUsage.TotalTime - started;

        started = Environment.CpuUsage.TotalTime;
        var still = test.Select(row => DispatchLife.Judge(matcher.Propose(row.Demand, row.At), row)).ToList();
        var deciding = Environment.CpuUsage.TotalTime - started;

        var one = Percent(still, row => row.TopOne);
        Figures.Say($"learning switched off during the test: {one:0.0} % right, {Percent(still, row => row.TopThree):0.0} % among three");
        Figures.Say($"a second of one core: {test.Count / deciding.TotalSeconds:0} decisions with reasons, or {history.Count / learning.TotalSeconds:0} cases learnt");
        KeptSize(matcher, figures);
        if (options.Text)
        {
            WithoutCopies(history, test, figures);
        }

        return (one, test.Count / deciding.TotalSeconds);
    }

    // The portal puts it away from time to time, and nobody is answered meanwhile.
    private static void KeptSize(Matcher matcher, Figures figures)
    {
        using var kept = new MemoryStream();
        var started = Environment.CpuUsage.TotalTime;
        matcher.Save(kept);
        var saving = Environment.CpuUsage.TotalTime - started;
        Figures.Say($"what was learnt is kept in {kept.Length / 1e6:0.0} MB, saved in {saving.TotalMilliseconds:0} ms");
        figures.Add("kept_mb", kept.Length / 1e6);
    }

    // Most of these messages stand in the history too, and remembering is easier than understanding.
    private static void WithoutCopies(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test, Figures figures)
    {
        var fresh = DispatchCopies.Without(history, test);
        var matcher = DispatchLife.Taught(fresh, test);
        var right = Percent([.. test.Select(row => DispatchLife.Judge(matcher.Propose(row.Demand, row.At), row))], row => row.TopOne);
        Figures.Say($"{history.Count - fresh.Count} rows of the history are copies of test messages; without them, and nothing learnt during the test: {right:0.0} % right");
        figures.Add("accuracy_without_copies", right);
    }

    private static void Baseline(string name, BackOff table, IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test, TimeSpan? labelDelay)
    {
        var waiting = new Queue<DispatchRow>(history);
        var (one, three) = (0, 0);
        foreach (var row in test)
        {
            while (waiting.TryPeek(out var known) && (labelDelay is null || known.At + labelDelay <= row.At))
            {
                table.Learn(waiting.Dequeue());
            }

            var top = table.Top(row, 3);
            one += top is [var first, ..] && first == row.Unit ? 1 : 0;
            three += top.Contains(row.Unit) ? 1 : 0;
            if (labelDelay is not null)
            {
                waiting.Enqueue(row);
            }
        }

        Figures.Say($"  beside it, {name}: {100.0 * one / test.Count:0.0} % and {100.0 * three / test.Count:0.0} %");
    }

    private static double Percent(IReadOnlyCollection<Decided> rows, Func<Decided, bool> holds) => rows.Count == 0 ? 0 : 100.0 * rows.Count(holds) / rows.Count;
}
