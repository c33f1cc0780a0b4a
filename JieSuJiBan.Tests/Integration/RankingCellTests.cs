using System.Net;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>
/// Behind every number of a table stand its cases: on random histories the table, the lists behind its cells and a slow, obvious
/// count over all cases come to the same.
/// </summary>
public sealed class RankingCellTests(RankingCellTests.RandomCases portal) : IClassFixture<RankingCellTests.RandomCases>
{
    private static readonly OrgPath s_otherCommunity = Mafang.Child("110117005002");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, RankingList, CountedResult, bool> Tables => new()
    {
        { "2026-02", RankingList.Streets, CountedResult.First, false }, { "2026-02", RankingList.Streets, CountedResult.Final, true }, { "2026-02", RankingList.Departments, CountedResult.First, false },
        { "2026-02", RankingList.Departments, CountedResult.First, true }, { "2026-02", RankingList.Enterprises, CountedResult.Final, true }, { "2026-02", RankingList.Communities, CountedResult.First, true },
        { "2026Q1", RankingList.Streets, CountedResult.First, true }, { "2026", RankingList.Communities, CountedResult.Final, false },
    };

    [Theory, MemberData(nameof(Tables))]
    public async Task TheTable_TheListsBehindIt_AndASlowCount_AreTheSame(string key, RankingList list, CountedResult result, bool withCoUnits)
    {
        await portal.FillAsync();
        var history = portal.Get<SchemeBook>().Of(District);
        var terms = history.Usual.Terms with { Result = new(result, "试"), CoUnits = new(withCoUnits, "试") };
        var span = history.SpanOf(Period.Parse(key)) with { Scheme = new(0, terms) };
        await using var db = await portal.OpenDatabaseAsync();
        var all = await db.Cases.AsNoTracking().ToListAsync(Stop);

        var table = await portal.Get<RankingTables>().ReadAsync(District, list, span, Stop);

        Assert.Contains(table.Rows, row => row.Counts.Valid > 0);
        foreach (var row in table.Rows)
        {
            var expected = SlowCount(all, list, row.Unit, span, result, withCoUnits);
            Assert.Equal((row.Unit, expected), (row.Unit, row.Counts));
            foreach (var of in row.Counts.Valid + row.Counts.Excluded > 0 ? Enum.GetValues<CountedCases>() : [CountedCases.Valid])
            {
                var page = (await portal.Get<RankingCases>().ReadAsync(new(list, span, row.Unit, of), Dispatcher, 1, Stop))!;
                Assert.Equal((row.Unit, of, expected.Of(of)), (row.Unit, of, page.Total));
                Assert.Equal(Math.Min(page.Total, ListPage<CountedLine>.Size), page.Lines.DistinctBy(line => line.Id).Count());
            }
        }

        Assert.Equal(table.Sum.Valid, table.Rows.Sum(row => row.Counts.Valid));
    }

    [Fact]
    public async Task AUnit_LooksBehindItsOwnNumbers_AndNobodyElses()
    {
        await portal.FillAsync();
        var span = portal.Get<SchemeBook>().Of(District).SpanOf(Period.Parse("2026Q1"));
        var cases = portal.Get<RankingCases>();
        RankingCell Cell(OrgPath unit, RankingList list = RankingList.Streets) => new(list, span, unit, CountedCases.Valid);

        Assert.Equal((await cases.ReadAsync(Cell(Mafang), Dispatcher, 1, Stop))!.Total, (await cases.ReadAsync(Cell(Mafang), Street, 1, Stop))!.Total);
        Assert.NotNull(await cases.ReadAsync(Cell(Huijing, RankingList.Communities), Street, 1, Stop));
        var both = Cell(EnergyOffice, RankingList.Departments) with { Span = span with { Scheme = new(1, span.Scheme.Terms with { CoUnits = new(true, "区里通知") }) } };
        var seen = (await cases.ReadAsync(both, Energy, 1, Stop))!;
        Assert.Equal((await cases.ReadAsync(both, Dispatcher, 1, Stop))!.Total, seen.Total);
        Assert.True(seen.Total > (await cases.ReadAsync(Cell(EnergyOffice, RankingList.Departments), Energy, 1, Stop))!.Total);
        Assert.Contains(seen.Lines, line => line.Lead == EnergyOffice);
        Assert.Contains(seen.Lines, line => line.Lead == Mafang);
        Assert.Null(await cases.ReadAsync(both, Street, 1, Stop));
        Assert.NotNull(await cases.ReadAsync(Cell(Huijing, RankingList.Communities), Village, 1, Stop));
        Assert.Null(await cases.ReadAsync(Cell(Mafang), OtherStreet, 1, Stop));
        Assert.Null(await cases.ReadAsync(Cell(Mafang), Village, 1, Stop));
        Assert.Null(await cases.ReadAsync(Cell(Mafang), Archivist, 1, Stop));
        Assert.Null(await cases.ReadAsync(Cell(EnergyOffice, RankingList.Streets), Dispatcher, 1, Stop));
        Assert.Null(await cases.ReadAsync(Cell(District.Child("110117999")), Dispatcher, 1, Stop));
    }

