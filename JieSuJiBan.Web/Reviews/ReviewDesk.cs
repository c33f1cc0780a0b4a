using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Reviews;

/// <summary>The desk at which reviews are held. What is decided there becomes a task in the same transaction.</summary>
public sealed class ReviewDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, ReviewFigures figures, Numbers numbers, UnitBook units, TimeProvider time)
    : Desk<Review>(databases, feed)
{
    private const int TitleLength = 40;

    private static readonly Refusal s_open = new("review.open", "同类会议正在进行。", "A review of this rhythm is being held already.");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The review, if there is one and the actor may see it.</summary>
    public async Task<Review?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var review = await WithParts(db.Reviews.AsNoTracking()).SingleOrDefaultAsync(review => review.Id == id, cancellationToken);
        return review is not null && by.CanSee(review) ? review : null;
    }

    /// <summary>Begins one where the last of its rhythm ended. If one is being held already, that is the answer.</summary>
    public async Task<(Guid Id, Outcome Outcome)> OpenAsync(Rhythm rhythm, Actor by)
    {
        var (id, now, unit) = (by.Form ?? Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow(), Review.UnitOf(by));
        await using var db = await _databases.CreateDbContextAsync();
        if (Review.CanKeep(by) && await FindOpenAsync(db, unit, rhythm) is { } held)
        {
            return (held, Outcome.Done);
        }

        var last = await db.Reviews.Where(review => review.Unit == unit && review.Rhythm == rhythm && review.To != null).OrderByDescending(review => review.To).Select(review => review.To).FirstOrDefaultAsync();
        if (Review.Open(id, "", rhythm, last, by, now).Outcome.Refusal is { } refusal)
        {
            return (id, refusal);
        }

        var (review, _) = Review.Open(id, await numbers.NextReviewAsync(by.Unit.District), rhythm, last, by, now);
        db.Add(review!);
        var outcome = await SaveTogetherAsync(db, s_open);
        return outcome.IsDone ? (id, outcome) : await FindOpenAsync(db, unit, rhythm) is { } faster ? (faster, Outcome.Done) : (id, outcome);
    }

    /// <summary>Writes a decision down and gives it to its unit as a task.</summary>
    public async Task<Outcome> DecideAsync(Guid id, DecisionTerms terms, Actor by)
    {
        if (await IsRepeatAsync(id, by))
        {
            return Outcome.Done;
        }

        if (units.Find(terms.Unit) is null)
        {
            return new Refusal("review.unit", "请选择承办单位。", "Choose the unit that does it.", "unit");
        }

        // Before a number is used up.
        if (await FindAsync(id, by) is not { } held)
        {
            return Unknown;
        }

        if (held.Decide(terms, Guid.Empty, "", by, time.GetUtcNow()) is { IsDone: false } refused)
        {
            return refused;
        }

        var (order, number) = (Guid.CreateVersion7(time.GetUtcNow()), await numbers.NextOrderAsync(SupervisionKind.Task, by.Unit.District));
        return await DoAsync(id, by, review => review.Decide(terms, order, number, by, time.GetUtcNow()));
    }

    /// <summary>Freezes the numbers as whoever closes it sees them.</summary>
    public async Task<Outcome> CloseAsync(Guid id, Actor by)
    {
        if (await FindAsync(id, by) is not { } review)
        {
            return Unknown;
        }

        var to = time.GetUtcNow();
        var counted = review.IsOpen && review.Keeps(by) ? await figures.ReadAsync(review, to, by) : [];
        return await DoAsync(id, by, held => held.Close(to, counted, by, time.GetUtcNow()));
    }

    internal static IQueryable<Review> WithParts(IQueryable<Review> reviews) => reviews.Include(review => review.Decisions.OrderBy(decision => decision.No));

    protected override bool CanSee(Actor by, Review stream) => by.CanSee(stream);

    protected override Task<Review?> LoadAsync(PortalDbContext db, Guid id) => WithParts(db.Reviews).SingleOrDefaultAsync(review => review.Id == id);

    protected override Task<Outcome> FollowAsync(PortalDbContext db, Review decided, IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Event is ReviewDecided e)
            {
                var (order, outcome) = SupervisionOrder.Issue(e.Order, e.OrderNumber, TaskOf(decided, e.Terms), entry.By.ToActor(entry.At), entry.At);
                if (!outcome.IsDone)
                {
                    return Task.FromResult(outcome);
                }

                db.Add(order!);
            }
        }

        return Task.FromResult(Outcome.Done);
    }

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) =>
        saved is SupervisionOrder order ? SupervisionTopics.Of(order) : [Topic.Reviews(((Review)saved).Unit)];

    internal static OrderTerms TaskOf(Review review, DecisionTerms terms) => new(
        SupervisionKind.Task, terms.Unit, terms.Text.Length > TitleLength ? $"{terms.Text[..TitleLength]}…" : terms.Text, $"{terms.Text}\n责任人：{terms.Person}",
        terms.DueAt, $"{review.Rhythm.Word()}（{review.Number}）议定", new OrderSubject(SubjectKind.Review, review.Id, review.Number));

    private static async Task<Guid?> FindOpenAsync(PortalDbContext db, OrgPath unit, Rhythm rhythm) =>
        await db.Reviews.Where(review => review.Unit == unit && review.Rhythm == rhythm && review.IsOpen).Select(review => (Guid?)review.Id).FirstOrDefaultAsync();
}
