using System.Diagnostics;
using System.Text;
using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How long it takes to find a text that was sent before, a little changed, among a million made-up ones.</summary>
internal static class DuplicatesBench
{
    private const int Asked = 2000, BytesLimit = 300;

    // One in a hundred is the same form letter, and one in fifty of those is asked for.
    private const int Letters = 100, LettersAsked = 50;

    private const double MillisecondsLimit = 100;

    private static readonly string[] s_openings = ["市民来电反映", "居民反映称", "来电人表示", "网友留言", "本人住在"];
    private static readonly string[] s_wishes = ["希望有关部门尽快处理", "请核实并答复", "要求尽快解决", "希望相关部门重视", "请给予合理解释"];
    private static readonly string[] s_matters =
    [
        "楼下饭店油烟直排窗户", "工地夜间施工噪音扰民", "路灯不亮已经多日", "小区电梯经常停运", "垃圾清运不及时有异味", "机动车占用盲道停放", "自来水水压不足",
        "物业收费不公示", "井盖缺失存在危险", "健身器材损坏无人修", "充电桩无法使用", "公交车间隔时间太长", "污水外溢到路面", "树枝遮挡交通信号灯", "宽带安装被拒绝",
    ];

    /// <summary>Whether every text was found fast enough.</summary>
    public static bool Run(int texts, Figures figures)
    {
        var chance = new Random(1);
        var index = new NearDuplicates();
        var (asked, letters, letter) = (new Dictionary<Guid, string>(), new List<string>(), Write(chance));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Environment.CpuUsage.TotalTime;
        for (var number = 0; number < texts; number++)
        {
            var isLetter = number % Letters == 1;
            var (key, text) = (new Guid(number + 1, 0, 0, new byte[8]), isLetter ? Change(letter, chance) : Write(chance));
            index.Add(key, text);
            if (number % (Letters * LettersAsked) == 1)
            {
                letters.Add(text);
            }

            if (!isLetter && number % Math.Max(1, texts / Asked) == 0)
            {
                asked[key] = text;
            }
        }

        var adding = Environment.CpuUsage.TotalTime - started;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)texts;
        var (spent, found) = (new List<double>(), 0);
        foreach (var (key, text) in asked)
        {
            var (answer, passed) = Ask(index, Change(text, chance));
            spent.Add(passed);
            found += answer.Any(other => other.Key == key) ? 1 : 0;
        }

        var ofLetters = letters.ConvertAll(text => Ask(index, Change(text, chance)).Milliseconds);

        Figures.Say($"{texts} made-up texts, {texts / adding.TotalSeconds:0} added in a second of one core, {bytes:0} bytes each; limit {BytesLimit}");
        Figures.Say($"{asked.Count} of them asked for again, one character in twenty changed: {Figures.Spread(spent)}; limit {MillisecondsLimit} ms; {100.0 * found / asked.Count:0.0} % found");
        Figures.Say($"a form letter, sent {texts / Letters} times and changed each time, asked for {letters.Count} times: {Figures.Spread(ofLetters)}; limit {MillisecondsLimit} ms");
        figures.Add("near_duplicates", texts);
        figures.Add("find_p50_ms", Figures.Percentile(spent, 50));
        figures.Add("find_p99_ms", Figures.Percentile(spent, 99));
        figures.Add("find_slowest_ms", spent.Max());
        figures.Add("find_letter_slowest_ms", ofLetters.Max());
        figures.Add("find_limit_ms", MillisecondsLimit);
        figures.Add("found_again", 100.0 * found / asked.Count);
        figures.Add("bytes_each", bytes);
        return Math.Max(spent.Max(), ofLetters.Max()) < MillisecondsLimit;
    }

    private static (IReadOnlyList<NearDuplicate> Found, double Milliseconds) Ask(NearDuplicates index, string text)
    {
        var started = Stopwatch.GetTimestamp();
        var found = index.Find(text);
        return (found, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    // Phrases that everybody uses, around a place, a thing and details that are somebody's own.
    private static string Write(Random chance)
    {
        var text = new StringBuilder(s_openings[chance.Next(s_openings.Length)]);
        Ramble(text, 8, chance);
        text.Append("小区").Append(chance.Next(1, 40)).Append("号楼").Append(s_matters[chance.Next(s_matters.Length)]).Append('，');
        Ramble(text, 20 + chance.Next(60), chance);
        return text.Append('，').Append(s_wishes[chance.Next(s_wishes.Length)]).Append('。').ToString();
    }

    private static void Ramble(StringBuilder text, int length, Random chance)
    {
        for (var at = 0; at < length; at++)
        {
            text.Append((char)('一' + (int)(2500 * chance.NextDouble() * chance.NextDouble())));
        }
    }

    private static string Change(string text, Random chance) =>
        string.Concat(text.Select(letter => chance.Next(20) == 0 ? (char)('一' + chance.Next(2500)) : letter));
}
