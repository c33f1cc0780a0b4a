using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

// 回访: the petitioner is asked when the limit has passed (条例 23). What the first valid one said stays, whatever comes later.
public sealed partial class CaseFile
{
    /// <summary>After so many calls that reach nobody the case may be finished without a callback (未接通).</summary>
    public const int CallbackTries = 3;

    /// <summary>What is answered so shortly before its limit is marked, and a person calls.</summary>
    public static readonly TimeSpan LastHour = TimeSpan.FromHours(1);

    /// <summary>When the first valid callback was recorded: the petitioner was reached and has answered. Never where nobody complained.</summary>
    public DateTimeOffset? CalledBackAt { get; private set; }

    /// <summary>
    /// What the first valid callback said. Later ones change nothing in it, nor does a redo; only the new call after an upheld appeal
    /// takes its place.
    /// </summary>
    public bool? FirstContacted { get; private set; }

    public bool? FirstSolved { get; private set; }

    public Satisfaction? FirstSatisfaction { get; private set; }

    /// <summary>What the last valid one said of the contact, beside <see cref="Solved"/> and <see cref="Satisfaction"/>.</summary>
    public bool? FinalContacted { get; private set; }

    /// <summary>Whose rates it counts for: the first receiver when first called back.</summary>
    public OrgPath? CountedUnit { get; private set; }

    /// <summary>
    /// Who helped by the same dispatch then (一单多派): the units that answer for its co-units, without the lead. Whether it counts for
    /// them too (一单多考) is the assessment scheme's to say.
    /// </summary>
    public UnitSet? CountedCoUnits { get; private set; }

    /// <summary>A review upheld that it is left out of the rates. It stays on the books.</summary>
    public bool IsExcluded { get; private set; }

    /// <summary>Answered in the last hour before its limit: a person calls, never only a link.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>How many whistles were ever blown for it.</summary>
    public int WhistleCount { get; private set; }

    /// <summary>When the callback desk is to call; nothing before the limit, and when it has been answered.</summary>
    public DateTimeOffset? CallAt { get; private set; }

    /// <summary>How he is asked about the last answer, once it was drawn.</summary>
    public CallbackWay? CallbackWay { get; private set; }

    /// <summary>When it was drawn that a person may call; it counts for the unit's minimum of the month.</summary>
    public DateTimeOffset? DrawnAt { get; private set; }

    /// <summary>Until when an answer to the link is waited for.</summary>
    public DateTimeOffset? LinkUntil { get; private set; }

    /// <summary>The petitioner has answered a callback since the unit's last answer.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Calls since the answer that reached nobody.</summary>
    public int CallsMissed { get; private set; }

    /// <summary>Who has checked on the spot since the dispatch. None of them reports it done.</summary>
    public List<string> CheckedBy { get; private set; } = [];

    /// <summary>What the last check since the result was submitted found.</summary>
    public bool? IsCheckedDone { get; private set; }

    /// <summary>Nobody was reached in so many tries.</summary>
    public bool IsUnreached => CallsMissed >= CallbackTries;

    /// <summary>He may answer by his link: it was sent to him, and he has not answered yet.</summary>
    public bool AwaitsLink => CallbackWay is Callbacks.CallbackWay.LinkFirst or Callbacks.CallbackWay.LinkOnly && !HasSpoken && Status is CaseStatus.Answered or CaseStatus.CalledBack;

    /// <summary>The portal draws how he is asked, once the limit has passed.</summary>
    /// <param name="version">The version of the plan; 0 for the portal's own, which has no <paramref name="plan"/>.</param>
    /// <param name="drawnBefore">How many of the unit's cases a person may call have been drawn this month.</param>
    public Outcome AskPetitioner(Guid? plan, int version, CallbackTerms terms, int drawnBefore, bool hasLink, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        if (!by.IsPortal || by.IsAtPublicDoor || IsProactive || Status != CaseStatus.Answered || !IsLimitReached || CallbackWay is not null)
        {
            return new Refusal("case.callback.draw", "现在不能抽取回访方式。", "There is nothing to draw now.");
        }

        var lot = terms.LotOf(Id);
        var way = terms.Draw(lot, drawnBefore, hasLink, IsMarked || AwaitsCorrection);
        DateTimeOffset? until = way is Callbacks.CallbackWay.LinkFirst or Callbacks.CallbackWay.LinkOnly ? terms.LinkWait.After(now, calendar) : null;
        return Add(new CallbackAsked(way, until, lot, drawnBefore, hasLink, plan, version, terms.Basis), by, now);
    }

