using System.Buffers.Binary;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>
/// Every demand's text, in memory and squeezed to some 200 bytes, to be asked what was said before in nearly the same words. Each node
/// reads the latest million from the cases when it starts, and follows them from then on.
/// </summary>
public sealed class SimilarTexts(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time, IOptions<DispatchOptions> options, ILogger<SimilarTexts> logger)
    : BackgroundService
{
    private const int AtOnce = 2000, Most = 1_000_000;

    // Ids are made by time and saved later, so not in their order: a browser keeps the name of a form for a day.
    private static readonly TimeSpan s_overlap = TimeSpan.FromHours(25);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _following = new(1);
    private readonly Dictionary<OrgPath, NearDuplicates> _byDistrict = [];
    private Guid? _last;

    /// <summary>Cases of the same district that say nearly the same, the likest first; itself among them.</summary>
    public IReadOnlyList<NearDuplicate> Find(CaseFile file, int most)
    {
        lock (_lock)
        {
            return _byDistrict.TryGetValue(file.District, out var known) ? known.Find(file.Text, most: most) : [];
        }
    }

    /// <summary>Reads what has come in since the last time.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken = default)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            _last ??= await db.Cases.Where(file => file.Id.CompareTo(Guid.Empty) > 0).OrderByDescending(file => file.Id).Select(file => file.Id).Skip(Most).FirstOrDefaultAsync(cancellationToken);
            for (var from = Earlier(_last.Value, Before(time.GetUtcNow() - s_overlap)); ;)
            {
                var ids = await db.Cases.Where(file => file.Id.CompareTo(from) > 0).OrderBy(file => file.Id).Select(file => file.Id).Take(AtOnce).ToListAsync(cancellationToken);
                if (ids.Count == 0)
                {
                    return;
                }

                await ReadAsync(db, ids, cancellationToken);
                _last = from = ids[^1];
            }
        }
        finally
        {
            _following.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _following.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Subscribe(Topic.Registered, () => FollowAsync(stoppingToken));
        using var timer = new PeriodicTimer(options.Value.Tick, time);
        do
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.FollowFailed(exception);  // one bad reading must not end the following
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Most of them are known: their texts stay where they are.
    private async Task ReadAsync(PortalDbContext db, List<Guid> ids, CancellationToken cancellationToken)
    {
        List<Guid> news;
        lock (_lock)
        {
            news = ids.FindAll(id => _byDistrict.Values.All(known => !known.Contains(id)));
        }

        if (news.Count == 0)
        {
            return;
        }

        var texts = await db.Cases.Where(file => news.Contains(file.Id)).OrderBy(file => file.Id).Select(file => new { file.Id, file.District, file.Text }).ToListAsync(cancellationToken);
        lock (_lock)
        {
            texts.ForEach(file => Of(file.District).Add(file.Id, file.Text));
        }
    }

    private NearDuplicates Of(OrgPath district)
    {
        if (!_byDistrict.TryGetValue(district, out var known))
        {
            _byDistrict[district] = known = new NearDuplicates();
        }

        return known;
    }

    private static Guid Earlier(Guid left, Guid right) => left.CompareTo(right) < 0 ? left : right;

    // No id that was made before this time is greater.
    private static Guid Before(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }
}

internal static partial class SimilarTextsLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The texts of new cases could not be read.")]
    public static partial void FollowFailed(this ILogger logger, Exception exception);
}
