using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

/// <summary>Something that a whistle asks of a leader. A signature has no request.</summary>
public sealed record DecisionItem(Whistle Whistle, LeaderRequest? Request)
{
    public string Key => $"{Whistle.Id}/{Request?.No}";

    public OrgPath Unit => Request?.AddressedTo ?? Whistle.Signer;

    /// <summary>The one leader who is to decide, if it was handed to one.</summary>
    public string? For => Request is null ? Whistle.SignatureFor : Request.For;

    public string? ForName => Request is null ? Whistle.SignatureForName : Request.ForName;

    public DateTimeOffset? DueAt => Request is null ? Whistle.SignBy : Request.DecideBy;

    public DateTimeOffset Since => Request?.AskedAt ?? Whistle.DraftedAt;

    /// <summary>The units whose record helps to decide.</summary>
    public IEnumerable<OrgPath> Concerned => (Request switch
    {
        null => Whistle.Units.Where(unit => unit is { IsActive: true, IsLead: true }).Select(unit => (OrgPath?)unit.Unit),
        { Kind: RequestKind.Reassignment or RequestKind.Overdue } asked => [asked.Unit, asked.NewUnit],
        { Resolution: { } no } => [Whistle.ResolutionOf(no)?.Unit],
        var asked => [asked.AskedBy, .. Whistle.Units.Where(unit => unit is { IsActive: true, IsLead: true }).Select(unit => (OrgPath?)unit.Unit)],
    }).OfType<OrgPath>().Distinct();
}

/// <summary>Something that the owner of a case asks.</summary>
public sealed record CaseQuestion(CaseFile File, CaseRequest Request)
{
    public string Key => $"{File.Id}/{Request.No}";
}

/// <summary>What waits for a leader. <paramref name="HandedOn"/> was handed to another leader of the same unit.</summary>
public sealed record LeaderDesk(
    IReadOnlyList<DecisionItem> Items, IReadOnlyList<DecisionItem> HandedOn, IReadOnlyList<CaseFile> Objections, IReadOnlyList<Crowd> Crowds,
    IReadOnlyList<CaseQuestion> Questions, IReadOnlyList<CaseQuestion> QuestionsHandedOn, IReadOnlyDictionary<Guid, CaseFile> Cases)
{
    public static readonly LeaderDesk Empty = new([], [], [], [], [], [], new Dictionary<Guid, CaseFile>());

    /// <summary>There is more than one page of something: what presses most is here, the rest comes after it.</summary>
    public bool IsMore => Math.Max(Items.Count(item => item.Request is null), Items.Select(item => item.Whistle.Id).Distinct().Count()) >= Inbox.Shown
        || Questions.Count + QuestionsHandedOn.Count >= Inbox.Shown;

    public bool IsEmpty => Questions.Count + QuestionsHandedOn.Count + Items.Count + HandedOn.Count + Objections.Count + Crowds.Count == 0;

    /// <summary>The case behind it, if there is one and he may see it.</summary>
    public CaseFile? CaseOf(DecisionItem item) => item.Whistle.CaseId is { } id ? Cases.GetValueOrDefault(id) : null;
}

/// <summary>A leader's inbox: signatures and questions that wait for him, what is urgent first, then the oldest; each kind is one indexed question.</summary>
public sealed class Inbox(IDbContextFactory<PortalDbContext> databases)
{
    internal const int Shown = 30;

    public async Task<LeaderDesk> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var unit = by.Unit;
        if (!by.Leads(unit))
        {
            return LeaderDesk.Empty;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var toSign = await WhistleDesk.WithParts(db.Whistles.AsNoTracking().Where(whistle => whistle.Signer == unit && whistle.NeedsSignature))
            .OrderByDescending(whistle => whistle.Kind == WhistleKind.Emergency).ThenBy(whistle => whistle.SignBy).Take(Shown).ToListAsync(cancellationToken);
        var pressing = await db.Set<LeaderRequest>().Where(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)
            .Join(db.Whistles, request => request.WhistleId, whistle => whistle.Id, (request, whistle) => new { request.WhistleId, request.DecideBy, whistle.Kind })
            .OrderByDescending(row => row.Kind == WhistleKind.Emergency).ThenBy(row => row.DecideBy).Take(Shown)
            .Select(row => row.WhistleId).ToListAsync(cancellationToken);
        var asked = pressing.Count == 0 ? [] : await WhistleDesk.WithParts(db.Whistles.AsNoTracking().Where(whistle => pressing.Contains(whistle.Id))).ToListAsync(cancellationToken);

        var items = toSign.Select(whistle => new DecisionItem(whistle, null))
            .Concat(asked.SelectMany(whistle => whistle.Requests
                .Where(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)
                .Select(request => new DecisionItem(whistle, request))))
            .OrderByDescending(item => item.Whistle.Kind == WhistleKind.Emergency).ThenBy(item => item.DueAt ?? item.Since)
            .ToLookup(item => item.For is null || by.Stands(item.For));

        var behind = toSign.Concat(asked).Select(whistle => whistle.CaseId).OfType<Guid>().Distinct().ToList();
        var cases = behind.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(Sight.Cases(by)).Where(file => behind.Contains(file.Id)).ToDictionaryAsync(file => file.Id, cancellationToken);
        var questions = await QuestionsAsync(db, by, cancellationToken);
        return new LeaderDesk(
            [.. items[true]], [.. items[false]], await ObjectionsAsync(db, by, cancellationToken), await CrowdsAsync(db, by, cancellationToken),
            [.. questions[true]], [.. questions[false]], cases);
    }

    private static async Task<ILookup<bool, CaseQuestion>> QuestionsAsync(PortalDbContext db, Actor by, CancellationToken cancellationToken)
    {
        var unit = by.Unit;
        var pressing = await db.Set<CaseRequest>().Where(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)
            .OrderBy(request => request.DecideBy).Take(Shown).Select(request => request.CaseId).ToListAsync(cancellationToken);
        var files = pressing.Count == 0 ? [] : await CaseDesk.WithParts(db.Cases.AsNoTracking().Where(Sight.Cases(by))).Where(file => pressing.Contains(file.Id)).ToListAsync(cancellationToken);
        return files.SelectMany(file => file.Requests, (file, request) => new CaseQuestion(file, request))
            .Where(question => question.Request.AddressedTo == unit && question.Request.Decision == Decision.Waiting)
            .OrderBy(question => question.Request.DecideBy)
            .ToLookup(question => question.Request.For is null || by.Stands(question.Request.For));
    }

    // The second one of a case: upheld, it leads to a designation.
    private static async Task<IReadOnlyList<CaseFile>> ObjectionsAsync(PortalDbContext db, Actor by, CancellationToken cancellationToken)
    {
        if (by.Role != Role.DistrictLeader)
        {
            return [];
        }

        var district = by.Unit.District;
        return await CaseDesk.WithParts(db.Cases.AsNoTracking().Where(Sight.Cases(by)))
            .Where(file => file.District == district && file.HasOpenObjection && file.Objections.Count > 1)
            .OrderBy(file => file.DueAt).Take(Shown).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Crowd>> CrowdsAsync(PortalDbContext db, Actor by, CancellationToken cancellationToken) =>
        by.Role is Role.DistrictLeader or Role.StreetLeader
            ? await db.Crowds.AsNoTracking().Where(Sight.Crowds(by))
                .Where(crowd => crowd.State == CrowdState.Open && (by.Role == Role.StreetLeader || crowd.InstructedAt == null))
                .OrderByDescending(crowd => crowd.LastAt).Take(Shown).ToListAsync(cancellationToken)
            : [];
}
