using JieSuJiBan.Domain.Organisation;

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

    /// <summary>What the first valid callback said. Later ones change nothing in it, nor does a redo.</summary>
    public bool? FirstContacted { get; private set; }

    public bool? FirstSolved { get; private set; }

    public Satisfaction? FirstSatisfaction { get; private set; }

    /// <summary>What the last valid one said of the contact, beside <see cref="Solved"/> and <see cref="Satisfaction"/>.</summary>
    public bool? FinalContacted { get; private set; }

    /// <summary>Whose rates it counts for: the first receiver when first called back.</summary>
    public OrgPath? CountedUnit { get; private set; }

    /// <summary>A review upheld that it is left out of the rates. It stays on the books.</summary>
    public bool IsExcluded { get; private set; }

    /// <summary>Answered in the last hour before its limit: a person calls, never only a link.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>How many whistles were ever blown for it.</summary>
    public int WhistleCount { get; private set; }

    /// <summary>When the callback desk is to call; nothing before the limit, and when it has been answered.</summary>
    public DateTimeOffset? CallAt { get; private set; }

    /// <summary>Calls since the answer that reached nobody.</summary>
    public int CallsMissed { get; private set; }

    /// <summary>Who has checked on the spot since the dispatch. None of them reports it done.</summary>
    public List<string> CheckedBy { get; private set; } = [];

    /// <summary>What the last check since the result was submitted found.</summary>
    public bool? IsCheckedDone { get; private set; }

    /// <summary>Nobody was reached in so many tries.</summary>
    public bool IsUnreached => CallsMissed >= CallbackTries;

    /// <summary>
    /// A callback starts when the time limit expires, not when the handler says done (条例 23): a petitioner is not asked while the
    /// unit may still be at work. Where nobody complained, the one who found it is asked; once he has said of himself how it stands,
    /// there is nothing to wait for. Satisfaction is a petitioner's, so there is none.
    /// </summary>
    public Outcome CallBack(CallbackAnswer answer, Actor by, DateTimeOffset now)
    {
        if ((CheckCommandCentre(by) ?? CheckCallback(now)) is { } refusal)
        {
            return refusal;
        }

        answer = answer.Tidy();
        return IsProactive
            ? Move(CaseStatus.CalledBack, new PetitionerCalledBack(answer.Contacted, answer.Solved, Cases.Satisfaction.NotSaid, answer.Remark, IsReporter: true), by, now)
            : answer.Problems().FirstOrDefault() ?? Move(CaseStatus.CalledBack, Said(answer, CallbackChannel.Phone), by, now);
    }

    /// <summary>Nobody was reached. He is called again at the time that was chosen; after the third try the case may be finished.</summary>
    public Outcome MissCall(string? remark, DateTimeOffset? again, Actor by, DateTimeOffset now)
    {
        if ((CheckCommandCentre(by) ?? CheckCallback(now)) is { } refusal)
        {
            return refusal;
        }

        if (IsProactive || Status != CaseStatus.Answered)
        {
            return new Refusal("case.callback.status", $"案件现在是“{Status.Word()}”，没有要打的回访电话。", $"The case is {Status}: there is no callback to make.");
        }

        var isLast = CallsMissed + 1 >= CallbackTries;
        return (isLast || again > now ? null : new Refusal("case.callback.again", "请选择以后的时间再打。", "Choose a later time to call again.", "again"))
            ?? TooLong(remark, MaxRemark, "remark")
            ?? Add(new CallbackMissed(CallsMissed + 1, isLast ? null : again, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);
    }

    private static PetitionerCalledBack Said(CallbackAnswer answer, CallbackChannel channel) => new(
        answer.Contacted, answer.Solved, answer.Satisfaction, answer.Remark, Channel: channel, Reached: answer.Reached, Unsolved: answer.Unsolved, Unsatisfied: answer.Unsatisfied);

    private Refusal? CheckCallback(DateTimeOffset now) =>
        now < DueAt && ReporterSaysSolved is null
            ? new Refusal("case.callback.early", "办理时限届满后才能回访（条例第二十三条）。", "Callbacks start when the time limit has expired (art. 23).")
            : null;

    private void Count(PetitionerCalledBack e, DateTimeOffset at)
    {
        (Status, AwaitsReporter, CallAt) = (CaseStatus.CalledBack, false, null);
        if (e.IsReporter)
        {
            (Solved, Satisfaction) = (e.Solved, e.Satisfaction);
            ReporterSaysSolved = e.Contacted ? e.Solved : ReporterSaysSolved;
        }

        if (!e.IsValid)
        {
            return;
        }

        (FinalContacted, Solved, Satisfaction) = (e.Contacted, e.Solved, e.Satisfaction);
        if (CalledBackAt is null)
        {
            (CalledBackAt, CountedUnit) = (at, FirstReceiver);
            (FirstContacted, FirstSolved, FirstSatisfaction) = (e.Contacted, e.Solved, e.Satisfaction);
        }
    }

    // After the last try it leaves the queue: what remains is the command centre's word, or one more call.
    private void Miss(CallbackMissed e)
    {
        (CallsMissed, CallAt) = (e.Try, e.Again);
        Status = IsUnreached ? CaseStatus.CalledBack : Status;
    }

    private void ForgetCallback() => (CallAt, CallsMissed, IsMarked) = (null, 0, false);
}
