using System.Net;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The monthly report of the 双考评: every number against a slow count over the whistles, its list, and whose months one may read.</summary>
public class MutualReportTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Month s_march = new(2026, 3);
    private static readonly MutualTerms s_terms = RuleBook.ReadMutual();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MutualReport Report => portal.Get<MutualReport>();

    [Fact]
    public async Task EveryNumber_IsWhatASlowCountSays_AndOpensItsWhistles()
    {
        var whistles = await PlayAsync(90, 20260302);
        foreach (var (kind, month) in new[] { UnitKind.Department, UnitKind.Enterprise, UnitKind.Street }.SelectMany(kind => new[] { s_march, s_march.Plus(1) }, (kind, month) => (kind, month)))
        {
            var first = await Report.ReadAsync(Supervisor, month, kind, 1, Stop);
            var lines = first.Lines.ToList();
            for (var page = 2; page <= first.Pages; page++)
            {
                lines.AddRange((await Report.ReadAsync(Supervisor, month, kind, page, Stop)).Lines);
            }

            Assert.Equal(Report.UnitsOf(Supervisor, kind), lines.Select(line => line.Unit));
            foreach (var line in lines)
            {
                Assert.Equal(Slow(whistles, line.Unit, month), line);
                foreach (var (figure, count) in Counts(line))
                {
                    Assert.Equal(count, (await portal.Get<MutualList>().ReadAsync(Supervisor, line.Unit, month, figure, 1, Stop)).Total);
                }
            }
        }

        var march = await Report.ReadAsync(Supervisor, s_march, UnitKind.Department, 1, Stop);
        Assert.Contains(march.Lines, line => line.Summoned > line.AnsweredInTime && line.Got.Mean > 0 && line.GotFromStreets.Ratings > 0 && line.NotGiven > 0);
        Assert.Contains((await Report.ReadAsync(Supervisor, s_march, UnitKind.Street, 1, Stop)).Lines, line => line.NotRated > 0);
    }

    [Fact]
    public async Task OneDepartment_NeverMakesAStreetsScore()
    {
        var month = new Month(2027, 5);
        await RateTheStreetAsync(month, EnergyOffice, 3);
        var alone = (await Report.ReadAsync(Supervisor, month, UnitKind.Street, 1, Stop)).Lines.Single(line => line.Unit == Mafang);
        Assert.Equal((3, null, true), (alone.WhistleGot.Ratings, alone.WhistleGot.Mean, alone.WhistleGot.IsHidden));

        await RateTheStreetAsync(month, WaterOffice, 1);
        var shown = (await Report.ReadAsync(Supervisor, month, UnitKind.Street, 1, Stop)).Lines.Single(line => line.Unit == Mafang);
        Assert.Equal((4, 4.0m), (shown.WhistleGot.Ratings, shown.WhistleGot.Mean!.Value));

        var two = month.Plus(1);
        await RateTheStreetAsync(two, EnergyOffice, 1);
        await RateTheStreetAsync(two, WaterOffice, 1);
        Assert.True((await Report.ReadAsync(Supervisor, two, UnitKind.Street, 1, Stop)).Lines.Single(line => line.Unit == Mafang).WhistleGot.IsHidden);
    }

    [Fact]
    public async Task AUnit_ReadsItsOwnMonths_TheOverseersTheDistricts()
    {
        Assert.Equal([EnergyOffice], Report.UnitsOf(Energy, UnitKind.Street));
        Assert.Equal(Mafang, Report.UnitsOf(Street, UnitKind.Department)[0]);
        Assert.All(Report.UnitsOf(Street, UnitKind.Department), unit => Assert.True(Mafang.Contains(unit)));
        Assert.Contains(EnergyOffice, Report.UnitsOf(DistrictLeader, UnitKind.Department));

        var own = portal.CreateClientFor(Energy);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"/assessment/mutual/whistles?unit={Uri.EscapeDataString(EnergyOffice.Value)}&month=2026-03&of=Got", Stop)).StatusCode);
        foreach (var address in new[]
        {
            $"/assessment/mutual/whistles?unit={Uri.EscapeDataString(WaterOffice.Value)}&month=2026-03&of=Got",
            $"/assessment/mutual/whistles?unit={Uri.EscapeDataString("/11/110117/d.none/")}&month=2026-03&of=Got",
            $"/assessment/mutual/whistles?unit={Uri.EscapeDataString(EnergyOffice.Value)}&month=2026-03&of=99",
            $"/assessment/mutual/whistles?unit={Uri.EscapeDataString(EnergyOffice.Value)}&month=0&of=Got",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync(address, Stop)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await portal.CreateClientFor(Archivist).GetAsync("/assessment/mutual.xlsx?month=2026-03", Stop)).StatusCode);
        var sheet = await portal.CreateClientFor(Supervisor).GetAsync("/assessment/mutual.xlsx?month=2026-03&kind=Department", Stop);
        Assert.Equal(HttpStatusCode.OK, sheet.StatusCode);
        Assert.NotEmpty(await sheet.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task AMonthsScore_IsCountedByTheSchemeOfThatMonth()
    {
        portal.Clock.Set(Morning);
        var desk = portal.Get<MutualDesk>();
        Assert.Equal("mutual.role", (await desk.SetAsync(s_march, s_terms, "改", 0, Street)).Refusal?.Code);
        Assert.Equal(0, (await desk.OfAsync(Mafang.District, s_march, Stop)).Version);
        var far = new Month(2031, 1);
        Assert.Null((await desk.SetAsync(far, s_terms with { Unit = new UnitWeights(100, 0, 0, 0) }, "试行", 0, Supervisor)).Refusal);
        Assert.NotNull((await desk.SetAsync(far, s_terms with { Unit = new UnitWeights(100, 0, 0, 0) }, "没看到试行", 0, Supervisor)).Refusal);
        Assert.Null((await desk.SetAsync(far.Plus(1), s_terms with { Unit = new UnitWeights(0, 0, 0, 100) }, "调整", 1, Supervisor)).Refusal);

        foreach (var (month, mean) in new[] { (far, 5m), (far.Plus(1), 2m) })
        {
            var at = month.From.AddDays(3);
            await AddAsync(Ended(Street, StreetHead, Brief, at, whistle => whistle.AssessUnit(EnergyOffice, new UnitRating(5, 4, 3, 2, "没有办成"), Street, at.AddHours(60))));
            var line = (await Report.ReadAsync(Energy, month, UnitKind.Department, 1, Stop)).Lines.Single();
            Assert.Equal(mean, line.GotFromStreets.Mean);
        }
    }

    // ------------------------------------------------------------------ the slow count

    private static MutualLine Slow(List<Whistle> whistles, OrgPath own, Month month)
    {
        bool In(DateTimeOffset? at) => at >= month.From && at < month.Until;
        var all = whistles.SelectMany(whistle => whistle.Units, (whistle, unit) => (whistle, unit)).ToList();
        var summoned = all.Where(row => row.unit.Unit == own && In(row.unit.SummonedAt) && row.unit.State != UnitState.Released).Select(row => row.unit).ToList();
        var rated = all.Where(row => In(row.unit.AssessedAt)).ToList();
        var said = all.Where(row => In(row.unit.HasAssessedAt)).ToList();

        Score Units(IEnumerable<(Whistle Whistle, WhistleUnit Unit)> rows, bool hides)
        {
            var marks = rows.ToList();
            return marks.Count == 0 ? Score.None
                : hides && (marks.Count < s_terms.Least || marks.Select(row => row.Whistle.Whistler).Distinct().Count() < 2) ? new(marks.Count, null)
                : new(marks.Count, marks.Average(row => ((row.Unit.ResponseMark!.Value * 20m) + (row.Unit.ArrivalMark!.Value * 20) + (row.Unit.MeasureMark!.Value * 30) + (row.Unit.ResultMark!.Value * 30)) / 100));
        }

        Score Whistles(IEnumerable<(Whistle Whistle, WhistleUnit Unit)> rows, bool hides)
        {
            var marks = rows.ToList();
            return marks.Count == 0 ? Score.None
                : hides && (marks.Count < s_terms.Least || marks.Select(row => row.Unit.Unit).Distinct().Count() < 2) ? new(marks.Count, null)
                : new(marks.Count, marks.Average(row => ((row.Unit.PreparedMark!.Value * 40m) + (row.Unit.RightUnitMark!.Value * 30) + (row.Unit.ClearMark!.Value * 30)) / 100));
        }

        return new MutualLine(
            own, summoned.Count, summoned.Count(unit => unit.RespondedAt <= unit.RespondBy), summoned.Count(unit => unit.ReportedAt is not null), summoned.Count(unit => unit.ReportedAt <= unit.ArriveBy),
            summoned.Count(unit => unit.State is UnitState.Committed or UnitState.FedBack or UnitState.Settled), summoned.Count(unit => unit.State == UnitState.Settled),
            Units(rated.Where(row => row.unit.Unit == own), own.Kind == UnitKind.Street), Units(rated.Where(row => row.unit.Unit == own && row.whistle.Direction == Direction.StreetToDepartments), false),
            Whistles(said.Where(row => row.unit.Unit == own), false),
            all.Count(row => row.unit.Unit == own && In(row.unit.SummonedAt) && row.unit is { IsActive: true, HasAssessed: false } && IsDone(row.whistle)),
            whistles.Count(whistle => whistle.Whistler == own && In(whistle.SoundedAt)),
            Whistles(said.Where(row => row.whistle.Whistler == own), own.Kind == UnitKind.Street), Units(rated.Where(row => row.whistle.Whistler == own), false),
            all.Count(row => row.whistle.Whistler == own && In(row.whistle.SoundedAt) && row.unit is { IsActive: true, IsAssessed: false } && IsDone(row.whistle)));

        static bool IsDone(Whistle whistle) => whistle.Stage is WhistleStage.Confirmed or WhistleStage.Ended;
    }

    private static IEnumerable<(MutualFigure, int)> Counts(MutualLine line) =>
    [
        (MutualFigure.Summoned, line.Summoned), (MutualFigure.AnsweredInTime, line.AnsweredInTime), (MutualFigure.Arrived, line.Arrived), (MutualFigure.ArrivedInTime, line.ArrivedInTime),
        (MutualFigure.Committed, line.Committed), (MutualFigure.Settled, line.Settled), (MutualFigure.Got, line.Got.Ratings), (MutualFigure.GotFromStreets, line.GotFromStreets.Ratings),
        (MutualFigure.Given, line.Given.Ratings), (MutualFigure.NotGiven, line.NotGiven), (MutualFigure.Blown, line.Blown), (MutualFigure.WhistleGot, line.WhistleGot.Ratings), (MutualFigure.WhistleGiven, line.WhistleGiven.Ratings), (MutualFigure.NotRated, line.NotRated),
    ];

    // ------------------------------------------------------------------ random whistles

    private async Task<List<Whistle>> PlayAsync(int count, int seed)
    {
        var chance = new Random(seed);
        var binheHead = StreetHead with { UserId = "binhe-lead", Unit = Binhe, UnitName = "滨河街道" };
        (Actor Officer, Actor Head)[] whistlers = [(Street, StreetHead), (OtherStreet, binheHead), (Energy, EnergyHead)];
        OrgPath[] departments = [EnergyOffice, HousingOffice, WaterOffice, PowerCompany];
        var whistles = new List<Whistle>();
        for (var at = 0; at < count; at++)
        {
            var (officer, head) = whistlers[chance.Next(whistlers.Length)];
            var direction = officer.Unit.Kind == UnitKind.Street ? Direction.StreetToDepartments : chance.Next(2) == 0 ? Direction.DepartmentToDepartments : Direction.DepartmentToStreets;
            var units = (direction == Direction.DepartmentToStreets ? [Mafang, Binhe] : departments.Where(unit => unit != officer.Unit)).OrderBy(_ => chance.Next()).Take(chance.Next(1, 4)).ToList();
            var brief = Brief with { Direction = direction, Summons = [.. units.Select((unit, no) => new Summons(unit, no == 0, "到场会商"))] };
            whistles.Add(Live(officer, head, brief, At(chance.Next(45 * 24)), chance));
        }

        await AddAsync([.. whistles]);
        return whistles;
    }

    private static Whistle Live(Actor officer, Actor head, WhistleBrief brief, DateTimeOffset at, Random chance)
    {
        var whistle = Sounded(officer, head, brief, at);
        foreach (var unit in brief.Summons.Select(summons => summons.Unit))
        {
            var by = Of(unit);
            at = at.AddHours(chance.Next(20));
            if (chance.Next(8) == 0)
            {
                whistle.Release(unit, "不需要", officer, at);
            }
            else if (chance.Next(6) > 0)
            {
                whistle.Respond(null, null, by, at);
                whistle.ReportIn(ReportMode.Video, null, null, by, at.AddHours(chance.Next(70)));
                whistle.Commit("措施", "某人", at.AddDays(30), by, at.AddHours(71));
            }
        }

        whistle.IssueMinutes("纪要", officer, at.AddHours(80));
        foreach (var resolution in whistle.Resolutions.ToList())
        {
            whistle.FeedBack(resolution.No, "已办", null, Of(resolution.Unit), at.AddHours(90));
            if (chance.Next(9) > 0)
            {
                whistle.Settle(resolution.No, officer, at.AddHours(91));
            }
        }

        whistle.Confirm("解决", Rules, officer, at.AddHours(100));
        foreach (var unit in brief.Summons.Select(summons => summons.Unit).Where(_ => chance.Next(5) > 0))
        {
            whistle.AssessUnit(unit, new UnitRating(chance.Next(1, 6), chance.Next(1, 6), chance.Next(1, 6), chance.Next(1, 6), "如实"), officer, at.AddHours(101));
            whistle.AssessWhistle(new WhistleRating(chance.Next(1, 6), chance.Next(1, 6), chance.Next(1, 6), "如实"), Of(unit), at.AddHours(102));
        }

        whistle.End(officer, at.AddHours(110));
        return whistle;
    }

    private async Task RateTheStreetAsync(Month month, OrgPath department, int ratings)
    {
        for (var no = 0; no < ratings; no++)
        {
            var at = month.From.AddDays(2 + no);
            var brief = Brief with { Summons = [new Summons(department, true, "到场会商")] };
            await AddAsync(Ended(Street, StreetHead, brief, at, whistle => whistle.AssessWhistle(new WhistleRating(4, 4, 4, null), Of(department), at.AddHours(60))));
        }
    }

    private static Whistle Ended(Actor officer, Actor head, WhistleBrief brief, DateTimeOffset at, Func<Whistle, JieSuJiBan.Domain.Outcome> rate)
    {
        var whistle = Sounded(officer, head, brief, at);
        foreach (var unit in brief.Summons.Select(summons => summons.Unit))
        {
            whistle.Do(w => w.ReportIn(ReportMode.OnSite, null, null, Of(unit), at.AddHours(2))).Do(w => w.Refuse("无此职责", "职责清单", Of(unit), at.AddHours(3)));
        }

        return whistle.Do(w => w.IssueMinutes("纪要", officer, at.AddHours(4))).Do(w => w.Confirm("解决", Rules, officer, at.AddHours(50))).Do(rate);
    }

    private static Whistle Sounded(Actor officer, Actor head, WhistleBrief brief, DateTimeOffset at) => DraftedWhistle(brief, officer)
        .Do(w => w.Submit(Rules, officer, at)).Do(w => w.Sign(null, Rules, head.Fresh(at), at));

    private static Actor Of(OrgPath unit) => Energy with { UserId = $"officer-{unit.Value}", Unit = unit, Role = unit.Kind == UnitKind.Street ? Role.StreetOfficer : Role.DepartmentOfficer };

    private async Task AddAsync(params Whistle[] whistles)
    {
        await using var db = await portal.OpenDatabaseAsync();
        db.Whistles.AddRange(whistles);
        db.Log.AddRange(whistles.SelectMany(whistle => whistle.Unsaved));
        await db.SaveChangesAsync(Stop);
    }
}
