using System.Text;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// What a unit is to a demand: its name with the demand's own street and community taken out, so that what was learnt in one street
/// ("the law enforcement team of this street") helps in the next.
/// </summary>
internal sealed class RoleBook
{
    private const char OwnSpot = '◆', OwnArea = '■', OtherSpot = '◇', OtherArea = '□';

    private static readonly string[] s_areaKinds = ["街道办事处", "地区办事处", "街道", "地区", "镇", "乡"];

    private readonly HashSet<string> _areas = [], _spots = [];
    private readonly Dictionary<string, int> _roles = [];
    private readonly Dictionary<int, NamePlan> _plans = [];

    public IEnumerable<string> Roles => _roles.Keys;

    /// <summary>Notes a place, so that its name is recognised in the names of units.</summary>
    public void Know(Facets facets)
    {
        var isNew = facets.Area is not null && _areas.Add(StemOf(facets.Area));
        isNew |= facets.Spot is not null && _spots.Add(facets.Spot);
        if (isNew)
        {
            _plans.Clear();
        }
    }

    public int RoleOf(int unit, string name, Facets facets)
    {
        if (!_plans.TryGetValue(unit, out var plan) || plan.Name != name)
        {
            _plans[unit] = plan = Plan(name);
        }

        var area = facets.Area is null ? null : StemOf(facets.Area);
        var which = 0;
        for (var at = 0; at < plan.Places.Count; at++)
        {
            var (text, isSpot) = plan.Places[at];
            which |= (isSpot ? text == facets.Spot : text == area) ? 1 << at : 0;
        }

        if (!plan.Roles.TryGetValue(which, out var role))
        {
            plan.Roles[which] = role = NumberOf(Draw(plan, which));
        }

        return role;
    }

    public void Write(BinaryWriter to)
    {
        foreach (var words in new IReadOnlyCollection<string>[] { _areas, _spots, _roles.Keys })
        {
            to.Write(words.Count);
            foreach (var word in words)
            {
                to.Write(word);
            }
        }
    }

    public void Read(BinaryReader from)
    {
        foreach (var note in new Action<string>[] { area => _areas.Add(area), spot => _spots.Add(spot), role => NumberOf(role) })
        {
            for (var left = from.ReadInt32(); left > 0; left--)
            {
                note(from.ReadString());
            }
        }
    }

    private static string StemOf(string area)
    {
        var kind = s_areaKinds.FirstOrDefault(kind => area.Length > kind.Length + 1 && area.EndsWith(kind, StringComparison.Ordinal));
        return kind is null ? area : area[..^kind.Length];
    }

    private int NumberOf(string role)
    {
        if (!_roles.TryGetValue(role, out var number))
        {
            _roles[role] = number = _roles.Count;
        }

        return number;
    }

    // The part in brackets often only says whose unit it is, and comes and goes: "六联社区（坪山街道办事处）".
    private NamePlan Plan(string name)
    {
        var bracket = name.IndexOf('（', StringComparison.Ordinal);
        var plan = new NamePlan(name);
        Cut(bracket > 0 ? name[..bracket] : name, plan, written: true);
        if (bracket > 0 && plan.Places.All(place => place.IsSpot))
        {
            plan.Suffix = plan.Text.Length;
            Cut(name[bracket..], plan, written: plan.Places.Count == 0);
        }

        return plan;
    }

    private void Cut(string text, NamePlan plan, bool written)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(10, text.Length - at);
            while (length > 1 && !_spots.Contains(text.Substring(at, length)) && !_areas.Contains(text.Substring(at, length)))
            {
                length--;
            }

            if (length > 1)
            {
                var place = text.Substring(at, length);
                plan.Text.Append((char)plan.Places.Count);
                plan.Places.Add((place, _spots.Contains(place)));
            }
            else if (written)
            {
                plan.Text.Append(text[at]);
            }

            at += length;
        }
    }

    private static string Draw(NamePlan plan, int which)
    {
        var role = new StringBuilder();
        var ownSpot = false;
        for (var at = 0; at < plan.Text.Length; at++)
        {
            // Somebody's own community needs no word of whose it is.
            if (at == plan.Suffix && ownSpot)
            {
                break;
            }

            if (plan.Text[at] >= plan.Places.Count)
            {
                role.Append(plan.Text[at]);
                continue;
            }

            var (own, isSpot) = ((which & (1 << plan.Text[at])) != 0, plan.Places[plan.Text[at]].IsSpot);
            ownSpot |= own && isSpot;
            role.Append((own, isSpot) switch { (true, true) => OwnSpot, (true, false) => OwnArea, (false, true) => OtherSpot, _ => OtherArea });
        }

        return role.ToString();
    }

    private sealed class NamePlan(string name)
    {
        public string Name => name;

        public StringBuilder Text { get; } = new();

        public List<(string Text, bool IsSpot)> Places { get; } = [];

        public Dictionary<int, int> Roles { get; } = [];

        public int Suffix { get; set; } = -1;
    }
}
