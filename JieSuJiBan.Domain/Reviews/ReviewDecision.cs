using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Reviews;

/// <summary>What a unit is to do, who answers for it, and by when.</summary>
public sealed record DecisionTerms(OrgPath Unit, string Text, string Person, DateTimeOffset DueAt)
{
    public const int MaxText = 500, MaxPerson = 60;

    public DecisionTerms Tidy() => this with { Text = Text.Trim(), Person = Person.Trim() };

    public Refusal? Check(OrgPath district, DateTimeOffset now) =>
        Unit.District != district || Unit == district ? new Refusal("review.unit", "请选择承办单位。", "Choose the unit that does it.", "unit")
        : Text.Length is 0 or > MaxText ? new Refusal("review.text", $"请用{MaxText}字以内写明要做什么。", $"Say in at most {MaxText} characters what is to be done.", "text")
        : Person.Length is 0 or > MaxPerson ? new Refusal("review.person", "请写明责任人。", "Name the person in charge.", "person")
        : DueAt <= now ? new Refusal("review.due", "完成时限必须晚于现在。", "It is due in the future.", "dueAt")
        : null;
}

/// <summary>A decision of a review, and the task that it has become.</summary>
public sealed class ReviewDecision
{
    private ReviewDecision() { }  // for EF

    internal ReviewDecision(Guid review, ReviewDecided e)
    {
        (ReviewId, No, Order, OrderNumber) = (review, e.No, e.Order, e.OrderNumber);
        (Unit, Text, Person, DueAt) = (e.Terms.Unit, e.Terms.Text, e.Terms.Person, e.Terms.DueAt);
    }

    public Guid ReviewId { get; private set; }
    public int No { get; private set; }
    public OrgPath Unit { get; private set; }
    public string Text { get; private set; } = "";
    public string Person { get; private set; } = "";
    public DateTimeOffset DueAt { get; private set; }
    public Guid Order { get; private set; }
    public string OrderNumber { get; private set; } = "";
}
