using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

// Draft, signature, sounding, recall; and units that are called later.
public sealed partial class Whistle
{
    public static (Whistle? Whistle, Outcome Outcome) Draft(
        Guid id, string number, CaseFile? forCase, WhistleBrief brief, Actor by, DateTimeOffset now)
    {
        if (WhistleBrief.DirectionsOf(by.Unit).Count == 0 || !by.Role.HandlesCases())
        {
            return (null, new Refusal("whistle.draft.role", "您的岗位不能吹哨。", "Your post cannot blow a whistle."));
        }

        if (brief.Problems(by.Unit).FirstOrDefault() is { } problem)
        {
            return (null, problem);
        }

        var whistle = new Whistle { Id = id, CaseId = forCase?.Id };
        whistle.Record(new WhistleDrafted(number, forCase?.Id, forCase?.Number, by.Unit, by.Unit.Answering, brief, forCase?.ReportedUnit), by, now);
        return (whistle, Outcome.Done);
    }

    public Outcome Revise(WhistleBrief brief, Actor by, DateTimeOffset now) =>
        CheckDraft(by)
        ?? brief.Problems(Whistler).FirstOrDefault()
        ?? Add(new WhistleRevised(brief), by, now);

    /// <summary>To the main leader's inbox.</summary>
    public Outcome Submit(TimeRules rules, Actor by, DateTimeOffset now) =>
        CheckDraft(by)
        ?? Add(new WhistleSubmitted(TermsBy(rules).DecideFrom(now, rules.Calendar)), by, now);

    /// <summary>An 应急哨 sounds at once and is signed after.</summary>
    public Outcome SoundAtOnce(TimeRules rules, Actor by, DateTimeOffset now) =>
        CheckDraft(by)
        ?? (Kind == WhistleKind.Emergency
            ? null
            : new Refusal("whistle.sound.unsigned", "只有应急哨可以先吹后签。", "Only an emergency whistle sounds before it is signed."))
        ?? Add(Sounding(rules, now), by, now);

    /// <summary>A 日常哨 may be signed together with others; a 攻坚哨 or 应急哨 is looked at by itself.</summary>
    public bool CanBeSignedWithOthers => Kind == WhistleKind.Routine && NeedsSignature;

    /// <summary>The main leader signs; what has not sounded yet sounds with it.</summary>
    /// <param name="together">How many he signs in this act.</param>
    public Outcome Sign(string? opinion, TimeRules rules, Actor by, DateTimeOffset now, int together = 1)
    {
        if (CheckSigner(by, now) is { } refusal)
        {
            return refusal;
        }

        if (together > 1 && !CanBeSignedWithOthers)
        {
            return new Refusal("whistle.sign.by-itself", "攻坚哨、应急哨须逐件审签。", "A hard or emergency whistle is signed by itself.");
        }

        Record(new WhistleSigned(string.IsNullOrWhiteSpace(opinion) ? null : opinion.Trim(), together > 1 ? together : null), by, now);
        return SoundedAt is null ? Add(Sounding(rules, now), by, now) : Outcome.Done;
    }

    public Outcome ReturnDraft(string reason, Actor by, DateTimeOffset now) =>
        CheckSigner(by, now)
        ?? (SoundedAt is null ? null : new Refusal("whistle.return.sounded", "应急哨已经吹响，只能签批或撤哨。", "It has sounded; sign it or recall it."))
        ?? Missing(reason, "reason", "请写明退回原因。", "Say why it goes back.")
        ?? Add(new WhistleReturned(reason.Trim()), by, now);

    public Outcome Recall(string reason, Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? (Stage is WhistleStage.Confirmed ? new Refusal("whistle.recall.confirmed", "已确认的哨不能撤回。", "A confirmed whistle cannot be recalled.") : null)
        ?? CheckOpen()
        ?? Missing(reason, "reason", "请写明撤哨原因。", "Say why it is recalled.")
        ?? Add(new WhistleRecalled(reason.Trim()), by, now);

    /// <summary>Calls one more unit into the room. A summoned unit may bring its own section.</summary>
    public Outcome Summon(OrgPath unit, string ask, TimeRules rules, Actor by, DateTimeOffset now)
    {
        var ownSection = UnitOf(by) is { } own && unit.Kind == UnitKind.Section && unit.Parent == own.Unit;
        if (!ownSection && CheckChair(by) is { } refusal)
        {
            return refusal;
        }

        return CheckLive()
            ?? (ownSection || Brief.CanBeSummoned(Whistler, unit)
                ? null
                : new Refusal("whistle.brief.unit-kind", "该单位与吹哨方向不符。", "This unit does not fit the direction of the whistle.", "unit"))
            ?? CheckNotHere(unit)
            ?? Missing(ask, "ask", "请写明请该单位做什么。", "Say what is asked of this unit.")
            ?? Add(Summoning(unit, false, ask.Trim(), rules, now), by, now);
    }

    private WhistleSounded Sounding(TimeRules rules, DateTimeOffset now)
    {
        var plan = rules.PlanOf(Kind);
        return new([.. _units.Select(unit => Deadline(unit.Unit, plan.Terms, rules, now))], plan.Terms.Limits(), plan, SignedAt is null ? plan.Terms.DecideFrom(now, rules.Calendar) : null);
    }

    private UnitSummoned Summoning(OrgPath unit, bool isLead, string ask, TimeRules rules, DateTimeOffset now) =>
        new(new Summons(unit, isLead, ask), Deadline(unit, TermsBy(rules), rules, now));

    private static UnitDeadline Deadline(OrgPath unit, WhistleTerms terms, TimeRules rules, DateTimeOffset now) =>
        new(unit, terms.Respond.After.After(now, rules.Calendar), terms.Arrive.After.After(now, rules.Calendar));

    // The plan it was blown by, whatever has become of that; what was blown before there were plans runs by the portal's own.
    private WhistleTerms TermsBy(TimeRules rules) => (Plan ?? rules.PlanOf(Kind)).Terms;

    private Refusal? CheckDraft(Actor by) =>
        by.Unit != Whistler ? s_notTheChair
        : Stage != WhistleStage.Drafted ? new Refusal("whistle.not-draft", "哨单已提交，不能再改。", "It has been submitted and cannot be changed.")
        : null;

    private Refusal? CheckSigner(Actor by, DateTimeOffset now) =>
        !by.Leads(Signer) ? new Refusal("whistle.sign.role", "由吹哨单位的主要领导审签。", "The whistler's main leader signs.")
        : !NeedsSignature ? new Refusal("whistle.sign.none", "没有待审签的哨单。", "There is nothing to sign.")
        : by.IsDeputy && by.UserId == SubmittedBy ? new Refusal("whistle.sign.own", "您提交的哨单不能由您代签，请其他领导审签。", "You submitted it: somebody else signs it.")
        : CheckForwarded(SignatureFor, SignatureForName, by) is { } forwarded ? forwarded
        : Freshness.Check(by, now);

    private Refusal? CheckNotHere(OrgPath unit) =>
        UnitOf(unit) is null ? null : new Refusal("whistle.summon.here", "该单位已在哨室。", "This unit is in the room already.", "unit");
}
