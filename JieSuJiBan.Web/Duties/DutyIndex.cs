using JieSuJiBan.Domain;

namespace JieSuJiBan.Web.Duties;

/// <summary>
/// Finds texts by pairs of neighbouring characters. Chinese has no spaces between words, and a pair is about as long as a word; a
/// single character is looked up by itself. What is found in a title weighs more than what is found in the small print, and what is
/// rare more than what is everywhere. Not safe for several threads: its shelf holds the lock.
/// </summary>
internal sealed class DutyIndex
{
    // What every caller says, whatever he calls about.
    private static readonly HashSet<uint> s_said = [.. PairsOf(
        "什么时候 怎么办 怎么 请问 你好 您好 我家 我们 我是 自己 能不能 能否 是不是 是否 没有 没人 有人 一直 已经 现在 目前 经常 多次 最近 希望 要求 建议 请求 尽快 及时 处理 解决 协调 反映 反应 "
        + "咨询 投诉 举报 问题 情况 事情 原因 相关部门 有关 部门 单位 工作人员 联系 电话 表示 认为 来电 市民 群众 居民 影响 严重 不了 不到 的时候 谢谢")];

    private readonly Dictionary<uint, List<(int Place, float Weight)>> _pairs = [];
    private readonly Dictionary<Guid, int> _places = [];
    private readonly List<(Guid Id, string Title, (string Text, float Weight)[] Fields)?> _texts = [];
    private readonly Stack<int> _free = [];

    /// <summary>Puts a text in, or in the place of the last one of the same id. The first field is its title.</summary>
    public void Put(Guid id, params (string Text, float Weight)[] fields)
    {
        Remove(id);
        if (!_free.TryPop(out var place))
        {
            place = _texts.Count;
            _texts.Add(null);
        }

        (_places[id], _texts[place]) = (place, (id, Plain(fields[0].Text), fields));
        foreach (var (pair, weight) in Weigh(fields))
        {
            if (!_pairs.TryGetValue(pair, out var found))
            {
                _pairs[pair] = found = [];
            }

            found.Add((place, weight));
        }
    }

    public void Remove(Guid id)
    {
        if (!_places.Remove(id, out var place))
        {
            return;
        }

        foreach (var pair in Weigh(_texts[place]!.Value.Fields).Keys)
        {
            _pairs[pair].RemoveAll(found => found.Place == place);
        }

        _texts[place] = null;
        _free.Push(place);
    }

    /// <summary>
    /// The best first. A few words must be met at least by half, so that a list stays to the point; of a whole sentence, which is
    /// mostly about other things, less is enough.
    /// </summary>
    public IReadOnlyList<Guid> Search(string text)
    {
        var plain = Plain(text);
        var asked = PairsOf(plain).Distinct().Where(_pairs.ContainsKey).ToList();
        if (asked.Exists(pair => !s_said.Contains(pair)))
        {
            asked.RemoveAll(s_said.Contains);
        }

        if (asked.Count == 0)
        {
            return [];
        }

        var (scores, met, whole) = (new float[_texts.Count], new float[_texts.Count], 0f);
        foreach (var pair in asked)
        {
            var found = _pairs[pair];
            var rarity = MathF.Log(1 + (_places.Count / (1f + found.Count)));
            whole += rarity;
            foreach (var (place, weight) in found)
            {
                scores[place] += weight * rarity;
                met[place] += rarity;
            }
        }

        var enough = whole * Math.Clamp(3f / asked.Count, 0.1f, 0.5f);
        return
        [
            .. Enumerable.Range(0, scores.Length)
                .Where(place => scores[place] > 0 && met[place] >= enough && _texts[place] is not null)
                .OrderByDescending(place => scores[place] * (met[place] / whole) * Closeness(_texts[place]!.Value.Title, plain))
                .Select(place => _texts[place]!.Value.Id),
        ];
    }

    // Whoever types a title, or the beginning of one, means it.
    private static float Closeness(string title, string asked) =>
        title == asked ? 4 : title.StartsWith(asked, StringComparison.Ordinal) ? 3 : title.Contains(asked, StringComparison.Ordinal) ? 2 : 1;

    // A pair counts once, as much as the weightiest field it stands in, and a little more for each further one.
    private static Dictionary<uint, float> Weigh((string Text, float Weight)[] fields)
    {
        var weights = new Dictionary<uint, float>();
        foreach (var (text, weight) in fields)
        {
            var plain = Plain(text);
            foreach (var pair in PairsOf(plain).Concat(plain.Where(char.IsLetterOrDigit).Select(letter => (uint)letter)).Distinct())
            {
                weights[pair] = weights.TryGetValue(pair, out var known) ? Math.Max(known, weight) + (Math.Min(known, weight) * 0.2f) : weight;
            }
        }

        return weights;
    }

    // Neighbours within a word or clause; one that stands alone is itself.
    private static IEnumerable<uint> PairsOf(string plain)
    {
        for (var at = 0; at < plain.Length; at++)
        {
            if (!char.IsLetterOrDigit(plain[at]))
            {
                continue;
            }

            if (at + 1 < plain.Length && char.IsLetterOrDigit(plain[at + 1]))
            {
                yield return ((uint)plain[at] << 16) | plain[at + 1];
            }
            else if (at == 0 || !char.IsLetterOrDigit(plain[at - 1]))
            {
                yield return plain[at];
            }
        }
    }

    private static string Plain(string text) => text.Trim().Narrow().ToLowerInvariant();
}
