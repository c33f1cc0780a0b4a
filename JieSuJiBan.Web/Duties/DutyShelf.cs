using System.Globalization;
using JieSuJiBan.Domain.Duties;

namespace JieSuJiBan.Web.Duties;

/// <summary>One district's duties, in order and in an index. Reading takes a millisecond, so one lock serves all.</summary>
internal sealed class DutyShelf(Func<Domain.Organisation.OrgPath, string> nameOf)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, DutyLine> _lines = [];
    private readonly Dictionary<string, Guid> _listed = new(StringComparer.Ordinal);
    private readonly DutyIndex _index = new();
    private DutyLine[]? _sorted;

    public int CountInForce
    {
        get
        {
            lock (_lock)
            {
                return _lines.Values.Count(line => line.State == DutyState.InForce);
            }
        }
    }

    public void Put(DutyLine line)
    {
        lock (_lock)
        {
            if (_lines.TryGetValue(line.Id, out var known))
            {
                if (known.Version > line.Version)
                {
                    return;  // older news come late
                }

                if (_listed.TryGetValue(known.Terms.Category, out var id) && id == line.Id)
                {
                    _listed.Remove(known.Terms.Category);
                }
            }

            _lines[line.Id] = line;
            if (line.IsListed)
            {
                _listed[line.Terms.Category] = line.Id;
            }

            if (known is null || !known.Terms.Says(line.Terms))
            {
                Index(line);
            }

            _sorted = null;
        }
    }

    public DutyLine? Find(Guid id)
    {
        lock (_lock)
        {
            return _lines.GetValueOrDefault(id);
        }
    }

    /// <summary>What stands on the list under the three names.</summary>
    public DutyLine? FindListed(string category)
    {
        lock (_lock)
        {
            return _listed.TryGetValue(category, out var id) ? _lines[id] : null;
        }
    }

    public IReadOnlyList<DutyLine> Under(string prefix)
    {
        lock (_lock)
        {
            return [.. Sorted().Where(line => line.State == DutyState.InForce && line.Terms.Category.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    public IReadOnlyList<DutyLine> Search(string text, int take)
    {
        lock (_lock)
        {
            return [.. _index.Search(text).Select(id => _lines[id]).Where(line => line.State == DutyState.InForce).Take(take)];
        }
    }

    public IReadOnlyList<DutyLine> All(DutyFilter filter)
    {
        lock (_lock)
        {
            var lines = string.IsNullOrWhiteSpace(filter.Search) ? Sorted() : _index.Search(filter.Search).Select(id => _lines[id]);
            return [.. lines.Where(filter.Fits)];
        }
    }

    public IReadOnlyList<string> Areas()
    {
        lock (_lock)
        {
            return [.. Sorted().Where(line => line.IsListed).Select(line => line.Terms.Area).Distinct()];
        }
    }

    private DutyLine[] Sorted() => _sorted ??= [.. _lines.Values.Order(Comparer<DutyLine>.Create((left, right) => SortKey.Compare(left.Order, right.Order)))];

    private void Index(DutyLine line)
    {
        var terms = line.Terms;
        _index.Put(
            line.Id,
            (terms.Matter, 10),
            (terms.Keywords, 8),
            (terms.Group, 4),
            (terms.Area, 3),
            (terms.Text, 2),
            (nameOf(terms.Lead), 2),
            (terms.Basis, 1.5f),
            (string.Join('\n', terms.CoUnits.Select(part => $"{nameOf(part.Unit)} {part.Text}")), 1));
    }
}
