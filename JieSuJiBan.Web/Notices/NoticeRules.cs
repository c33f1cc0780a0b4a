using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Notices;

/// <summary>Who in a unit is told. Where a unit has none of them, the others are.</summary>
internal enum Hears
{
    /// <summary>Those who work on cases and do not lead the unit; for a district, its command centre.</summary>
    Officers,

    /// <summary>Whoever signs and decides for the unit.</summary>
    Leaders,

    /// <summary>Whoever works on cases.</summary>
    Anybody,

    /// <summary>The supervisors of the unit's district, wherever they have their desks.</summary>
    Supervisors,
}

/// <param name="Units">The units whom it concerns, of the thing as it stands after the entry.</param>
/// <param name="Person">The one person of the unit who is told, and whoever stands in for him; nobody in particular, if it says nothing.</param>
/// <param name="WhoeverLeft">Told even to those who may not see the case any more, since it is the answer to what they asked.</param>
internal sealed record NoticeRule(Type Event, NoticeKind Kind, Hears Hears, Func<Aggregate, LogEvent, IEnumerable<OrgPath?>> Units, bool WhoeverLeft = false, Func<Aggregate, LogEvent, string?>? Person = null);

/// <summary>Which events are told to whom: a line each.</summary>
internal static class NoticeRules
{
    private static readonly ILookup<Type, NoticeRule> s_byEvent = new[]
    {
        OfCase<CaseDispatched>(NoticeKind.Dispatched, Hears.Officers, (_, e) => [e.Lead, .. e.CoUnits]),
        OfCase<HelpAssigned>(NoticeKind.HelpAsked, Hears.Officers, (_, e) => [e.Unit]),
        OfCase<ObjectionReviewed>(NoticeKind.ObjectionRuled, Hears.Officers, (file, e) => [file.Objections.First(objection => objection.No == e.No).Unit]) with { WhoeverLeft = true },
        OfCase<ResultReturned>(NoticeKind.ResultReturned, Hears.Officers, (file, _) => [file.FirstReceiver]),

        OfCase<ContestFiled>(NoticeKind.ContestFiled, Hears.Officers, (file, _) => [file.District]),
        OfCase<ContestExamined>(NoticeKind.ContestToDecide, Hears.Supervisors, (file, _) => [file.District]),
        OfCase<ContestDecided>(NoticeKind.ContestDecided, Hears.Officers, (file, e) => [file.Contests.First(contest => contest.No == e.No).Unit]) with { WhoeverLeft = true },
        OfCase<ContestDecided>(NoticeKind.ContestDecided, Hears.Officers, (file, e) => e.Upheld && file.Contests.First(contest => contest.No == e.No).Unit is var unit && unit != file.CountedUnit ? [file.CountedUnit] : []),

        // Whoever has it is reminded. When it is late, those who would ask about it hear it too.
        OfCase<ContestNear>(NoticeKind.ContestNear, Hears.Officers, (file, e) => [WaitsFor(file, e.No, ContestState.Filed)]),
        OfCase<ContestNear>(NoticeKind.ContestNear, Hears.Supervisors, (file, e) => [WaitsFor(file, e.No, ContestState.Examined)]),
        OfCase<ContestLapsed>(NoticeKind.ContestLate, Hears.Officers, (file, e) => [WaitsFor(file, e.No, ContestState.Filed)]),
        OfCase<ContestLapsed>(NoticeKind.ContestLate, Hears.Supervisors, (file, _) => [file.District]),
        OfCase<ContestLapsed>(NoticeKind.ContestLate, Hears.Leaders, (file, e) => [WaitsFor(file, e.No, ContestState.Examined)]),

        // What the clock writes. From 督办 on it gives an order, and that is told.
        OfCase<DispatchLapsed>(NoticeKind.Late, Hears.Officers, (file, _) => [file.NextUnit]),
        OfCase<NodeLapsed>(NoticeKind.Late, Hears.Officers, (file, _) => [file.FirstReceiver]),
        OfCase<LimitReached>(NoticeKind.Late, Hears.Officers, (file, _) => [file.IsUnitAtWork ? file.FirstReceiver : null]),
        OfCase<SuspensionLapsed>(NoticeKind.Late, Hears.Officers, (file, _) => [file.FirstReceiver]),
        OfCase<ReviewLapsed>(NoticeKind.Late, Hears.Officers, (file, _) => [file.District]),
        OfCase<ReviewLapsed>(NoticeKind.Late, Hears.Supervisors, (file, _) => [file.District]),
        OfCase<CaseUrged>(NoticeKind.Urged, Hears.Officers, (_, e) => [e.Kind == UrgeKind.Remind ? e.Unit : null]),

        OfCase<CaseLeaderAsked>(NoticeKind.DecisionAsked, Hears.Leaders, (_, e) => [e.AddressedTo]),
        OfCase<CaseLeaderAsked>(NoticeKind.DecisionCopied, Hears.Supervisors, (file, e) => [e.AddressedTo == file.District ? null : file.District]),
        OfCase<CaseDecisionForwarded>(NoticeKind.DecisionAsked, Hears.Leaders, (file, e) => [AskedOf(file, e.No).AddressedTo]) with { Person = (file, e) => AskedOf(file, ((CaseDecisionForwarded)e).No).For },
        OfCase<CaseDecisionNear>(NoticeKind.DecisionNear, Hears.Leaders, (file, e) => [AskedOf(file, e.No).AddressedTo]) with { Person = (file, e) => AskedOf(file, ((CaseDecisionNear)e).No).For },
        OfCase<CaseDecisionLapsed>(NoticeKind.DecisionLate, Hears.Leaders, (file, e) => [AskedOf(file, e.No).AddressedTo]),
        OfCase<CaseDecisionLapsed>(NoticeKind.Late, Hears.Officers, (file, e) => [AskedOf(file, e.No).AskedBy]),
        OfCase<CaseLeaderDecided>(NoticeKind.DecisionMade, Hears.Officers, (file, e) => [AskedOf(file, e.No).AskedBy]),

        OfWhistle<WhistleSounded>(NoticeKind.Whistle, Hears.Officers, (whistle, _) => whistle.Units.Where(unit => unit.IsActive).Select(unit => (OrgPath?)unit.Unit)),
        OfWhistle<WhistleSounded>(NoticeKind.SignatureAsked, Hears.Leaders, (whistle, _) => [whistle.NeedsSignature ? whistle.Signer : null]),
        OfWhistle<UnitSummoned>(NoticeKind.Whistle, Hears.Officers, (_, e) => [e.Summons.Unit]),
        OfWhistle<WhistleSubmitted>(NoticeKind.SignatureAsked, Hears.Leaders, (whistle, _) => [whistle.Signer]),
        OfWhistle<WhistleSigned>(NoticeKind.DecisionMade, Hears.Officers, (whistle, _) => [whistle.Whistler]),
        OfWhistle<WhistleReturned>(NoticeKind.DecisionMade, Hears.Officers, (whistle, _) => [whistle.Whistler]),
        OfWhistle<LeaderAsked>(NoticeKind.DecisionAsked, Hears.Leaders, (_, e) => [e.AddressedTo]),
        OfWhistle<DecisionForwarded>(NoticeKind.DecisionAsked, Hears.Leaders, (whistle, e) => [DecidedIn(whistle, e.No)]) with { Person = (whistle, happened) => DecidedBy(whistle, ((DecisionForwarded)happened).No) },
        OfWhistle<DecisionNear>(NoticeKind.DecisionNear, Hears.Leaders, (whistle, e) => [DecidedIn(whistle, e.No)]) with { Person = (whistle, happened) => DecidedBy(whistle, ((DecisionNear)happened).No) },
        OfWhistle<DecisionLapsed>(NoticeKind.DecisionLate, Hears.Leaders, (whistle, e) => [DecidedIn(whistle, e.No)]),
        OfWhistle<DecisionLapsed>(NoticeKind.Late, Hears.Officers, (whistle, e) => [whistle.Requests.FirstOrDefault(request => request.No == e.No)?.AskedBy ?? whistle.Whistler]),
        OfWhistle<LeaderDecided>(NoticeKind.DecisionMade, Hears.Officers, (whistle, e) => [whistle.Requests.First(request => request.No == e.No).AskedBy, e.RoutedTo]),
        OfWhistle<MinutesIssued>(NoticeKind.MinutesToConfirm, Hears.Officers,
            (whistle, _) => whistle.Units.Where(unit => unit.IsActive && unit.Minutes == MinutesAnswer.Waiting).Select(unit => (OrgPath?)unit.Unit)),
        OfWhistle<WhistleConfirmed>(NoticeKind.AssessmentAsked, Hears.Officers, (whistle, e) => e.AssessBy is null ? [] : whistle.Units.Where(unit => unit.IsActive).Select(unit => (OrgPath?)unit.Unit)),

        // The same for whistles: the unit, its head and the whistler, the district, and the leader, who is asked.
        OfWhistle<ResolutionSentBack>(NoticeKind.ResultReturned, Hears.Officers, (whistle, e) => [whistle.ResolutionOf(e.No)?.Unit]),
        OfWhistle<ResponseLapsed>(NoticeKind.Late, Hears.Officers, (whistle, _) => [whistle.Whistler]),
        OfWhistle<ArrivalLapsed>(NoticeKind.Late, Hears.Officers, (whistle, _) => [whistle.Whistler]),
        OfWhistle<ResolutionLapsed>(NoticeKind.Late, Hears.Officers, (whistle, _) => [whistle.Whistler]),
        OfWhistle<ObjectionLapsed>(NoticeKind.Late, Hears.Leaders, (whistle, _) => [whistle.Signer]),
        OfWhistle<UnitUrged>(NoticeKind.Urged, Hears.Officers, (_, e) => [e.Step == OverdueStep.Urge ? e.Unit : null]),
        OfWhistle<UnitUrged>(NoticeKind.Urged, Hears.Leaders, (whistle, e) => e.Step == OverdueStep.Supervise ? [e.Unit, whistle.Signer] : []),
        OfWhistle<LateReported>(NoticeKind.Reported, Hears.Officers, (whistle, _) => [whistle.District]),
        OfWhistle<LateReported>(NoticeKind.Reported, Hears.Supervisors, (whistle, _) => [whistle.District]),

        OfForeseen<StepDue>(NoticeKind.PreparationDue, (problem, e) => [problem.Steps.First(step => step.No == e.No).Unit]),
        OfForeseen<SeasonNear>(NoticeKind.SeasonComes, (_, e) => e.Units.Select(unit => (OrgPath?)unit)),

        OfCase<CaseChargeAssigned>(NoticeKind.InCharge, Hears.Leaders, (_, e) => [e.Leader.Unit]) with { Person = (_, happened) => ((CaseChargeAssigned)happened).Leader.UserId },
        OfCase<CaseChargeAssigned>(NoticeKind.InCharge, Hears.Anybody, (_, e) => [e.Worker?.Unit]) with { Person = (_, happened) => ((CaseChargeAssigned)happened).Worker?.UserId ?? "" },

        OfOrder<SupervisionIssued>(NoticeKind.OrderReceived, Hears.Officers, order => [order.Unit]),
        OfOrder<SupervisionIssued>(NoticeKind.OrderReceived, Hears.Leaders, order => [order.Unit]),
        OfOrder<SupervisionIssued>(NoticeKind.OrderCopied, Hears.Leaders, order => [order.Unit.Answering == order.Unit ? null : order.Unit.Answering, order.Kind == SupervisionKind.Investigate ? order.District : null]),
        OfOrder<SupervisionIssued>(NoticeKind.OrderCopied, Hears.Supervisors, order => [order.Kind is SupervisionKind.Supervise or SupervisionKind.Investigate ? order.District : null]),
        OfOrder<SupervisionAnswered>(NoticeKind.OrderAnswered, Hears.Officers, order => [order.IsByRule || order.IssuedFrom == order.District ? null : order.IssuedFrom]),
        OfOrder<SupervisionAnswered>(NoticeKind.OrderAnswered, Hears.Leaders, order => [order.IssuedFrom == order.District ? order.District : null]),
        OfOrder<SupervisionAnswered>(NoticeKind.OrderAnswered, Hears.Leaders, order => [order.Unit != order.Unit.Answering && !order.IsByRule ? order.IssuedFrom : null]),
        OfOrder<SupervisionAnswered>(NoticeKind.OrderAnswered, Hears.Supervisors, order => [order.IsByRule ? order.District : null]),
        OfOrder<SupervisionReturned>(NoticeKind.OrderReturned, Hears.Officers, order => [order.Unit]),
        OfOrder<SupervisionReturned>(NoticeKind.OrderReturned, Hears.Leaders, order => [order.Unit]),
        OfOrder<SupervisionSettled>(NoticeKind.OrderEnded, Hears.Officers, order => [order.Unit]),
        OfOrder<SupervisionWithdrawn>(NoticeKind.OrderEnded, Hears.Officers, order => [order.Unit]),
        OfOrder<SupervisionLapsed>(NoticeKind.OrderLate, Hears.Officers, order => [order.Unit, order.IsByRule || order.IssuedFrom == order.District ? null : order.IssuedFrom]),
        OfOrder<SupervisionLapsed>(NoticeKind.OrderLate, Hears.Leaders, order => [order.Unit]),
        OfOrder<SupervisionLapsed>(NoticeKind.OrderLate, Hears.Leaders, order => [order.Unit != order.Unit.Answering && !order.IsByRule ? order.IssuedFrom : null]),
        OfOrder<SupervisionLapsed>(NoticeKind.OrderLate, Hears.Supervisors, order => [order.IsByRule || order.IssuedFrom == order.District ? order.District : null]),

        // Everybody who stands in the table; who published it knows.
        OfRanking<RankingPublished>(NoticeKind.RankingPublished),
        OfRanking<RankingCorrected>(NoticeKind.RankingCorrected),
        OfRanking<RankingWithdrawn>(NoticeKind.RankingWithdrawn),
        OfEnterprises<EnterpriseReportPublished>(NoticeKind.EnterpriseReportPublished),
        OfEnterprises<EnterpriseReportCorrected>(NoticeKind.EnterpriseReportCorrected),
    }.ToLookup(rule => rule.Event);

