namespace JieSuJiBan.Domain.Dispatch;

public sealed partial class Matcher
{
    // Beyond these nobody is ever right, and every one costs time.
    private const int MostCandidates = 40, MostFromOneContext = 32, MostFromText = 16;

    // A share below this says no more than "not seen".
    private const float Unseen = 1e-4f;

    // How many imagined cases the wider context is worth in a narrower one.
    private const float Borrowed = 0.5f;

    /// <param name="named">A unit that must be among the candidates, as it was the right one.</param>
    /// <param name="mayTake">Leaves units out.</param>
    private Weighed Weigh(MatchInput demand, double day, IReadOnlyList<UnitPrior> priors, int named = -1, Predicate<string>? mayTake = null)
    {
        var facets = new Facets(demand);
        _roles.Know(facets);
        var said = _words.Read(demand.Text, day);
        var votes = _words.Votes(said, day);
        var byUnit = Find(_byUnit, Contexts.OfUnits, facets);
        var units = Gather(byUnit, votes, priors, named).Where(unit => mayTake is null || mayTake(_units.KeyOf(unit))).ToArray();
        var weighed = new Weighed
        {
            Facets = facets,
            Said = said,
            Day = day,
            Units = units,
            Roles = [.. units.Select(unit => _roles.RoleOf(unit, _units.FirstNameOf(unit), facets))],
            ByUnit = byUnit,
            ByRole = Find(_byRole, Contexts.OfRoles, facets),
            Facts = FactsOf(facets),
            Priors = priors,
            Opinions = new Opinions(Model.Count, units.Length),
        };
        if (units.Length > 0)
        {
            HearCounts(weighed, Contexts.OfUnits, weighed.ByUnit, weighed.Units, Model.Units);
            HearCounts(weighed, Contexts.OfRoles, weighed.ByRole, weighed.Roles, Model.Roles);
            weighed.FactShares = HearLinear(weighed, _facts, weighed.Facts, Model.Facts);
            weighed.TextShares = HearLinear(weighed, _text, said.Features, Model.Text);
            HearVotes(weighed, votes);
            HearPriors(weighed);
            weighed.Shares = _mixer.Mix(weighed.Opinions, weighed.Class);
        }

        return weighed;
    }

    private static Fading?[] Find(FadingTable[] tables, (Part Parts, int Wider)[] contexts, Facets facets) =>
        [.. contexts.Select((context, at) => facets.KeyOf(context.Parts) is { } key ? tables[at].Find(key) : null)];

    // From the narrowest context outwards, until there are enough.
    private HashSet<int> Gather(Fading?[] byUnit, Dictionary<int, float> votes, IReadOnlyList<UnitPrior> priors, int named)
    {
        var units = new HashSet<int>();
        units.UnionWith(priors.Select(prior => _units.NumberOf(prior.Unit)));
        if (named >= 0)
        {
            units.Add(named);
        }

        units.UnionWith(votes.OrderByDescending(vote => vote.Value).ThenBy(vote => vote.Key).Take(MostFromText).Select(vote => vote.Key));
        foreach (var cell in byUnit.Reverse())
        {
            units.UnionWith(cell?.Frequent(MostFromOneContext).Take(Math.Max(0, MostCandidates - units.Count)) ?? []);
        }

        return units;
    }

