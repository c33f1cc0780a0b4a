using System.Linq.Expressions;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Figures;

/// <summary>Where something is counted.</summary>
public readonly record struct Cell(OrgPath District, Dimension Dimension, string Subject, DateOnly Day);

/// <summary>
/// What of a case is counted, and where. It asks only for what stands in the case's own row, so the same rule counts what changes,
/// what was there before, and all of it anew.
/// </summary>
public sealed record CaseFacts
{
    public required OrgPath District { get; init; }
    public required OrgPath Home { get; init; }
    public required string Category { get; init; }
    public required CaseStatus Status { get; init; }
    public required bool IsProactive { get; init; }

    /// <summary>A 举报, or about a unit: no place says that there is one, for who works there would read it.</summary>
    public required bool IsReport { get; init; }

    /// <summary>Whom a 举报 is about: it counts nothing for him, or his own figures would tell him of it.</summary>
    public required OrgPath? ReportedUnit { get; init; }

    public required OrgPath? FirstReceiver { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required DateTimeOffset? DispatchedAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required int RedoneCount { get; init; }
    public required int WhistleCount { get; init; }
    public required DateTimeOffset? CalledBackAt { get; init; }
    public required OrgPath? CountedUnit { get; init; }
    public required UnitSet? CountedCoUnits { get; init; }
    public required bool IsExcluded { get; init; }
    public required bool? FirstContacted { get; init; }
    public required bool? FirstSolved { get; init; }
    public required Satisfaction? FirstSatisfaction { get; init; }
    public required bool? FinalContacted { get; init; }
    public required bool? FinalSolved { get; init; }
    public required Satisfaction? FinalSatisfaction { get; init; }

    /// <summary>For a database that is asked for nothing else of its cases.</summary>
    public static readonly Expression<Func<CaseFile, CaseFacts>> OfRow = file => new CaseFacts
    {
        District = file.District,
        Home = file.Home,
        Category = file.Category,
        Status = file.Status,
        IsProactive = file.IsProactive,
        IsReport = file.Nature == Nature.Report || file.ReportedUnit != null,
        ReportedUnit = file.ReportedUnit,
        FirstReceiver = file.FirstReceiver,
        RaisedAt = file.RaisedAt,
        RegisteredAt = file.RegisteredAt,
        DispatchedAt = file.DispatchedAt,
        DueAt = file.DueAt,
        AnsweredAt = file.AnsweredAt,
        ClosedAt = file.ClosedAt,
        RedoneCount = file.RedoneCount,
        WhistleCount = file.WhistleCount,
        CalledBackAt = file.CalledBackAt,
        CountedUnit = file.CountedUnit,
        CountedCoUnits = file.CountedCoUnits,
        IsExcluded = file.IsExcluded,
        FirstContacted = file.FirstContacted,
        FirstSolved = file.FirstSolved,
        FirstSatisfaction = file.FirstSatisfaction,
        FinalContacted = file.FinalContacted,
        FinalSolved = file.Solved,
        FinalSatisfaction = file.Satisfaction,
    };

    private static readonly Func<CaseFile, CaseFacts> s_of = OfRow.Compile();

    public static CaseFacts Of(CaseFile file) => s_of(file);

    /// <summary>Adds everything that the case counts for to <paramref name="cells"/>; takes it away again if <paramref name="times"/> is -1.</summary>
    public void Count(IDictionary<Cell, Tally> cells, int times = 1)
    {
        void Add(DateTimeOffset at, OrgPath? unit, params ReadOnlySpan<(Measure Measure, long Amount)> counts)
        {
            var day = WorkCalendar.DateAt(at);
            At(cells, new Cell(District, Dimension.District, District.Value, day), counts, times);
            At(cells, new Cell(District, Dimension.Category, Category, day), counts, times);
            if (!IsReport)
            {
                At(cells, new Cell(District, Dimension.Street, Home.Answering.Value, day), counts, times);
                At(cells, new Cell(District, Dimension.StreetCategory, $"{Home.Answering}|{Category}", new DateOnly(day.Year, day.Month, 1)), counts, times);
                if (Home.Answering != Home)
                {
                    At(cells, new Cell(District, Dimension.Community, Home.Value, day), counts, times);
                }
            }

            if (unit is { } answering && ReportedUnit?.Contains(answering) != true)
            {
                At(cells, new Cell(District, Dimension.Unit, answering.Value, day), counts, times);
            }
        }

        void AddAsked(DateTimeOffset at, params ReadOnlySpan<(Measure Measure, long Amount)> counts)
        {
            Add(at, CountedUnit, counts);
            foreach (var helper in IsReport ? [] : CountedCoUnits?.Units ?? [])
            {
                At(cells, new Cell(District, Dimension.CoUnit, helper.Value, WorkCalendar.DateAt(at)), counts, times);
            }
        }

        Add(RaisedAt, null, (Measure.Raised, 1), (Measure.IntakeMinutes, Minutes(RaisedAt, RegisteredAt)), (Measure.Proactive, One(IsProactive)));

        if (DispatchedAt is { } dispatchedAt)
        {
            Add(dispatchedAt, FirstReceiver, (Measure.Dispatched, 1), (Measure.MatchMinutes, Minutes(RegisteredAt, dispatchedAt)));
        }

        if (AnsweredAt is { } answeredAt)
        {
            var minutes = Minutes(DispatchedAt, answeredAt);
            Add(answeredAt, FirstReceiver, (Measure.Answered, 1), (Measure.HandleMinutes, minutes), (Measure.AnsweredLate, One(answeredAt > DueAt)),
                (Measure.Whistled, One(WhistleCount > 0)), (Measure.WhistledMinutes, WhistleCount > 0 ? minutes : 0));
        }

        if (CalledBackAt is { } calledBackAt && IsExcluded)
        {
            AddAsked(calledBackAt, (Measure.Excluded, 1));
        }
        else if (CalledBackAt is { } askedAt)
        {
            AddAsked(
                askedAt,
                (Measure.Valid, 1), (Measure.AskMinutes, Minutes(AnsweredAt, askedAt)), (Measure.Redone, One(RedoneCount > 0)),
                (Measure.TwiceNo, One(FirstSolved == false && FirstSatisfaction == Satisfaction.Unsatisfied)),
                (Measure.FirstContacted, One(FirstContacted == true)), (Measure.FirstSolved, One(FirstSolved == true)),
                (Measure.FirstSatisfied, One(FirstSatisfaction == Satisfaction.Satisfied)), (Measure.FirstBasically, One(FirstSatisfaction == Satisfaction.Basically)),
                (Measure.FinalContacted, One(FinalContacted == true)), (Measure.FinalSolved, One(FinalSolved == true)),
                (Measure.FinalSatisfied, One(FinalSatisfaction == Satisfaction.Satisfied)), (Measure.FinalBasically, One(FinalSatisfaction == Satisfaction.Basically)),
                (Measure.WhistledValid, One(WhistleCount > 0)), (Measure.WhistledSolved, One(WhistleCount > 0 && FirstSolved == true)));
        }

        if (ClosedAt is { } closedAt)
        {
            Add(closedAt, FirstReceiver, (Measure.Closed, 1), (Measure.CloseMinutes, Minutes(CalledBackAt, closedAt)), (Measure.Merged, One(Status == CaseStatus.Merged)));
        }
    }

    private static long One(bool counts) => counts ? 1 : 0;

    private static void At(IDictionary<Cell, Tally> cells, Cell cell, ReadOnlySpan<(Measure Measure, long Amount)> counts, int times)
    {
        if (!cells.TryGetValue(cell, out var tally))
        {
            cells[cell] = tally = new Tally();
        }

        foreach (var (measure, amount) in counts)
        {
            tally.Count(measure, amount * times);
        }
    }

    private static long Minutes(DateTimeOffset? from, DateTimeOffset until) =>
        from is { } begun && until > begun ? (long)(until - begun).TotalMinutes : 0;
}
