using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Seed;

/// <summary>
/// The life of one case, played through the domain step by step exactly as officers and the clock would, up to the end of the year:
/// what the rules refuse cannot be in the database.
/// </summary>
internal sealed partial class SeedLife(SeedCall call, SeedCast cast, SeedRules rules, Random chance, DateTimeOffset end)
{
    private readonly int _who = chance.Next(48);
    private DateTimeOffset _now = call.At;
    private int _followed;

    public CaseFile File { get; private set; } = null!;

    /// <summary>The calls that were joined to it.</summary>
    public List<(SeedCall Call, CaseFile File)> Joined { get; } = [];

    public List<Whistle> Whistles { get; } = [];

    public SeedOrders Orders { get; } = new(rules, chance);

    /// <summary>What the matcher proposed and how sure it was.</summary>
    public DispatchProposal? Proposal { get; private set; }

    private TimeRules Times => rules.Times;

    /// <summary>What the rules would not have: the plot ends there, and the case stays as it was.</summary>
    public string? Refused { get; private set; }

    public SeedLife Live()
    {
        Register();
        Try(() =>
        {
            if (call.Channel.IsProactive() ? GoesOnFromStreet() : GoesOnFromCentre())
            {
                Handle();
            }
        });
        Try(() => Ring(end));
        return this;
    }

    private void Register()
    {
        var by = call.Channel switch
        {
            Channel.Grid => cast.Actor(call.Place.Home, Role.GridWorker, _now, _who % 3),
            Channel.Community => cast.Officer(call.Place.Home, _now, _who),
            Channel.Patrol => cast.Officer(call.Place.Home.Answering, _now, _who),
            Channel.Hotline => Actor.Hotline(SeedCast.District),
            Channel.PublicDoor => Actor.PublicDoor(SeedCast.District),
            _ => cast.Dispatcher(_now, _who),
        };
        File = Begin(call, by);
        var lead = call.Matter.LeadAt(call.Place.Home);
        var confidence = Math.Round(chance.Is(0.82) ? 0.9 + (0.099 * chance.NextDouble()) : 0.3 + (0.6 * chance.NextDouble()), 3);
        var proposed = chance.Is(0.5 + (confidence / 2)) ? lead : cast.Units[chance.Next(cast.Units.Count)];
        Proposal = call.Channel.IsProactive() ? null : new DispatchProposal([new ProposedUnit(proposed, confidence, [$"近期“{call.Matter.Duty.Matter}”多由该单位办理"])]);
    }

    private CaseFile Begin(SeedCall one, Actor by)
    {
        var (nature, lead) = (one.Channel.IsProactive() ? Nature.Complaint : SeedMatter.NatureBy(chance), one.Matter.LeadAt(one.Place.Home));
        if (nature == Nature.Report && by.IsIn(lead))
        {
            nature = Nature.Complaint;  // a report about one's own unit is not one's own to register
        }

        var place = one.Matter.Duty.Area is "教育" or "公共交通与运输" ? one.Place.Name : $"{one.Place.Name}{chance.Next(1, 32)}号楼{(chance.Is(0.5) ? $"{chance.Next(1, 7)}单元" : "")}";
        var title = $"{place}{one.Phrase}";
        var text = $"{(one.Channel.IsProactive() ? "巡查发现" : "来电反映")}：{chance.Of(SeedWords.Since)}{one.Phrase}，{chance.Of(SeedWords.Effects)}。地点在{cast.Book.ShortName(one.Place.Home)}{place}。{chance.Of(SeedWords.Asks)}";
        var demand = rules.Safety.Mark(new Demand(
            title, text, one.Channel, nature, one.Matter.Duty.Category, one.Place.Home, place,
            nature == Nature.Report ? lead.Kind == UnitKind.Street ? lead.Child("s.zhzf") : lead : null,
            SourceNumber: one.Channel == Channel.Hotline ? $"BJ{one.Number.Replace("-", "", StringComparison.Ordinal)[3..]}" : null,
            RaisedAt: one.Channel == Channel.Hotline ? one.At.AddSeconds(-chance.Next(100, 600)) : null,
            SourceFacts: one.Channel == Channel.Hotline && SeedCast.FirmOf(one.Matter.Duty.Category, one.Place) is { } firm && chance.Is(0.6) ? new Dictionary<string, string> { [HotlineColumn.Company.Word()] = firm } : null,
            DispatchBy: Times.DispatchWithin.After.After(one.At, Times.Calendar)));
        var (file, outcome) = CaseFile.Register(one.Id, one.Number, demand, by, one.At);
        return file ?? throw new InvalidOperationException($"The invented demand {one.Number} is refused: {outcome.Refusal?.Code}.");
    }

