using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Whistles;

namespace JieSuJiBan.Web.Seed;

// What a street cannot solve alone: a whistle from the draft to the marks.
internal sealed partial class SeedLife
{
    private static readonly UnitRating[] s_ratings = [new(5, 5, 5, 5, null), new(5, 4, 5, 4, null), new(4, 4, 4, 5, "措施落实较快。"), new(3, 4, 4, 3, "到场偏晚。")];
    private static readonly WhistleRating[] s_own = [new(5, 5, 5, null), new(4, 5, 4, null), new(4, 4, 5, "情况摸得清。")];

    private bool Blow()
    {
        var chair = Lead;
        if (chair.Kind != UnitKind.Street || !File.Status.IsBeingHandled())
        {
            return true;
        }

        var units = call.Matter.Duty.CoUnits.Select(part => part.Unit)
            .Concat([SeedCast.District.Child("d.cgw"), SeedCast.District.Child("d.cgzf")])
            .Where(unit => unit.Kind is UnitKind.Department or UnitKind.Enterprise && File.ReportedUnit?.Contains(unit) != true)
            .Distinct().Take(chance.Next(2, 5)).ToList();
        var brief = new WhistleBrief(
            chance.Is(0.35) ? WhistleKind.Hard : WhistleKind.Routine, WhistleSubject.PeoplesNeeds, Grounds.Demand, Direction.StreetToDepartments, File.Title[..Math.Min(File.Title.Length, 60)],
            "街道已两次到现场协调，产权和管养责任不清，街道自身无法解决。", call.Matter.Duty.Basis,
            [.. units.Select((unit, place) => new Summons(unit, place == 0, place == 0 ? $"牵头{call.Matter.Duty.Text}。" : "到现场核实，提出处置措施。"))]);

        Whistle whistle = null!;
        return Step(Minutes(30, 240), at => Draft(chair, brief, at, out whistle))
            && InRoom(Minutes(5, 20), () => whistle, at => whistle.Submit(Times, cast.Officer(chair, at, _who), at))
            && InRoom(Minutes(20, 100), () => whistle, at => whistle.Sign("同意吹哨。", Times, cast.Head(chair, at), at))
            && units.TrueForAll(unit => InRoom(Minutes(5, 40), () => whistle, at => whistle.See(cast.Officer(unit, at), at))
                && InRoom(Minutes(3, 20), () => whistle, at => whistle.Respond(null, "收到，按时到场。", cast.Officer(unit, at), at)))
            && units.TrueForAll(unit => InRoom(Minutes(60, 300), () => whistle, at => whistle.ReportIn(chance.Is(0.8) ? ReportMode.OnSite : ReportMode.Video, null, null, cast.Officer(unit, at), at)))
            && InRoom(Minutes(2, 8), () => whistle, at => whistle.Post("人到齐了，请各单位说说情况。", null, null, cast.Officer(chair, at, _who), at))
            && units.TrueForAll(unit => InRoom(Minutes(3, 9), () => whistle, at => whistle.Commit("按职责完成整改并建立巡查机制", SeedCast.NameOf($"{unit}{_who}"), at.AddDays(chance.Next(2, 6)), cast.Officer(unit, at), at)))
            && InRoom(Minutes(15, 40), () => whistle, at => whistle.IssueMinutes(MinutesWriter.Write(whistle, whistle.Unsaved, cast.Book, at), cast.Officer(chair, at, _who), at))
            && units.TrueForAll(unit => InRoom(Minutes(10, 90), () => whistle, at => whistle.ConfirmMinutes(cast.Officer(unit, at), at)))
            && Carry(() => whistle, units, chair);
    }

    private bool Carry(Func<Whistle> whistle, List<OrgPath> units, OrgPath chair) =>
        units.TrueForAll(unit => InRoom(Minutes(300, 900), whistle, at => whistle().FeedBack(NoOf(whistle(), unit), "已完成，现场照片已留存。", null, cast.Officer(unit, at), at))
            && InRoom(Minutes(20, 120), whistle, at => whistle().Settle(NoOf(whistle(), unit), cast.Officer(chair, at, _who), at)))
        && InRoom(Minutes(30, 200), whistle, at => whistle().Confirm("问题已解决，居民认可。", Times, cast.Officer(chair, at, _who), at))
        && units.TrueForAll(unit => InRoom(Minutes(3, 20), whistle, at => whistle().AssessUnit(unit, chance.Of(s_ratings), cast.Officer(chair, at, _who), at))
            && InRoom(Minutes(5, 60), whistle, at => whistle().AssessWhistle(chance.Of(s_own), cast.Officer(unit, at), at)))
        && InRoom(Minutes(5, 30), whistle, at => whistle().End(cast.Officer(chair, at, _who), at));

    private Outcome Draft(OrgPath chair, WhistleBrief brief, DateTimeOffset at, out Whistle whistle)
    {
        var by = cast.Officer(chair, at, _who);
        var number = string.Create(CultureInfo.InvariantCulture, $"哨105-{at.ToOffset(WorkCalendar.Beijing):yyyyMMdd}-{call.Number[8..].Replace("-", "", StringComparison.Ordinal)}");
        var (drafted, outcome) = Whistle.Draft(chance.Id(at), number, File, brief, by, at);
        whistle = drafted!;
        if (outcome.IsDone)
        {
            Whistles.Add(whistle);
        }

        return outcome;
    }

    private bool InRoom(TimeSpan later, Func<Whistle> whistle, Func<DateTimeOffset, Outcome> act) => Step(later, at =>
    {
        InWhistle(whistle(), () => act(at), at);
        return Outcome.Done;
    });

    // The case follows what happens in its whistle.
    private void InWhistle(Whistle whistle, Func<Outcome> act, DateTimeOffset at)
    {
        var before = whistle.Unsaved.Count;
        Do(act(), at);
        for (var entry = before; entry < whistle.Unsaved.Count; entry++)
        {
            Do(File.Follow(whistle, whistle.Unsaved[entry]), at);
        }
    }

    private static int NoOf(Whistle whistle, OrgPath unit) =>
        whistle.Resolutions.First(resolution => resolution.Unit == unit && resolution.State is ResolutionState.Agreed or ResolutionState.FedBack).No;
}
