namespace JieSuJiBan.Domain.Figures;

/// <summary>By what cases are counted. Every case counts once in each, for the present state of its row.</summary>
public enum Dimension
{
    /// <summary>The whole district.</summary>
    District,

    /// <summary>The unit that answers for it: the first receiver; for callbacks the one that had it when the petitioner was first asked.</summary>
    Unit,

    /// <summary>Where it lies: the street, and the community if it is known.</summary>
    Place,

    /// <summary>What it is about.</summary>
    Category,

    /// <summary>What it is about in which street, by months only: <c>/11/110117/110117101/|停车管理</c>.</summary>
    PlaceCategory,
}

/// <summary>
/// What is counted. Each belongs to the day on which it happened in Beijing: what was raised to the day of the call, what callbacks
/// found to the day of the first valid one. Minutes are sums; the count they belong to stands before them.
/// </summary>
public enum Measure
{
    Raised,

    /// <summary>Of these, found before anybody complained (未诉先办).</summary>
    Proactive,

    Dispatched,
    MatchMinutes,

    Answered,
    HandleMinutes,

    /// <summary>Of the answered, those answered after their limit.</summary>
    AnsweredLate,

    /// <summary>Of the answered, those for which a whistle was blown.</summary>
    Whistled,
    WhistledMinutes,

    /// <summary>V of the three rates: the petitioner was reached and answered, and the case is not left out of the rates.</summary>
    Valid,

    /// <summary>Left out of the rates by a review.</summary>
    Excluded,

    FirstContacted,
    FirstSolved,
    FirstSatisfied,
    FirstBasically,

    FinalContacted,
    FinalSolved,
    FinalSatisfied,
    FinalBasically,

    /// <summary>双否 when first asked.</summary>
    TwiceNo,

    Redone,
    AskMinutes,

    Closed,
    CloseMinutes,

    /// <summary>Joined to another case, by the day on which it was: the same thing demanded again.</summary>
    Merged,
}
