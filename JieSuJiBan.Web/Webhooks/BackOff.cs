namespace JieSuJiBan.Web.Webhooks;

/// <summary>How long a receiver is left alone after a failure: 10 s, 30 s, 90 s … 6 h, each a little shorter or longer, and when it is given up.</summary>
internal static class BackOff
{
    /// <summary>Some fifteen hours in all: a receiver that is down for a night gets everything in the morning.</summary>
    public const int MaxTries = 10;

    /// <summary>Who has said no three times means it, and must not hold up what comes after.</summary>
    public const int MaxNoes = 3;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(10), s_longest = TimeSpan.FromHours(6);

    public static bool IsLast(int tries, bool isNo) => tries >= (isNo ? MaxNoes : MaxTries);

    /// <param name="tries">How often it has been tried, at least once.</param>
    /// <param name="chance">From 0 to 1: receivers that failed together do not all come back at once.</param>
    public static TimeSpan After(int tries, double chance)
    {
        var pause = s_first * Math.Pow(3, Math.Min(tries, MaxTries) - 1);
        return (pause < s_longest ? pause : s_longest) * (0.8 + (0.4 * chance));
    }
}
