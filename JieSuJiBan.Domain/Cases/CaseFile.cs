using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

/// <summary>One demand of a citizen or firm, and the order that carries it, from the call to the archive.</summary>
public sealed partial class CaseFile : Aggregate
{
    private readonly List<CaseParty> _parties = [];
    private readonly List<DispatchObjection> _objections = [];

    private CaseFile() { }  // for EF and replay

    public string Number { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Text { get; private set; } = "";
    public Channel Channel { get; private set; }
    public Nature Nature { get; private set; }
    public string Category { get; private set; } = "";

    /// <summary>The district; every list of the command centre starts from it.</summary>
    public OrgPath District { get; private set; }

    /// <summary>The street or community where the matter lies (属地).</summary>
    public OrgPath Home { get; private set; }

    /// <summary>The street that <see cref="Home"/> is in; the district where nobody knew.</summary>
    public OrgPath Street { get; private set; }

    /// <summary>Where exactly, in words. Not the petitioner's own address.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Where exactly, if somebody gave his position on purpose.</summary>
    public Position? Position { get; private set; }

    /// <summary>What the channel's own form asked, by the field's name.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; private set; }

    /// <summary>The number the demand bears where it comes from: the hotline's, a newspaper's, another system's.</summary>
    public string? SourceNumber { get; private set; }

    /// <summary>What else the place it comes from says of it, in its own words, by name; as it last said it.</summary>
    public IReadOnlyDictionary<string, string>? SourceFacts { get; private set; }

    /// <summary>The word that speaks of danger: such a case comes first and is never dispatched by a machine.</summary>
    public string? SafetyWord { get; private set; }

    /// <summary>Found before anybody complained (未诉先办).</summary>
    public bool IsProactive { get; private set; }

    /// <summary>The unit that found it, where nobody complained: it is told what became of it, as a petitioner would be.</summary>
    public OrgPath? ReportedFrom { get; private set; }

    /// <summary>Answered, and the unit that found it has not yet said whether it is put right.</summary>
    public bool AwaitsReporter { get; private set; }

    /// <summary>What that unit said of the last answer.</summary>
    public bool? ReporterSaysSolved { get; private set; }

    /// <summary>Closed by whoever found it (自行解决), without a dispatch.</summary>
    public bool IsSolvedOnTheSpot { get; private set; }

    /// <summary>The street has left its dispatch to the command centre.</summary>
    public bool IsHandedToDistrict { get; private set; }

    /// <summary>Whom a 举报 is about. That unit never sees the case.</summary>
    public OrgPath? ReportedUnit { get; private set; }

    public CaseStatus Status { get; private set; }

    /// <summary>Not finished yet; finished cases leave the working lists.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The one unit that owns the case until it ends (首接负责, 条例 14).</summary>
    public OrgPath? FirstReceiver { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>When somebody called: the registration, unless the demand came from elsewhere with a time of its own. What people count by.</summary>
    public DateTimeOffset RaisedAt { get; private set; }

    /// <summary>Who put it on the books: an officer, or a door such as another system's key.</summary>
    public string RegisteredBy { get; private set; } = "";

    public DateTimeOffset? DispatchedAt { get; private set; }

    /// <summary>The 办理时限 that the dispatch order carries (条例 13).</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public string? LimitBasis { get; private set; }

    /// <summary>Until when the dispatch may be objected to.</summary>
    public DateTimeOffset? ObjectBy { get; private set; }

    public DateTimeOffset? ContactedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? SuspendedAt { get; private set; }
    public DateTimeOffset? SuspendedUntil { get; private set; }

    public int DispatchCount { get; private set; }
    public int ContactAttempts { get; private set; }
    public int RedoneCount { get; private set; }
    public int OpenWhistles { get; private set; }
    public int OpenEscalations { get; private set; }
    public bool HasOpenObjection { get; private set; }

    /// <summary>The case that this one was joined to, and how many were joined to it.</summary>
    public Guid? MergedInto { get; private set; }

    public int JoinedCount { get; private set; }

    /// <summary>What the last valid callback found, or the hotline's own; nothing before the first.</summary>
    public bool? Solved { get; private set; }

    public Satisfaction? Satisfaction { get; private set; }

    /// <summary>What the petitioner himself said of the last answer. It proposes; the callback decides.</summary>
    public PetitionerRating? Rating { get; private set; }

    /// <summary>How often the petitioner has added to what he said.</summary>
    public int FactsByPetitioner { get; private set; }

    /// <summary>Who complained is not known any more: retention has run out.</summary>
    public bool IsErased { get; private set; }

    /// <summary>The stored PDF of the closed file; the last one, where it was stored again.</summary>
    public Guid? StoredFile { get; private set; }

    /// <summary>A contest, a callback or the last marks of a whistle have come since the file was stored: it does not tell the whole any more.</summary>
    public bool HasChangedSinceStored { get; private set; }

    /// <summary>To be printed and stored: closed, or changed since, once nothing more of it is under way. What was erased stands in the stored one only.</summary>
    public bool IsPrintDue => StoredFile is null ? Status == CaseStatus.Closed : HasChangedSinceStored && OpenContest is null && !IsRecalled && !IsErased;

    // Its file is stored, or about to be.
    private bool IsPrinted => Status is CaseStatus.Closed or CaseStatus.Archived;

    /// <summary>Whose turn it is, and for what.</summary>
    public OrgPath? NextUnit { get; private set; }

    public CaseStep NextStep { get; private set; }

    /// <summary>Persons who withdrew because they have an interest in the case.</summary>
    public List<string> Withdrawn { get; private set; } = [];

    public string? DispatchedBy { get; private set; }
    public string? SubmittedBy { get; private set; }

    public IReadOnlyList<CaseParty> Parties => _parties;
    public IReadOnlyList<DispatchObjection> Objections => _objections;

    public DispatchObjection? OpenObjection => _objections.Find(objection => objection.State == ObjectionState.Open);

    /// <summary>Not solved and not satisfied (双否).</summary>
    public bool IsTwiceNo => Solved == false && Satisfaction == Cases.Satisfaction.Unsatisfied;

    /// <summary>Given to a department or enterprise, a section, a helper or a whistle room, and not only to the street.</summary>
    public bool WasPassedOn =>
        FirstReceiver is { Kind: not UnitKind.Street } || _parties.Exists(party => party.Part is Part.CoUnit or Part.Assist or Part.Summoned);

    public ReportSteps Steps => new(Status, DispatchCount > 0, WasPassedOn, IsSolvedOnTheSpot);

    public bool IsOverdueAt(DateTimeOffset now) =>
        DueAt < now && SuspendedAt is null && Status is not (CaseStatus.Registered or CaseStatus.Answered or CaseStatus.CalledBack) && IsOpen;

    protected override Guid? LogCaseId => Id;

    public static CaseFile Replay(IEnumerable<LogEntry> log) => Replay(new CaseFile(), log);

    public bool HasPart(OrgPath unit, Part part) => _parties.Exists(party => party.Unit == unit && party.Part == part && party.IsCurrent);

    /// <summary>Has a part in the case now, itself or through what it consists of.</summary>
    public bool IsParty(OrgPath unit) => _parties.Exists(party => party.Unit == unit && party.IsCurrent);

    /// <summary>Whether somebody has withdrawn from the case, and so from whatever is about it.</summary>
    public Refusal? CheckInterest(string userId) => Withdrawn.Contains(userId) ? s_withdrawn : null;

    private bool IsLead(Actor by) => FirstReceiver == by.Unit && by.Role.HandlesCases();

    private bool IsReported(OrgPath unit) => ReportedUnit is { } reported && reported.Contains(unit);

    // Where two acts lead to the same status, each names the one it starts from.
    private Outcome Move(CaseStatus to, CaseEvent happened, Actor by, DateTimeOffset now, CaseStatus? from = null)
    {
        if (!CaseTransitions.Allows(Status, to) || (from ?? Status) != Status)
        {
            return new Refusal("case.status", $"案件现在是“{Status.Word()}”，不能转为“{to.Word()}”。", $"A case that is {Status} cannot become {to}.");
        }

        return Add(happened, by, now);
    }

    private static readonly Refusal s_withdrawn = new("case.withdrawn", "您已申请回避，不能再办理此案。", "You have withdrawn from this case.");

    private Outcome Add(CaseEvent happened, Actor by, DateTimeOffset now, string? key = null)
    {
        if (Withdrawn.Contains(by.UserId))
        {
            return s_withdrawn;
        }

        Record(happened, by, now, key);
        return Outcome.Done;
    }

    private static Refusal? Missing(string? text, string field, string chinese, string english) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal($"case.missing.{field}", chinese, english, field) : null;

    private static Refusal? TooLong(string? text, int most, string field) =>
        text?.Length > most ? new Refusal("case.too-long", $"太长了，最多{most}个字。", $"Too long: at most {most} characters.", field) : null;

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case CaseRegistered e: Begin(e, entry); break;
            case PetitionerInformed: End(CaseStatus.Informed, entry.At); break;
            case Cases.AnsweredAtOnce: End(CaseStatus.AnsweredAtOnce, entry.At); break;
            case CaseMerged e: MergedInto = e.Into; End(CaseStatus.Merged, entry.At); break;
            case CaseJoined e: (JoinedCount, SafetyWord) = (JoinedCount + 1, SafetyWord ?? e.SafetyWord); break;
            case Cases.SolvedOnTheSpot: End(CaseStatus.Closed, entry.At); IsSolvedOnTheSpot = true; break;
            case HandedToDistrict: IsHandedToDistrict = true; break;

            case CaseDispatched e: Send(e, entry); break;
            case SubjectNamed e: (SubjectComplainedOf, SubjectKey) = (e.Name, e.Key); break;
            case CaseTakenOver e: TakeOver(e); break;
            case SourceUpdated e: FollowSource(e); break;
            case SourceReopened: Reopen(); break;
            case CaseAccepted: Status = CaseStatus.Accepted; break;
            case DispatchObjected e:
                _objections.Add(new DispatchObjection(Id, e.No, District, Category, Nature == Nature.Report, e.Unit, e.Reason, e.Basis, e.Suggested, entry.At, entry.By.UserId, e.ReviewBy));
                HasOpenObjection = true;
                break;
            case ObjectionReviewed e: Review(e, entry.At); break;

            case PetitionerContacted e: Contact(e, entry.At); break;
            case HelpAssigned e: Join(e.Unit, Part.Assist); break;
            case CaseProgressed: (Status, HasPlan) = (IsReadyToHandle ? CaseStatus.InProgress : Status, true); break;
            case ResultSubmitted: (Status, SubmittedBy, Urged, IsCheckedDone) = (CaseStatus.Submitted, entry.By.UserId, null, null); break;
            case ResultReturned: Status = CaseStatus.InProgress; break;
            case CaseAnswered e: TellBack(e, entry.At); break;
            case ReporterConfirmed e: (AwaitsReporter, ReporterSaysSolved) = (false, e.Solved); break;

            case CallbackAsked e: Ask(e, entry.At); break;
            case CallbackLinkLapsed: LetLinkGo(entry.At); break;
            case CallbackUndelivered: (LinkUntil, CallAt, CallbackWay) = (null, entry.At, Callbacks.CallbackWay.LinkFirst); break;
            case PetitionerCalledBack e: Count(e, entry); break;
            case CallbackMissed e: Miss(e); break;
            case SpotChecked e: (CheckedBy, IsCheckedDone) = ([.. CheckedBy.Append(entry.By.UserId).Distinct()], e.IsDone); break;
            case CaseRedone e:
                (Status, DueAt, LimitBasis, RedoneCount) = (CaseStatus.Accepted, e.DueAt, e.LimitBasis, RedoneCount + 1);
                (ContactedAt, ContactAttempts, AnsweredAt, Rating, ReporterSaysSolved, Extensions) = (null, 0, null, null, null, 0);
                StartClock(e.Schedule);
                ForgetCallback();
                break;
            case CaseClosed: End(CaseStatus.Closed, entry.At); break;
            case CaseFileStored e: (StoredFile, HasChangedSinceStored) = (e.File.Id, false); break;
            case CaseArchived: Status = CaseStatus.Archived; break;

            case CaseWhistled e:
                (OpenWhistles, WhistleCount) = (OpenWhistles + 1, WhistleCount + 1);
                e.Units.ToList().ForEach(unit => Join(unit, Part.Summoned));
                WorkOn();
                break;
            case CaseWhistleJoined e: Join(e.Unit, Part.Summoned); break;
            case CaseWhistleEnded: OpenWhistles--; WorkOn(); break;
            case CaseWhistleAssessed: break;  // see HasChangedSinceStored
            case CaseEscalated: OpenEscalations++; WorkOn(); break;
            case CaseEscalationDecided: OpenEscalations--; WorkOn(); break;
            case CaseExtended e: (DueAt, IsLimitReached, Extensions) = (e.DueAt, false, Extensions + 1); break;
            case CaseSuspended e: (SuspendedAt, SuspendedUntil, HasSuspensionLapsed) = (entry.At, e.Until, false); WorkOn(); break;
            case CaseResumed e:
                Schedule = Schedule?.Shift(e.DueAt - DueAt!.Value);
                (SuspendedAt, SuspendedUntil, DueAt, IsLimitReached) = (null, null, e.DueAt, IsLimitReached && e.DueAt <= entry.At);
                WorkOn();
                break;

            case ReviewLapsed e: _objections.Find(objection => objection.No == e.No)!.ReviewLapsedAt = entry.At; break;
            case DispatchLapsed: DispatchBy = null; break;
            case NodeLapsed e: Without(e.Node); break;
            case CaseUrged e: Without(e.Kind); break;
            case Cases.LimitReached: (IsLimitReached, CallAt) = (true, Status == CaseStatus.Answered && !IsProactive ? entry.At : null); break;
            case SuspensionLapsed: HasSuspensionLapsed = true; break;

            case FactsAdded e:
                FactsByPetitioner += entry.By.ToActor(entry.At).IsAtPublicDoor ? 1 : 0;
                SafetyWord ??= e.SafetyWord;
                break;
            case PetitionerRated e: Rating = new PetitionerRating(e.Solved, e.Satisfaction, e.Remark, entry.At); break;
            case CaseChargeAssigned e: (Leader, Worker) = (e.Leader, e.Worker); break;
            case OfficerWithdrew: Withdrawn = [.. Withdrawn, entry.By.UserId]; break;
            case PetitionerErased: IsErased = true; break;
            case PetitionerRevealed or FullFileRead: break;  // facts that change nothing but the log
            case CaseEvent e when ApplyToRequest(e, entry.By, entry.At) || ApplyToContest(e, entry.By, entry.At): break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }

        if (!Status.IsBeingHandled())
        {
            DropRequests(entry.At);
        }

        if (Status is CaseStatus.Registered or CaseStatus.Dispatched)
        {
            (SuspendedAt, SuspendedUntil, HasSuspensionLapsed) = (null, null, false);  // parked by a unit that has it no more
        }

        KeepCharge();
        KeepSubject();
        KeepCorrection();
        HasChangedSinceStored |= StoredFile is not null && entry.Event is ContestFiled or ContestDecided or ContestWithdrawn or PetitionerCalledBack or CallbackMissed or CaseWhistleAssessed;
        IsOpen = !Status.IsFinished();
        _parties.ForEach(party => party.IsOpen = IsOpen);
        (NextUnit, NextStep) = WhoIsNext();
        Schedule = IsOpen ? Schedule : null;
        ClockAt = NextBell()?.At;
    }

