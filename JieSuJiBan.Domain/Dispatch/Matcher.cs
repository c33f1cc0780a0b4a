namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// Finds the unit for a demand from what became of earlier ones. It counts who got what (by class, place and source, at several speeds
/// of forgetting), carries over from street to street what is told of roles, weighs the words of the text and the rules it is given,
/// and learns with every case how much each of these is worth and how far its own answer can be trusted.
/// </summary>
/// <remarks>
/// Learns one case at a time in bounded memory, knows no clock and no chance: the same calls in the same order give the same answers.
/// Not safe for several threads at once.
/// </remarks>
public sealed partial class Matcher
{
    private const int WideContexts = 8192, NarrowContexts = 40_000, KnownWords = 150_000;
    private const int MostInWideContext = 4096, MostInNarrowContext = 48;
    private const int MostCorrected = 12;
    private const float LeastNameShare = 0.02f;

    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly UnitBook _units = new();
    private readonly RoleBook _roles = new();
    private readonly FadingTable[] _byUnit = Array.ConvertAll(Contexts.OfUnits, TableFor);
    private readonly FadingTable[] _byRole = Array.ConvertAll(Contexts.OfRoles, TableFor);
    private readonly WordTable _words = new(KnownWords);
    private readonly HashedLinear _facts = new(20, 0.1f);
    private readonly HashedLinear _text = new(22, 2f);
    private readonly Mixer _mixer = new(Model.FirstWeights);
    private readonly Trust _trust = new();

    /// <summary>How many cases it has learnt from.</summary>
    public long Learnt { get; private set; }

    /// <summary>The best units, with what speaks for each; none when nothing is known yet.</summary>
    /// <param name="mayTake">Whether a unit can be given it at all: not when it was closed, or is the one complained of.</param>
    public Proposal Propose(MatchInput demand, DateTimeOffset now, IReadOnlyList<UnitPrior>? priors = null, Predicate<string>? mayTake = null, int most = 3)
    {
        var weighed = Weigh(demand, DayOf(now), priors ?? [], mayTake: mayTake);
        var ranked = Rank(weighed, most);
        return ranked is [] ? new Proposal([], 0) : new Proposal(
            [.. ranked.Select(name => new Candidate(_units.KeyOf(weighed.Units[name.Candidate]), name.Name, name.Share, ReasonsFor(weighed, name.Candidate)))],
            _trust.Of(SignsOf(weighed, ranked)));
    }

    /// <summary>The demand that arrived at this time belonged to this unit, which is or was then called so.</summary>
    public void Learn(MatchInput demand, string unit, DateTimeOffset arrived, string? name = null, IReadOnlyList<UnitPrior>? priors = null)
    {
        var number = _units.NumberOf(unit);
        var weighed = Weigh(demand, DayOf(arrived), priors ?? [], number);
        var right = weighed.PlaceOf(number);
        if (Rank(weighed, 2) is [var first, ..] ranked && Learnt > 0)
        {
            _trust.Learn(SignsOf(weighed, ranked), first.Candidate == right && (name is null || first.Name == name));
        }

        Correct(_facts, weighed, weighed.Facts, weighed.FactShares, right);
        Correct(_text, weighed, weighed.Said.Features, weighed.TextShares, right);
        _mixer.Learn(weighed.Opinions, weighed.Shares, right, weighed.Class);
        Count(weighed, number, name, add: true);
        Learnt++;
    }

    /// <summary>Takes back what was learnt from a case: it should not have gone there.</summary>
    public void Unlearn(MatchInput demand, string unit, DateTimeOffset arrived, string? name = null)
    {
        var number = _units.Find(unit);
        if (number >= 0)
        {
            var weighed = Weigh(demand, DayOf(arrived), [], number);
            Count(weighed, number, name, add: false);
            var wrong = weighed.PlaceOf(number);
            _facts.Learn(weighed.Facts, number, weighed.FactShares[wrong]);
            _text.Learn(weighed.Said.Features, number, weighed.TextShares[wrong]);
        }
    }

    /// <summary>The case went to the wrong unit and was passed on: the one is weakened, the other strengthened.</summary>
    public void Relearn(MatchInput demand, string wrong, string right, DateTimeOffset arrived, string? name = null, IReadOnlyList<UnitPrior>? priors = null)
    {
        Unlearn(demand, wrong, arrived);
        Learn(demand, right, arrived, name, priors);
    }