    /// <summary>His own answer on his follow-up page. After the limit it is the callback; he says it once.</summary>
    public Outcome AnswerByLink(CallbackAnswer answer, Actor by, DateTimeOffset now)
    {
        if (!IsPetitioner(by))
        {
            return new Refusal("case.rate.role", "只能由诉求人本人评价。", "Only the petitioner himself rates the answer.");
        }

        if (!AwaitsLink)
        {
            return new Refusal("case.callback.no-link", "本案没有待回复的回访。", "No callback waits for your answer.");
        }

        if (answer.Satisfaction == Cases.Satisfaction.NotSaid)
        {
            return new Refusal("case.missing.satisfaction", "请选择是否满意。", "Say whether you are satisfied.", "satisfaction");
        }

        answer = answer.Tidy() with { Reached = Reached.Petitioner };
        return answer.Problems().FirstOrDefault() ?? Move(CaseStatus.CalledBack, Said(answer, CallbackChannel.Link), by, now);
    }

    /// <summary>
    /// A callback starts when the time limit expires, not when the handler says done (条例 23): a petitioner is not asked while the
    /// unit may still be at work. Where nobody complained, the one who found it is asked; once he has said of himself how it stands,
    /// there is nothing to wait for. Satisfaction is a petitioner's, so there is none.
    /// </summary>
    public Outcome CallBack(CallbackAnswer answer, Actor by, DateTimeOffset now)
    {
        if ((CheckCommandCentre(by) ?? CheckCaller(by) ?? CheckCallback(now)) is { } refusal)
        {
            return refusal;
        }

        answer = answer.Tidy();
        return IsProactive
            ? Move(CaseStatus.CalledBack, new PetitionerCalledBack(answer.Contacted, answer.Solved, Cases.Satisfaction.NotSaid, answer.Remark, IsReporter: true), by, now)
            : answer.Problems().FirstOrDefault()
                ?? (IsRecalled && !IsOpen ? Add(Said(answer, CallbackChannel.Phone), by, now) : Move(CaseStatus.CalledBack, Said(answer, CallbackChannel.Phone), by, now));
    }

