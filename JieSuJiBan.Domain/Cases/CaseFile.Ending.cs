using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

// After the callback: done again or closed, the stored file, the archive; and what concerns the petitioner's privacy.
public sealed partial class CaseFile
{
    /// <summary>Not solved: the same unit does it again, with a limit of its own.</summary>
    public Outcome Redo(string reason, DateTimeOffset dueAt, string limitBasis, Actor by, DateTimeOffset now, Schedule? schedule = null) =>
        CheckCommandCentre(by)
        ?? Missing(reason, "reason", "请写明重办要求。", "Say what must be done again.")
        ?? (dueAt <= now ? new Refusal("case.dispatch.limit", "办理时限必须晚于现在。", "The limit must lie in the future.", "dueAt") : null)
        ?? Move(CaseStatus.Accepted, new CaseRedone(reason.Trim(), dueAt, limitBasis, schedule), by, now, from: CaseStatus.CalledBack);

    public Outcome Close(string conclusion, Actor by, DateTimeOffset now)
    {
        if (CheckCommandCentre(by) is { } refusal)
        {
            return refusal;
        }

        if (IsTwiceNo && RedoneCount == 0 && Leader is null && Status == CaseStatus.CalledBack)
        {
            return new Refusal(
                "case.close.twice-no", "未解决且不满意的案件，须先重办一次或确定包案领导。",
                "A case that is neither solved nor satisfying is done again once, or gets a leader in charge, before it is closed.");
        }

        if (ReporterSaysSolved == false && RedoneCount == 0 && Status == CaseStatus.CalledBack)
        {
            return new Refusal("case.close.unsolved", "上报单位说没有解决的，须先重办一次。", "What its finder calls unsolved is done again once before it is closed.");
        }

        return Missing(conclusion, "conclusion", "请填写结案意见。", "Write the conclusion.")
            ?? Move(CaseStatus.Closed, new CaseClosed(conclusion.Trim()), by, now, from: CaseStatus.CalledBack);
    }

    /// <summary>
    /// Keeps a print of the case as it stood at <paramref name="version"/>. To draw one takes seconds: if something has come meanwhile,
    /// it is not what would be stored now, and another is drawn.
    /// </summary>
    public Outcome StoreFile(AttachmentRef file, int pages, int version, DateTimeOffset now) =>
        !IsPrinted
            ? new Refusal("case.store.open", "结案后才能存卷。", "The file is stored when the case is closed.")
            : !IsPrintDue || version != Version ? Outcome.Done : Add(new CaseFileStored(file, pages), Actor.Clock, now);

    public Outcome Archive(string archiveNumber, string retention, Actor by, DateTimeOffset now)
    {
        if (!IsArchivist(by))
        {
            return new Refusal("case.archive.role", "由档案员归档。", "The archivist does this.");
        }

        if (StoredFile is null)
        {
            return new Refusal("case.archive.no-file", "案卷还没有生成，请稍后再归档。", "The printed file is not stored yet.");
        }

        return Missing(archiveNumber, "archiveNumber", "请填写档号。", "Give the archive number.")
            ?? Move(CaseStatus.Archived, new CaseArchived(archiveNumber.Trim(), retention), by, now);
    }

    /// <summary>Records that somebody is about to see who the petitioner is, and what for. Nothing is shown unless this is done.</summary>
    public Outcome Reveal(string purpose, Actor by, DateTimeOffset now)
    {
        if (Nature == Nature.Report && !by.Oversees(District) && !IsLead(by))
        {
            return new Refusal("case.reveal.report", "举报人信息只对受理和承办单位开放。", "Who made a report is shown only to those who decide on it.");
        }

        if (!by.Role.HandlesCases() || IsReported(by.Unit) || !(by.Oversees(District) || IsLead(by) || HasPart(by.Unit, Part.Registrar)))
        {
            return new Refusal("case.reveal.role", "诉求人信息只对承办单位和区指挥中心开放。", "The petitioner is shown to the owning unit and the command centre only.");
        }

        return Missing(purpose, "purpose", "请填写查看用途。", "Say what you need it for.")
            ?? Add(new PetitionerRevealed(purpose.Trim()), by, now);
    }

    /// <summary>Who may have the full file, on the page or as it was stored.</summary>
    public bool MayReadFullFile(Actor by) => CheckFullFile(by) is null;

    public Outcome ReadFullFile(string purpose, Actor by, DateTimeOffset now) =>
        CheckFullFile(by)
        ?? Missing(purpose, "purpose", "请填写查看用途。", "Say what you need it for.")
        ?? Add(new FullFileRead(purpose.Trim()), by, now);

    /// <summary>Retention has run out: the identity goes, the log stays whole.</summary>
    public Outcome ErasePetitioner(string basis, Actor by, DateTimeOffset now) =>
        !IsArchivist(by) || Status != CaseStatus.Archived
            ? new Refusal("case.erase.role", "归档后由档案员按保管期限清除。", "The archivist erases it after archiving, when retention has run out.")
            : IsRecalled ? new Refusal("case.erase.recalled", "申诉成立，还要重新回访诉求人，暂不能清除。", "He is still to be called because of an upheld appeal.")
            : Missing(basis, "basis", "请写明清除依据。", "Name the basis.") ?? Add(new PetitionerErased(basis.Trim()), by, now);

    private bool IsArchivist(Actor by) => by.Role == Role.Archivist && by.Unit.District.Contains(District);

    private Refusal? CheckFullFile(Actor by) =>
        Withdrawn.Contains(by.UserId) ? s_withdrawn
        : IsReported(by.Unit) || !(by.Oversees(District) || IsLead(by) || IsArchivist(by))
            ? new Refusal("case.full-file.role", "完整版案卷只对承办单位和区指挥中心开放。", "The full file is open to the owning unit and the command centre only.")
            : null;

    private Refusal? CheckCommandCentre(Actor by) =>
        by.Role == Role.Dispatcher && by.Oversees(District)
            ? null
            : new Refusal("case.not-command-centre", "由区指挥中心办理。", "The command centre does this.");
}
