using System.Diagnostics;
using System.Globalization;
using JieSuJiBan.Web.Components;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// How fast a file of the hotline is taken in, and in how much memory, by the same command that people use: a process of its own and
/// an empty database for each file, then the same file once more.
/// </summary>
internal static class ImportBench
{
    private const int Limit = 60;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args is ["--rows", var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("import").FullName;
        var figures = new Figures();
        try
        {
            foreach (var (name, count) in new[] { ("small.xlsx", rows / 10), ("orders.xlsx", rows), ("orders.csv", rows), ("orders-gb18030.csv", rows) })
            {
                var file = Path.Combine(folder, name);
                OrderFile.Write(file, count);
                Figures.Say($"{name}: {count} orders, {new FileInfo(file).Length / 1024 / 1024.0:0.0} MB");
                var first = await ImportAsync(file, $"{file}.db");
                Tell("first", first);
                var key = name.Replace('.', '_').Replace('-', '_');
                figures.Add($"{key}_seconds", first["seconds"]);
                figures.Add($"{key}_rows_per_s", first["rows_per_s"]);
                figures.Add($"{key}_peak_mb", first["peak_mb"]);
                if (name == "orders.xlsx")
                {
                    figures.Add("limit_seconds", Limit);
                    var again = await ImportAsync(file, $"{file}.db");
                    Tell("once more", again);
                    figures.Add("again_seconds", again["seconds"]);
                    figures.Add("again_changed", again["new"] + again["updated"]);
                }

                File.Delete(file);
                File.Delete($"{file}.db");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        figures.Print();
        return 0;

        static void Tell(string when, Dictionary<string, double> figures) => Figures.Say(
            $"  {when}: {figures["seconds"]:0.0} s (limit {Limit} s at 100,000), {figures["rows_per_s"]:0} rows/s, processor {figures["processor_seconds"]:0.0} s, peak {figures["peak_mb"]:0} MB; new {figures["new"]}, updated {figures["updated"]}, known {figures["known"]}, refused {figures["refused"]}");
    }

    /// <summary>Only invents a file, to be tried by hand.</summary>
    public static Task<int> WriteOrders(string path, string rows)
    {
        OrderFile.Write(path, int.Parse(rows, CultureInfo.InvariantCulture));
        return Task.FromResult(0);
    }

    private static async Task<Dictionary<string, double>> ImportAsync(string file, string database)
    {
        var folder = Path.GetDirectoryName(file)!;
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, "import", file, "--database", database]) { WorkingDirectory = Path.GetDirectoryName(typeof(App).Assembly.Location)!, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Storage__Folder"] = folder;
        using var process = Process.Start(start)!;
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figures = told.Split('\n').Select(line => line.Split(": ")).Where(pair => pair.Length == 2)
            .Select(pair => (pair[0], IsNumber: double.TryParse(pair[1], CultureInfo.InvariantCulture, out var value), value)).Where(pair => pair.IsNumber).ToDictionary(pair => pair.Item1, pair => pair.value);
        return process.ExitCode == 0 ? figures : throw new InvalidOperationException(told);
    }
}
