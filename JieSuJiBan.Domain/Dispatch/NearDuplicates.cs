using System.Numerics;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>A text that says nearly the same.</summary>
/// <param name="Similarity">The share of three-character runs that both texts have, estimated; 1 is the same text.</param>
public readonly record struct NearDuplicate(Guid Key, double Similarity);

/// <summary>
/// Finds texts that were sent before, a little changed, among a million. A text is kept as 48 bytes, each the smallest of its runs under
/// another order (MinHash), and is looked up by sixteen triples of them: nearly equal texts share at least one triple, strangers hardly
/// ever do. Some 200 bytes a text.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class NearDuplicates
{
    private const int Bands = 16, InBand = 3, Marks = Bands * InBand, Run = 3;

    /// <summary>A form letter sent ten thousand times must not make its own lookup slow: the latest are enough.</summary>
    private const int MostInBand = 1000;

    private static readonly ulong[] s_orders = Orders();

    private readonly Dictionary<Guid, int> _places = [];
    private readonly Pages<Guid> _keys = new(1);
    private readonly Pages<byte> _marks = new(Marks);
    private readonly Pages<int> _next = new(Bands);
    private int[][] _heads = [.. Enumerable.Range(0, Bands).Select(_ => new int[1024])];
    private int _count;

    public int Count => _places.Count;

    public bool Contains(Guid key) => _places.ContainsKey(key);

    /// <summary>Adds a text, or puts another in the place of what is known under this key; one too short to compare is passed over.</summary>
    public void Add(Guid key, string text)
    {
        Span<byte> marks = stackalloc byte[Marks];
        var isLong = Mark(text, marks);
        if (isLong && _places.TryGetValue(key, out var known) && marks.SequenceEqual(_marks.At(known)))
        {
            return;
        }

        Remove(key);
        if (!isLong)
        {
            return;
        }

        if (_count == _heads[0].Length)
        {
            Widen();
        }

        _places[key] = _count;
        _keys.Append([key]);
        _marks.Append(marks);
        _next.Append(stackalloc int[Bands]);
        Link(_count++);
    }

    /// <summary>Forgets a text; its place stays empty.</summary>
    public void Remove(Guid key)
    {
        if (_places.Remove(key, out var place))
        {
            _keys.At(place)[0] = Guid.Empty;
        }
    }

    /// <summary>The texts most like this one, best first.</summary>
    public IReadOnlyList<NearDuplicate> Find(string text, double atLeast = 0.5, int most = 10)
    {
        Span<byte> marks = stackalloc byte[Marks];
        if (!Mark(text, marks))
        {
            return [];
        }

        var seen = new HashSet<int>();
        var found = new List<NearDuplicate>();
        for (var band = 0; band < Bands; band++)
        {
            var left = MostInBand;
            for (var at = _heads[band][BucketOf(marks, band)]; at > 0 && left > 0; at = _next.At(at - 1)[band], left--)
            {
                if (seen.Add(at) && Similarity(marks, _marks.At(at - 1)) is var similarity && similarity >= atLeast && _keys.At(at - 1)[0] is var key && key != Guid.Empty)
                {
                    found.Add(new NearDuplicate(key, similarity));
                }
            }
        }

        return [.. found.OrderByDescending(other => other.Similarity).ThenBy(other => other.Key).Take(most)];
    }

    // Punctuation and spaces come and go when a text is pasted, so they do not count.
    private static bool Mark(string text, Span<byte> marks)
    {
        var plain = string.Concat(text.Where(char.IsLetterOrDigit));
        if (plain.Length < Run)
        {
            return false;
        }

        Span<ulong> smallest = stackalloc ulong[Marks];
        smallest.Fill(ulong.MaxValue);
        for (var at = 0; at + Run <= plain.Length; at++)
        {
            var run = Hash.Of(plain.AsSpan(at, Run));
            for (var mark = 0; mark < Marks; mark++)
            {
                smallest[mark] = Math.Min(smallest[mark], (run ^ s_orders[mark]) * (s_orders[mark] | 1));
            }
        }

        for (var mark = 0; mark < Marks; mark++)
        {
            marks[mark] = (byte)(Hash.Mix(smallest[mark], 1) >> 56);
        }

        return true;
    }

    // One in 256 bytes is equal by chance.
    private static double Similarity(ReadOnlySpan<byte> marks, ReadOnlySpan<byte> others)
    {
        var equal = 0;
        for (var mark = 0; mark < Marks; mark++)
        {
            equal += marks[mark] == others[mark] ? 1 : 0;
        }

        return Math.Max(0, ((double)equal / Marks) - (1 / 256.0)) / (1 - (1 / 256.0));
    }

    private int BucketOf(ReadOnlySpan<byte> marks, int band)
    {
        var triple = marks[band * InBand] | ((uint)marks[(band * InBand) + 1] << 8) | ((uint)marks[(band * InBand) + 2] << 16);
        return (int)((triple * 2654435769u) >> (32 - BitOperations.Log2((uint)_heads[0].Length)));
    }

    private void Link(int place)
    {
        var next = _next.At(place);
        for (var band = 0; band < Bands; band++)
        {
            ref var head = ref _heads[band][BucketOf(_marks.At(place), band)];
            next[band] = head;
            head = place + 1;
        }
    }

    private void Widen()
    {
        _heads = [.. Enumerable.Range(0, Bands).Select(_ => new int[_heads[0].Length * 2])];
        for (var place = 0; place < _count; place++)
        {
            Link(place);
        }
    }

    private static ulong[] Orders()
    {
        var orders = new ulong[Marks];
        for (var mark = 0; mark < Marks; mark++)
        {
            orders[mark] = Hash.Mix((ulong)mark + 1, 0x5DEECE66DUL);
        }

        return orders;
    }

    /// <summary>A list that grows by pages, so that a large index is never copied.</summary>
    private sealed class Pages<T>(int each)
    {
        private const int PerPage = 1 << 14;

        private readonly List<T[]> _pages = [];
        private int _count;

        public Span<T> At(int item) => _pages[item / PerPage].AsSpan(item % PerPage * each, each);

        public void Append(ReadOnlySpan<T> item)
        {
            if (_count == _pages.Count * PerPage)
            {
                _pages.Add(new T[PerPage * each]);
            }

            item.CopyTo(At(_count++));
        }
    }
}
