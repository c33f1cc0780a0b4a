using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Supervision;

/// <summary>
/// What an order is about. A whistle may belong to a case; <paramref name="ReportedUnit"/> is whom a 举报 is about, and never sees it.
/// </summary>
public sealed record OrderSubject(SubjectKind Kind, Guid Id, string Number = "", Guid? CaseId = null, OrgPath? ReportedUnit = null);

/// <summary>What is asked of whom, until when, and what that rests on.</summary>
public sealed record OrderTerms(SupervisionKind Kind, OrgPath Unit, string Title, string Text, DateTimeOffset DueAt, string Basis, OrderSubject? Subject = null)
{
    public const int MaxTitle = 200, MaxText = 4000, MaxBasis = 200;

    public OrderTerms Tidy() => this with { Title = Title.Trim(), Text = Text.Trim(), Basis = Basis.Trim() };

    public Refusal? Check(DateTimeOffset now) =>
        Wrong(Title, MaxTitle, "title", "请填写标题。", "Give it a title.")
        ?? Wrong(Text, MaxText, "text", "请写明要求。", "Say what is asked.")
        ?? Wrong(Basis, MaxBasis, "basis", "请写明依据。", "Give the basis.")
        ?? (DueAt <= now ? new Refusal("supervision.due", "回复时限必须晚于现在。", "The answer is due in the future.", "dueAt") : null)
        ?? (Subject?.ReportedUnit is { } reported && reported.Contains(Unit)
            ? new Refusal("supervision.reported", "举报不得交被举报单位。", "A report is never given to the unit it is about.", "unit")
            : null);

    private static Refusal? Wrong(string text, int most, string field, string chinese, string english) =>
        string.IsNullOrWhiteSpace(text) ? new($"supervision.missing.{field}", chinese, english, field)
        : text.Length > most ? new("supervision.too-long", $"太长了，最多{most}个字。", $"Too long: at most {most} characters.", field)
        : null;
}
