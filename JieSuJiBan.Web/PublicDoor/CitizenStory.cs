using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>Where a petitioner's case stands: received, given to a unit, being worked on, answered.</summary>
public enum CitizenStage
{
    Received,
    Given,
    InWork,
    Answered,
}

/// <summary>One thing that has happened, with a text that was written for him or by himself.</summary>
public sealed record CitizenStep(DateTimeOffset At, string Told, string? Text = null);

public sealed record CitizenProgress(CitizenStage Stage, string Now, DateTimeOffset? DueAt, IReadOnlyList<CitizenStep> Steps);

/// <summary>
/// Tells a case to its petitioner in plain words. What is not named here is not told: no officer's name, no objection, instruction
/// or whistle, no word that was not written for him.
/// </summary>
public sealed class CitizenStory(IDbContextFactory<PortalDbContext> databases, LogBook log, UnitBook units, IStringLocalizer<Texts> texts)
{
    public async Task<CitizenProgress> TellAsync(CaseFile file, CancellationToken cancellationToken)
    {
        var steps = new List<CitizenStep>();
        var (wasDispatched, isInWork, into) = (false, false, (Guid?)null);
        await foreach (var entry in log.ReadAllAsync(file.Id, cancellationToken))
        {
            if (Tell(entry, wasDispatched, isInWork) is { } step)
            {
                steps.Add(step);
            }

            into = (entry.Event as CaseMerged)?.Into ?? into;
            wasDispatched |= entry.Event is CaseDispatched;
            isInWork = entry.Event is CaseProgressed || (isInWork && entry.Event is not (CaseDispatched or CaseRedone));
        }

        // Joined to another's case he learns how that one stands, and nothing that is in it.
        var (carrier, wasJoined) = into is { } target ? (await CarrierAsync(target, cancellationToken) ?? file, true) : (file, false);
        return new CitizenProgress(
            StageOf(carrier), wasJoined ? texts["已合并办理：{0}", Now(carrier)] : Now(carrier),
            carrier.AnsweredAt is null && carrier.IsOpen && carrier.SuspendedAt is null ? carrier.DueAt : null, steps);
    }

    private async Task<CaseFile?> CarrierAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancellationToken);
    }

    private static CitizenStage StageOf(CaseFile file) => file.Status switch
    {
        CaseStatus.Registered or CaseStatus.Merged => CitizenStage.Received,
        CaseStatus.Dispatched => CitizenStage.Given,
        CaseStatus.Answered or CaseStatus.CalledBack or CaseStatus.Closed or CaseStatus.Archived or CaseStatus.AnsweredAtOnce or CaseStatus.Informed
            or CaseStatus.TakenOver => CitizenStage.Answered,
        _ => CitizenStage.InWork,
    };

    /// <summary>How it stands, in one sentence.</summary>
    public string Now(CaseFile file) => file.Status switch
    {
        CaseStatus.Registered => file.DispatchCount == 0 ? texts["已收到，正在确定由谁办理"] : texts["正在重新确定由谁办理"],
        CaseStatus.Merged => texts["已与同一事项的诉求合并办理"],
        CaseStatus.Dispatched => texts["已交{0}", Lead(file)],
        CaseStatus.Whistled or CaseStatus.Escalated => texts["{0}正在会同有关部门解决", Lead(file)],
        CaseStatus.Suspended => texts["暂缓办理，条件具备后继续"],
        CaseStatus.Submitted => texts["{0}正在核对办理结果", Lead(file)],
        CaseStatus.Closed or CaseStatus.Archived or CaseStatus.TakenOver => texts["已办结"],
        CaseStatus.Answered or CaseStatus.CalledBack or CaseStatus.AnsweredAtOnce or CaseStatus.Informed => texts["已经答复"],
        _ => texts["{0}正在办理", Lead(file)],
    };

    private CitizenStep? Tell(LogEntry entry, bool wasDispatched, bool isInWork) => entry.Event switch
    {
        CaseRegistered e => new(entry.At, Attached(texts["已收到您的诉求"], e.Attachments), e.Text),
        PetitionerInformed e => new(entry.At, texts["已经答复"], e.Reply),
        AnsweredAtOnce e => new(entry.At, texts["已经答复"], e.Reply),
        CaseMerged => new(entry.At, texts["与同一事项的诉求合并办理，办理结果由承办单位告知您"]),
        CaseDispatched e => new(entry.At, wasDispatched ? texts["改由{0}办理，{1}前答复", Name(e.Lead), e.DueAt.Full()] : texts["已交{0}办理，{1}前答复", Name(e.Lead), e.DueAt.Full()]),
        PetitionerContacted e => new(entry.At, e.Reached ? texts["工作人员已与您联系"] : texts["工作人员联系您，没有联系上"]),
        CaseProgressed when !isInWork => new(entry.At, texts["开始办理"]),
        CaseWhistled => new(entry.At, texts["正在会同有关部门解决"]),
        CaseExtended e => new(entry.At, texts["办理时间延长，{0}前答复", e.DueAt.Full()], e.Explanation),
        CaseSuspended => new(entry.At, texts["暂缓办理，条件具备后继续"]),
        CaseResumed e => new(entry.At, texts["继续办理，{0}前答复", e.DueAt.Full()]),
        CaseAnswered e => new(entry.At, texts["已经答复"], e.Reply),
        CaseRedone e => new(entry.At, texts["重新办理，{0}前答复", e.DueAt.Full()]),
        PetitionerCalledBack { IsValid: true } => new(entry.At, texts["已回访您的意见"]),
        CallbackMissed => new(entry.At, texts["回访电话没有打通"]),
        CallbackAsked { Way: CallbackWay.LinkFirst or CallbackWay.LinkOnly } e => new(entry.At, e.Until is { } until ? texts["请您评价办理结果，{0}前有效", until.Full()] : texts["请您评价办理结果"]),
        CaseClosed => new(entry.At, texts["已办结"]),
        FactsAdded e => entry.By.ToActor(entry.At).IsAtPublicDoor
            ? new(entry.At, Attached(texts["您补充了情况"], e.Attachments), e.Text)
            : new(entry.At, texts["您补充的情况已经记下"]),
        PetitionerRated e => new(entry.At, texts["您的评价：{0}，{1}", e.Solved ? texts["已解决"] : texts["未解决"], texts.Of(e.Satisfaction)], e.Remark),
        _ => null,
    };

    private string Attached(string told, IReadOnlyList<AttachmentRef>? photos) => photos is { Count: > 0 } ? texts["{0}（照片{1}张）", told, photos.Count] : told;

    private string Lead(CaseFile file) => Name(file.FirstReceiver ?? file.District);

    private string Name(OrgPath unit) => units.Name(unit);
}
