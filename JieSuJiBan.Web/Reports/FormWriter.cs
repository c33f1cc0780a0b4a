using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Supervision;

namespace JieSuJiBan.Web.Reports;

/// <summary>What a form says before it is sealed.</summary>
internal sealed record FormText(string Name, string Office, string Number, IReadOnlyList<(string Label, string Text)> Rows, string SignedBy, string Day);

/// <summary>Writes the forms: official documents, Chinese in every language, masked.</summary>
internal sealed class FormWriter(UnitBook units, Story story, Masking masking)
{
    public FormText Order(SupervisionOrder order, IReadOnlyList<LogEntry> log) => InChinese(() =>
    {
        var issued = log[0];
        List<(string, string)> rows =
        [
            ("承办单位", units.Name(order.Unit)),
            .. OrderCopies.Of(order, units) is { Count: > 0 } copies ? [("抄　　送", string.Join("、", copies))] : Array.Empty<(string, string)>(),
            ("事　　项", masking.Apply(order.Title)),
            .. order.SubjectNumber is { } number ? [($"所涉{order.SubjectKind!.Value.Word()}", masking.Apply(number))] : Array.Empty<(string, string)>(),
            ("要　　求", masking.Apply(order.Text)),
            ("依　　据", masking.Apply(order.Basis)),
            .. order.Rule is { } rule ? [("规　　则", rule)] : Array.Empty<(string, string)>(),
            ("下达时间", issued.At.Full()),
            ("回复时限", order.DueAt.Full()),
        ];
        rows.AddRange(log.Skip(1).Where(entry => entry.Event is not SupervisionLapsed).Select(Told));
        if (order.State.AwaitsAnswer())
        {
            rows.Add(("办理情况", "\n\n\n"));
        }

        var office = order.IsByRule ? $"{units.Name(order.District)}接诉即办" : units.Name(order.IssuedFrom);
        return new FormText($"{order.Kind.Word()}单", office, order.Number, rows, order.IsByRule ? $"{units.Name(order.District)}督查部门" : units.Name(order.IssuedFrom), issued.At.ChineseDay());
    });

    public FormText Dispatch(CaseFile file, LogEntry dispatched, Petitioner? petitioner) => InChinese(() =>
    {
        var order = (CaseDispatched)dispatched.Event;
        List<(string, string)> rows =
        [
            ("主办单位", units.Name(order.Lead)),
            .. order.CoUnits.Count > 0 ? [("协办单位", Names(order.CoUnits))] : Array.Empty<(string, string)>(),
            .. order.CopyTo.Count > 0 ? [("抄　　送", Names(order.CopyTo))] : Array.Empty<(string, string)>(),
            ("办理时限", $"{order.DueAt.Full()}前办结（{order.LimitBasis}）"),
            .. Nodes(order.Schedule) is { Length: > 0 } nodes ? [("时间节点", nodes)] : Array.Empty<(string, string)>(),
            ("标　　题", masking.Apply(file.Title)),
            ("来　　源", $"{file.Channel.Word()}{(file.SourceNumber is { } source ? $"　{source}" : "")}"),
            ("性质分类", $"{file.Nature.Word()}　{file.Category}"),
            ("属　　地", $"{units.Name(file.Home)}　{masking.Apply(file.Place)}"),
            .. petitioner is not null ? [("诉 求 人", $"{(petitioner.Name.Length > 0 ? petitioner.Name : "匿名")}　{petitioner.Phone}")] : Array.Empty<(string, string)>(),
            ("诉求内容", masking.Apply(file.Text)),
            .. string.IsNullOrWhiteSpace(order.Note) ? Array.Empty<(string, string)>() : [("派单说明", masking.Apply(order.Note))],
            .. order.ObjectBy is { } objectBy ? [("派单异议", $"{objectBy.Full()}前可以提出，审核期间时限照走")] : Array.Empty<(string, string)>(),
        ];
        return new FormText("派单", $"{units.Name(file.District)}接诉即办", file.Number, rows, dispatched.By.UnitName, dispatched.At.ChineseDay());
    });

