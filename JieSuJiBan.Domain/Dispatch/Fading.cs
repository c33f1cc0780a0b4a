namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// How often something was seen, counted at several speeds of forgetting at once: the fastest knows who does the work this week,
/// the slowest who did it all along.
/// </summary>
internal sealed class Fading
{
    public const int Speeds = 3;

    /// <summary>Days after which a count is worth half.</summary>
    private static readonly float[] s_halfLives = [3, 30, 1000];

    private readonly int _most;
    private int[] _ids = [];
    private float[] _counts = [];
    private double _at;

    /// <param name="most">How many different ids are remembered; the rarest gives way.</param>
    public Fading(int most) => _most = most;

    public int Size { get; private set; }

    public double At => _at;

    public int IdOf(int entry) => _ids[entry];

    /// <summary>The count as it was at <see cref="At"/>.</summary>
    public float CountOf(int entry, int speed) => _counts[(entry * Speeds) + speed];

    public float Total(int speed)
    {
        var total = 0f;
        for (var entry = 0; entry < Size; entry++)
        {
            total += CountOf(entry, speed);
        }

        return total;
    }

    /// <summary>The ids seen most, by what they are worth this month.</summary>
    public IEnumerable<int> Frequent(int most) => Size <= most
        ? _ids.Take(Size)
        : Enumerable.Range(0, Size).OrderByDescending(entry => CountOf(entry, 1)).ThenBy(IdOf).Take(most).Select(IdOf);

    /// <summary>What a count of <see cref="At"/> is still worth.</summary>
    public float WorthAt(double day, int speed) => Worth(day - _at, speed);

    public void Add(int id, double day)
    {
        Bring(day);
        var entry = EntryOf(id);
        if (entry < 0)
        {
            entry = MakeRoom();
            _ids[entry] = id;
        }

        for (var speed = 0; speed < Speeds; speed++)
        {
            _counts[(entry * Speeds) + speed] += Worth(_at - day, speed);
        }
    }

    /// <summary>Takes back what was added on <paramref name="day"/>, as far as it is still there.</summary>
    public void Remove(int id, double day)
    {
        var entry = EntryOf(id);
        for (var speed = 0; entry >= 0 && speed < Speeds; speed++)
        {
            ref var count = ref _counts[(entry * Speeds) + speed];
            count = Math.Max(0, count - Worth(_at - day, speed));
        }
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_at);
        to.Write(Size);
        for (var entry = 0; entry < Size; entry++)
        {
            to.Write(_ids[entry]);
            for (var speed = 0; speed < Speeds; speed++)
            {
                to.Write(CountOf(entry, speed));
            }
        }
    }

    public static Fading Read(BinaryReader from, int most)
    {
        var read = new Fading(most) { _at = from.ReadDouble(), Size = from.ReadInt32() };
        read._ids = new int[read.Size];
        read._counts = new float[read.Size * Speeds];
        for (var entry = 0; entry < read.Size; entry++)
        {
            read._ids[entry] = from.ReadInt32();
            for (var speed = 0; speed < Speeds; speed++)
            {
                read._counts[(entry * Speeds) + speed] = from.ReadSingle();
            }
        }

        return read;
    }

    private static float Worth(double days, int speed) => days <= 0 ? 1 : MathF.Pow(2, (float)-days / s_halfLives[speed]);

    private void Bring(double day)
    {
        if (day <= _at)
        {
            return;
        }

        for (var speed = 0; speed < Speeds; speed++)
        {
            var worth = Worth(day - _at, speed);
            for (var entry = 0; entry < Size; entry++)
            {
                _counts[(entry * Speeds) + speed] *= worth;
            }
        }

        _at = day;
    }

    public int EntryOf(int id) => Array.IndexOf(_ids, id, 0, Size);

    private int MakeRoom()
    {
        if (Size < _most)
        {
            if (Size == _ids.Length)
            {
                Array.Resize(ref _ids, Math.Min(_most, Math.Max(2, Size * 2)));
                Array.Resize(ref _counts, _ids.Length * Speeds);
            }

            return Size++;
        }

        var rarest = 0;
        for (var entry = 1; entry < Size; entry++)
        {
            if (CountOf(entry, Speeds - 1) < CountOf(rarest, Speeds - 1))
            {
                rarest = entry;
            }
        }

        Array.Clear(_counts, rarest * Speeds, Speeds);
        return rarest;
    }
}