    // The ends without dispatch, or the dispatch: by the matcher alone where it is sure and the rules let it, else by a person.
    private bool GoesOnFromCentre()
    {
        var kind = chance.NextDouble();
        if (File.Nature is Nature.Question or Nature.Thanks && kind < 0.5)
        {
            Step(Minutes(5, 40), at => File.AnswerAtOnce("您好，已向您说明相关政策和办理途径。", cast.Dispatcher(at, _who), at));
            return false;
        }

        if (kind > 0.985 && File.Nature != Nature.Report)
        {
            var reason = chance.Of(Enum.GetValues<InformReason>());
            Step(Minutes(5, 50), at => File.Inform(reason, reason.Reply(), cast.Dispatcher(at, _who), at));
            return false;
        }

        var (lead, isAutomatic) = (call.Matter.LeadAt(File.Home), File.SafetyWord is null && File.Nature != Nature.Report && Proposal!.Top!.Confidence >= SeedCity.Threshold);
        if (isAutomatic)
        {
            lead = Proposal!.Top!.Unit;
            return Step(Minutes(1, 3), at => Send(lead, Actor.Matcher(SeedCast.District), at)) && Object();
        }

        lead = File.ReportedUnit is { } reported && reported.Contains(lead) ? SeedCast.District.Child(reported == SeedCast.District.Child("d.jw") ? "d.dcs" : "d.jw") : lead;
        return Step(chance.Is(0.02) ? Minutes(70, 200) : Minutes(6, 55), at => Send(lead, cast.Dispatcher(at, _who), at)) && Object();
    }

    private bool GoesOnFromStreet()
    {
        var street = File.Home.Answering;
        if (chance.Is(0.45))
        {
            Step(Minutes(5, 90), at => File.SolveOnTheSpot(chance.Of(SeedWords.OnTheSpot), null, Finder(at), at));
            return false;
        }

        return Step(Minutes(10, 55), at => Send(street, cast.Officer(street, at, _who), at));
    }

    private Actor Finder(DateTimeOffset at) => call.Channel switch
    {
        Channel.Grid => cast.Actor(File.Home, Role.GridWorker, at, _who % 3),
        Channel.Community => cast.Officer(File.Home, at, _who),
        _ => cast.Officer(File.Home.Answering, at, _who),
    };

    private Outcome Send(OrgPath lead, Actor by, DateTimeOffset at)
    {
        var duty = call.Matter.Duty;
        var due = duty.Limit.After(at, Times.Calendar);
        IReadOnlyList<OrgPath> helpers = by.Role != Role.StreetOfficer && File.Nature != Nature.Report && chance.Is(0.12)
            ? [.. duty.CoUnits.Select(part => part.Unit).Where(unit => unit != lead && unit.Kind is UnitKind.Department or UnitKind.Enterprise).Take(2)]
            : [];
        return File.Dispatch(
            new DispatchOrder(lead, helpers, due, $"职责清单：{duty.Matter}，{duty.Limit}", Proposal: Proposal, Schedule: Times.LimitOf(duty.Level).Begin(null, 0, at, due, Times.Calendar)),
            Times.Calendar, by, at);
    }

    // A machine's wrong choice comes back, and now and then a right one.
    private bool Object()
    {
        var right = call.Matter.LeadAt(File.Home);
        if (File.Nature == Nature.Report || !chance.Is(File.FirstReceiver == right ? 0.006 : 0.85))
        {
            return true;
        }

        var (unit, upheld) = (File.FirstReceiver!.Value, File.FirstReceiver != right);
        if (!Step(Minutes(10, 100), at => File.ObjectToDispatch(chance.Of(SeedWords.Objections), "区职责清单", upheld ? right : null, Times, cast.Officer(unit, at, _who), at))
            || !Step(Minutes(60, 400), at => File.ReviewObjection(upheld, upheld ? "经审核，异议成立，改派。" : "经审核，按职责清单仍由你单位办理。", cast.Dispatcher(at, _who + 1), at)))
        {
            return false;
        }

        return !upheld || Step(Minutes(3, 40), at => Send(right, cast.Dispatcher(at, _who), at));
    }

    private TimeSpan Minutes(int least, int most) => chance.Between(TimeSpan.FromMinutes(least), TimeSpan.FromMinutes(most));

    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (PlotEnded ended)
        {
            Refused ??= ended.Message;
        }
    }

    private sealed class PlotEnded(string message) : Exception(message);

    // False when the year is over: what would come then has not happened yet.
    private bool Step(TimeSpan later, Func<DateTimeOffset, Outcome> act)
    {
        var at = _now + later;
        if (at >= end)
        {
            Ring(end);
            return false;
        }

        Ring(at);
        at = at > _now ? at : _now.AddSeconds(20);  // the clock, or a second call, came in between
        Do(act(at), at);
        return true;
    }

    private void Do(Outcome outcome, DateTimeOffset at)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new PlotEnded(string.Create(CultureInfo.InvariantCulture, $"{call.Number} at {at:u}, {File.Status}: {refusal.Code} {refusal.Chinese}"));
        }

        _now = at;
        Follow();
    }
}
