using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Firms;

public enum FirmSide
{
    [Word("黑榜")] Black,
    [Word("红榜")] Red,
}

/// <summary>A firm's month: cases about it, those of them whose petitioner was called back, solved by his word, and repeated, and how many there were the month before.</summary>
public sealed record FirmCounts(string Key, string Name, int Cases, int Rated, int Solved, int Repeated, int Before)
{
    [JsonIgnore]
    public decimal? SolvedShare => Rated == 0 ? null : (decimal)Solved / Rated;

    [JsonIgnore]
    public decimal RepeatedShare => Cases == 0 ? 0 : (decimal)Repeated / Cases;
}

/// <summary>When a firm is proposed for a list, in percent: on the black one below the solved share or from the repeated share on, on the red one the other way round.</summary>
public sealed record FirmRule(int Least, int Solved, int Repeated, string Basis);

/// <summary>All of it is data with its basis. A firm has <paramref name="Reply"/> to say its side before anything is published.</summary>
public sealed record FirmRules(FirmRule Black, FirmRule Red, BasedLimit Reply)
{
    /// <summary>The list that a month of this sort is proposed for, and why; nothing for most.</summary>
    public (FirmSide Side, string Why)? Judge(FirmCounts month)
    {
        if (month.Cases >= Black.Least && (month.SolvedShare * 100 < Black.Solved || month.RepeatedShare * 100 >= Black.Repeated))
        {
            return (FirmSide.Black, Black.Basis);
        }

        return month.Cases >= Red.Least && month.SolvedShare * 100 >= Red.Solved && month.RepeatedShare * 100 <= Red.Repeated ? (FirmSide.Red, Red.Basis) : null;
    }
}
