using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>
/// What the portal has learnt of who gets what, a matcher for each district, in memory. It reads the lessons in their order, so every
/// node knows the same; from time to time it puts away what it knows, and begins from there after a restart.
/// </summary>
public sealed class MatchBook(
    IDbContextFactory<PortalDbContext> databases, UnitBook units, DutyBook duties, IOptions<StorageOptions> storage, IOptions<DispatchOptions> options,
    IHostEnvironment environment, TimeProvider time, ILogger<MatchBook> logger)
{
    private const int AtOnce = 500;

    // What the duty list alone is worth while there is no history to tell: a person decides.
    private const double Untried = 0.8;

    // Less than that is noise under the first.
    private const double WorthSaying = 0.02;

    private readonly Lock _lock = new();
    private readonly Dictionary<OrgPath, Matcher> _matchers = [];
    private readonly string _kept = Path.Combine(environment.ContentRootPath, storage.Value.Folder, "matchers.bin");
    private long _lastLesson;
    private DateTimeOffset _keptAt;
    private bool _isOurs;

    /// <summary>Begins with what was put away, if anything was.</summary>
    public void Load()
    {
        lock (_lock)
        {
            _keptAt = time.GetUtcNow();
            try
            {
                Read();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException)
            {
                Forget();
                logger.KeptIsLost(exception);
            }
        }
    }

    /// <summary>Learns what has become known since the last time.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        while (await NextAsync(cancellationToken) is { Count: > 0 } lessons)
        {
            lock (_lock)
            {
                foreach (var lesson in lessons.Where(lesson => lesson.Id > _lastLesson))
                {
                    Learn(lesson);
                    _lastLesson = lesson.Id;
                }
            }
        }

        if (time.GetUtcNow() >= _keptAt + options.Value.KeepEvery)
        {
            try
            {
                Keep();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A full disk must not stop the dispatching.
                _keptAt = time.GetUtcNow();
                logger.KeepFailed(exception);
            }
        }
    }

    /// <summary>The units that may own a case, the likeliest first. Never the one that a 举报 is about.</summary>
    public DispatchProposal Propose(CaseFile file)
    {
        var told = Told.Of(file);
        var priors = PriorsOf(file.District, told);
        Proposal proposal;
        lock (_lock)
        {
            proposal = MatcherOf(file.District).Propose(told.ToInput(units), file.RaisedAt, priors, unit => MayOwn(file, new OrgPath(unit)), DispatchProposal.Most);
        }

        var proposed = proposal.Candidates
            .Select((candidate, place) => new ProposedUnit(new OrgPath(candidate.Unit), place == 0 ? proposal.Confidence : Math.Min(candidate.Share, proposal.Confidence), candidate.Reasons))
            .DistinctBy(unit => unit.Unit)
            .Where((unit, place) => place == 0 || unit.Confidence >= WorthSaying)
            .ToList();
        return new DispatchProposal(proposed.Count > 0 ? proposed : [.. priors
            .Where(prior => MayOwn(file, new OrgPath(prior.Unit)))
            .Take(DispatchProposal.Most)
            .Select((prior, place) => new ProposedUnit(new OrgPath(prior.Unit), place == 0 ? Untried * prior.Weight : 0, [prior.Reason]))]);
    }

    /// <summary>Puts away what is known, in one step: a crash leaves the old or the new.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            var fresh = $"{_kept}.new";
            using (var file = File.Create(fresh))
            using (var writer = new BinaryWriter(file))
            {
                writer.Write(_lastLesson);
                writer.Write(_matchers.Count);
                foreach (var (district, matcher) in _matchers)
                {
                    using var bytes = new MemoryStream();
                    matcher.Save(bytes);
                    writer.Write(district.Value);
                    writer.Write((int)bytes.Length);
                    writer.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
                }
            }

            File.Move(fresh, _kept, overwrite: true);
            _keptAt = time.GetUtcNow();
        }
    }

    private void Read()
    {
        if (!File.Exists(_kept))
        {
            return;
        }

        using var reader = new BinaryReader(File.OpenRead(_kept));
        var lastLesson = reader.ReadInt64();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var district = new OrgPath(reader.ReadString());
            using var bytes = new MemoryStream(reader.ReadBytes(reader.ReadInt32()));
            _matchers[district] = Matcher.Load(bytes) ?? throw new InvalidDataException("A matcher was put away by another version.");
        }

        _lastLesson = lastLesson;
    }

    // The database may have been put back to an earlier day, or be another one: then there are lessons that only seem learnt.
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_isOurs)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (_lastLesson > 0 && !await db.Lessons.AnyAsync(lesson => lesson.Id == _lastLesson, cancellationToken))
        {
            Forget();
        }

        _isOurs = true;
    }

    // It can all be learnt again.
    private void Forget()
    {
        lock (_lock)
        {
            _matchers.Clear();
            _lastLesson = 0;
        }
    }

    private async Task<List<TaughtCase>> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Lessons.AsNoTracking()
            .Where(lesson => lesson.Id > _lastLesson)
            .OrderBy(lesson => lesson.Id)
            .Take(AtOnce)
            .Join(db.Cases, lesson => lesson.CaseId, file => file.Id, (lesson, file) => new TaughtCase(
                lesson.Id, lesson.District, lesson.Unit, lesson.IsRight, file.RaisedAt,
                new Told(file.Category, file.Home, file.Channel, file.Nature, file.Title, file.Text, file.Place)))
            .ToListAsync(cancellationToken);
    }

    private void Learn(TaughtCase lesson)
    {
        var (matcher, demand) = (MatcherOf(lesson.District), lesson.Told.ToInput(units));
        if (lesson.IsRight)
        {
            matcher.Learn(demand, lesson.Unit.Value, lesson.RaisedAt, units.Name(lesson.Unit), PriorsOf(lesson.District, lesson.Told));
        }
        else
        {
            matcher.Unlearn(demand, lesson.Unit.Value, lesson.RaisedAt, units.Name(lesson.Unit));
        }
    }

    private Matcher MatcherOf(OrgPath district)
    {
        if (!_matchers.TryGetValue(district, out var matcher))
        {
            _matchers[district] = matcher = new Matcher();
        }

        return matcher;
    }

    // The matter itself, if the case names one; else what its words are nearest to.
    private List<UnitPrior> PriorsOf(OrgPath district, Told told)
    {
        var exact = duties.FindByCategory(district, told.Category);
        var (lines, weight) = exact.Count > 0 ? (exact, exact.Count == 1 ? 1.0 : 0.5) : (duties.Search(district, $"{told.Title} {told.Text[..Math.Min(told.Text.Length, 60)]}", 2), 0.5);
        return [.. lines.Take(3)
            .Select(line => new UnitPrior(line.LeadAt(told.Home).Value, weight, $"职责清单：{line.Terms.Matter}，由{units.ShortName(line.LeadAt(told.Home))}主责"))
            .DistinctBy(prior => prior.Unit)];
    }

    private bool MayOwn(CaseFile file, OrgPath unit) =>
        units.Find(unit) is { Kind: UnitKind.Street or UnitKind.Department or UnitKind.Enterprise }
        && file.District.Contains(unit)
        && file.ReportedUnit?.Contains(unit) != true;

    private sealed record TaughtCase(long Id, OrgPath District, OrgPath Unit, bool IsRight, DateTimeOffset RaisedAt, Told Told);

    /// <summary>What the matcher may know of a case: all of it is there when it comes in, and nothing says who the petitioner is.</summary>
    private sealed record Told(string Category, OrgPath Home, Channel Channel, Nature Nature, string Title, string Text, string Place)
    {
        public static Told Of(CaseFile file) => new(file.Category, file.Home, file.Channel, file.Nature, file.Title, file.Text, file.Place);

        // By the names that people use: they stand in the reasons, and tell a street's own offices from the next street's.
        public MatchInput ToInput(UnitBook units) => new()
        {
            Category = Category == Demand.Unclassified ? [] : Category.Split('/'),
            Place = Home.Kind == UnitKind.Community ? [units.ShortName(Home.Answering), units.ShortName(Home)] : [units.ShortName(Home)],
            Source = Channel.Word(),
            Kind = Nature.Word(),
            Text = $"{Title}\n{Text}\n{Place}",
        };
    }
}

internal static partial class MatchBookLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "What the matcher had put away cannot be read; it learns anew.")]
    public static partial void KeptIsLost(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What the matcher has learnt could not be put away.")]
    public static partial void KeepFailed(this ILogger logger, Exception exception);
}
