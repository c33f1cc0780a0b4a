using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Localization;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Whistles;

/// <summary>What the log says of each question of the 双考评, so that marks are given for what happened.</summary>
public sealed class RatingEvidence(IStringLocalizer<Texts> texts)
{
    /// <summary>Of a unit: 响应, 报到, 措施, 成效.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Of(Whistle whistle, WhistleUnit unit)
    {
        var own = whistle.Resolutions.Where(resolution => resolution.Unit == unit.Unit && resolution.State != ResolutionState.Dropped).ToList();
        return
        [
            [Response(unit)],
            [Arrival(unit)],
            own.Count > 0 ? [.. own.Select(Measure)] : [unit.State == UnitState.Refused ? texts["不予承办：{0}", unit.Reason ?? ""] : texts["没有提出措施"]],
            [.. own.Select(Result)],
        ];
    }

    /// <summary>Of the whistle, for a unit of which something was asked: 准备充分, 找对单位, 要求清楚.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Of(Whistle whistle, string ask) =>
    [
        [texts["吹哨前已做：{0}", whistle.Tried], texts["依据：{0}", whistle.LegalBasis]],
        [texts["召集{0}个单位，其中{1}个退出", whistle.Units.Count, whistle.Units.Count(unit => !unit.IsActive)]],
        [texts["请本单位：{0}", ask]],
    ];

    private string Response(WhistleUnit unit) => unit is { SummonedAt: { } called, RespondBy: { } by }
        ? unit.RespondedAt is { } responded
            ? responded <= by
                ? texts["{0}后响应（限{1}）", BeijingTime.Span(responded - called, texts), BeijingTime.Span(by - called, texts)]
                : texts["{0}后响应（限{1}，逾期）", BeijingTime.Span(responded - called, texts), BeijingTime.Span(by - called, texts)]
            : texts["未响应（限{0}）", BeijingTime.Span(by - called, texts)]
        : texts["未响应"];

    private string Arrival(WhistleUnit unit) => unit.ArriveBy is { } by
        ? unit is { ReportedAt: { } reported, Mode: { } mode }
            ? reported <= by ? texts["{0}{1}报到（限{2}）", reported.Full(), texts.Of(mode), by.Full()] : texts["{0}{1}报到（限{2}，逾期）", reported.Full(), texts.Of(mode), by.Full()]
            : texts["未报到（限{0}）", by.Full()]
        : texts["未报到"];

    private string Measure(Resolution resolution) => resolution.Person.Length > 0
        ? texts["{0}. {1}（{2}，限{3}）", resolution.No, resolution.Measure, resolution.Person, resolution.DueAt.Full()]
        : texts["{0}. {1}（限{2}）", resolution.No, resolution.Measure, resolution.DueAt.Full()];

    private string Result(Resolution resolution) => resolution.SettledAt is { } settled
        ? resolution.FedBackAt <= resolution.DueAt
            ? texts["{0}. {1}反馈，{2}销项", resolution.No, resolution.FedBackAt?.Full() ?? "", settled.Full()]
            : texts["{0}. {1}反馈（逾期），{2}销项", resolution.No, resolution.FedBackAt?.Full() ?? "", settled.Full()]
        : $"{resolution.No}. {texts.Of(resolution.State)}";
}
