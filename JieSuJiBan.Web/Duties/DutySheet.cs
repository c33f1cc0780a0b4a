using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Duties;

/// <summary>The duty list as a spreadsheet: what is written here can be read here again, and changed in between.</summary>
public sealed class DutySheet(UnitBook units)
{
    private static readonly double[] s_widths = [14, 16, 24, 10, 16, 46, 46, 34, 10, 12, 30];

    public async Task WriteAsync(Stream stream, IEnumerable<DutyTerms> duties, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, "职责清单", [.. DutyChanges.Fields.Zip(s_widths, (field, width) => new SheetColumn(field.Name, width))], cancellationToken);
        foreach (var terms in duties)
        {
            await sheet.WriteRowAsync([.. DutyChanges.Fields.Select(field => (object?)field.Read(terms, units))], cancellationToken);
        }
    }

    /// <summary>Reads what people write into the cells of one district's list. A cell that means nothing is a refusal, not a guess.</summary>
    public (DutyTerms Terms, IReadOnlyList<Refusal> Refusals) Read(Func<string, string> cell, OrgPath district, TimeRules rules)
    {
        var refusals = new List<Refusal>();
        var lead = UnitNamed(cell("主责单位"), district, "lead", refusals);
        var level = Named(cell("等级"), CaseLevel.Ordinary, "level", refusals);
        var coUnits = CoUnits(cell("配合单位及职责")).Select(part => new CoDuty(UnitNamed(part.Unit, district, "coUnits", refusals), part.Text)).ToList();
        var terms = new DutyTerms(
            cell("一级分类"), cell("二级分类"), cell("三级分类（事项）"), Named(cell("层级"), lead.IsOfStreets() ? DutyScope.Street : DutyScope.District, "scope", refusals),
            lead, cell("主责职责"), coUnits, cell("法规依据"), level, Limit(cell("办理时限"), level, rules, refusals), cell("常用说法"));
        return (terms.Tidy(), refusals);
    }

    private OrgPath UnitNamed(string name, OrgPath district, string field, List<Refusal> refusals)
    {
        var wanted = name.Trim();
        if (wanted is Locality.StreetName or "属地" or "街乡镇" or "各街乡镇")
        {
            return Locality.Street;
        }

        if (wanted is Locality.CommunityName or "社区（村）" or "各社区（村）")
        {
            return Locality.Community;
        }

        if (units.FindNamed(district, wanted) is { } unit)
        {
            return unit.Path;
        }

        refusals.Add(new Refusal("duty.import.unit", $"本区没有“{wanted}”这个单位。", $"The district has no unit “{wanted}”.", field));
        return OrgPath.Portal;
    }

    private static TValue Named<TValue>(string word, TValue usual, string field, List<Refusal> refusals)
        where TValue : struct, Enum
    {
        var wanted = word.Trim();
        if (wanted.Length == 0)
        {
            return usual;
        }

        foreach (var value in Enum.GetValues<TValue>())
        {
            if (value.Word() == wanted)
            {
                return value;
            }
        }

        refusals.Add(new Refusal(
            "duty.import.word", $"“{wanted}”应为{string.Join("、", Enum.GetValues<TValue>().Select(value => value.Word()))}之一。", $"“{wanted}” is none of the values of this column.", field));
        return usual;
    }

    private static TimeLimit Limit(string text, CaseLevel level, TimeRules rules, List<Refusal> refusals)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return rules.LimitOf(level).Limit;
        }

        if (!TimeLimit.TryParse(text, out var limit))
        {
            refusals.Add(new Refusal("duty.import.limit", $"办理时限“{text.Trim()}”应写成2小时、7日或5个工作日这样。", $"The limit “{text.Trim()}” is not so many hours, days or working days.", "limit"));
            return rules.LimitOf(level).Limit;
        }

        return limit;
    }

    // One a line, the unit before the colon. Sheets made by hand put several in a line, with semicolons between them.
    private static IEnumerable<(string Unit, string Text)> CoUnits(string cell)
    {
        foreach (var line in cell.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pieces = line.Split(['；', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var piece in pieces.All(piece => piece.AsSpan().ContainsAny('：', ':')) ? pieces : [line])
            {
                var colon = piece.AsSpan().IndexOfAny('：', ':');
                yield return colon < 0 ? (piece, "") : (piece[..colon], piece[(colon + 1)..]);
            }
        }
    }
}
