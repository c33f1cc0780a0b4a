using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Duties;

/// <summary>
/// One matter of the duty list (职责清单) and who owns it. Its log is its versions. The command centre keeps the list; a department
/// may propose for itself or for the streets; what is new for streets or communities comes into force only when the district's
/// leader admits it (准入).
/// </summary>
public sealed class Duty : Aggregate
{
    private Duty() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public string Area { get; private set; } = "";
    public string Group { get; private set; } = "";
    public string Matter { get; private set; } = "";
    public DutyScope Scope { get; private set; }
    public OrgPath Lead { get; private set; }
    public string Text { get; private set; } = "";
    public IReadOnlyList<CoDuty> CoUnits { get; private set; } = [];
    public string Basis { get; private set; } = "";
    public CaseLevel Level { get; private set; }
    public TimeLimit Limit { get; private set; }
    public string Keywords { get; private set; } = "";

    public DutyState State { get; private set; }

    /// <summary>Stands on the list, in force or not yet: one matter stands there once.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Who has to agree to what is proposed; nobody, if nothing is.</summary>
    public DutyJudge WaitsFor { get; private set; }

    /// <summary>The terms that wait to replace those in force.</summary>
    public DutyTerms? Revision { get; private set; }

    /// <summary>Who put forward what waits, why, and with which import.</summary>
    public OrgPath ProposedBy { get; private set; }

