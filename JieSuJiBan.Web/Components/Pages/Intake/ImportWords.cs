using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Reports;

namespace JieSuJiBan.Web.Components.Pages.Intake;

internal static class ImportWords
{
    private static readonly Petitioner s_nobody = Petitioner.Anonymous;

    public static string Percent(ImportRun run) => run.Total == 0 ? "" : $"{Math.Floor(100.0 * run.Finished / run.Total).ToString(CultureInfo.InvariantCulture)}%";

    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>How long it will take at the speed that it has.</summary>
    public static TimeSpan? Left(ImportRun run) => run.RowsPerSecond > 0 ? TimeSpan.FromSeconds((run.Total - run.Finished) / run.RowsPerSecond) : null;

    /// <summary>What a column holds, as an example. Who called is not shown, here as elsewhere.</summary>
    public static string Sample(string cell, HotlineColumn? column) => cell.Length == 0 ? "" : column switch
    {
        HotlineColumn.Caller => (s_nobody with { Name = cell }).Masked().Name,
        HotlineColumn.Phone => (s_nobody with { Phone = cell }).Masked().Phone,
        HotlineColumn.Address => (s_nobody with { Address = cell }).Masked().Address,
        HotlineColumn.Number or HotlineColumn.CalledAt or HotlineColumn.DueAt or HotlineColumn.EndedAt => Cut(cell),
        _ => Cut(Masking.Anybodys.Apply(cell)),  // a column that nobody has recognised may be a second phone
    };

    private static string Cut(string cell) => cell.Length > 60 ? $"{cell[..60]}…" : cell;
}
