namespace JieSuJiBan.Domain.Dispatch;

public sealed partial class Matcher
{
    private const int MostTellingWords = 3;
    private const float LeastCount = 1.5f;

    // The narrowest first: what was learnt in this very place from this very channel convinces most.
    private static readonly int[] s_tellingContexts = [12, 9, 11, 8, 10, 3, 13, 7, 2, 6, 1];

    /// <summary>What speaks for a candidate, the rule first, then what happened before, then the words.</summary>
    private List<string> ReasonsFor(Weighed weighed, int candidate)
    {
        var unit = weighed.Units[candidate];
        var reasons = weighed.Priors.Where(prior => prior.Unit == _units.KeyOf(unit)).Select(prior => prior.Reason).ToList();
        if (HistoryOf(weighed, unit) is { } history)
        {
            reasons.Add(history);
        }
        else if (RoleHistoryOf(weighed, candidate) is { } role)
        {
            reasons.Add(role);
        }

        if (_words.Telling(weighed.Said, unit, weighed.Day, MostTellingWords) is { Count: > 0 } words)
        {
            reasons.Add($"文字含{string.Concat(words.Select(word => $"“{word}”"))}");
        }

        return reasons;
    }

    // Counts fade by half in a month, so they are not a count of days and are called what they are.
    private static string? HistoryOf(Weighed weighed, int unit)
    {
        foreach (var context in s_tellingContexts)
        {
            var (own, all) = Counted(weighed.ByUnit[context], unit, weighed.Day);
            if (own >= LeastCount)
            {
                return $"{Place(weighed.Facets, Contexts.OfUnits[context].Parts)}近来同类诉求约{all:0}件，约{own:0}件由此单位办理";
            }
        }

        return null;
    }

    private static string? RoleHistoryOf(Weighed weighed, int candidate)
    {
        var (own, all) = Counted(weighed.ByRole[Contexts.FineOfRoles], weighed.Roles[candidate], weighed.Day);
        return own >= LeastCount ? $"其他地方近来同类诉求约{all:0}件，约{own:0}件由同样职责的单位办理" : null;
    }

    private static (float Own, float All) Counted(Fading? cell, int id, double day)
    {
        const int Month = 1;
        return cell?.EntryOf(id) is { } entry and >= 0
            ? (cell.CountOf(entry, Month) * cell.WorthAt(day, Month), cell.Total(Month) * cell.WorthAt(day, Month))
            : (0, 0);
    }

    private static string Place(Facets facets, Part parts)
    {
        var place = parts.HasFlag(Part.Spot) ? facets.Spot : parts.HasFlag(Part.Area) ? facets.Area : "全区";
        var source = parts.HasFlag(Part.Source) ? $"（{facets.Demand.Source}）" : "";
        var kind = parts.HasFlag(Part.Fine) ? facets.Fine : parts.HasFlag(Part.Middle) ? facets.Middle : facets.Coarse;
        return $"{place}{source}“{kind}”";
    }
}
