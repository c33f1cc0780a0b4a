namespace JieSuJiBan.Domain.Dispatch;

/// <summary>Counts by context, in bounded memory: when the table is full, the contexts that were not seen for longest give way.</summary>
internal sealed class FadingTable(int contexts, int idsEach)
{
    private readonly Dictionary<ulong, Fading> _cells = [];

    public int Count => _cells.Count;

    public Fading? Find(ulong context) => _cells.GetValueOrDefault(context);

    public void Add(ulong context, int id, double day)
    {
        if (!_cells.TryGetValue(context, out var cell))
        {
            if (_cells.Count >= contexts)
            {
                Thin();
            }

            _cells[context] = cell = new Fading(idsEach);
        }

        cell.Add(id, day);
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_cells.Count);
        foreach (var (context, cell) in _cells)
        {
            to.Write(context);
            cell.Write(to);
        }
    }

    public void Read(BinaryReader from)
    {
        _cells.Clear();
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            _cells[from.ReadUInt64()] = Fading.Read(from, idsEach);
        }
    }

    // A quarter at once, so that a full table is not thinned with every new context.
    private void Thin()
    {
        foreach (var (context, _) in _cells.OrderBy(cell => cell.Value.At).ThenBy(cell => cell.Key).Take(Math.Max(1, contexts / 4)).ToList())
        {
            _cells.Remove(context);
        }
    }
}
