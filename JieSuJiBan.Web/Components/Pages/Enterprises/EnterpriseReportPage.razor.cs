using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.Components;

namespace JieSuJiBan.Web.Components.Pages.Enterprises;

/// <summary>A month's report: as the portal would write it, as a draft, or as it was published, edition by edition.</summary>
public partial class EnterpriseReportPage
{
    private IReadOnlyList<EnterpriseEdition> _editions = [];
    private IReadOnlyList<LogEntry> _log = [];
    private EnterpriseReport? _report;
    private EnterpriseEdition? _shown;
    private EnterpriseMonth? _counted;
    private bool _hasEnded;

    [Parameter]
    public string Key { get; set; } = "";

    [SupplyParameterFromQuery]
    private int? Edition { get; set; }

    [SupplyParameterFromQuery]
    private string? Do { get; set; }

    [Inject]
    public required EnterpriseReportDesk Desk { get; init; }

    [Inject]
    public required EnterpriseBook Book { get; init; }

    [Inject]
    public required SchemeBook Schemes { get; init; }

    [Inject]
    public required LogBook LogBook { get; init; }

    [Inject]
    public required UnitBook Units { get; init; }

    protected override Task OnParametersSetAsync() => Me is { } me ? WatchAsync(Topic.EnterpriseReports(me.Unit.District)) : Task.CompletedTask;

    protected override async Task CatchUpAsync()
    {
        if (await WhoAsync() is not { } me || !Period.TryParse(Key, null, out var period) || period.Kind != PeriodKind.Month || !await ReadAsync(period, me))
        {
            Navigation.NotFound();
        }
    }

    // What nobody has taken over yet only those see who keep it, and a month to come nobody.
    private async Task<bool> ReadAsync(Period period, Actor me)
    {
        var (span, today) = (Schemes.Of(me.Unit.District).SpanOf(period), WorkCalendar.DateAt(Now));
        var report = await Desk.FindAsync(period, me, Gone);
        _log = report is null ? [] : await LogBook.ReadAfterAsync(report.Id, 0, cancellationToken: Gone);
        _editions = EnterpriseEdition.Of(_log);
        (_report, _hasEnded) = (report, span.HasEndedOn(today));
        if (report is null)
        {
            if (!EnterpriseReport.CanKeep(me) || span.From > today)
            {
                return false;
            }

            var month = await Book.ReadAsync(period, me, Gone);
            _shown = new EnterpriseEdition(0, month, EnterpriseWriter.Write(month), null, null!);
            return true;
        }

        _shown = Edition is null ? _editions[^1] : _editions.FirstOrDefault(edition => edition.No == Edition);
        _counted = Do == "recount" && EnterpriseReport.CanPublish(me) ? await Book.ReadAsync(period, me, report.Month.Scheme, Gone) : null;
        return _shown is not null;
    }

    private string Link(string act) => $"{EnterpriseLinks.Report(Key)}?do={act}";

    private void Close() => Navigation.NavigateTo(EnterpriseLinks.Report(Key), replace: true);
}