    public static IEnumerable<NoticeRule> Of(LogEvent happened) => s_byEvent[happened.GetType()];

    private static NoticeRule OfCase<TEvent>(NoticeKind kind, Hears hears, Func<CaseFile, TEvent, IEnumerable<OrgPath?>> units)
        where TEvent : CaseEvent => new(typeof(TEvent), kind, hears, (aggregate, happened) => units((CaseFile)aggregate, (TEvent)happened));

    // The district, if the contest waits for this step of the two.
    private static OrgPath? WaitsFor(CaseFile file, int no, ContestState step) => file.Contests.First(contest => contest.No == no).State == step ? file.District : null;

    private static CaseRequest AskedOf(Aggregate file, int no) => ((CaseFile)file).Requests.First(asked => asked.No == no);

    private static OrgPath DecidedIn(Whistle whistle, int? no) => whistle.Requests.FirstOrDefault(request => request.No == no)?.AddressedTo ?? whistle.Signer;

    // The one leader to whom it was handed, if it was.
    private static string? DecidedBy(Aggregate whistle, int? no) =>
        no is null ? ((Whistle)whistle).SignatureFor : ((Whistle)whistle).Requests.First(request => request.No == no).For;

    private static NoticeRule OfOrder<TEvent>(NoticeKind kind, Hears hears, Func<SupervisionOrder, IEnumerable<OrgPath?>> units)
        where TEvent : SupervisionEvent => new(typeof(TEvent), kind, hears, (aggregate, _) => units((SupervisionOrder)aggregate));

    private static NoticeRule OfWhistle<TEvent>(NoticeKind kind, Hears hears, Func<Whistle, TEvent, IEnumerable<OrgPath?>> units)
        where TEvent : WhistleEvent => new(typeof(TEvent), kind, hears, (aggregate, happened) => units((Whistle)aggregate, (TEvent)happened));

    private static NoticeRule OfRanking<TEvent>(NoticeKind kind)
        where TEvent : RankingEvent => new(typeof(TEvent), kind, Hears.Anybody, (aggregate, _) => ((PublishedRanking)aggregate).Rows.Select(row => (OrgPath?)row.Unit));

    private static NoticeRule OfEnterprises<TEvent>(NoticeKind kind)
        where TEvent : EnterpriseReportEvent => new(typeof(TEvent), kind, Hears.Anybody, (aggregate, _) => ((EnterpriseReport)aggregate).Units.Select(unit => (OrgPath?)unit));

    private static NoticeRule OfForeseen<TEvent>(NoticeKind kind, Func<ForeseenProblem, TEvent, IEnumerable<OrgPath?>> units)
        where TEvent : ForeseenEvent => new(typeof(TEvent), kind, Hears.Officers, (aggregate, happened) => units((ForeseenProblem)aggregate, (TEvent)happened));
}
