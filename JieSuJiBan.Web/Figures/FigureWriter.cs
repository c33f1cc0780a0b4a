using System.Runtime.CompilerServices;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace JieSuJiBan.Web.Figures;

/// <summary>Writes down by how much each change of a case changes the figures: what it counts for now, less what it counted for before.</summary>
public sealed class FigureWriter : BesideTheLog<FigureChange>
{
    private readonly ConditionalWeakTable<PortalDbContext, Dictionary<Cell, FigureChange>> _opened = [];

    protected override bool TellsOfNew => true;

    /// <summary>
    /// Many that are opened at once go past the change tracker, so whoever opens them says so. They count in the same places, and
    /// share the rows that are still to be written.
    /// </summary>
    internal void Open(PortalDbContext db, CaseFile opened)
    {
        var cells = new Dictionary<Cell, Tally>();
        CaseFacts.Of(opened).Count(cells);
        var rows = _opened.GetOrCreateValue(db);
        foreach (var (cell, tally) in cells)
        {
            if (!rows.TryGetValue(cell, out var row) || db.Entry(row).State != EntityState.Added)
            {
                rows[cell] = row = RowOf(cell);
                db.Add(row);
            }

            row.Add(tally);
        }
    }

    protected override IEnumerable<FigureChange> Tell(PortalDbContext db, Aggregate changed)
    {
        if (changed is not CaseFile file)
        {
            yield break;
        }

        var now = CaseFacts.Of(file);
        var before = db.Entry(file) is { State: not EntityState.Added } known ? CaseFacts.Of((CaseFile)known.OriginalValues.ToObject()) : null;
        if (now == before)
        {
            yield break;  // most of what happens to a case changes no figure
        }

        var cells = new Dictionary<Cell, Tally>();
        before?.Count(cells, -1);
        now.Count(cells);
        foreach (var (cell, tally) in cells.Where(counted => !counted.Value.IsNone))
        {
            var row = RowOf(cell);
            row.Add(tally);
            yield return row;
        }
    }

    // Nobody waits for it: whoever reads adds up what is not folded in yet.
    protected override void OnWritten(IReadOnlyList<FigureChange> rows)
    {
    }

    private static FigureChange RowOf(Cell cell) => new() { District = cell.District, Dimension = cell.Dimension, Subject = cell.Subject, Day = cell.Day };
}

internal static class OpenedFigures
{
    /// <summary>Counts one of many cases that are put on the books at once.</summary>
    public static void CountOpened(this PortalDbContext db, CaseFile opened) =>
        db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?.OfType<FigureWriter>().SingleOrDefault()?.Open(db, opened);
}
