namespace JieSuJiBan.Domain.Cases;

/// <summary>The six steps of a report from the grid, as 汶上 names them: 问派转办审回.</summary>
public enum ReportStep
{
    [Word("问")] Asked,
    [Word("派")] Dispatched,
    [Word("转")] PassedOn,
    [Word("办")] Handled,
    [Word("审")] Reviewed,
    [Word("回")] ToldBack,
}

/// <summary>
/// How far a report has come. <paramref name="WasDispatched"/> and <paramref name="WasPassedOn"/> tell which steps were left out:
/// what is put right on the spot is never dispatched, what a street does itself is passed on to nobody.
/// </summary>
public sealed record ReportSteps(CaseStatus Status, bool WasDispatched, bool WasPassedOn, bool IsSolvedOnTheSpot)
{
    public ReportStep Now => Status switch
    {
        CaseStatus.Registered => ReportStep.Asked,
        CaseStatus.Dispatched => WasPassedOn ? ReportStep.PassedOn : ReportStep.Dispatched,
        CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress or CaseStatus.Suspended => ReportStep.Handled,
        CaseStatus.Whistled or CaseStatus.Escalated => ReportStep.PassedOn,
        CaseStatus.Submitted => ReportStep.Reviewed,
        CaseStatus.Closed or CaseStatus.Archived when IsSolvedOnTheSpot => ReportStep.Handled,
        _ => ReportStep.ToldBack,
    };

    /// <summary>Whether the report has been through this step, and is beyond it.</summary>
    public bool IsPast(ReportStep step) => step < Now && step switch
    {
        ReportStep.Dispatched => WasDispatched,
        ReportStep.PassedOn => WasPassedOn,
        ReportStep.Handled or ReportStep.Reviewed => WasDispatched,
        _ => true,
    };
}
