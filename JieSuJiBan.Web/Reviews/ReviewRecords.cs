using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Web.Components.Pages.Reviews;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;

namespace JieSuJiBan.Web.Reviews;

/// <summary>What the printed record of a closed review (纪要) says, apart from how it is drawn. An official document: Chinese in every language.</summary>
/// <param name="Title">平谷区接诉即办日调度会议纪要.</param>
/// <param name="Figures">What was counted, as it was frozen: the name, the number, the one before.</param>
/// <param name="Decisions">Text, unit, person in charge, deadline, number of the task.</param>
/// <param name="Head">The last entry of the log: with it the record can be compared.</param>
public sealed record ReviewRecord(
    Review Review, string Title, string Day, string Period, IReadOnlyList<(string Name, int Count, int? Before)> Figures, string? Coming,
    IReadOnlyList<(int No, string Text, string Unit, string Person, string Due, string Task)> Decisions, string Head);

/// <summary>Writes the record of a closed review, and draws it.</summary>
public sealed class ReviewRecords(ReviewDesk desk, ReviewList list, UnitBook units, PdfReports pdf)
{
    public async Task<ReviewRecord?> ReadAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        if (await desk.FindAsync(id, by, cancellationToken) is not { To: { } to } review)
        {
            return null;
        }

        var before = await list.BeforeAsync(review, cancellationToken);
        return new ReviewRecord(
            review, $"{units.Name(review.Unit)}接诉即办{review.Rhythm.Word()}会议纪要", to.ChineseDay(), $"{review.From.Full()}至{to.Full()}",
            [.. review.Figures.Select(figure => (figure.Kind.Word(), figure.Count, before?.Figures.FirstOrDefault(other => other.Kind == figure.Kind)?.Count))],
            review.Figures.FirstOrDefault(figure => figure.Kind == FigureKind.ForeseenComing)?.Names is { Count: > 0 } names ? string.Join("、", names) : null,
            [.. review.Decisions.OrderBy(decision => decision.No).Select(decision =>
                (decision.No, decision.Text, units.ShortName(decision.Unit), decision.Person, decision.DueAt.Full(), decision.OrderNumber))],
            $"{review.Version}条，末条SHA-256 {Convert.ToHexStringLower(review.Head)[..16]}");
    }

    public Task<byte[]> DrawAsync(ReviewRecord record, CancellationToken cancellationToken = default) =>
        pdf.DrawAsync<ReviewRecordDocument>($"{record.Review.Number} {record.Title}", new() { ["Record"] = record }, cancellationToken);
}
