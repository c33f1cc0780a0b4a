using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Whistles;

/// <summary>
/// The room writes its own 纪要: who came, what was agreed by whom and until when, who disagreed. All of it stands in the log, so
/// nobody types it twice; the whistler edits the draft before he issues it. An official document, hence Chinese in every language.
/// </summary>
public static class MinutesWriter
{
    private static readonly string[] s_ordinals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"];

    public static string Write(Whistle whistle, IReadOnlyList<LogEntry> log, UnitBook units, DateTimeOffset now)
    {
        var text = new List<string>();
        var reports = log.Where(entry => entry.Event is UnitReportedIn).ToList();
        var from = reports.Count > 0 ? reports[0].At : whistle.SoundedAt ?? now;
        var chairs = log.Where(entry => entry.By.Unit == whistle.Whistler).Select(entry => entry.By.Name).Distinct().ToList();

        text.Add($"关于“{whistle.Title}”的会商纪要");
        text.Add("");
        text.Add($"时间：{from.ChineseDay()}{from.HourAndMinute()}至{(from.Day() == now.Day() ? "" : now.ChineseDay())}{now.HourAndMinute()}");
        text.Add($"哨单：{whistle.Number}（{whistle.Kind.Word()}，{whistle.Direction.Word()}）{(whistle.CaseNumber is { } number ? $"，诉求{number}" : "")}");
        text.Add($"召集：{units.Name(whistle.Whistler)}（{string.Join("、", chairs)}）");
        text.Add($"出席：{Join(whistle.Units.Where(unit => unit is { IsActive: true, ReportedAt: not null }).Select(unit => Present(unit, log, units)))}");
        var absent = whistle.Units.Where(unit => unit is { IsActive: true, ReportedAt: null }).Select(unit => $"{units.ShortName(unit.Unit)}（{Absence(unit)}）").ToList();
        if (absent.Count > 0)
        {
            text.Add($"未到：{Join(absent)}");
        }

        var others = log.Where(entry => entry.Event is MessagePosted && entry.By.Unit != whistle.Whistler && whistle.UnitOf(entry.By.Unit) is null)
            .Select(entry => $"{entry.By.UnitName}{entry.By.Name}").Distinct().ToList();
        if (others.Count > 0)
        {
            text.Add($"列席：{Join(others)}");
        }

        Section(text, "一、已开展的工作", [whistle.Tried]);
        Section(text, "二、议定事项", whistle.Resolutions.Where(resolution => resolution.State != ResolutionState.Dropped).Select((resolution, at) =>
            $"（{Ordinal(at)}）{units.ShortName(resolution.Unit)}：{resolution.Measure.TrimEnd('。')}。{(resolution.Person.Length > 0 ? $"责任人：{resolution.Person}；" : "")}时限：{resolution.DueAt.ChineseDay()}{resolution.DueAt.HourAndMinute()}前。"));
        Section(text, "三、不同意见", log.Select(entry => Dissent(entry.Event, whistle, units)).OfType<string>().Select((dissent, at) => $"（{Ordinal(at)}）{dissent.TrimEnd('。')}。"));
        Section(text, "四、请示与批示", whistle.Requests.Select((request, at) =>
            $"（{Ordinal(at)}）{request.Kind.Word()}：{request.Reason.TrimEnd('。')}。{(request.Decision == Decision.Waiting ? "待批复。" : $"{request.DecidedBy}{request.Decision.Word()}{(string.IsNullOrEmpty(request.Text) ? "" : $"：{request.Text.TrimEnd('。')}")}。")}"));
        return string.Join('\n', text);
    }

    private static void Section(List<string> text, string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        text.Add("");
        text.Add(heading);
        text.AddRange(all);
    }

    private static string Present(WhistleUnit unit, IReadOnlyList<LogEntry> log, UnitBook units)
    {
        var people = log.Where(entry => entry.By.Unit == unit.Unit && entry.Event is UnitReportedIn or MessagePosted or UnitCommitted).Select(entry => entry.By.Name).Distinct();
        return $"{units.ShortName(unit.Unit)}（{unit.Mode?.Word()}，{string.Join("、", people)}，{unit.ReportedAt!.Value.HourAndMinute()}报到）";
    }

    // An objection that was given up is none; that of a unit which was let go for it stays on record, and so does what was said of
    // earlier minutes.
    private static string? Dissent(LogEvent happened, Whistle whistle, UnitBook units) => happened switch
    {
        UnitObjected e when Stands(whistle, e.Unit, UnitState.Objected) => $"{units.ShortName(e.Unit)}{UnitState.Objected.Word()}：{e.Reason}",
        UnitRefused e when Stands(whistle, e.Unit, UnitState.Refused) => $"{units.ShortName(e.Unit)}{UnitState.Refused.Word()}：{e.Reason}",
        MinutesDisputed e => $"{units.ShortName(e.Unit)}对第{e.Edition}版纪要：{e.Remark}",
        _ => null,
    };

    private static bool Stands(Whistle whistle, OrgPath unit, UnitState state) =>
        whistle.Units.Any(summoned => summoned.Unit == unit && (summoned.State == state || summoned.State == UnitState.Released));

    private static string Absence(WhistleUnit unit) =>
        unit.State == UnitState.Objected ? "职责异议" : unit.RespondedAt is null ? "未响应" : unit.ArrivalLapsedAt is null ? "已响应，未报到" : "已响应，逾期未报到";

    private static string Ordinal(int at) => at < s_ordinals.Length ? s_ordinals[at] : (at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> parts) => string.Join("；", parts);
}
