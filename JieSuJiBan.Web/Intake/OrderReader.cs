using System.Text;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Intake;

/// <summary>Makes an order of a row: whose it is, where, what is wanted, and how far the hotline has come with it.</summary>
public sealed partial class OrderReader(ColumnMap map, DistrictNames names, IReadOnlyList<DutyTerms> matters, TimeRules rules, DateTimeOffset now)
{
    private const int MaxPerson = 100;

    private readonly int[] _places = [.. HotlineColumns.All.Select(column => map.Columns.ToList().IndexOf(column))];

    private readonly Dictionary<string, DutyTerms> _matters = matters
        .SelectMany(matter => new[] { matter.Category, matter.Matter, $"{matter.Area}/{matter.Matter}", $"{matter.Group}/{matter.Matter}" }.Select(name => (name, matter)))
        .GroupBy(pair => pair.name).Where(same => same.Select(pair => pair.matter).Distinct().Count() == 1).ToDictionary(same => same.Key, same => same.First().matter);

    /// <param name="found">Where its address leads, if the row itself does not say where it belongs.</param>
    public Order Read(SheetRow row, OrgPath? found = null)
    {
        var told = new Told(row, _places);
        var (number, title) = (told[HotlineColumn.Number], TitleOf(told));
        var order = new Order(row.Number, Cut(number, Demand.MaxSourceNumber), Cut(title, Demand.MaxTitle));
        return Check(told, number) is { } refusal ? order with { Refusal = refusal }
            : FindHome(told, found) is not { } home ? order with { Refusal = HomeRefusal(told), Address = AddressOf(told) }
            : Read(order, told, home) with { Address = found is null ? AddressOf(told) : null };
    }

    private Order Read(Order order, Told told, OrgPath home)
    {
        var (calledAt, nature) = (SourceTime.Read(told[HotlineColumn.CalledAt]), NatureOf(told));
        var reported = names.Unit(told[HotlineColumn.Reported]);
        var facts = Facts(told);
        var demand = new Demand(
            TitleOf(told), told[HotlineColumn.Text] is { Length: > 0 } text ? text : TitleOf(told), Channel.Hotline, nature, CategoryOf(told), home,
            Cut(PlaceOf(told), Demand.MaxPlace), nature == Nature.Report ? reported : null, SourceNumber: told[HotlineColumn.Number], RaisedAt: calledAt,
            SourceFacts: facts.Where(fact => fact.Value.Length > 0 && fact.Key != HotlineColumn.Title.Word() && fact.Key != HotlineColumn.Text.Word()).ToDictionary(),
            IsWithheld: nature == Nature.Report && reported is null);
        var (dueAt, basis) = LimitOf(told, demand.Category, calledAt ?? now);
        return order with
        {
            Demand = demand,
            Petitioner = new Petitioner(told[HotlineColumn.Caller], told[HotlineColumn.Phone], told[HotlineColumn.Address], IsOrganisation(told[HotlineColumn.Caller])),
            Told = facts,
            Lead = names.Unit(told[HotlineColumn.Unit]),
            DueAt = dueAt,
            LimitBasis = basis,
            Ending = EndingOf(told),
        };
    }

    private Refusal? Check(Told told, string number)
    {
        if (number.Length == 0)
        {
            return new("intake.number.missing", "没有工单编号。", "It has no order number.");
        }

        if (Counted().IsMatch(number))
        {
            return new("intake.number.counted", "工单编号被表格软件改成了科学计数，请以文本格式重新导出。", "A spreadsheet has turned the order number into 2.02E+13: export it as text.");
        }

        if (told[HotlineColumn.District] is { Length: > 0 } district && !names.IsDistrict(district))
        {
            return new("intake.district", $"被反映区是“{Quote(district, 20)}”，不是本区。", "The order concerns another district.");
        }

        foreach (var column in new[] { HotlineColumn.CalledAt, HotlineColumn.EndedAt })
        {
            if (told[column] is { Length: > 0 } time && (SourceTime.Read(time) is not { } at || at > now.AddHours(1)))
            {
                return new("intake.time", $"{column.Word()}“{Quote(time, 30)}”不是过去的时间。", $"{column} is no time in the past.");
            }
        }

        return new[] { HotlineColumn.Caller, HotlineColumn.Phone, HotlineColumn.Address }.Any(column => told[column].Length > MaxPerson)
            ? new("intake.person", $"诉求人信息超过{MaxPerson}字。", $"Who called takes more than {MaxPerson} characters.")
            : null;
    }

    // The street that is named; else where the community, the address or the unit lie.
    private OrgPath? FindHome(Told told, OrgPath? found)
    {
        var (street, community) = (told[HotlineColumn.Street], told[HotlineColumn.Community]);
        var path = street.Length > 0 ? names.Street(street)
            : names.Community(community) ?? found
                ?? (names.Unit(told[HotlineColumn.Unit]) is { Kind: UnitKind.Street } lead ? lead : null);
        return path is { Kind: UnitKind.Street } known && community.Length > 0 ? names.Community(known, community) ?? known : path;
    }

    // Only where nothing names a street: one of another name is another street, wherever the address seems to lead.
    private string? AddressOf(Told told) =>
        told[HotlineColumn.Street].Length == 0 && names.Community(told[HotlineColumn.Community]) is null ? string.Join('，', new[] { HotlineColumn.Place, HotlineColumn.Company, HotlineColumn.Title }.Select(column => told[column])) : null;

