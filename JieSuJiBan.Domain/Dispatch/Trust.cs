namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// How far a proposal can be trusted, learnt from how earlier ones turned out: a logistic model over how clear the answer is, how much
/// was seen of such cases, and which unit, class and source it concerns.
/// </summary>
internal sealed class Trust
{
    private const int Bits = 14;
    private const float Rate = 0.07f, MostMoved = 60;

    private readonly float[] _weights = new float[1 << Bits];
    private readonly float[] _moved = new float[1 << Bits];
    private int _tried;

    public Trust() => _weights[PlaceOf(Signs.Clear)] = 1;

    /// <summary>Between 0 and 1; never near 1 before enough proposals were tried.</summary>
    public double Of(ReadOnlySpan<Feature> signs) => Math.Min((_tried + 0.5) / (_tried + 3), Share(signs));

    public void Learn(ReadOnlySpan<Feature> signs, bool wasRight)
    {
        _tried++;
        var error = Share(signs) - (wasRight ? 1 : 0);
        foreach (var sign in signs)
        {
            var (place, slope) = (PlaceOf(sign.Key), error * sign.Value);
            _moved[place] = Math.Min(MostMoved, _moved[place] + (slope * slope));
            _weights[place] -= Rate * slope / MathF.Sqrt(1 + _moved[place]);
        }
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_tried);
        for (var place = 0; place < _weights.Length; place++)
        {
            to.Write(_weights[place]);
            to.Write(_moved[place]);
        }
    }

    public void Read(BinaryReader from)
    {
        _tried = from.ReadInt32();
        for (var place = 0; place < _weights.Length; place++)
        {
            _weights[place] = from.ReadSingle();
            _moved[place] = from.ReadSingle();
        }
    }

    private float Share(ReadOnlySpan<Feature> signs)
    {
        var sum = 0f;
        foreach (var sign in signs)
        {
            sum += _weights[PlaceOf(sign.Key)] * sign.Value;
        }

        return 1 / (1 + MathF.Exp(-sum));
    }

    private static int PlaceOf(ulong sign) => (int)(Hash.Mix(sign, 7) >> (64 - Bits));
}

/// <summary>What <see cref="Trust"/> looks at.</summary>
internal static class Signs
{
    public const ulong Always = 1, Clear = 2, Second = 3, SeenInArea = 4, SeenAtSpot = 5, Agreement = 6, Unit = 7, Fine = 8, SourceAndUnit = 9;
}