    // Where a role has several holders among the candidates, its share is divided among them.
    private void HearCounts(Weighed weighed, (Part Parts, int Wider)[] contexts, Fading?[] cells, int[] ids, int firstModel)
    {
        var candidates = ids.Length;
        var holders = ids.CountBy(id => id).ToDictionary();
        var divisors = Array.ConvertAll(ids, id => (float)holders[id]);
        var shares = new float[contexts.Length * Fading.Speeds * candidates];
        Span<float> root = stackalloc float[candidates];
        root.Fill(1f / Math.Max(1, firstModel == Model.Units ? _units.Count : holders.Count + 1));
        Span<int> entries = stackalloc int[candidates];
        for (var context = 0; context < contexts.Length; context++)
        {
            var cell = cells[context];
            var known = weighed.Facets.KeyOf(contexts[context].Parts) is not null;
            for (var candidate = 0; candidate < candidates; candidate++)
            {
                entries[candidate] = cell?.EntryOf(ids[candidate]) ?? -1;
            }

            for (var speed = 0; speed < Fading.Speeds; speed++)
            {
                var own = shares.AsSpan(((context * Fading.Speeds) + speed) * candidates, candidates);
                var wider = contexts[context].Wider < 0 ? root : shares.AsSpan(((contexts[context].Wider * Fading.Speeds) + speed) * candidates, candidates);
                var worth = cell?.WorthAt(weighed.Day, speed) ?? 0;
                var sum = (cell?.Total(speed) ?? 0) * worth;
                var model = firstModel + (context * Fading.Speeds) + speed;
                weighed.Opinions.Bins[model] = Opinions.BinOf(sum);
                var said = weighed.Opinions.Of(model);
                for (var candidate = 0; candidate < candidates; candidate++)
                {
                    var count = entries[candidate] < 0 ? 0 : cell!.CountOf(entries[candidate], speed) * worth;
                    own[candidate] = (count + (Borrowed * wider[candidate])) / (sum + Borrowed);
                    said[candidate] = known ? MathF.Log((own[candidate] / divisors[candidate]) + Unseen) : 0;
                }
            }
        }
    }

    private static float[] HearLinear(Weighed weighed, HashedLinear linear, Feature[] features, int model)
    {
        var shares = new float[weighed.Units.Length];
        if (features.Length == 0)
        {
            return shares;
        }

        for (var candidate = 0; candidate < shares.Length; candidate++)
        {
            shares[candidate] = linear.Score(features, weighed.Units[candidate]);
        }

        Mixer.Softmax(shares);
        Say(weighed, shares, model);
        return shares;
    }

    private static void HearVotes(Weighed weighed, Dictionary<int, float> votes)
    {
        if (votes.Count > 0)
        {
            var shares = Array.ConvertAll(weighed.Units, unit => votes.GetValueOrDefault(unit));
            Mixer.Softmax(shares);
            Say(weighed, shares, Model.Votes);
        }
    }

    private void HearPriors(Weighed weighed)
    {
        if (weighed.Priors.Count > 0)
        {
            var shares = Array.ConvertAll(weighed.Units, unit => (float)weighed.Priors.Where(prior => _units.Find(prior.Unit) == unit).Sum(prior => prior.Weight));
            var sum = Math.Max(1, shares.Sum());
            Say(weighed, Array.ConvertAll(shares, share => share / sum), Model.Priors);
        }
    }

    private static void Say(Weighed weighed, float[] shares, int model)
    {
        var said = weighed.Opinions.Of(model);
        for (var candidate = 0; candidate < shares.Length; candidate++)
        {
            said[candidate] = MathF.Log(shares[candidate] + Unseen);
        }
    }

    private static Feature[] FactsOf(Facets facets)
    {
        var facts = new List<Feature>();
        foreach (var parts in Contexts.OfFacts)
        {
            if (facets.KeyOf(parts) is { } key)
            {
                facts.Add(new Feature(Hash.Mix((ulong)parts, key), 1));
            }
        }

        foreach (var (name, value) in facets.Demand.More.Append(new("", facets.Demand.Kind ?? "")))
        {
            facts.Add(new Feature(Hash.Mix(Hash.Of(name), Hash.Of(value)), 1));
        }

        return [.. facts];
    }
}

/// <summary>The opinions that are mixed, by number.</summary>
internal static class Model
{
    public const int Units = 0;
    public static readonly int Roles = Contexts.OfUnits.Length * Fading.Speeds;
    public static readonly int Facts = Roles + (Contexts.OfRoles.Length * Fading.Speeds);
    public static readonly int Votes = Facts + 1, Text = Facts + 2, Priors = Facts + 3, Count = Facts + 4;

    /// <summary>What each counts before anything was learnt: together the counts outweigh the rest, and rules lead where there are none.</summary>
    public static readonly float[] FirstWeights = [.. Enumerable.Repeat(0.017f, Facts), 0.3f, 0.1f, 1.5f, 1.5f];
}