    private void Begin(CaseRegistered e, LogEntry entry)
    {
        (Number, Title, Text, Channel, Nature, Category) = (e.Number, e.Title, e.Text, e.Channel, e.Nature, e.Category);
        (Home, Street, District) = (e.Home, e.Home.Answering, e.Home.District);
        (Place, ReportedUnit, RegisteredAt, RegisteredBy) = (e.Place, e.ReportedUnit, entry.At, entry.By.UserId);
        (Details, Position, SourceNumber, SafetyWord, IsProactive) = (e.Details, e.Position, e.SourceNumber, e.SafetyWord, e.Channel.IsProactive());
        (RaisedAt, SourceFacts, DispatchBy) = (e.RaisedAt ?? entry.At, e.SourceFacts, e.DispatchBy);
        ReportedFrom = IsProactive ? entry.By.Unit : null;
        Status = CaseStatus.Registered;
        if (!e.IsWithheld)
        {
            Join(e.Home, Part.Home);
        }

        Join(entry.By.Unit, Part.Registrar);
    }

    private void Send(CaseDispatched e, LogEntry entry)
    {
        DropDispatched();
        (Status, FirstReceiver, DueAt, LimitBasis) = (CaseStatus.Dispatched, e.Lead, e.DueAt, e.LimitBasis);
        (DispatchedAt, ObjectBy, DispatchedBy) = (entry.At, e.ObjectBy, entry.By.UserId);
        (DispatchCount, Extensions, CheckedBy, IsCheckedDone) = (DispatchCount + 1, 0, [], null);
        StartClock(e.Schedule);
        Join(e.Lead, Part.Lead);
        e.CoUnits.ToList().ForEach(unit => Join(unit, Part.CoUnit));
        e.CopyTo.ToList().ForEach(unit => Join(unit, Part.Copy));
    }

