using System.Globalization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Web.Localization;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Components.Pages.Rankings;

/// <summary>Rates, changes and periods as people read them.</summary>
internal static class RateText
{
    public static string Rate(decimal value, SchemeTerms scheme) => $"{value.ToString($"F{scheme.RateDecimals.Value}", CultureInfo.InvariantCulture)}%";

    public static string Composite(decimal value, SchemeTerms scheme) => value.ToString($"F{scheme.CompositeDecimals.Value}", CultureInfo.InvariantCulture);

    public static string Signed(decimal change, SchemeTerms scheme) => $"{(change > 0 ? "+" : "")}{Composite(change, scheme)}";

    public static string In(this Period period, IStringLocalizer<Texts> texts) => TextExtensions.IsEnglish ? period.ToString() : period.Chinese;

    public static string Days(this PeriodSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy-MM-dd} – {span.Last:yyyy-MM-dd}");

    /// <summary>By what rule a list is counted, in one line.</summary>
    public static string Weights(this SchemeTerms scheme, IStringLocalizer<Texts> texts, RankingList list) =>
        scheme.CountsCoUnits(list) ? $"{scheme.Weights(texts)}{texts["。一单多考：协办的案件也计入，合计按单位相加"]}" : scheme.Weights(texts);

    public static string Weights(this SchemeTerms scheme, IStringLocalizer<Texts> texts) => texts["综合 = 响应率×{0} + 解决率×{1} + 满意率×{2}，基本满意折算{3}",
        Number(scheme.Responded.Value), Number(scheme.Solved.Value), Number(scheme.Satisfied.Value), Number(scheme.Basically.Value)];

    public static string Name(this SchemeVersion scheme, IStringLocalizer<Texts> texts) =>
        $"{scheme.Terms.Name}（{(scheme.Version == 0 ? texts["门户默认"] : texts["本区第{0}版", scheme.Version])}）";

    public static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
