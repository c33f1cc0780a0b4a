using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Whistles;

// Among the leaders of one unit a decision can be handed on; whoever it is handed to decides, and any of them may take it over.
public sealed partial class Whistle
{
    /// <summary>Hands a signature (no number) or a question to another leader of the same unit, or takes it over oneself.</summary>
    public Outcome Forward(int? no, Actor to, string? remark, Actor by, DateTimeOffset now)
    {
        var request = _requests.Find(asked => asked.No == no && asked.Decision == Decision.Waiting);
        if (no is null ? !NeedsSignature : request is null)
        {
            return new Refusal("whistle.decide.none", "该事项已经决定。", "This has been decided.");
        }

        var unit = request?.AddressedTo ?? Signer;
        return !by.Leads(unit) ? new Refusal("whistle.decide.role", "由收到请示的领导决定。", "The leader it was sent to decides.")
            : !to.Leads(unit) || to.IsDeputy ? new Refusal("whistle.forward.to", "请选择本单位的其他领导。", "Choose another leader of your unit.", "to")
            : (request is null ? SignatureFor : request.For) == to.UserId ? new Refusal("whistle.forward.same", "已经在这位领导名下。", "It is with this leader already.", "to")
            : Add(new DecisionForwarded(no, to.UserId, to.Name, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);
    }

    private static Refusal? CheckForwarded(string? to, string? name, Actor by) => to is null || by.Stands(to)
        ? null
        : new Refusal("whistle.decide.forwarded", $"已转{name}决定，要由您决定请先接过来。", $"It was handed to {name}. Take it over first.");

    private void Forward(DecisionForwarded e)
    {
        if (e.No is { } no)
        {
            _requests.Find(asked => asked.No == no)!.Forward(e);
        }
        else
        {
            (SignatureFor, SignatureForName) = (e.UserId, e.Name);
        }
    }
}
