using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

/// <summary>How an order ended where it comes from.</summary>
public sealed record SourceEnding(OrgPath? Lead, DateTimeOffset EndedAt, string Result, bool? Solved, Satisfaction? Satisfaction);

// What the hotline did with its order before it came here, and goes on doing: it is recorded as the hotline's, and never undoes what
// was done here.
public sealed partial class CaseFile
{
    /// <summary>Longest thing that the source may say under one name.</summary>
    public const int MaxFact = Demand.MaxText;

    /// <summary>What the source says under a name: as it last changed it, or as it first said it.</summary>
    public string? SourceSays(string name) => SourceSays(name, SourceFacts, Title, Text);

    /// <summary>The same, where only these parts of a case are at hand.</summary>
    public static string? SourceSays(string name, IReadOnlyDictionary<string, string>? facts, string title, string text) =>
        facts?.GetValueOrDefault(name)
        ?? (name == HotlineColumn.Title.Word() ? title : name == HotlineColumn.Text.Word() ? text : null);

    /// <summary>
    /// The hotline has already said whose it is (12345热线直派). The limit counts from the call, so it may have passed when the order
    /// arrives here.
    /// </summary>
    public Outcome SendAsOrdered(OrgPath lead, DateTimeOffset dueAt, string limitBasis, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        if (CheckSource(by) is { } refusal)
        {
            return refusal;
        }

        if (SafetyWord is not null || Nature == Nature.Report)
        {
            return new Refusal("case.ordered.person", "含安全词的诉求和举报须由人派单。", "What speaks of danger, and every report, is dispatched by a person.");
        }

        if (DispatchCount > 0)
        {
            return new Refusal("case.ordered.late", "本区已派过单，不再按热线直派。", "The district has dispatched it already.");
        }

        var order = new DispatchOrder(lead, [], dueAt, limitBasis);
        IReadOnlyList<OrgPath> copyTo = lead.Kind == UnitKind.Street ? [District] : [];
        return CheckUnits(order)
            ?? Missing(limitBasis, "limitBasis", "请写明时限依据。", "Name the basis of the limit.")
            ?? Move(
                CaseStatus.Dispatched,
                new CaseDispatched(lead, [], copyTo, dueAt, limitBasis, calendar.Add(now, WorkCalendar.WorkingDay), null),
                by,
                now,
                from: CaseStatus.Registered);
    }

    /// <summary>
    /// The order was finished where it comes from, and nobody here had signed for it: it is taken over as finished. Whose it was is
    /// not kept for a 举报, since that unit could be the one it is about.
    /// </summary>
    public Outcome TakeOver(SourceEnding ending, Actor by, DateTimeOffset now)
    {
        if (CheckSource(by) is { } refusal)
        {
            return refusal;
        }

        if (HasOpenObjection || (Status == CaseStatus.Registered && DispatchCount > 0))
        {
            return new Refusal("case.take-over.in-hand", "本区正在办理，不随热线办结。", "The district is working on it; it does not end with the hotline.");
        }

        var lead = ending.Lead is { Kind: UnitKind.Street or UnitKind.Department or UnitKind.Enterprise } unit
            && District.Contains(unit) && Nature != Nature.Report && !IsReported(unit) ? unit : (OrgPath?)null;
        return TooLong(ending.Result, MaxFact, "result")
            ?? Move(CaseStatus.TakenOver, new CaseTakenOver(lead, ending.EndedAt, ending.Result.Trim(), ending.Solved, ending.Satisfaction), by, now);
    }

    /// <summary>The hotline has changed its order: written down beside what was done here. Saying the same again records nothing.</summary>
    /// <param name="told">What it says now; an empty text for what it no longer says.</param>
    /// <param name="safetyWord">The word of danger in it, if there is one now.</param>
    /// <param name="isReport">Whether it says now that this is a 举报.</param>
    /// <param name="reportedUnit">Whom that is about, if it says so.</param>
    public Outcome FollowSource(
        IReadOnlyDictionary<string, string> told, string? safetyWord, Actor by, DateTimeOffset now, bool isReport = false, OrgPath? reportedUnit = null)
    {
        var changed = told.Where(fact => fact.Value != (SourceSays(fact.Key) ?? "")).ToDictionary();
        if (changed.Count == 0)
        {
            return Outcome.Done;
        }

        var before = SubjectInFacts;
        var outcome = CheckSource(by)
            ?? changed.Select(fact => TooLong(fact.Value, MaxFact, fact.Key)).FirstOrDefault(refusal => refusal is not null)
            ?? Add(
                isReport && (Nature != Nature.Report || (ReportedUnit is null && reportedUnit is not null))
                    ? new SourceUpdated(changed, safetyWord, IsReport: true, reportedUnit)
                    : new SourceUpdated(changed, safetyWord),
                by,
                now);
        if (outcome.IsDone)
        {
            NameBySource(before, by, now);
        }

        return outcome;
    }

    /// <summary>The hotline takes up again what it had finished, so that here it waits for its dispatch once more.</summary>
    public Outcome ReopenAtSource(Actor by, DateTimeOffset now) =>
        CheckSource(by) ?? Move(CaseStatus.Registered, new SourceReopened(), by, now, from: CaseStatus.TakenOver);

    private Refusal? CheckSource(Actor by) =>
        by.IsPortal && by.Unit.Contains(District) && SourceNumber is not null
            ? null
            : new Refusal("case.source.role", "只有来源系统的工单可以这样更新。", "Only the system that an order comes from can do this.");

    private void TakeOver(CaseTakenOver e)
    {
        (Status, ClosedAt, Solved, Satisfaction) = (CaseStatus.TakenOver, e.EndedAt, e.Solved, e.Satisfaction);
        if (e.Lead is { } lead && lead != FirstReceiver)
        {
            DropDispatched();
            FirstReceiver = lead;
            Join(lead, Part.Lead);
        }
    }

    private void FollowSource(SourceUpdated e)
    {
        var facts = SourceFacts?.ToDictionary() ?? [];
        foreach (var (name, value) in e.Changed)
        {
            facts[name] = value;
        }

        SourceFacts = facts;
        SafetyWord ??= e.SafetyWord;
        if (e.IsReport)
        {
            TurnToReport(e.ReportedUnit);
        }
    }

    // Whomever it is about loses it. Where nobody knows whom, its place and whoever has not signed for it yet lose it as well.
    private void TurnToReport(OrgPath? reported)
    {
        (Nature, ReportedUnit) = (Nature.Report, ReportedUnit ?? reported);
        _objections.ForEach(objection => objection.IsReport = true);
        if (ReportedUnit is null)
        {
            _parties.FindAll(party => party.Part == Part.Home).ForEach(party => party.IsCurrent = false);
        }

        var isAboutLead = FirstReceiver is { } lead && IsReported(lead);
        if (Status == CaseStatus.TakenOver)
        {
            DropDispatched();
            FirstReceiver = null;
        }
        else if (isAboutLead ? Status is CaseStatus.Dispatched or CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress
            : ReportedUnit is null && Status == CaseStatus.Dispatched)
        {
            DropDispatched();
            (Status, FirstReceiver, DueAt, LimitBasis, ObjectBy) = (CaseStatus.Registered, null, null, null, null);
        }
    }

    private void Reopen()
    {
        DropDispatched();
        (Status, FirstReceiver, DueAt, LimitBasis, ObjectBy) = (CaseStatus.Registered, null, null, null, null);
        (ClosedAt, Solved, Satisfaction, DispatchCount) = (null, null, null, 0);
    }
}