    [Theory]
    [InlineData("dispatch", "list=Streets&at=2026-02&unit=/11/110117/110117005/&of=Valid", HttpStatusCode.OK), InlineData("mafang", "list=Streets&at=2026-02&unit=/11/110117/110117005/&of=Solved", HttpStatusCode.OK)]
    [InlineData("binhe", "list=Streets&at=2026-02&unit=/11/110117/110117005/&of=Valid", HttpStatusCode.NotFound), InlineData("leader", "list=Streets&at=2026-02&unit=/11/110117/110117005/&of=Nothing", HttpStatusCode.NotFound)]
    [InlineData("leader", "list=Streets&at=2026-99&unit=/11/110117/110117005/&of=Valid", HttpStatusCode.NotFound), InlineData("leader", "list=Streets&at=2026-02&unit=/11/110105/110105001/&of=Valid", HttpStatusCode.NotFound)]
    [InlineData("leader", "list=7&at=2026-02&unit=/11/110117/110117005/&of=Valid", HttpStatusCode.NotFound), InlineData("leader", "", HttpStatusCode.NotFound)]
    public async Task TheList_IsThereForThoseWhoMayLook(string user, string query, HttpStatusCode expected)
    {
        await portal.FillAsync();

        var response = await portal.CreateClientFor(Cast.Single(actor => actor.UserId == user)).GetAsync(new Uri($"/rankings/cases?{query}", UriKind.Relative), Stop);

        Assert.Equal(expected, response.StatusCode);
    }

    private static RateCounts SlowCount(IEnumerable<CaseFile> all, RankingList list, OrgPath unit, PeriodSpan span, CountedResult result, bool withCoUnits)
    {
        var (valid, contacted, solved, satisfied, basically, excluded) = (0, 0, 0, 0, 0, 0);
        foreach (var file in all)
        {
            var helped = withCoUnits && list != RankingList.Communities && file.CountedCoUnits?.Units.Contains(unit) == true;
            var isReport = file.Nature == Nature.Report || file.ReportedUnit is not null;
            var leads = list == RankingList.Communities ? file.Home == unit && !isReport : file.CountedUnit == unit && file.ReportedUnit != unit;
            if (file.CalledBackAt is not { } at || (!leads && (!helped || isReport)))
            {
                continue;
            }

            var day = WorkCalendar.DateAt(at);
            if (day < span.From || day > span.Last)
            {
                continue;
            }

            if (file.IsExcluded)
            {
                excluded++;
                continue;
            }

            valid++;
            contacted += (result == CountedResult.First ? file.FirstContacted : file.FinalContacted) == true ? 1 : 0;
            solved += (result == CountedResult.First ? file.FirstSolved : file.Solved) == true ? 1 : 0;
            satisfied += (result == CountedResult.First ? file.FirstSatisfaction : file.Satisfaction) == Satisfaction.Satisfied ? 1 : 0;
            basically += (result == CountedResult.First ? file.FirstSatisfaction : file.Satisfaction) == Satisfaction.Basically ? 1 : 0;
        }

        return new(valid, contacted, solved, satisfied, basically, excluded);
    }

