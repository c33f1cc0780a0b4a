using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

// 被诉主体: the firm that is complained of. A 举报 never has one here: what is in it is nobody's statistics.
public sealed partial class CaseFile
{
    /// <summary>The firm complained of, as it was named.</summary>
    public string? SubjectComplainedOf { get; private set; }

    /// <summary>The key under which the spellings of its name meet.</summary>
    public string? SubjectKey { get; private set; }

    public bool MayNameSubject(Actor by) => !IsConfidential && (IsLead(by) || (by.Role == Role.Dispatcher && by.Oversees(District)));

    /// <summary>The unit that has the case, or the command centre, says which firm it is about; an empty name takes it back.</summary>
    public Outcome NameSubject(string? name, Actor by, DateTimeOffset now)
    {
        if (IsConfidential)
        {
            return new Refusal("case.subject.report", "举报不登记被诉主体。", "A report names no firm here.");
        }

        if (!MayNameSubject(by))
        {
            return new Refusal("case.subject.role", "由承办单位或区指挥中心登记被诉主体。", "The owning unit or the command centre names the firm.");
        }

        var tidy = string.IsNullOrWhiteSpace(name) ? null : FirmName.Tidy(name);
        return tidy == SubjectComplainedOf ? Outcome.Done
            : tidy is not null && FirmName.KeyOf(tidy) is null ? new Refusal("case.subject.name", "请填写企业、物业的全称，不写个人姓名。", "Give the full name of a firm, never a person's.", "name")
            : Add(new SubjectNamed(tidy, FirmName.KeyOf(tidy)), by, now);
    }

    private bool IsConfidential => Nature == Nature.Report || ReportedUnit is not null;

    // What the export says of the firm is taken as it stands there, unless somebody here has said otherwise.
    private void NameBySource(string? before, Actor by, DateTimeOffset now)
    {
        var said = IsConfidential ? null : SubjectInFacts;
        if (SubjectComplainedOf == before && said != before)
        {
            Record(new SubjectNamed(said, FirmName.KeyOf(said)), by, now);
        }
    }

    private string? SubjectInFacts => FirmName.InFacts(SourceFacts?.GetValueOrDefault(HotlineColumn.Company.Word()), SourceFacts?.GetValueOrDefault(HotlineColumn.Place.Word()));

    private void KeepSubject()
    {
        if (IsConfidential)
        {
            (SubjectComplainedOf, SubjectKey) = (null, null);
        }
    }
}
