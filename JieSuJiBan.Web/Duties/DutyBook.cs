using System.Collections.Concurrent;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Duties;

/// <summary>
/// The duty lists in memory, to be asked on every keystroke: who owns a matter, and what matters there are. Some ten thousand
/// entries a district; the desk puts in what it has saved.
/// </summary>
public sealed class DutyBook(IDbContextFactory<PortalDbContext> databases, UnitBook units, TimeRules rules)
{
    private readonly ConcurrentDictionary<OrgPath, DutyShelf> _shelves = [];
    private readonly ConcurrentDictionary<OrgPath, DutyShelf> _defaults = [];

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var duty in db.Duties.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Put(duty);
        }
    }

    /// <summary>Who owns matters of a category; of a whole group or area, if only that is named. Only what is in force.</summary>
    public IReadOnlyList<DutyLine> FindByCategory(OrgPath district, string category) =>
        Shelf(district).FindListed(category) is { State: DutyState.InForce } exact ? [exact] : Shelf(district).Under($"{category}/");

    /// <summary>What is in force and fits a few words or a whole text, the best first.</summary>
    public IReadOnlyList<DutyLine> Search(OrgPath district, string text, int take) => Shelf(district).Search(text, take);

    /// <summary>
    /// The matters that a case can be about, by words. Until a district has a list of its own, those of the default list: nobody
    /// who calls can wait for it.
    /// </summary>
    public IReadOnlyList<DutyTerms> SearchMatters(OrgPath district, string text, int take) =>
        [.. Matters(district).Search(text, take).Select(line => line.Terms)];

    /// <summary>
    /// What somebody speaks of who is not asked for a category. A matter is taken only if he says one of the words that the list has
    /// for it: better none than a wrong one.
    /// </summary>
    public DutyTerms? RecogniseMatter(OrgPath district, string text) => new[] { Domain.Cases.Demand.TitleOf(text), text }
        .SelectMany(told => SearchMatters(district, told, 5))
        .FirstOrDefault(matter => matter.Keywords.Split(' ').Append(matter.Matter).Any(word => word.Length > 1 && text.Contains(word, StringComparison.Ordinal)));

    /// <summary>What a case of this category is about, if such a case can be.</summary>
    public DutyTerms? FindMatter(OrgPath district, string category) => Matters(district).FindListed(category) is { State: DutyState.InForce } line ? line.Terms : null;

    /// <summary>Every matter that a case can be about, in order.</summary>
    public IReadOnlyList<DutyLine> MattersOf(OrgPath district) => Matters(district).All(new DutyFilter(State: DutyState.InForce));

    public DutyLine? Find(OrgPath district, Guid id) => Shelf(district).Find(id);

    /// <summary>Stands on the list already, as another entry than this.</summary>
    public bool IsTaken(OrgPath district, string category, Guid except) => FindListed(district, category) is { } known && known.Id != except;

    /// <summary>What stands on the list under these names, in force or proposed.</summary>
    public DutyLine? FindListed(OrgPath district, string category) => Shelf(district).FindListed(category);

    public IReadOnlyList<DutyLine> All(OrgPath district, DutyFilter filter) => Shelf(district).All(filter);

    public ListPage<DutyLine> Page(OrgPath district, DutyFilter filter)
    {
        var found = All(district, filter);
        var pages = Math.Max(1, (found.Count + ListPage<DutyLine>.Size - 1) / ListPage<DutyLine>.Size);
        return new([.. found.Skip((Math.Clamp(filter.Page, 1, pages) - 1) * ListPage<DutyLine>.Size).Take(ListPage<DutyLine>.Size)], found.Count, IsMore: false);
    }

    public IReadOnlyList<string> Areas(OrgPath district) => Shelf(district).Areas();

    internal void Put(Duty duty) => Shelf(duty.District).Put(DutyLine.Of(duty));

    private DutyShelf Shelf(OrgPath district) => _shelves.GetOrAdd(district, _ => new DutyShelf(units.ShortName));

    private DutyShelf Matters(OrgPath district) => Shelf(district) is { CountInForce: > 0 } own ? own : _defaults.GetOrAdd(district, Default);

    private DutyShelf Default(OrgPath district)
    {
        var shelf = new DutyShelf(units.ShortName);
        foreach (var terms in DefaultDuties.For(district, rules))
        {
            shelf.Put(new DutyLine(Guid.NewGuid(), district, terms, DutyState.InForce, DutyJudge.Nobody, 0, DateTimeOffset.MinValue));
        }

        return shelf;
    }
}