    public string? Reason { get; private set; }
    public Guid? Batch { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public DutyTerms Terms => new(Area, Group, Matter, Scope, Lead, Text, CoUnits, Basis, Level, Limit, Keywords);

    protected override Guid? LogCaseId => null;

    public static Duty Replay(IEnumerable<LogEntry> log) => Replay(new Duty(), log);

    /// <summary>Keeps the district's list.</summary>
    public static bool CanKeep(Actor by) => by.Role == Role.Dispatcher;

    public static bool CanPropose(Actor by) => CanKeep(by) || (by.Role is Role.DepartmentHead or Role.DepartmentOfficer && by.Unit.Answering.Kind == UnitKind.Department);

    public static (Duty? Duty, Outcome Outcome) Propose(Guid id, DutyTerms terms, string? reason, Guid? batch, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        var judge = JudgeOf(terms, null, by);
        if ((CheckAuthor(terms, by) ?? Check(terms, by.Unit.District) ?? (judge == DutyJudge.Nobody ? null : Missing(reason))) is { } refusal)
        {
            return (null, refusal);
        }

        var duty = new Duty { Id = id };
        duty.Record(new DutyProposed(by.Unit.District, terms, Trimmed(reason), judge, batch), by, now);
        return (duty, Outcome.Done);
    }

    public Outcome Revise(DutyTerms terms, string reason, Guid? batch, Actor by, DateTimeOffset now)
    {
        if (!IsListed)
        {
            return s_over;
        }

        if (by.Unit.District != District || (!CanKeep(by) && (Lead.IsOfStreets() ? ProposedBy : Lead) != by.Unit.Answering))
        {
            return s_foreign;
        }

        if (Revision is not null)
        {
            return new Refusal("duty.revise.pending", "上一次修改还在等待准入。", "The last revision still waits to be admitted.");
        }

        terms = terms.Tidy();
        if (terms.Says(Terms))
        {
            return new Refusal("duty.revise.same", "内容没有变化。", "Nothing has changed.");
        }

        return CheckAuthor(terms, by)
            ?? Check(terms, District)
            ?? Missing(reason)
            ?? Add(new DutyRevised(terms, reason.Trim(), JudgeOf(terms, State == DutyState.InForce ? Terms : null, by), batch), by, now);
    }

    /// <summary>准入: what was proposed comes into force.</summary>
    public Outcome Admit(string reason, Actor by, DateTimeOffset now) => CheckJudge(by, now) ?? Missing(reason) ?? Add(new DutyAdmitted(reason.Trim()), by, now);

    public Outcome Reject(string reason, Actor by, DateTimeOffset now) => CheckJudge(by, now) ?? Missing(reason) ?? Add(new DutyRejected(reason.Trim()), by, now);

    /// <summary>The matter is no duty any more.</summary>
    public Outcome End(string reason, Actor by, DateTimeOffset now) =>
        State != DutyState.InForce ? s_over
        : !CanKeep(by) || by.Unit.District != District ? s_foreign
        : Missing(reason) ?? Add(new DutyEnded(reason.Trim()), by, now);

    /// <summary>Whether what waits here is this officer's to judge.</summary>
    public bool IsJudgedBy(Actor by) => WaitsFor switch
    {
        DutyJudge.Leader => by.Role == Role.DistrictLeader && by.Leads(District),
        DutyJudge.Keeper => (CanKeep(by) && by.Unit.District == District) || by.Leads(District),
        _ => false,
    };

    private static readonly Refusal s_foreign = new("duty.role", "职责清单由区指挥中心维护，部门只能提出本部门或街乡镇的职责。", "The command centre keeps the list; a department proposes for itself or for the streets.");

    private static readonly Refusal s_over = new("duty.over", "这项职责已不在清单上。", "This duty is no longer on the list.");

    // What is new for streets is the leader's to judge, whoever wrote it; of the rest, what a department wrote is the keeper's.
    private static DutyJudge JudgeOf(DutyTerms terms, DutyTerms? inForce, Actor by) =>
        terms.AsksMoreOfStreetsThan(inForce) ? DutyJudge.Leader : CanKeep(by) ? DutyJudge.Nobody : DutyJudge.Keeper;

    private static Refusal? CheckAuthor(DutyTerms terms, Actor by) =>
        CanKeep(by) || (CanPropose(by) && (terms.Lead == by.Unit.Answering || terms.Lead.IsOfStreets())) ? null : s_foreign;

    private static Refusal? Check(DutyTerms terms, OrgPath district) => terms.Problems(district).FirstOrDefault();

    private Refusal? CheckJudge(Actor by, DateTimeOffset now) =>
        WaitsFor == DutyJudge.Nobody ? new Refusal("duty.judge.nothing", "没有待准入的内容。", "There is nothing to admit.")
        : IsJudgedBy(by) ? Freshness.Check(by, now)
        : new Refusal("duty.judge.role", "涉及街乡镇、社区（村）的由区领导准入，其他的由区指挥中心确认。", "What concerns streets or communities is admitted by the district's leader, the rest by the command centre.");

    private static Refusal? Missing(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new Refusal("duty.missing.reason", "请写明理由。", "Give the reason.", "reason") : null;

    private static string? Trimmed(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();

    private Outcome Add(DutyEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case DutyProposed e:
                (District, State) = (e.District, DutyState.Proposed);
                Take(e.Terms, e.Judge, e.Reason, e.Batch, entry);
                break;
            case DutyRevised e: Take(e.Terms, e.Judge, e.Reason, e.Batch, entry); break;
            case DutyAdmitted: Write(Revision ?? Terms); break;
            case DutyRejected: (State, Revision, WaitsFor) = (State == DutyState.Proposed ? DutyState.Rejected : State, null, DutyJudge.Nobody); break;
            case DutyEnded: (State, Revision, WaitsFor) = (DutyState.Ended, null, DutyJudge.Nobody); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }

        IsListed = State is DutyState.Proposed or DutyState.InForce;
        ChangedAt = entry.At;
    }

    private void Take(DutyTerms terms, DutyJudge judge, string? reason, Guid? batch, LogEntry entry)
    {
        (ProposedBy, Reason, Batch) = (entry.By.Unit.Answering, reason, batch);
        if (judge == DutyJudge.Nobody)
        {
            Write(terms);
        }
        else if (State == DutyState.InForce)
        {
            (Revision, WaitsFor) = (terms, judge);
        }
        else
        {
            Copy(terms);
            WaitsFor = judge;
        }
    }

    private void Write(DutyTerms terms)
    {
        Copy(terms);
        (State, Revision, WaitsFor) = (DutyState.InForce, null, DutyJudge.Nobody);
    }

    private void Copy(DutyTerms terms)
    {
        (Area, Group, Matter, Scope, Lead, Text) = (terms.Area, terms.Group, terms.Matter, terms.Scope, terms.Lead, terms.Text);
        (CoUnits, Basis, Level, Limit, Keywords) = (terms.CoUnits, terms.Basis, terms.Level, terms.Limit, terms.Keywords);
    }
}