    private static Refusal HomeRefusal(Told told) => told[HotlineColumn.Street] is { Length: > 0 } street
        ? new("intake.street.unknown", $"本区没有“{Quote(street, 20)}”这个街乡镇。", "The district has no street of this name.")
        : new("intake.street.missing", "没有街乡镇，从地址也认不出来。", "It names no street, and its address leads to none.");

    private Dictionary<string, string> Facts(Told told)
    {
        var facts = new Dictionary<string, string>();
        foreach (var column in HotlineColumns.All.Where(column => _places[(int)column] >= 0 && (column.IsFact() || column is HotlineColumn.Title or HotlineColumn.Text)))
        {
            var said = told[column];
            facts[column.Word()] = column switch
            {
                HotlineColumn.CalledAt or HotlineColumn.EndedAt or HotlineColumn.DueAt when SourceTime.Read(said) is { } at => SourceTime.Write(at),
                HotlineColumn.Title => TitleOf(told),
                HotlineColumn.Text when said.Length == 0 => TitleOf(told),
                _ => said,
            };
        }

        return facts;
    }

    // As the order itself says; else as the district's list says for the matter; else the usual time.
    private (DateTimeOffset DueAt, string Basis) LimitOf(Told told, string category, DateTimeOffset from) => told[HotlineColumn.DueAt] switch
    {
        var written when SourceTime.Read(written) is { } at => (at, "12345热线直派，按工单载明的办理时限"),
        var written when TimeLimit.TryParse(written, out var limit) => (limit.After(from, rules.Calendar), "12345热线直派，按工单载明的办理时限"),
        _ when _matters.GetValueOrDefault(category) is { } matter => (matter.Limit.After(from, rules.Calendar), $"12345热线直派，职责清单：{matter.Limit}"),
        _ => (rules.LimitOf(CaseLevel.Ordinary).Limit.After(from, rules.Calendar), $"12345热线直派，{rules.LimitOf(CaseLevel.Ordinary).Basis}"),
    };

    private SourceEnding? EndingOf(Told told)
    {
        var (status, endedAt) = (told[HotlineColumn.Status], SourceTime.Read(told[HotlineColumn.EndedAt]));
        return HotlineWords.HasEnded(status, endedAt is not null)
            ? new SourceEnding(
                names.Unit(told[HotlineColumn.Unit]), endedAt ?? now,
                told[HotlineColumn.Result] is { Length: > 0 } result ? result : told[HotlineColumn.Reply],
                HotlineWords.Solved(told[HotlineColumn.Solved]), HotlineWords.Satisfaction(told[HotlineColumn.Satisfied]))
            : null;
    }

    // Whoever says 举报 anywhere gets the care that a report needs.
    private static Nature NatureOf(Told told) =>
        new[] { HotlineColumn.Nature, HotlineColumn.Type, HotlineColumn.Tags }.Any(column => told[column].Contains("举报", StringComparison.Ordinal)) ? Nature.Report
        : HotlineWords.Nature(told[HotlineColumn.Nature]) ?? HotlineWords.Nature(told[HotlineColumn.Type]) ?? Nature.Help;

    private string CategoryOf(Told told)
    {
        var classes = new[] { HotlineColumn.FirstClass, HotlineColumn.SecondClass, HotlineColumn.ThirdClass }.Select(column => told[column]).Where(name => name.Length > 0).ToList();
        var path = string.Join('/', classes.Count > 0 ? classes : [.. Divided().Split(told[HotlineColumn.Category]).Where(name => name.Length > 0)]);
        return path.Length == 0 ? Demand.Unclassified : _matters.GetValueOrDefault(path)?.Category ?? path;
    }

    private static string TitleOf(Told told) => told[HotlineColumn.Title] is { Length: > 0 } title ? title : Demand.TitleOf(told[HotlineColumn.Text]);

    private static string PlaceOf(Told told) =>
        new[] { HotlineColumn.Place, HotlineColumn.Company, HotlineColumn.Community, HotlineColumn.Street }.Select(column => told[column]).FirstOrDefault(place => place.Length > 0) ?? "未说明";

    private static bool IsOrganisation(string name) => name.Length > 4 && HotlineWords.Organisations.Any(end => name.EndsWith(end, StringComparison.Ordinal));

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(most - (char.IsHighSurrogate(text[most - 2]) ? 2 : 1))]}…";

    // Where columns have slipped, a phone number stands where a time or a street is expected.
    private static string Quote(string text, int most) => Cut(Masking.Anybodys.Apply(text), most);

    [GeneratedRegex(@"^\d(\.\d+)?[eE]\+\d+$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\s*[/\\>＞|\-—－→、]+\s*")]
    private static partial Regex Divided();

    /// <summary>The cells of a row by what they tell, without what no text needs.</summary>
    private readonly struct Told(SheetRow row, int[] places)
    {
        public string this[HotlineColumn column] => places[(int)column] is >= 0 and var at ? Clean(row[at]) : "";

        private static string Clean(string cell)
        {
            if (!cell.AsSpan().ContainsAnyInRange('\0', '\u001F') && !cell.AsSpan().ContainsAny('\u007F', '\uFEFF', '\u200B'))
            {
                return cell.Trim();
            }

            var clean = new StringBuilder(cell.Length);
            foreach (var letter in cell.Replace("\r\n", "\n", StringComparison.Ordinal))
            {
                clean.Append(letter switch { '\r' => "\n", '\n' => "\n", '\t' => " ", '\u007F' or '\uFEFF' or '\u200B' => "", < ' ' => "", _ => letter.ToString() });
            }

            return clean.ToString().Trim();
        }
    }
}
