using System.Globalization;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// Whether crowds in free texts are about one thing, to be read by a person; whether a text that was sent again is found; and how long
/// that takes among a million.
/// </summary>
internal static class CrowdBench
{
    public const string Usage = "bench crowd [FILE.csv] [--texts 1000000]";

    private const string Shared = "../shared/data/tipdm_messages_votes.csv";
    private const int Shown = 10;

    // Half a year without a word, and a matter is over.
    private static readonly TimeSpan s_quiet = TimeSpan.FromDays(180);

    public static Task<int> RunAsync(string[] args)
    {
        var (file, texts) = args switch
        {
            [var path, "--texts", var count] => (path, int.Parse(count, CultureInfo.InvariantCulture)),
            ["--texts", var count] => (Shared, int.Parse(count, CultureInfo.InvariantCulture)),
            [var path] => (path, 1_000_000),
            _ => (Shared, 1_000_000),
        };
        var figures = new Figures();
        if (File.Exists(file))
        {
            Gather(Read(file), figures);
        }
        else
        {
            Figures.Say($"{file} is not there: no crowds are read, only the made-up texts below.");
        }

        var isFast = DuplicatesBench.Run(texts, figures);
        figures.Print();
        return Task.FromResult(isFast ? 0 : 1);
    }

    private static void Gather(IReadOnlyList<Message> messages, Figures figures)
    {
        var started = Environment.CpuUsage.TotalTime;
        var (crowds, index) = (new TextCrowds(s_quiet), new NearDuplicates());
        var (crowdOf, found) = (new Dictionary<Guid, TextCrowd>(), new HashSet<Guid>());
        var first = new Dictionary<string, Message>();
        var repeats = new List<(Message Again, Message First)>();
        foreach (var message in messages)
        {
            if (!first.TryAdd(message.Plain, message))
            {
                repeats.Add((message, first[message.Plain]));
                found.UnionWith(index.Find(message.Text).Any(other => other.Key == first[message.Plain].Key) ? [message.Key] : []);
            }

            crowdOf[message.Key] = crowds.Add(message.Key, message.Who, message.Subject, message.Text, message.At);
            index.Add(message.Key, message.Text);
        }

        var spent = Environment.CpuUsage.TotalTime - started;
        var byKey = messages.ToDictionary(message => message.Key);
        foreach (var (crowd, rank) in crowds.Largest.Take(Shown).Select((crowd, at) => (crowd, at + 1)))
        {
            Figures.Say($"{rank}. {string.Join("、", crowd.Names)}: {crowd.Members.Count} messages of {crowd.People} people");
            var named = crowd.Members.Select(key => PlaceNames.Find(byKey[key].Subject) is [var name, ..] ? name : null).OfType<string>().CountBy(name => name).OrderByDescending(name => name.Value).FirstOrDefault();
            Figures.Say($"     by the place alone, as the portal reads it from the subject: {named.Value} as {named.Key ?? "none"}");
            foreach (var member in crowd.Members.Select(key => byKey[key]))
            {
                Figures.Say($"     {member.At:yyyy-MM-dd} {member.Subject}");
            }
        }

        var together = repeats.Count(repeat => crowdOf[repeat.Again.Key] == crowdOf[repeat.First.Key]);
        Figures.Say($"{messages.Count} messages in {spent.TotalSeconds:0.0} s of one core; {crowds.Largest.Count(crowd => crowd.People >= 5)} crowds of five people or more");
        Figures.Say($"{repeats.Count} messages repeat an earlier text word by word: {found.Count} find it among the near-duplicates, {together} stand in its crowd");
        figures.Add("repeats", repeats.Count);
        figures.Add("repeats_found", found.Count);
        figures.Add("recall_repeats", repeats.Count == 0 ? 0 : 100.0 * found.Count / repeats.Count);
        figures.Add("repeats_in_one_crowd", together);
    }

    // The columns of the published file.
    private static List<Message> Read(string file)
    {
        var (header, rows) = DispatchColumns.Open(file);
        int At(string name) => Array.IndexOf(header, name);
        var (who, subject, time, text) = (At("留言用户"), At("留言主题"), At("留言时间"), At("留言详情"));
        return [.. rows
            .Select((row, number) => new Message(
                new Guid(number + 1, 0, 0, new byte[8]),
                row[who],
                row[subject],
                row[text],
                new DateTimeOffset(DateTime.Parse(row[time], CultureInfo.InvariantCulture), WorkCalendar.Beijing)))
            .OrderBy(message => message.At)
            .ThenBy(message => message.Key)];
    }

    private sealed record Message(Guid Key, string Who, string Subject, string Text, DateTimeOffset At)
    {
        public string Plain { get; } = string.Concat(Text.Where(letter => !char.IsWhiteSpace(letter)));
    }
}
