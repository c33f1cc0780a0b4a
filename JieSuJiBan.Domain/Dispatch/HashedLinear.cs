namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// A linear model over any number of features and units in a fixed amount of memory: a feature's weight for a unit lives where its
/// hash says. Learns one example at a time, each weight at its own pace.
/// </summary>
internal sealed class HashedLinear(int bits, float rate)
{
    // A weight that was moved often moves slowly, but never so slowly that it could not follow a change of duties.
    private const float MostMoved = 30, Still = 0.1f;

    private const int InPage = 1023;

    private readonly float[] _weights = new float[1 << bits];
    private readonly float[] _moved = new float[1 << bits];

    public float Score(ReadOnlySpan<Feature> features, int unit)
    {
        var score = 0f;
        foreach (var feature in features)
        {
            score += _weights[PlaceOf(feature.Key, unit)] * feature.Value;
        }

        return score;
    }

    /// <param name="error">The unit's share as it was said, less what it should have been.</param>
    public void Learn(ReadOnlySpan<Feature> features, int unit, float error)
    {
        foreach (var feature in features)
        {
            var place = PlaceOf(feature.Key, unit);
            var slope = error * feature.Value;
            _moved[place] = Math.Min(MostMoved, _moved[place] + (slope * slope));
            _weights[place] -= rate * slope / MathF.Sqrt(Still + _moved[place]);
        }
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_weights.Count(weight => weight != 0));
        for (var (place, last) = (0, 0); place < _weights.Length; place++)
        {
            if (_weights[place] != 0)
            {
                to.Write7BitEncodedInt(place - last);
                last = place;
                to.Write(_weights[place]);
                to.Write(_moved[place]);
            }
        }
    }

    public void Read(BinaryReader from)
    {
        var place = 0;
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            place += from.Read7BitEncodedInt();
            _weights[place] = from.ReadSingle();
            _moved[place] = from.ReadSingle();
        }
    }

    // All of a feature's weights lie in one page of memory, so that a text is not a walk through all of it.
    private int PlaceOf(ulong feature, int unit)
    {
        var page = (int)(feature >> (64 - bits)) & ~InPage;
        var inPage = (uint)(((feature & 0xFFFFFFFF) ^ ((ulong)(unit + 1) * 0x9E3779B97F4A7C15UL)) * 0xBF58476D1CE4E5B9UL >> 40);
        return page | ((int)inPage & InPage);
    }
}

internal readonly record struct Feature(ulong Key, float Value);
