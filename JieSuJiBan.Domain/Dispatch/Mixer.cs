namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// Weighs many opinions into one. An opinion is a logarithm of a share for each candidate; its weight depends on how much it has
/// seen (<c>bin</c>) and on the class of the demand, and is moved after every answer towards what would have been better.
/// </summary>
internal sealed class Mixer
{
    public const int Bins = 8;

    private const int Classes = 256;
    private const float Rate = 0.001f, ClassRate = 0.0005f, Slowing = 0.02f, MostMoved = 20_000;

    private readonly int _models;
    private readonly float[] _weights, _moved, _classWeights, _classMoved;

    public Mixer(ReadOnlySpan<float> first)
    {
        _models = first.Length;
        _weights = new float[_models * Bins];
        _moved = new float[_models * Bins];
        _classWeights = new float[_models * Classes];
        _classMoved = new float[_models * Classes];
        for (var model = 0; model < _models; model++)
        {
            _weights.AsSpan(model * Bins, Bins).Fill(first[model]);
        }
    }

    public float WeightOf(int model, int bin, ulong ofClass) => _weights[(model * Bins) + bin] + _classWeights[ClassAt(ofClass) + model];

    /// <summary>The candidates' shares.</summary>
    public float[] Mix(Opinions opinions, ulong ofClass)
    {
        var shares = new float[opinions.Candidates];
        for (var model = 0; model < _models; model++)
        {
            var weight = WeightOf(model, opinions.Bins[model], ofClass);
            var said = opinions.Of(model);
            for (var candidate = 0; candidate < shares.Length; candidate++)
            {
                shares[candidate] += weight * said[candidate];
            }
        }

        Softmax(shares);
        return shares;
    }

    public void Learn(Opinions opinions, ReadOnlySpan<float> shares, int right, ulong ofClass)
    {
        for (var model = 0; model < _models; model++)
        {
            var said = opinions.Of(model);
            var slope = -said[right];
            for (var candidate = 0; candidate < shares.Length; candidate++)
            {
                slope += shares[candidate] * said[candidate];
            }

            var own = (model * Bins) + opinions.Bins[model];
            Move(ref _weights[own], ref _moved[own], slope, Rate);
            var inClass = ClassAt(ofClass) + model;
            Move(ref _classWeights[inClass], ref _classMoved[inClass], slope, ClassRate);
        }
    }

    public static void Softmax(Span<float> scores)
    {
        var (most, sum) = (float.MinValue, 0f);
        foreach (var score in scores)
        {
            most = Math.Max(most, score);
        }

        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - most);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    public void Write(BinaryWriter to)
    {
        foreach (var value in Arrays.SelectMany(array => array))
        {
            to.Write(value);
        }
    }

    public void Read(BinaryReader from)
    {
        foreach (var array in Arrays)
        {
            for (var at = 0; at < array.Length; at++)
            {
                array[at] = from.ReadSingle();
            }
        }
    }

    private float[][] Arrays => [_weights, _moved, _classWeights, _classMoved];

    private static void Move(ref float weight, ref float moved, float slope, float rate)
    {
        moved = Math.Min(MostMoved, moved + (slope * slope));
        weight -= rate * slope / MathF.Sqrt(1 + (moved * Slowing));
    }

    private int ClassAt(ulong ofClass) => (int)(ofClass % Classes) * _models;
}

/// <summary>What every model says of every candidate, and how much each model has seen of such a case.</summary>
internal sealed class Opinions(int models, int candidates)
{
    private readonly float[] _said = new float[models * candidates];

    public int Models => models;

    public int Candidates => candidates;

    public int[] Bins { get; } = new int[models];

    public Span<float> Of(int model) => _said.AsSpan(model * candidates, candidates);

    /// <summary>From -1 to 1: for how many of those that have an opinion this candidate is the best, or one of the best.</summary>
    public float AgreeOn(int candidate)
    {
        var (asked, agree) = (0, 0);
        for (var model = 0; model < models; model++)
        {
            var said = Of(model);
            var (best, worst) = (said[candidate], said[candidate]);
            foreach (var opinion in said)
            {
                (best, worst) = (Math.Max(best, opinion), Math.Min(worst, opinion));
            }

            asked += best > worst ? 1 : 0;
            agree += best > worst && said[candidate] == best ? 1 : 0;
        }

        return asked == 0 ? 0 : (2f * agree / asked) - 1;
    }

    /// <summary>Few, some, many: what a count says about its worth, in steps.</summary>
    public static int BinOf(float seen) => seen switch { < 0.05f => 0, < 0.5f => 1, < 1.2f => 2, < 2.5f => 3, < 5 => 4, < 12 => 5, < 40 => 6, _ => 7 };
}
