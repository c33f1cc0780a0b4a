using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Log;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>One edition of a report as it stands in the log; 0 is the draft.</summary>
/// <param name="Entry">The entry that published it; for a draft the last.</param>
public sealed record EnterpriseEdition(int No, EnterpriseMonth Month, IReadOnlyList<ReportFinding> Findings, string? Reason, LogEntry Entry)
{
    /// <summary>The editions there are, the first one first; of a draft what it says now.</summary>
    public static IReadOnlyList<EnterpriseEdition> Of(IEnumerable<LogEntry> log)
    {
        var editions = new List<EnterpriseEdition>();
        EnterpriseEdition? draft = null;
        foreach (var entry in log)
        {
            switch (entry.Event)
            {
                case EnterpriseReportDrafted e: draft = new(0, e.Month, e.Findings, null, entry); break;
                case EnterpriseReportRecounted e: draft = new(0, e.Month, e.Findings, null, entry); break;
                case EnterpriseReportEdited e: draft = draft! with { Findings = e.Findings, Entry = entry }; break;
                case EnterpriseReportPublished: editions.Add(draft! with { No = 1, Entry = entry }); break;
                case EnterpriseReportCorrected e: editions.Add(new(e.Edition, e.Month, e.Findings, e.Reason, entry)); break;
                default: throw new InvalidOperationException($"No edition comes from {entry.Event.GetType().Name}.");
            }
        }

        return editions.Count > 0 ? editions : draft is null ? [] : [draft];
    }
}