    public FormText Instruction(Whistle whistle, LeaderRequest request) => InChinese(() =>
    {
        List<(string, string)> rows =
        [
            ("事　　项", masking.Apply(whistle.Title)),
            ("所涉哨号", $"{whistle.Number}{(whistle.CaseNumber is { } number ? $"　案件{number}" : "")}"),
            ("提请单位", units.Name(request.AskedBy)),
            ("提请事由", $"{request.Kind.Word()}\n{masking.Apply(request.Reason)}"),
            .. request.Until is { } until ? [("提请时限", until.Full())] : Array.Empty<(string, string)>(),
            .. request is { Unit: { } unit, NewUnit: { } newUnit } ? [("改派意见", $"{units.Name(unit)}改为{units.Name(newUnit)}")] : Array.Empty<(string, string)>(),
            ("提请时间", request.AskedAt.Full()),
            .. request.DecidedAt is { } decided
                ? [
                    ("批　　示", masking.Apply($"{request.Decision.Word()}\n{request.Text}".Trim())),
                    .. request.RoutedTo is { } routed ? [("直转单位", units.Name(routed))] : Array.Empty<(string, string)>(),
                    ("批 示 人", $"{request.DecidedBy}　{decided.Full()}"),
                ]
                : new[] { ("批　　示", "\n\n\n") },
        ];
        return new FormText("批示单", $"{units.Name(request.AddressedTo)}接诉即办", $"{whistle.Number}-{request.No}", rows, units.Name(request.AddressedTo), (request.DecidedAt ?? request.AskedAt).ChineseDay());
    });

    /// <summary>The same for what the owner of a case asked without a whistle.</summary>
    public FormText Instruction(CaseFile file, CaseRequest request) => InChinese(() =>
    {
        List<(string, string)> rows =
        [
            ("事　　项", masking.Apply(file.Title)),
            ("所涉案件", file.Number),
            ("提请单位", units.Name(request.AskedBy)),
            ("提请事由", $"{request.Kind.Word()}\n{masking.Apply(request.Reason)}"),
            .. request.Until is { } until ? [("提请时限", until.Full())] : Array.Empty<(string, string)>(),
            ("提请时间", request.AskedAt.Full()),
            .. request.DecidedAt is { } decided
                ? [("批　　示", masking.Apply($"{request.Decision.Word()}\n{request.Text}".Trim())), ("批 示 人", $"{request.DecidedBy}　{decided.Full()}")]
                : new[] { ("批　　示", "\n\n\n") },
        ];
        return new FormText("批示单", $"{units.Name(request.AddressedTo)}接诉即办", $"{file.Number}-{request.No}", rows, units.Name(request.AddressedTo), (request.DecidedAt ?? request.AskedAt).ChineseDay());
    });

    private (string, string) Told(LogEntry entry)
    {
        var label = entry.Event switch { SupervisionAnswered => "办理情况", SupervisionReturned => "退　　回", SupervisionSettled => "核查意见", _ => "撤　　销" };
        var telling = story.Tell(entry);
        var files = telling.Files is { Count: > 0 } attached ? $"\n附件：{string.Join("、", attached.Select(file => masking.Apply(file.Name)))}" : "";
        return (label, $"{masking.Apply(telling.Text ?? "")}{files}\n{entry.By.UnitName}　{entry.By.Name}　{entry.At.Full()}");
    }

    private static string Nodes(Schedule? schedule) => string.Join('；', schedule?.Nodes.Select(node => $"{node.At.Full()}前{node.Kind.Word()}") ?? []);

    private string Names(IReadOnlyList<OrgPath> paths) => string.Join("、", paths.Select(units.Name));

    private static FormText InChinese(Func<FormText> write)
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }
}