    private void Review(ObjectionReviewed e, DateTimeOffset at)
    {
        _objections.Find(objection => objection.No == e.No)!.Decide(e.Upheld, e.Opinion, at);
        HasOpenObjection = false;
        if (e.Upheld)
        {
            DropDispatched();
            (Status, FirstReceiver, DueAt, LimitBasis, ObjectBy) = (CaseStatus.Registered, null, null, null, null);
            StartClock(null);
        }
    }

    private void Contact(PetitionerContacted e, DateTimeOffset at)
    {
        ContactAttempts++;
        if (!e.Reached)
        {
            return;
        }

        ContactedAt ??= at;
        Status = Status == CaseStatus.Accepted ? CaseStatus.Contacted : Status;
    }

    private void TellBack(CaseAnswered e, DateTimeOffset at)
    {
        (Status, AnsweredAt, ReporterSaysSolved, AwaitsReporter) = (CaseStatus.Answered, at, null, IsProactive && ReportedFrom != FirstReceiver);
        ForgetCallback();
        IsMarked = e.IsLastHour;
        CallAt = IsLimitReached && !IsProactive ? at : null;
    }

    private void End(CaseStatus status, DateTimeOffset at) => (Status, ClosedAt) = (status, at);

    // Whistles, escalation and suspension come and go beside each other: the status is what is still open, the weightiest first.
    // A case that went back or has ended stays where it is, whatever becomes of its whistles and questions.
    private void WorkOn() => Status =
        !Status.IsBeingHandled() ? Status
        : SuspendedAt is not null ? CaseStatus.Suspended
        : OpenEscalations > 0 ? CaseStatus.Escalated
        : OpenWhistles > 0 ? CaseStatus.Whistled
        : CaseStatus.InProgress;