    /// <summary>Some hundred cases whose callbacks fall into four months, on the edges of periods too, said what chance would have it.</summary>
    public sealed class RandomCases : PortalFixture
    {
        private readonly SemaphoreSlim _once = new(1);
        private bool _filled;

        public async Task FillAsync()
        {
            await _once.WaitAsync(Stop);
            try
            {
                if (!_filled)
                {
                    var chance = new Random(20260302);
                    await using var db = await OpenDatabaseAsync();
                    for (var no = 0; no < 150; no++)
                    {
                        var file = Life(chance, no);
                        db.Add(file);
                        db.Log.AddRange(file.Unsaved);
                        file.MarkSaved();
                    }

                    await db.SaveChangesAsync(Stop);
                    await db.Database.ExecuteSqlRawAsync("UPDATE Cases SET IsExcluded = 1 WHERE substr(Number, -1) = '7'", Stop);
                    await db.Database.ExecuteSqlRawAsync("UPDATE Cases SET Nature = 'Report' WHERE substr(Number, -1) IN ('3', '5'); UPDATE Cases SET ReportedUnit = CountedUnit WHERE substr(Number, -1) = '3'", Stop);
                    await Get<FigureKeeper>().RebuildAsync(Stop);
                    _filled = true;
                }
            }
            finally
            {
                _once.Release();
            }
        }

        private static CaseFile Life(Random chance, int no)
        {
            var (lead, officer, head) = chance.Next(3) switch
            {
                0 => (Mafang, Street, StreetHead),
                1 => (Binhe, OtherStreet, OtherStreet with { UserId = "binhe-lead", Role = Role.StreetLeader }),
                _ => (EnergyOffice, Energy, EnergyHead),
            };

            // Half of the callbacks fall on the hours around midnight of the 18th.
            var called = chance.Next(2) == 0
                ? new DateTimeOffset(2025, 12, 18, 15, 0, 0, TimeSpan.Zero).AddMonths(chance.Next(4)).AddMinutes(chance.Next(120))
                : new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero).AddHours(chance.Next(24 * 110));
            var at = called.AddDays(-8);
            var file = CaseFile.Register(Guid.CreateVersion7(), $"117-RANDOM-{no:0000}", Garage with { Home = chance.Next(2) == 0 ? Huijing : s_otherCommunity }, Dispatcher, at).File!
                .Do(file => file.Dispatch(new DispatchOrder(lead, Helpers(no, lead), at.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, at))
                .Do(file => file.Accept(officer, at)).Do(file => file.Contact(true, "联系", officer, at)).Do(file => file.Progress("进展", null, officer, at))
                .Do(file => file.Submit("结果", null, officer, at.AddDays(1))).Do(file => file.Answer("答复", head, at.AddDays(1)))
                .Do(file => file.CallBack(Answer(chance), Dispatcher, called));
            if (chance.Next(4) == 0)
            {
                var again = called.AddDays(1);
                file.Do(file => file.Redo("重办", again.AddDays(1), "1日", Dispatcher, again)).Do(file => file.Contact(true, "联系", officer, again)).Do(file => file.Progress("进展", null, officer, again))
                    .Do(file => file.Submit("结果", null, officer, again)).Do(file => file.Answer("答复", head, again)).Do(file => file.CallBack(Answer(chance), Dispatcher, again.AddDays(2)));
            }

            return file;
        }

        // Of the first ones of the table on: another of the leads, the community at the place, an enterprise beside it.
        private static OrgPath[] Helpers(int no, OrgPath lead) => (no % 5) switch { 0 => [lead == EnergyOffice ? Binhe : EnergyOffice], 1 => [Huijing, PowerCompany], 2 => [Enforcers], _ => [] };

        private static CallbackAnswer Answer(Random chance)
        {
            var (solved, satisfaction) = (chance.Next(3) > 0, (Satisfaction)chance.Next(Enum.GetValues<Satisfaction>().Length));
            return new CallbackAnswer(chance.Next(5) > 0, solved, satisfaction, solved ? null : UnsolvedReason.InPart, satisfaction == Satisfaction.Unsatisfied ? UnsatisfiedReason.Result : null);
        }
    }
}
