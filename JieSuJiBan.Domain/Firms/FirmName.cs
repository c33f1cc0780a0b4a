using System.Text;

namespace JieSuJiBan.Domain.Firms;

/// <summary>
/// The name of a firm (被诉主体) as people write it, and the key under which its spellings meet. What does not read like a firm is none:
/// a person's name must never come into the lists.
/// </summary>
public static class FirmName
{
    public const int MaxLength = 60;

    private const int Shortest = 4;

    private static readonly string[] s_forms = ["股份有限公司", "有限责任公司", "有限公司"];

    private static readonly string[] s_words =
    [
        "公司", "集团", "物业", "企业", "厂", "店", "超市", "商场", "市场", "酒店", "宾馆", "饭店", "餐厅", "学校", "幼儿园", "医院", "诊所", "银行", "合作社", "工作室", "停车场",
        "健身", "培训", "热力", "燃气", "供热", "供电", "快递", "物流", "地产", "置业", "装饰", "影城", "俱乐部", "驾校", "加油站",
    ];

    public static string Tidy(string name)
    {
        var one = name.Normalize(NormalizationForm.FormKC).Replace('(', '（').Replace(')', '）');
        return string.Concat(one.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)));
    }

    /// <summary>The key of a firm's name; nothing if it is none.</summary>
    public static string? KeyOf(string? name)
    {
        var tidy = Tidy(name ?? "");
        if (tidy.Length is < Shortest or > MaxLength || !s_words.Any(word => tidy.Contains(word, StringComparison.Ordinal)) || tidy.Count(char.IsDigit) > 6)
        {
            return null;
        }

        var key = string.Concat(tidy.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        foreach (var place in new[] { "北京市", "北京" })
        {
            if (key.StartsWith(place, StringComparison.Ordinal) && key.Length > place.Length + 1)
            {
                key = key[place.Length..];
                break;
            }
        }

        var form = Array.Find(s_forms, form => key.EndsWith(form, StringComparison.Ordinal) && key.Length > form.Length + 1);
        return form is null ? key : key[..^form.Length];
    }

    public static bool IsProperty(string name) => name.Contains("物业", StringComparison.Ordinal);

    /// <summary>What the hotline's export says of the firm: its name, or a place that is one. A place with a number in it is somebody's door.</summary>
    public static string? InFacts(string? company, string? place) =>
        KeyOf(company) is not null ? Tidy(company!)
        : place is not null && !place.Any(char.IsDigit) && (place.Contains("物业", StringComparison.Ordinal) || place.Contains("公司", StringComparison.Ordinal)) && KeyOf(place) is not null ? Tidy(place)
        : null;
}
