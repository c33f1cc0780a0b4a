using System.Collections.Concurrent;
using System.Collections.Immutable;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Realtime;

/// <summary>What one can be woken for.</summary>
public readonly record struct Topic(string Name)
{
    /// <summary>Some case was closed and has no stored file yet.</summary>
    public static readonly Topic Closed = new("closed");

    /// <summary>Some case came in and wants to be looked at.</summary>
    public static readonly Topic Registered = new("registered");

    /// <summary>A message for another system was written.</summary>
    public static readonly Topic Outbox = new("outbox");

    /// <summary>Somebody is told of an emergency.</summary>
    public static readonly Topic Emergency = new("emergency");

    public static Topic Case(Guid id) => new($"case:{id}");

    public static Topic Crowd(Guid id) => new($"crowd:{id}");

    public static Topic Whistle(Guid id) => new($"whistle:{id}");

    /// <summary>The state's working calendar.</summary>
    public static readonly Topic Calendar = new("calendar");

    /// <summary>The district's calendar of foreseen problems.</summary>
    public static Topic Foreseen(OrgPath district) => new($"foreseen:{district}");

    public static Topic Order(Guid id) => new($"order:{id}");

    /// <summary>The reviews of a district or street.</summary>
    public static Topic Reviews(OrgPath unit) => new($"reviews:{unit}");

    /// <summary>The district's published rankings and its assessment scheme.</summary>
    public static Topic Rankings(OrgPath district) => new($"rankings:{district}");

    /// <summary>The district's red and black lists and its register of firms.</summary>
    public static Topic Firms(OrgPath district) => new($"firms:{district}");

    /// <summary>The district's reports on the demands of firms.</summary>
    public static Topic EnterpriseReports(OrgPath district) => new($"enterprise-reports:{district}");

    /// <summary>The district's monthly analyses.</summary>
    public static Topic Analyses(OrgPath district) => new($"analyses:{district}");

    /// <summary>The district's duty list.</summary>
    public static Topic Duties(OrgPath district) => new($"duties:{district}");

    /// <summary>Who is calling about what, on a district's callback desk.</summary>
    public static Topic Callbacks(OrgPath district) => new($"callbacks:{district}");

    /// <summary>An import of the district has come further.</summary>
    public static Topic Imports(OrgPath district) => new($"imports:{district}");

    /// <summary>What a person is told.</summary>
    public static Topic Notices(string user) => new($"notices:{user}");

    /// <summary>Something that waits for this unit, or no longer does.</summary>
    public static Topic Unit(OrgPath unit) => new($"unit:{unit}");
}

/// <summary>
/// Tells whoever is looking that a log has grown. A wake-up, never the news itself: subscribers read on from the last sequence
/// they saw, so a wake-up that is lost, doubled or late does no harm.
/// </summary>
public sealed class Feed(ILogger<Feed> logger)
{
    private readonly ConcurrentDictionary<Topic, ImmutableHashSet<Subscription>> _byTopic = new();

    public IDisposable Subscribe(Topic topic, Func<Task> onGrown)
    {
        var subscription = new Subscription(this, topic, onGrown);
        _byTopic.AddOrUpdate(topic, [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    /// <summary>Wakes everybody at once. One who is slow or fails neither delays nor silences the others.</summary>
    public Task PublishAsync(Topic topic) =>
        _byTopic.TryGetValue(topic, out var subscriptions) ? Task.WhenAll(subscriptions.Select(WakeAsync)) : Task.CompletedTask;

    public int CountSubscribers(Topic topic) => _byTopic.TryGetValue(topic, out var all) ? all.Count : 0;

    private async Task WakeAsync(Subscription subscription)
    {
        try
        {
            await subscription.OnGrown();
        }
        catch (Exception exception)
        {
            logger.SubscriberFailed(subscription.Topic.Name, exception);
        }
    }

    private void Remove(Subscription subscription)
    {
        // An empty set is removed only if nobody has joined in between.
        var left = _byTopic.AddOrUpdate(subscription.Topic, [], (_, all) => all.Remove(subscription));
        if (left.IsEmpty)
        {
            _byTopic.TryRemove(KeyValuePair.Create(subscription.Topic, left));
        }
    }

    private sealed class Subscription(Feed feed, Topic topic, Func<Task> onGrown) : IDisposable
    {
        public Topic Topic => topic;

        public Func<Task> OnGrown => onGrown;

        public void Dispose() => feed.Remove(this);
    }
}

internal static partial class FeedLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber to {Topic} failed.")]
    public static partial void SubscriberFailed(this ILogger logger, string topic, Exception exception);
}