    private static FadingTable TableFor((Part Parts, int Wider) context) => context.Parts is Part.None or Part.Area or Part.Source
        ? new FadingTable(WideContexts, MostInWideContext)
        : new FadingTable(NarrowContexts, MostInNarrowContext);

    private static double DayOf(DateTimeOffset at) => (at - s_epoch).TotalDays;

    // Those that were taken for the right one, and the right one; for the others nothing would change.
    private static void Correct(HashedLinear linear, Weighed weighed, Feature[] features, float[] shares, int right)
    {
        if (features.Length == 0)
        {
            return;
        }

        foreach (var candidate in Enumerable.Range(0, shares.Length).OrderByDescending(other => other == right ? 1 : shares[other]).Take(MostCorrected))
        {
            linear.Learn(features, weighed.Units[candidate], shares[candidate] - (candidate == right ? 1 : 0));
        }
    }

    // The few best by name: a unit that may go by two names stands twice.
    private List<(int Candidate, string Name, float Share)> Rank(Weighed weighed, int most)
    {
        var best = Enumerable.Range(0, weighed.Units.Length)
            .OrderByDescending(candidate => weighed.Shares[candidate])
            .ThenBy(candidate => weighed.Units[candidate])
            .Take(most);
        return [.. best
            .SelectMany(candidate => _units.NamesOf(weighed.Units[candidate], weighed.Day)
                .Where(name => name.Share > LeastNameShare)
                .Select(name => (candidate, name.Name, Share: (float)(weighed.Shares[candidate] * name.Share))))
            .OrderByDescending(name => name.Share)
            .Take(most)];
    }

    private static Feature[] SignsOf(Weighed weighed, List<(int Candidate, string Name, float Share)> ranked)
    {
        var (candidate, _, share) = ranked[0];
        var clear = Math.Clamp(share, 1e-4f, 1 - 1e-4f);
        var second = ranked.Count > 1 ? Math.Clamp(ranked[1].Share, 1e-5f, 1) : 1e-5f;
        var unit = (ulong)weighed.Units[candidate];
        return
        [
            new(Signs.Always, 1),
            new(Signs.Clear, MathF.Log(clear / (1 - clear))),
            new(Signs.Second, MathF.Log(second) + 3),
            new(Signs.SeenInArea, Seen(weighed.ByUnit[Contexts.FineAtArea])),
            new(Signs.SeenAtSpot, Seen(weighed.ByUnit[Contexts.FineAtSpot])),
            new(Signs.Agreement, weighed.Opinions.AgreeOn(candidate)),
            new(Hash.Mix(Signs.Unit, unit), 1),
            new(Hash.Mix(Signs.Fine, Hash.Of(weighed.Facets.Fine)), 1),
            new(Hash.Mix(Signs.SourceAndUnit, Hash.Mix(Hash.Of(weighed.Facets.Demand.Source), unit)), 1),
        ];

        static float Seen(Fading? cell) => MathF.Log(1 + (cell?.Total(Fading.Speeds - 1) ?? 0)) / 2;
    }

    private void Count(Weighed weighed, int unit, string? name, bool add)
    {
        var role = weighed.Roles[weighed.PlaceOf(unit)];
        Count(_byUnit, Contexts.OfUnits, weighed, unit, add);
        Count(_byRole, Contexts.OfRoles, weighed, role, add);
        if (add)
        {
            _words.Add(weighed.Said, unit, weighed.Day);
            _units.Name(unit, name ?? _units.KeyOf(unit), weighed.Day);
        }
        else
        {
            _words.Remove(weighed.Said, unit, weighed.Day);
            _units.Unname(unit, name ?? _units.KeyOf(unit), weighed.Day);
        }
    }

    private static void Count(FadingTable[] tables, (Part Parts, int Wider)[] contexts, Weighed weighed, int id, bool add)
    {
        for (var context = 0; context < contexts.Length; context++)
        {
            if (weighed.Facets.KeyOf(contexts[context].Parts) is not { } key)
            {
                continue;
            }

            if (add)
            {
                tables[context].Add(key, id, weighed.Day);
            }
            else
            {
                tables[context].Find(key)?.Remove(id, weighed.Day);
            }
        }
    }
}
