namespace JieSuJiBan.Domain.Dispatch;

/// <summary>Units by number, and the names each went by: a renamed unit stays the same unit, and the name in use now wins.</summary>
internal sealed class UnitBook
{
    // In days, and short: after a renaming the old name is gone for good, and a label is at most some days late.
    private const double NameHalfLife = 0.8;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Unit> _units = [];

    public int Count => _units.Count;

    public int Find(string unit) => _numbers.GetValueOrDefault(unit, -1);

    public int NumberOf(string unit)
    {
        if (!_numbers.TryGetValue(unit, out var number))
        {
            _numbers[unit] = number = _units.Count;
            _units.Add(new Unit(unit));
        }

        return number;
    }

    public string KeyOf(int unit) => _units[unit].Key;

    /// <summary>The first name it was learnt with, from which its role is read; its key while it has none.</summary>
    public string FirstNameOf(int unit) => _units[unit].Names is [var first, ..] ? first.Text : _units[unit].Key;

    public void Name(int unit, string name, double day)
    {
        var names = _units[unit].Names;
        var at = names.FindIndex(known => known.Text == name);
        if (at < 0)
        {
            at = names.Count;
            names.Add(new UnitName(name, 0, day));
        }

        var latest = Math.Max(day, names[at].At);
        names[at] = new UnitName(name, Worth(names[at], latest) + Math.Pow(2, -(latest - day) / NameHalfLife), latest);
    }

    public void Unname(int unit, string name, double day)
    {
        var names = _units[unit].Names;
        var at = names.FindIndex(known => known.Text == name);
        if (at >= 0)
        {
            names[at] = names[at] with { Count = Math.Max(0, names[at].Count - Math.Pow(2, -(names[at].At - day) / NameHalfLife)) };
        }
    }

    /// <summary>The names it may go by now, with their shares.</summary>
    public IEnumerable<(string Name, double Share)> NamesOf(int unit, double day)
    {
        var names = _units[unit].Names;
        if (names.Count == 0)
        {
            return [(KeyOf(unit), 1)];
        }

        // Long unused, all have faded to nothing, and yet the one used last is still the best guess.
        var latest = Math.Min(day, names.Max(name => name.At));
        var sum = names.Sum(name => Worth(name, latest) + 1e-9);
        return names.Select(name => (name.Text, (Worth(name, latest) + 1e-9) / sum));
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_units.Count);
        foreach (var unit in _units)
        {
            to.Write(unit.Key);
            to.Write(unit.Names.Count);
            foreach (var name in unit.Names)
            {
                to.Write(name.Text);
                to.Write(name.Count);
                to.Write(name.At);
            }
        }
    }

    public void Read(BinaryReader from)
    {
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var names = _units[NumberOf(from.ReadString())].Names;
            for (var name = from.ReadInt32(); name > 0; name--)
            {
                names.Add(new UnitName(from.ReadString(), from.ReadDouble(), from.ReadDouble()));
            }
        }
    }

    private static double Worth(UnitName name, double day) => name.Count * Math.Pow(2, -Math.Max(0, day - name.At) / NameHalfLife);

    private sealed record Unit(string Key)
    {
        public List<UnitName> Names { get; } = [];
    }

    private sealed record UnitName(string Text, double Count, double At);
}
