using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Whistles;

namespace JieSuJiBan.Web.Demo;

/// <summary>Turns a case of <c>cases.json</c> into steps of a play.</summary>
internal static class DemoScript
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(25), s_later = TimeSpan.FromHours(2), s_nextDay = TimeSpan.FromHours(20);

    public static void Play(this DemoPlay play, DemoCase told, string number, Func<DateTimeOffset, string> whistleNumber, CaseFile? mergeInto)
    {
        var cast = play.Cast;
        var home = cast.Unit(told.Home);
        var demand = new Demand(
            told.Title, told.Text, told.Channel, told.Nature, told.Category, home, told.Place, told.ReportedUnit is null ? null : cast.Unit(told.ReportedUnit),
            Details: told.Details, SafetyWord: play.Safety.Find(told.Title, told.Text),
            SourceNumber: told.End == DemoEnd.TakenOver ? $"BJ{number}" : null);
        play.Register(number, demand, told.Petitioner, at => told.Channel switch
        {
            Channel.Grid => cast.Actor(home, Role.GridWorker, at),
            Channel.Community => cast.Officer(home, at),
            Channel.Patrol => cast.Officer(home.Answering, at),
            _ => cast.Dispatcher(at),
        });

        switch (told.End)
        {
            case DemoEnd.Registered:
                return;
            case DemoEnd.SolvedOnTheSpot:
                play.Then(TimeSpan.Zero, (file, at) => file.SolveOnTheSpot(told.Result!, null, cast.Actor(home, Role.GridWorker, at), at));
                return;
            case DemoEnd.AnsweredAtOnce:
                play.Then(s_soon, (file, at) => file.AnswerAtOnce(told.Reply0!, cast.Dispatcher(at), at));
                return;
            case DemoEnd.Informed:
                play.Then(s_soon, (file, at) => file.Inform(told.InformReason!.Value, told.Reply0 ?? told.InformReason.Value.Reply(), cast.Dispatcher(at), at));
                return;
            case DemoEnd.Merged:
                play.Then(s_soon, (file, at) => file.MergeInto(mergeInto!, cast.Dispatcher(at), at));
                return;
            case DemoEnd.TakenOver:
                play.Then(s_later, (file, at) => file.TakeOver(
                    new SourceEnding(cast.Unit(told.Lead!), at, told.Result!, told.Callback?.Solved, told.Callback?.Satisfaction), Actor.Hotline(DemoCity.District), at));
                return;
        }

        var lead = cast.Unit(told.Lead!);
        var limit = play.Rules.Plans.Single(limit => limit.Name == told.Limit);
        var due = limit.Limit.After(play.RegisteredAt, play.Rules.Calendar);
        play.FitInto(due - play.RegisteredAt);
        play.Then(s_soon, (file, at) => file.Dispatch(
            new DispatchOrder(lead, [.. (told.CoUnits ?? []).Select(cast.Unit)], due, limit.Basis, told.Note, Schedule: limit.Begin(null, 0, at, due, play.Rules.Calendar)),
            play.Rules.Calendar, cast.Dispatcher(at), at));
        Handle(play, told, lead, whistleNumber);
    }

    private static void Handle(DemoPlay play, DemoCase told, OrgPath lead, Func<DateTimeOffset, string> whistleNumber)
    {
        var cast = play.Cast;
        if (told.End == DemoEnd.Dispatched)
        {
            return;
        }

        if (told.Objection is { } objection)
        {
            play.Then(s_soon, (file, at) => file.ObjectToDispatch(
                objection.Reason, objection.Basis, objection.Suggested is null ? null : cast.Unit(objection.Suggested), play.Rules, cast.Officer(lead, at), at));
            if (objection.Upheld is { } upheld)
            {
                play.Then(s_later, (file, at) => file.ReviewObjection(upheld, objection.Opinion ?? "经审核，按职责清单办理。", cast.SecondDispatcher(at), at));
            }
        }

        if (told.End == DemoEnd.Objected)
        {
            return;
        }

        play.Then(s_soon, (file, at) => file.Accept(cast.Officer(lead, at), at));
        if (told.End == DemoEnd.Accepted)
        {
            return;
        }

        if (!told.Channel.IsProactive())
        {
            play.Then(s_later, (file, at) => file.Contact(true, told.Contact!, cast.Officer(lead, at), at));
        }

        if (told.Assist is { } assist)
        {
            play.Then(s_soon, (file, at) => file.Assign(cast.Unit(assist.Unit), assist.Ask, cast.Officer(lead, at), at));
        }

        if (told.End == DemoEnd.Contacted)
        {
            return;
        }

        foreach (var progress in told.Progress ?? [])
        {
            play.Then(s_nextDay, (file, at) => file.Progress(progress, null, cast.Officer(lead, at), at));
        }

        if (told.Whistle is { } whistle)
        {
            Whistle(play, whistle, lead, whistleNumber);
        }

        if (told.End is DemoEnd.InProgress or DemoEnd.Whistle)
        {
            return;
        }

        play.Then(s_later, (file, at) => file.Submit(told.Result!, null, cast.Officer(lead, at), at));
        if (told.End == DemoEnd.Submitted)
        {
            return;
        }

        play.Then(s_later, (file, at) => file.Answer(told.Reply!, cast.Head(lead, at), at));
        if (told.End == DemoEnd.Answered)
        {
            return;
        }

        if (told.End == DemoEnd.Confirmed)
        {
            play.Then(s_later, (file, at) => file.Confirm(true, "现场看过，已清走。", cast.Actor(file.Home, Role.GridWorker, at), at));
            return;
        }

        play.AfterTheLimit();
        var callback = told.Callback!;
        play.Then(TimeSpan.FromHours(1), (file, at) => file.CallBack(
            new CallbackAnswer(
                callback.Contacted, callback.Solved, callback.Satisfaction, callback.Solved ? null : UnsolvedReason.InPart,
                callback.Satisfaction == Satisfaction.Unsatisfied ? UnsatisfiedReason.Result : null, callback.Remark, Reached.Petitioner),
            cast.Dispatcher(at), at));
        if (told.End == DemoEnd.Redone)
        {
            var limit = play.Rules.Plans.Single(limit => limit.Name == told.Limit);
            play.Then(s_later, (file, at) => file.Redo(told.Redo!, limit.Limit.After(at, play.Rules.Calendar), limit.Basis, cast.Dispatcher(at), at));
        }

        if (told.End is DemoEnd.CalledBack or DemoEnd.Redone)
        {
            return;
        }

        play.Then(s_later, (file, at) => file.Close(told.Conclusion!, cast.Dispatcher(at), at));
    }

    private static void Whistle(DemoPlay play, DemoWhistle told, OrgPath lead, Func<DateTimeOffset, string> number)
    {
        var cast = play.Cast;
        var direction = lead.Kind == UnitKind.Street ? Direction.StreetToDepartments : Direction.DepartmentToDepartments;
        play.Blow(s_later, number, play.Brief(told, direction), at => cast.Officer(lead, at));

        if (told.Kind == WhistleKind.Emergency && told.Stage >= WhistleStage.Sounded)
        {
            play.InRoom(TimeSpan.FromMinutes(2), (whistle, at) => whistle.SoundAtOnce(play.Rules, cast.Officer(lead, at), at));
        }
        else
        {
            play.InRoom(TimeSpan.FromMinutes(10), (whistle, at) => whistle.Submit(play.Rules, cast.Officer(lead, at), at));
        }

        if (told.Stage == WhistleStage.Drafted)
        {
            play.InRoom(s_soon, (whistle, at) => whistle.ReturnDraft(told.ReturnReason!, cast.Head(lead, at), at));
        }

        if (told.Stage < WhistleStage.Sounded)
        {
            return;
        }

        play.InRoom(s_soon, (whistle, at) => whistle.Sign("同意。", play.Rules, cast.Head(lead, at), at));
        Report(play, told);
        Confer(play, told, lead);

        if (told.Stage == WhistleStage.Recalled)
        {
            play.InRoom(s_later, (whistle, at) => whistle.Recall(told.RecallReason!, cast.Officer(lead, at), at));
        }
    }

    private static void Report(DemoPlay play, DemoWhistle told)
    {
        var cast = play.Cast;
        foreach (var summons in told.Summons)
        {
            var unit = cast.Unit(summons.Unit);
            if (summons.State == UnitState.Awaiting)
            {
                continue;
            }

            play.InRoom(TimeSpan.FromMinutes(6), (whistle, at) => whistle.See(cast.Officer(unit, at), at));
            if (summons.State == UnitState.Objected)
            {
                play.InRoom(TimeSpan.FromMinutes(12), (whistle, at) => whistle.ObjectToSummons(
                    summons.ObjectionReason!, summons.ObjectionBasis!, play.Rules, cast.Officer(unit, at), at));
                continue;
            }

            play.InRoom(TimeSpan.FromMinutes(3), (whistle, at) => whistle.Respond(null, summons.ResponseText, cast.Officer(unit, at), at));
        }

        foreach (var summons in told.Summons.Where(summons => summons.State >= UnitState.ReportedIn))
        {
            var unit = cast.Unit(summons.Unit);
            var mode = summons.Mode ?? ReportMode.OnSite;
            play.InRoom(TimeSpan.FromMinutes(20), (whistle, at) => whistle.ReportIn(
                mode, summons.ReportText ?? (mode == ReportMode.Writing ? summons.Measure : null), null, cast.Officer(unit, at), at));
        }
    }

    private static void Confer(DemoPlay play, DemoWhistle told, OrgPath lead)
    {
        var cast = play.Cast;
        foreach (var message in told.Messages ?? [])
        {
            var unit = cast.Unit(message.Unit);
            play.InRoom(TimeSpan.FromMinutes(4), (whistle, at) => whistle.Post(message.Text, null, null, cast.Officer(unit, at), at));
        }

        foreach (var summons in told.Summons.Where(summons => summons.State is UnitState.Committed or UnitState.FedBack or UnitState.Settled))
        {
            var unit = cast.Unit(summons.Unit);
            play.InRoom(TimeSpan.FromMinutes(5), (whistle, at) => whistle.Commit(
                summons.Measure!, summons.Person ?? "科室负责人", at + TimeSpan.FromDays(summons.DueDays ?? 3), cast.Officer(unit, at), at));
        }

        foreach (var summons in told.Summons.Where(summons => summons.State == UnitState.Refused))
        {
            var unit = cast.Unit(summons.Unit);
            play.InRoom(TimeSpan.FromMinutes(5), (whistle, at) => whistle.Refuse(summons.ObjectionReason!, summons.ObjectionBasis!, cast.Officer(unit, at), at));
        }

        if (told.Request is { } request)
        {
            Ask(play, request, lead);
        }

        if (told.Stage is WhistleStage.Executing or WhistleStage.Confirmed or WhistleStage.Ended)
        {
            Execute(play, told, lead);
        }
    }

    private static void Ask(DemoPlay play, DemoRequest request, OrgPath lead)
    {
        var cast = play.Cast;
        play.InRoom(TimeSpan.FromMinutes(15), (whistle, at) => whistle.AskLeader(
            new LeaderQuestion(
                request.Kind, request.Reason, request.Days is { } days ? (play.File.DueAt ?? at) + TimeSpan.FromDays(days) : null, null, request.Explanation,
                request.Unit is null ? null : cast.Unit(request.Unit), request.NewUnit is null ? null : cast.Unit(request.NewUnit)), play.Rules,
            cast.Officer(lead, at), at));
        if (request.Decision is { } decision and not Decision.Waiting)
        {
            play.InRoom(s_later, (whistle, at) => whistle.Decide(
                1, decision, request.DecisionText ?? "同意。", null, null, play.Rules, cast.DistrictLeader(at), at));
        }
    }

    private static void Execute(DemoPlay play, DemoWhistle told, OrgPath lead)
    {
        var cast = play.Cast;
        play.InRoom(TimeSpan.FromMinutes(30), (whistle, at) => whistle.IssueMinutes(
            MinutesWriter.Write(whistle, whistle.Unsaved, cast.Units, at), cast.Officer(lead, at), at));

        foreach (var summons in told.Summons.Where(summons => summons.State is UnitState.FedBack or UnitState.Settled))
        {
            var unit = cast.Unit(summons.Unit);
            play.InRoom(TimeSpan.FromMinutes(20), (whistle, at) => whistle.ConfirmMinutes(cast.Officer(unit, at), at));
            play.InRoom(s_nextDay / told.Summons.Count, (whistle, at) => whistle.FeedBack(NoOf(whistle, unit), summons.Feedback!, null, cast.Officer(unit, at), at));
            if (summons.State == UnitState.Settled)
            {
                play.InRoom(s_soon, (whistle, at) => whistle.Settle(NoOf(whistle, unit), cast.Officer(lead, at), at));
            }
        }

        if (told.Stage is WhistleStage.Confirmed or WhistleStage.Ended)
        {
            play.InRoom(s_later, (whistle, at) => whistle.Confirm(told.Result!, play.Rules, cast.Officer(lead, at), at));
        }

        if (told.Stage == WhistleStage.Ended)
        {
            foreach (var summons in told.Summons)
            {
                var unit = cast.Unit(summons.Unit);
                play.InRoom(TimeSpan.FromMinutes(2), (whistle, at) => whistle.AssessUnit(unit, new UnitRating(5, 5, 4, 5, null), cast.Officer(lead, at), at));
                play.InRoom(TimeSpan.FromMinutes(9), (whistle, at) => whistle.AssessWhistle(new WhistleRating(5, 5, 4, null), cast.Officer(unit, at), at));
            }

            play.InRoom(TimeSpan.FromMinutes(5), (whistle, at) => whistle.End(cast.Officer(lead, at), at));
        }
    }

    private static int NoOf(Whistle whistle, OrgPath unit) =>
        whistle.Resolutions.First(resolution => resolution.Unit == unit && resolution.State is ResolutionState.Agreed or ResolutionState.FedBack).No;
}
