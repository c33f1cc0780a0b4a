using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Support;

/// <summary>A district in which firms call their hotline and others call theirs: lives of every length over half a year, as chance would have it.</summary>
public sealed class Firms : PortalFixture
{
    internal static readonly string[] Categories = ["停车管理/机动车停车/违法停车", "电力/供电保障/停电", "道路交通/道路养护/农村道路", "企业服务/登记与许可/营业执照办理"];

    private readonly SemaphoreSlim _once = new(1);
    private bool _filled;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task FillAsync(int cases = 240)
    {
        await _once.WaitAsync(Stop);
        try
        {
            if (_filled)
            {
                return;
            }

            var chance = new Random(20260318);
            await using var db = await OpenDatabaseAsync();
            for (var no = 0; no < cases; no++)
            {
                var file = Life(chance, no);
                db.Add(file);
                db.Log.AddRange(file.Unsaved);
                file.MarkSaved();
            }

            await db.SaveChangesAsync(Stop);
            await db.Database.ExecuteSqlRawAsync("UPDATE Cases SET IsExcluded = 1 WHERE substr(Number, -1) = '7' AND CalledBackAt IS NOT NULL", Stop);
            await Get<FigureKeeper>().RebuildAsync(Stop);
            _filled = true;
        }
        finally
        {
            _once.Release();
        }
    }

    private static CaseFile Life(Random chance, int no)
    {
        var (lead, officer, head) = chance.Next(4) switch
        {
            0 => (Mafang, Street, StreetHead),
            1 => (Binhe, OtherStreet, OtherStreet with { UserId = "binhe-lead", Role = Role.StreetLeader }),
            2 => (PowerCompany, Power, Power with { UserId = "gd-head", Role = Role.DepartmentHead }),
            _ => (EnergyOffice, Energy, EnergyHead),
        };

        // Half of the calls come around midnight of the 18th, where one period ends.
        var at = chance.Next(2) == 0
            ? new DateTimeOffset(2025, 9, 18, 15, 0, 0, TimeSpan.Zero).AddMonths(chance.Next(6)).AddMinutes(chance.Next(120))
            : new DateTimeOffset(2025, 2, 20, 0, 0, 0, TimeSpan.Zero).AddHours(chance.Next(24 * 375));
        var isReport = chance.Next(12) == 0;
        var demand = Garage with
        {
            Title = $"诉求{no}",
            Channel = chance.Next(5) < 3 ? Channel.Enterprise : Channel.Hotline,
            Category = Categories[chance.Next(Categories.Length)],
            Home = chance.Next(6) switch { 0 => Binhe, 1 or 2 => Mafang, 3 => District, _ => Huijing },
            Nature = isReport ? Nature.Report : Nature.Complaint,
            ReportedUnit = isReport ? HousingOffice : null,
        };
        var file = CaseFile.Register(Guid.CreateVersion7(), $"117-FIRMS-{no:0000}", demand, demand.Home == District ? Hotline : Dispatcher, at).File!;
        var acts = new List<(double Days, Func<CaseFile, DateTimeOffset, Outcome> Do)>
        {
            (0, (one, now) => one.Dispatch(new DispatchOrder(lead, [], now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, now)),
            (0.1, (one, now) => one.Accept(officer, now)),
            (0.2, (one, now) => one.Contact(true, "联系", officer, now)),
            (0.3, (one, now) => one.Progress("进展", null, officer, now)),
            (chance.Next(1, 12), (one, now) => one.Submit("结果", null, officer, now)),
            (0.1, (one, now) => one.Answer("答复", head, now)),
            (chance.Next(8, 12), (one, now) => one.CallBack(Answer(chance), Dispatcher, now)),
        };
        if (chance.Next(4) == 0)
        {
            acts.AddRange(
            [
                (1, (one, now) => one.Redo("重办", now.AddDays(2), "2日", Dispatcher, now)), (0.1, (one, now) => one.Contact(true, "联系", officer, now)), (0.1, (one, now) => one.Progress("进展", null, officer, now)),
                (0.5, (one, now) => one.Submit("结果", null, officer, now)), (0.1, (one, now) => one.Answer("答复", head, now)), (3, (one, now) => one.CallBack(Answer(chance), Dispatcher, now)),
            ]);
        }

        acts.Add((0.5, (one, now) => one.Satisfaction == Satisfaction.Unsatisfied && one.Solved == false ? Outcome.Done : one.Close("结案", Dispatcher, now)));
        foreach (var (days, act) in acts.Take(chance.Next(3) == 0 ? chance.Next(acts.Count) : acts.Count))
        {
            at = at.AddDays(days);
            if (at >= Morning.AddDays(30))
            {
                break;
            }

            file.Do(one => act(one, at));
        }

        return file;
    }

    private static CallbackAnswer Answer(Random chance)
    {
        var (solved, satisfaction) = (chance.Next(3) > 0, (Satisfaction)chance.Next(Enum.GetValues<Satisfaction>().Length));
        return new CallbackAnswer(chance.Next(5) > 0, solved, satisfaction, solved ? null : UnsolvedReason.InPart, satisfaction == Satisfaction.Unsatisfied ? UnsatisfiedReason.Result : null);
    }
}
