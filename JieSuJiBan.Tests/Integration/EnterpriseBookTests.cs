using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Enterprises;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Every figure of the report is what a slow, obvious count over all cases gives, and every number of a sentence opens as many.</summary>
public sealed class EnterpriseBookTests(Firms portal) : IClassFixture<Firms>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, CountedResult> Months => new() { { "2026-02", CountedResult.First }, { "2026-02", CountedResult.Final }, { "2026-01", CountedResult.First }, { "2026-03", CountedResult.First } };

    [Theory, MemberData(nameof(Months))]
    public async Task EveryFigure_IsWhatCountingByHandGives(string key, CountedResult result)
    {
        await portal.FillAsync();
        var (month, all) = (await MonthAsync(key, result), await CasesAsync());

        foreach (var (span, tally) in new[] { (month.Now, month.Total), (month.Before, month.TotalBefore), (month.YearAgo, month.TotalYearAgo) })
        {
            Assert.Equal((span.Key, ByHand(all, span, result)), (span.Key, tally));
        }

        Assert.True(month.Total is { Received: > 5, Answered: > 3, Late: > 0, Counts.Valid: > 3, Counts.Excluded: > 0 } || key != "2026-02", month.Total.ToString());
        Assert.Equal(Count(all, file => IsOpen(file, month)), month.Open);
        Assert.Equal(Count(all, file => IsOverdue(file, month)), month.Overdue);
        Assert.Equal(
            all.Where(file => On(file.RaisedAt, month.Now)).GroupBy(file => file.Category).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (long)group.Count(), (long)all.Count(file => file.Category == group.Key && On(file.RaisedAt, month.Before)))),
            month.Categories.Select(line => (line.Subject, line.Count, line.Before)));
        Assert.Equal(
            all.Where(file => On(file.RaisedAt, month.Now)).GroupBy(file => file.Home.Answering.Value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count())),
            month.Streets.Select(line => (line.Subject, line.Count)));
        Assert.All(month.Hot, hot => Assert.Equal(Count(all, file => On(file.RaisedAt, month.Now) && file.Home.Answering == hot.Street && file.Category == hot.Category), hot.Count));
        Assert.All(month.Months, one => Assert.Equal((one.Key, Count(all, file => On(file.RaisedAt, SpanOf(one.Key, month)))), (one.Key, one.Count)));
        Assert.Equal(13, month.Months.Count);
        foreach (var line in month.Tables.SelectMany(table => table.Lines))
        {
            var own = ByHand(all.Where(file => file.CountedUnit == line.Row.Unit), month.Now, result);
            var answered = all.Where(file => file.FirstReceiver == line.Row.Unit && On(file.AnsweredAt, month.Now)).ToList();
            Assert.Equal((line.Row.Name, own.Counts), (line.Row.Name, line.Row.Counts));
            Assert.Equal((line.Row.Name, ThreeRates.Of(own.Counts, month.Terms)), (line.Row.Name, line.Row.Rates));
            Assert.Equal((line.Row.Name, answered.Count, answered.Count(file => file.AnsweredAt > file.DueAt)), (line.Row.Name, (int)line.Answered, (int)line.Late));
            Assert.Equal((line.Row.Name, Count(all, file => file.FirstReceiver == line.Row.Unit && IsOverdue(file, month))), (line.Row.Name, line.Overdue));
        }

        Assert.Equal(month.Total.Counts, month.Tables.SelectMany(table => table.Lines).Aggregate(default(RateCounts), (sum, line) => sum + line.Row.Counts));
    }

    [Fact]
    public async Task EveryNumberOfASentence_OpensAsManyCases_AndNoReport()
    {
        await portal.FillAsync();
        var (cases, month) = (portal.Get<EnterpriseCases>(), await MonthAsync("2026-02", CountedResult.First));
        var numbers = EnterpriseWriter.Write(month).Numbered();
        Assert.True(numbers.Count > 30);
        Assert.All(EnterpriseWriter.Write(month), finding => Assert.Empty(finding.Missing));

        await using var db = await portal.OpenDatabaseAsync();
        var reports = (await db.Cases.Where(file => file.Nature == Nature.Report).Select(file => file.Id).ToListAsync(Stop)).ToHashSet();
        Assert.NotEmpty(reports);
        foreach (var number in numbers.Select(one => one.Number).Where(number => number.Of is not null))
        {
            var page = (await cases.ReadAsync(number.Of!, Dispatcher, 1, Stop))!;
            Assert.DoesNotContain(page.Lines, line => reports.Contains(line.Id));
            if (number.Text.EndsWith('件'))
            {
                Assert.Equal(($"{number.Name}", number.Text), (number.Name, $"{page.Total}件"));
            }

            Assert.Equal(number.Of, Read(EnterpriseLinks.Cases(number.Of!)));
        }
    }

    [Fact]
    public async Task TheRanking_IsThePublishedOne_OnceItIsPublished()
    {
        await portal.FillAsync();
        var live = (await MonthAsync("2025-12", CountedResult.First)).Ranking;
        Assert.Null(live.Edition);
        Assert.Equal(PowerCompany, Assert.Single(live.Rows, row => row.Rates is not null).Unit);

        Assert.Null((await portal.Get<RankingDesk>().PublishAsync(RankingList.Enterprises, Period.Parse("2025-12"), Supervisor)).Outcome.Refusal);
        var published = (await MonthAsync("2025-12", CountedResult.First)).Ranking;
        Assert.Equal((1, live.Rows.Count), (published.Edition, published.Rows.Count));
    }

    [Fact]
    public async Task AUnit_OpensItsOwnNumbers_AndNobodyElses()
    {
        await portal.FillAsync();
        var (cases, span) = (portal.Get<EnterpriseCases>(), (await MonthAsync("2026-02", CountedResult.First)).Now);
        EnterpriseQuestion Question(OrgPath? unit, OrgPath? place = null) => new(EnterpriseFigure.Valid, span.From, span.Until, CountedResult.First, unit, place);

        Assert.NotNull(await cases.ReadAsync(Question(PowerCompany), Power, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(PowerCompany), Street, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(null), Street, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(null, Mafang), Street, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(District.Child("110117999")), Dispatcher, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(null, new OrgPath("/11/110105/110105001/")), Dispatcher, 1, Stop));
        Assert.Null(await cases.ReadAsync(Question(null), Archivist, 1, Stop));
    }

    private async Task<EnterpriseMonth> MonthAsync(string key, CountedResult result)
    {
        var usual = portal.Get<SchemeBook>().Of(District).Usual;
        return await portal.Get<EnterpriseBook>().ReadAsync(Period.Parse(key), Dispatcher, usual with { Terms = usual.Terms with { Result = new(result, "试") } }, Stop);
    }

    private async Task<List<CaseFile>> CasesAsync()
    {
        await using var db = await portal.OpenDatabaseAsync();
        return (await db.Cases.AsNoTracking().ToListAsync(Stop)).FindAll(file => file.Channel == Channel.Enterprise && file.Nature != Nature.Report && file.ReportedUnit is null);
    }

    private EnterpriseSpan SpanOf(string key, EnterpriseMonth month)
    {
        var span = portal.Get<SchemeBook>().Of(District).SpanOf(Period.Parse(key));
        return key == month.Now.Key ? month.Now : new(key, span.From, span.Until);
    }

    private static EnterpriseTally ByHand(IEnumerable<CaseFile> all, EnterpriseSpan span, CountedResult result)
    {
        var (received, answered, late, twice, counts) = (0, 0, 0, 0, new long[6]);
        foreach (var file in all)
        {
            received += On(file.RaisedAt, span) ? 1 : 0;
            answered += On(file.AnsweredAt, span) ? 1 : 0;
            late += On(file.AnsweredAt, span) && file.AnsweredAt > file.DueAt ? 1 : 0;
            if (On(file.CalledBackAt, span) && file.IsExcluded)
            {
                counts[5]++;
            }
            else if (On(file.CalledBackAt, span))
            {
                var (contacted, solved, satisfaction) = result == CountedResult.First ? (file.FirstContacted, file.FirstSolved, file.FirstSatisfaction) : (file.FinalContacted, file.Solved, file.Satisfaction);
                counts[0]++;
                counts[1] += contacted == true ? 1 : 0;
                counts[2] += solved == true ? 1 : 0;
                counts[3] += satisfaction == Satisfaction.Satisfied ? 1 : 0;
                counts[4] += satisfaction == Satisfaction.Basically ? 1 : 0;
                twice += solved == false && satisfaction == Satisfaction.Unsatisfied ? 1 : 0;
            }
        }

        return new(received, answered, late, new(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]), twice);
    }

    private static bool IsOpen(CaseFile file, EnterpriseMonth month) => Day(file.RaisedAt) < month.Now.Until && (file.ClosedAt is not { } closed || Day(closed) >= month.Now.Until);

    private static bool IsOverdue(CaseFile file, EnterpriseMonth month) => IsOpen(file, month) && file.SuspendedAt is null
        && file.DueAt is { } due && Day(due) < month.Now.Until && (file.AnsweredAt is not { } answered || Day(answered) >= month.Now.Until);

    private static bool On(DateTimeOffset? at, EnterpriseSpan span) => at is { } moment && Day(moment) >= span.From && Day(moment) < span.Until;

    private static DateOnly Day(DateTimeOffset at) => WorkCalendar.DateAt(at);

    private static long Count(IEnumerable<CaseFile> all, Func<CaseFile, bool> which) => all.LongCount(which);

    private static EnterpriseQuestion? Read(string address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        return EnterpriseLinks.Read(query["figure"], query["from"], query["until"], query["result"], query["unit"], query["place"], query["category"]);
    }
}