    // The unit that answers for a community or section is in the picture with it, so sight is one equality on the unit.
    private void Join(OrgPath unit, Part part)
    {
        foreach (var path in new[] { unit, unit.Answering }.Distinct())
        {
            if (_parties.Find(party => party.Unit == path && party.Part == part) is { } known)
            {
                known.IsCurrent = true;
            }
            else
            {
                _parties.Add(new CaseParty(Id, path, part));
            }
        }
    }

    private void DropDispatched() =>
        _parties.FindAll(party => party.Part is Part.Lead or Part.CoUnit or Part.Assist).ForEach(party => party.IsCurrent = false);

    private (OrgPath?, CaseStep) WhoIsNext() => Status switch
    {
        CaseStatus.Registered => (DispatchCount == 0 && !IsHandedToDistrict && Registrar.Kind == UnitKind.Street ? Registrar : District, CaseStep.Dispatch),
        CaseStatus.Dispatched => (FirstReceiver, CaseStep.Accept),
        CaseStatus.Accepted => (FirstReceiver, IsProactive ? CaseStep.Handle : CaseStep.Contact),
        CaseStatus.Contacted or CaseStatus.InProgress => (FirstReceiver, CaseStep.Handle),
        CaseStatus.Submitted => (FirstReceiver, CaseStep.Approve),
        CaseStatus.Answered when CallbackWay is not null && CallAt is null => (null, CaseStep.None),  // he has the link, and time to answer
        CaseStatus.Answered => IsLimitReached || ReporterSaysSolved is not null ? (District, CaseStep.CallBack) : (null, CaseStep.None),
        CaseStatus.CalledBack => (District, CaseStep.Close),
        CaseStatus.Closed => (District, CaseStep.Archive),
        _ => (null, CaseStep.None),
    };

    // A petitioner is contacted first; where nobody complained there is nobody to contact.
    private bool IsReadyToHandle => Status == CaseStatus.Contacted || (Status == CaseStatus.Accepted && IsProactive);

    private OrgPath Registrar => _parties.Find(party => party.Part == Part.Registrar)?.Unit.Answering ?? District;
}
