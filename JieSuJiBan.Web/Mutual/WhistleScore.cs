using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Mutual;

/// <summary>
/// What a whistle's marks come to, each by the scheme of the month in which it was given. A street is not given a score by one
/// department (街道条例 43): of a street that was summoned there is none, of one that blew only the mean of enough.
/// </summary>
/// <param name="Units">The score of each unit that was rated.</param>
/// <param name="Whistle">The score of the whistle itself.</param>
/// <param name="Least">Of how many ratings a mean is shown.</param>
/// <param name="Schemes">By which versions it was counted.</param>
public sealed record WhistleScore(IReadOnlyDictionary<OrgPath, decimal> Units, Score Whistle, int Least, IReadOnlyList<MutualVersion> Schemes)
{
    /// <param name="versions">The district's versions, with the portal's own among them.</param>
    public static WhistleScore Of(Whistle whistle, IReadOnlyList<MutualVersion> versions)
    {
        var used = new SortedDictionary<int, MutualVersion>();
        var units = new Dictionary<OrgPath, decimal>();
        foreach (var unit in whistle.Units.Where(unit => unit.IsActive && !(unit.Unit.Kind == UnitKind.Street && whistle.Whistler.Kind == UnitKind.Department)))
        {
            if (unit is { AssessedAt: { } at, ResponseMark: { } response, ArrivalMark: { } arrival, MeasureMark: { } measure, ResultMark: { } result })
            {
                units[unit.Unit] = By(at).Unit.Mean(1, response, arrival, measure, result);
            }
        }

        var marks = new List<decimal>();
        var last = versions[^1].Terms;
        foreach (var unit in whistle.Units.Where(unit => unit is { IsActive: true, HasAssessedAt: not null }).OrderBy(unit => unit.HasAssessedAt))
        {
            last = By(unit.HasAssessedAt!.Value);
            marks.Add(last.Whistle.Mean(1, unit.PreparedMark!.Value, unit.RightUnitMark!.Value, unit.ClearMark!.Value));
        }

        var isShown = whistle.Whistler.Kind != UnitKind.Street || last.IsEnough(marks.Count, marks.Count);
        return new(units, marks.Count == 0 ? Score.None : new(marks.Count, isShown ? marks.Average() : null), last.Least, [.. used.Values]);

        MutualTerms By(DateTimeOffset at)
        {
            var version = MutualScheme.Of(versions, Month.Of(at))!;
            used[version.Version] = version;
            return version.Terms;
        }
    }
}
