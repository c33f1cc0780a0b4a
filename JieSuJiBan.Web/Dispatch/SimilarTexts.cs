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
/// reads it from the cases when it starts, and follows them from then on.
/// </summary>
public sealed class SimilarTexts(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time, IOptions<DispatchOptions> options, ILogger<SimilarTexts> logger)
    : BackgroundService
{
    private const int AtOnce = 2000;

    // Ids are made by time and saved a little later, so not quite in their order.
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _following = new(1);
    private readonly Dictionary<OrgPath, NearDuplicates> _byDistrict = [];
    private Guid _last;

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
            for (var from = Earlier(_last, Before(time.GetUtcNow() - s_overlap)); ;)
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                var page = await db.Cases.Where(file => file.Id.CompareTo(from) > 0).OrderBy(file => file.Id).Take(AtOnce)
                    .Select(file => new { file.Id, file.District, file.Text }).ToListAsync(cancellationToken);
                lock (_lock)
                {
                    page.FindAll(file => !Of(file.District).Contains(file.Id)).ForEach(file => Of(file.District).Add(file.Id, file.Text));
                }

                if (page.Count == 0)
                {
                    return;
                }

                _last = from = page[^1].Id;
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
