using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Duties;

/// <summary>One field that was changed. <paramref name="Field"/> is the Chinese text that names it.</summary>
public sealed record DutyChange(string Field, string Before, string After);

/// <summary>One version of a duty: who made it what it is, and what changed by that.</summary>
public sealed record DutyVersion(LogEntry Entry, IReadOnlyList<DutyChange> Changes);

/// <summary>Tells two wordings of a duty apart, field by field: for its history, for whoever admits it, and before an import.</summary>
public sealed class DutyChanges(UnitBook units)
{
    /// <summary>The fields in their order, each as it is written on screen and in a sheet.</summary>
    public static readonly IReadOnlyList<(string Name, Func<DutyTerms, UnitBook, string> Read)> Fields =
    [
        ("一级分类", (terms, _) => terms.Area),
        ("二级分类", (terms, _) => terms.Group),
        ("三级分类（事项）", (terms, _) => terms.Matter),
        ("层级", (terms, _) => terms.Scope.Word()),
        ("主责单位", (terms, units) => units.ShortName(terms.Lead)),
        ("主责职责", (terms, _) => terms.Text),
        ("配合单位及职责", (terms, units) => string.Join('\n', terms.CoUnits.Select(part => $"{units.ShortName(part.Unit)}：{part.Text}"))),
        ("法规依据", (terms, _) => terms.Basis),
        ("等级", (terms, _) => terms.Level.Word()),
        ("办理时限", (terms, _) => terms.Limit.ToString()),
        ("常用说法", (terms, _) => terms.Keywords),
    ];

    public IReadOnlyList<DutyChange> Between(DutyTerms before, DutyTerms after) =>
    [
        .. Fields.Select(field => new DutyChange(field.Name, field.Read(before, units), field.Read(after, units)))
            .Where(change => change.Before != change.After),
    ];

    /// <summary>A duty's versions as its log tells them; a revision beside the terms it was to replace. A log has a few entries.</summary>
    public IReadOnlyList<DutyVersion> Versions(IReadOnlyList<LogEntry> log) =>
    [
        .. log.Select((entry, at) => new DutyVersion(entry, entry.Event is DutyRevised revised ? Between(Duty.Replay(log.Take(at)).Terms, revised.Terms) : [])),
    ];
}
