using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

// What the petitioner himself has to say after he has been heard: more facts, and what he thinks of the answer.
public sealed partial class CaseFile
{
    public const int MaxFacts = 2000, MaxRemark = 500;

    /// <summary>So often a petitioner adds to one case. Whoever has more to say is better called.</summary>
    public const int MaxFactsByPetitioner = 20;

    /// <summary>Adds to what was said at first. The same <paramref name="key"/> sent twice is one addition.</summary>
    /// <param name="safetyWord">The word of danger in it, if there is one.</param>
    public Outcome AddFacts(string text, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now, string? key = null, string? safetyWord = null) =>
        CheckFacts(by)
        ?? (IsOpen ? null : new Refusal("case.facts.closed", "案件已经办结，不能再补充。有新情况请重新反映。", "The case is finished. Please raise what is new as a demand of its own."))
        ?? Missing(text, "text", "请写明补充的情况。", "Write what is new.")
        ?? TooLong(text, MaxFacts, "text")
        ?? Add(new FactsAdded(text.Trim(), attachments, safetyWord), by, now, key);

    /// <summary>The petitioner's own word on the answer. He may change it until the case is closed; saying the same again is nothing new.</summary>
    public Outcome Rate(bool solved, Satisfaction satisfaction, string? remark, Actor by, DateTimeOffset now)
    {
        if (!IsPetitioner(by))
        {
            return new Refusal("case.rate.role", "只能由诉求人本人评价。", "Only the petitioner himself rates the answer.");
        }

        if (Status is not (CaseStatus.Answered or CaseStatus.CalledBack))
        {
            return new Refusal("case.rate.status", "收到答复之后、结案之前可以评价。", "An answer can be rated once it is given and until the case is closed.");
        }

        if (satisfaction == Cases.Satisfaction.NotSaid)
        {
            return new Refusal("case.missing.satisfaction", "请选择是否满意。", "Say whether you are satisfied.", "satisfaction");
        }

        remark = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        if (Rating is { } said && (said.Solved, said.Satisfaction, said.Remark) == (solved, satisfaction, remark))
        {
            return Outcome.Done;
        }

        return TooLong(remark, MaxRemark, "remark") ?? Add(new PetitionerRated(solved, satisfaction, remark), by, now);
    }

    // Whoever comes through the door has shown the case's follow-up code there. What nobody complained of has no petitioner.
    private bool IsPetitioner(Actor by) => !IsProactive && by.IsAtPublicDoor && by.Unit == District;

    private Refusal? CheckFacts(Actor by) =>
        IsPetitioner(by)
            ? FactsByPetitioner < MaxFactsByPetitioner
                ? null
                : new Refusal("case.facts.many", "您已多次补充，请直接与承办单位联系或拨打12345。", "You have added to this many times. Please speak to the unit that handles it, or call 12345.")
        : (by.Role == Role.Dispatcher && by.Oversees(District)) || (HasPart(by.Unit, Part.Registrar) && by.Role.HandlesCases() && by.Role != Role.DistrictLeader)
            ? null
            : new Refusal("case.facts.role", "由诉求人、登记单位或区指挥中心补充。", "The petitioner, the unit that registered it or the command centre adds to it.");
}