    /// <summary>Nobody was reached. He is called again at the time that was chosen; after the third try the case may be finished.</summary>
    public Outcome MissCall(string? remark, DateTimeOffset? again, Actor by, DateTimeOffset now)
    {
        if ((CheckCommandCentre(by) ?? CheckCaller(by) ?? CheckCallback(now)) is { } refusal)
        {
            return refusal;
        }

        if (IsProactive || !(Status == CaseStatus.Answered || IsRecalled))
        {
            return new Refusal("case.callback.status", $"案件现在是“{Status.Word()}”，没有要打的回访电话。", $"The case is {Status}: there is no callback to make.");
        }

        var isLast = CallsMissed + 1 >= CallbackTries;
        return (isLast || again > now ? null : new Refusal("case.callback.again", "请选择以后的时间再打。", "Choose a later time to call again.", "again"))
            ?? TooLong(remark, MaxRemark, "remark")
            ?? Add(new CallbackMissed(CallsMissed + 1, isLast ? null : again, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);
    }

    /// <summary>The message with his link could not be delivered: he is called, and does not wait for what never comes.</summary>
    public Outcome GiveUpLink(Actor by, DateTimeOffset now) =>
        by.IsPortal && !by.IsAtPublicDoor && LinkUntil is not null && AwaitsLink
            ? Add(new CallbackUndelivered(), by, now)
            : new Refusal("case.callback.no-link", "本案没有待回复的回访。", "No callback waits for your answer.");

    private static PetitionerCalledBack Said(CallbackAnswer answer, CallbackChannel channel) => new(
        answer.Contacted, answer.Solved, answer.Satisfaction, answer.Remark, Channel: channel, Reached: answer.Reached, Unsolved: answer.Unsolved, Unsatisfied: answer.Unsatisfied);

    private Refusal? CheckCallback(DateTimeOffset now) =>
        now < DueAt && ReporterSaysSolved is null
            ? new Refusal("case.callback.early", "办理时限届满后才能回访（条例第二十三条）。", "Callbacks start when the time limit has expired (art. 23).")
            : null;

    private void Ask(CallbackAsked e, DateTimeOffset at)
    {
        (CallbackWay, LinkUntil) = (e.Way, e.Until);
        DrawnAt = e.Way is Callbacks.CallbackWay.Phone or Callbacks.CallbackWay.LinkFirst ? at : null;
        CallAt = e.Way == Callbacks.CallbackWay.Phone ? CallAt ?? at : null;
        Status = e.Way == Callbacks.CallbackWay.NotDrawn ? CaseStatus.CalledBack : Status;
    }

    // By phone now, or not at all: then what remains is the command centre's word.
    private void LetLinkGo(DateTimeOffset at)
    {
        LinkUntil = null;
        CallAt = CallbackWay == Callbacks.CallbackWay.LinkFirst || AwaitsCorrection ? at : null;
        Status = CallAt is null ? CaseStatus.CalledBack : Status;
    }

    private void Count(PetitionerCalledBack e, LogEntry entry)
    {
        Status = IsOpen ? CaseStatus.CalledBack : Status;
        (AwaitsReporter, CallAt, LinkUntil, IsRecalled, CallsMissed) = (false, null, null, false, 0);
        CalledBy = e.Channel == CallbackChannel.Link ? null : entry.By.UserId;
        if (e.IsReporter)
        {
            (Solved, Satisfaction) = (e.Solved, e.Satisfaction);
            ReporterSaysSolved = e.Contacted ? e.Solved : ReporterSaysSolved;
        }

        if (!e.IsValid)
        {
            return;
        }

        (HasSpoken, FinalContacted, Solved, Satisfaction) = (true, e.Contacted, e.Solved, e.Satisfaction);
        if (CalledBackAt is null)
        {
            (CalledBackAt, CountedUnit, CountedCoUnits) = (entry.At, FirstReceiver, CoUnitsNow());
            (FirstContacted, FirstSolved, FirstSatisfaction, FirstCalledBy) = (e.Contacted, e.Solved, e.Satisfaction, CalledBy);
        }
        else if (Correcting is { } contest)
        {
            (FirstContacted, FirstSolved, FirstSatisfaction, FirstCalledBy) = (e.Contacted, e.Solved, e.Satisfaction, CalledBy);
            contest.Correct(Correction.Made);
        }
    }

    // What a community or a section helps with, its street or department answers for; within the lead itself it is the lead's own.
    private UnitSet? CoUnitsNow() =>
        UnitSet.Of(_parties.Where(party => party.Part == Part.CoUnit && party.IsCurrent).Select(party => party.Unit.Answering).Where(unit => unit != FirstReceiver));

    // After the last try it leaves the queue: what remains is the command centre's word, or one more call.
    private void Miss(CallbackMissed e)
    {
        (CallsMissed, CallAt, LinkUntil, CallbackWay) = (e.Try, e.Again, null, CallbackWay ?? Callbacks.CallbackWay.Phone);
        Status = IsUnreached && IsOpen ? CaseStatus.CalledBack : Status;
        IsRecalled &= !IsUnreached;
        if (IsUnreached)
        {
            Correcting?.Correct(Correction.Unreached);
        }
    }

    private void ForgetCallback() =>
        (CallAt, CallsMissed, IsMarked, CallbackWay, DrawnAt, LinkUntil, HasSpoken, IsRecalled) = (null, 0, false, null, null, null, false, false);
}
