namespace JieSuJiBan.Domain.Reviews;

/// <summary>Who was there, as the record of a meeting says it (主持、出席、请假、列席): units or persons, as they are written.</summary>
public sealed record Attendance(string Chair, IReadOnlyList<string> Present, IReadOnlyList<string> OnLeave, IReadOnlyList<string> SittingIn, string? Place = null)
{
    public const int MaxName = 60, MaxNames = 200;

    public static readonly Attendance Nobody = new("", [], [], []);

    public Attendance Tidy() => new(Chair.Trim(), Tidy(Present), Tidy(OnLeave), Tidy(SittingIn), string.IsNullOrWhiteSpace(Place) ? null : Place.Trim());

    /// <summary>Names as people write them one after the other.</summary>
    public static IReadOnlyList<string> Read(string? text) =>
        (text ?? "").Split(['、', '，', ',', '；', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public Refusal? Check()
    {
        var all = Present.Concat(OnLeave).Concat(SittingIn).ToList();
        return Chair.Length is 0 or > MaxName ? new Refusal("review.chair", $"请用{MaxName}字以内写明主持人。", $"Name who chairs, in at most {MaxName} characters.", "chair")
            : Present.Count == 0 ? new Refusal("review.present", "请写明出席的单位或人员。", "Name who is present.", "present")
            : Place?.Length > MaxName ? new Refusal("review.place", $"地点不超过{MaxName}字。", $"The place has at most {MaxName} characters.", "place")
            : all.Count > MaxNames || all.Exists(name => name.Length > MaxName) ? new Refusal("review.names", $"每个名称不超过{MaxName}字，总共不超过{MaxNames}个。", $"At most {MaxNames} names of at most {MaxName} characters each.", "present")
            : all.Distinct(StringComparer.Ordinal).Count() < all.Count ? new Refusal("review.twice", "出席、请假、列席中有重复的名称。", "A name stands there twice.", "present")
            : null;
    }

    public bool Says(Attendance other) =>
        (Chair, Place) == (other.Chair, other.Place) && Present.SequenceEqual(other.Present) && OnLeave.SequenceEqual(other.OnLeave) && SittingIn.SequenceEqual(other.SittingIn);

    private static string[] Tidy(IReadOnlyList<string> names) => [.. names.Select(name => name.Trim()).Where(name => name.Length > 0)];
}
