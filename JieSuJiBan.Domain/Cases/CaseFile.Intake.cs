using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

/// <summary>
/// What a demand is, as it was told. <paramref name="Details"/> is what its channel's form asks beyond that (<see cref="ChannelForms"/>),
/// <paramref name="SourceNumber"/> the number it bears where it comes from, <paramref name="SafetyWord"/> the word in it that lets no
/// machine dispatch it, <paramref name="RaisedAt"/> when somebody called, if that was not now, <paramref name="SourceFacts"/> what
/// else the place it comes from says of it, and <paramref name="IsWithheld"/> a 举报 of which it is not known whom it is about: its
/// place does not see it before somebody has looked. <paramref name="DispatchBy"/> is when somebody must have dispatched it.
/// </summary>
public sealed record Demand(
    string Title, string Text, Channel Channel, Nature Nature, string Category, OrgPath Home, string Place,
    OrgPath? ReportedUnit = null, IReadOnlyList<AttachmentRef>? Attachments = null, IReadOnlyDictionary<string, string>? Details = null,
    Position? Position = null, string? SourceNumber = null, string? SafetyWord = null, DateTimeOffset? RaisedAt = null,
    IReadOnlyDictionary<string, string>? SourceFacts = null, bool IsWithheld = false, DateTimeOffset? DispatchBy = null)
{
    public const int MaxTitle = 200, MaxText = 20_000, MaxPlace = 200, MaxCategory = 100, MaxSourceNumber = 60;

    /// <summary>The category of what came without one.</summary>
    public const string Unclassified = "待分类";

    private const int TitleLength = 40;

    /// <summary>A title for a text that came without one: its first sentence, as long as a line.</summary>
    public static string TitleOf(string text)
    {
        var sentence = text.Split(['。', '！', '？', '!', '?', '；', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? text.Trim();
        return sentence.Length <= TitleLength ? sentence : $"{sentence[..(char.IsHighSurrogate(sentence[TitleLength - 2]) ? TitleLength - 2 : TitleLength - 1)]}…";
    }
}

/// <summary>Who gets the case, who helps, and until when; and what the matcher had proposed, if it was asked.</summary>
public sealed record DispatchOrder(
    OrgPath Lead, IReadOnlyList<OrgPath> CoUnits, DateTimeOffset DueAt, string LimitBasis, string? Note = null, DispatchProposal? Proposal = null, Schedule? Schedule = null);

// From the call to the unit: registration, the ends without dispatch, dispatch, objection and its review.
public sealed partial class CaseFile
{
    public static (CaseFile? File, Outcome Outcome) Register(Guid id, string number, Demand demand, Actor by, DateTimeOffset now)
    {
        if (CheckRegistration(demand, by) is { } refusal)
        {
            return (null, refusal);
        }

        var file = new CaseFile { Id = id };
        file.Record(
            new CaseRegistered(
                number, demand.Title.Trim(), demand.Text.Trim(), demand.Channel, demand.Nature, demand.Category.Trim(), demand.Home,
                demand.Place.Trim(), demand.ReportedUnit, demand.Attachments, ChannelForms.Tidy(demand.Details), demand.Position,
                string.IsNullOrWhiteSpace(demand.SourceNumber) ? null : demand.SourceNumber.Trim(), demand.SafetyWord,
                demand.RaisedAt, demand.SourceFacts is { Count: > 0 } ? demand.SourceFacts : null, demand.IsWithheld, demand.DispatchBy),
            by,
            now);
        file.NameBySource(null, by, now);
        return (file, Outcome.Done);
    }

    public Outcome AnswerAtOnce(string reply, Actor by, DateTimeOffset now) =>
        CheckIntake(by)
        ?? Missing(reply, "reply", "请填写答复内容。", "Write the reply.")
        ?? Move(CaseStatus.AnsweredAtOnce, new AnsweredAtOnce(reply.Trim()), by, now);

    /// <summary>One of the six ends without dispatch (条例 11).</summary>
    public Outcome Inform(InformReason reason, string reply, Actor by, DateTimeOffset now) =>
        CheckIntake(by)
        ?? Missing(reply, "reply", "请填写告知内容。", "Write what the petitioner is told.")
        ?? Move(CaseStatus.Informed, new PetitionerInformed(reason, reply.Trim()), by, now);

    public Outcome MergeInto(CaseFile other, Actor by, DateTimeOffset now) =>
        CheckIntake(by)
        ?? (other.Id == Id || other.District != District || !other.IsOpen
            ? new Refusal("case.merge.target", "只能并入本区另一件在办案件。", "A case can only be joined to another open case of this district.", "into")
            : (Nature == Nature.Report || ReportedUnit is not null) && (other.Nature, other.ReportedUnit) != (Nature, ReportedUnit)
                ? new Refusal("case.merge.report", "举报只能并入对同一单位的举报，以免被举报单位看到。", "A report is joined only to a report about the same unit, which must not see it.", "into")
            : by.IsMatcher && (other.Nature == Nature.Report || other.Status is CaseStatus.Answered or CaseStatus.CalledBack)
                ? new Refusal("case.matcher.join", "并入举报或已答复的案件由人决定。", "A person decides on joining to a report, or to what is answered already.", "into")
                : Move(CaseStatus.Merged, new CaseMerged(other.Id, other.Number), by, now));

    /// <summary>The other end of <see cref="MergeInto"/>, saved together with it: whoever handles this case reads what was added.</summary>
    public Outcome TakeIn(CaseFile merged, Actor by, DateTimeOffset now) =>
        !IsOpen || merged.Status != CaseStatus.Merged || merged.District != District
            ? new Refusal("case.merge.target", "只能并入本区另一件在办案件。", "A case can only be joined to another open case of this district.", "into")
            : Add(new CaseJoined(merged.Id, merged.Number, merged.Title, merged.Text, merged.SafetyWord), by, now);

    /// <summary>Gives the case to the unit that will own it. A street's case is copied to the district (条例 12).</summary>
    public Outcome Dispatch(DispatchOrder order, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        if (CheckDispatcher(order, by) is { } refusal)
        {
            return refusal;
        }

        IReadOnlyList<OrgPath> copyTo = order.Lead.Kind == UnitKind.Street ? [District] : [];
        return CheckOrder(order, now) ?? Move(
            CaseStatus.Dispatched,
            new CaseDispatched(
                order.Lead, order.CoUnits, copyTo, order.DueAt, order.LimitBasis, IsDesignation ? null : calendar.Add(now, WorkCalendar.WorkingDay), order.Note, order.Proposal,
                order.Schedule),
            by,
            now);
    }

    /// <summary>Asks a neutral reviewer to look at the dispatch; never a bounce to a peer.</summary>
    public Outcome ObjectToDispatch(string reason, string basis, OrgPath? suggested, TimeRules rules, Actor by, DateTimeOffset now)
    {
        if (!IsLead(by) || Status is not (CaseStatus.Dispatched or CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress))
        {
            return new Refusal("case.object.not-yours", "只有承办单位可以在办理中提出派单异议。", "Only the unit that has the case can object to its dispatch.");
        }

        if (HasOpenObjection)
        {
            return new Refusal("case.object.twice", "上一次异议还在审核中。", "The last objection is still being reviewed.");
        }

        if (ObjectBy is null)
        {
            return new Refusal("case.object.designated", "两次派单异议成立后再派的，为指定承办，不能再提异议。", "After two upheld objections a unit is designated, and there is no third.");
        }

        if (now > ObjectBy)
        {
            return new Refusal("case.object.late", "已超过派单后一个工作日的异议期限。", "Objections are possible within one working day of the dispatch.");
        }

        return Missing(reason, "reason", "请说明异议理由。", "Say why the case is not yours.")
            ?? Missing(basis, "basis", "请写明依据的文件或条款。", "Name the rule you rely on.")
            ?? Add(new DispatchObjected(_objections.Count + 1, FirstReceiver!.Value, reason.Trim(), basis.Trim(), suggested, ReviewBy(rules, now)), by, now);
    }

    // By the plan the case was dispatched by; what came without one is reviewed as ordinary cases are.
    private DateTimeOffset? ReviewBy(TimeRules rules, DateTimeOffset now) => (Schedule?.Review ?? rules.LimitOf(CaseLevel.Ordinary).Review)?.After.After(now, rules.Calendar);

    /// <summary>The third dispatch names the unit for good (一单三派，指定承办).</summary>
    public bool IsDesignation => _objections.Count(objection => objection.State == ObjectionState.Upheld) >= 2;

    /// <summary>Neutral by office. The district's leader as well, where his ruling leads to a designation.</summary>
    public bool MayReview(Actor by) => by.Oversees(District) && (by.Role != Role.DistrictLeader || _objections.Count > 1);

    public Outcome ReviewObjection(bool upheld, string opinion, Actor by, DateTimeOffset now)
    {
        if (OpenObjection is not { } objection)
        {
            return new Refusal("case.review.none", "没有待审核的异议。", "There is no objection to review.");
        }

        if (!MayReview(by) || by.IsIn(objection.Unit))
        {
            return new Refusal("case.review.role", "异议由区指挥中心或督查审核。", "The command centre or a supervisor reviews objections.");
        }

        if (by.UserId == DispatchedBy)
        {
            return new Refusal("case.review.own-dispatch", "派单人不能审核对自己派单的异议，请由他人审核。", "Whoever dispatched the case cannot judge the objection to it.");
        }

        return Missing(opinion, "opinion", "请写明审核意见。", "Give the grounds of your ruling.")
            ?? Add(new ObjectionReviewed(objection.No, upheld, opinion.Trim()), by, now);
    }

    private static Refusal? CheckRegistration(Demand demand, Actor by)
    {
        if (!(by.IsPortal || by.Role.HandlesCases()) || by.Role is Role.DistrictLeader or Role.Supervisor || !by.Unit.District.Contains(demand.Home))
        {
            return new Refusal("case.register.role", "您的岗位不能登记此地的诉求。", "Your post cannot register demands of this place.");
        }

        return Missing(demand.Title, "title", "请填写标题。", "Give it a title.")
            ?? Missing(demand.Text, "text", "请填写诉求内容。", "Write what is demanded.")
            ?? Missing(demand.Category, "category", "请选择问题分类。", "Choose a category.")
            ?? Missing(demand.Place, "place", "请填写事发地点。", "Say where it is.")
            ?? TooLong(demand.Title, Demand.MaxTitle, "title")
            ?? TooLong(demand.Text, Demand.MaxText, "text")
            ?? TooLong(demand.Category, Demand.MaxCategory, "category")
            ?? TooLong(demand.Place, Demand.MaxPlace, "place")
            ?? TooLong(demand.SourceNumber, Demand.MaxSourceNumber, "sourceNumber")
            ?? demand.Channel.Check(demand.Details)
            ?? demand.SourceFacts?.Select(fact => TooLong(fact.Value, MaxFact, fact.Key)).FirstOrDefault(refusal => refusal is not null)
            ?? (demand.Home.Kind is UnitKind.Street or UnitKind.Community || (by.IsPortal && demand.Home.Kind == UnitKind.District)  // nobody was there to ask
                ? null
                : new Refusal("case.register.home", "请选择所属街乡镇或社区（村）。", "Choose the street or community it belongs to.", "home"))
            ?? (demand.Nature == Nature.Report && demand.ReportedUnit is { } reported && by.IsIn(reported)
                ? new Refusal("case.register.own-report", "举报本单位的诉求请由区指挥中心登记。", "A report about your own unit is registered by the command centre.", "reportedUnit")
                : null);
    }

    private Refusal? CheckIntake(Actor by) =>
        by.Role == Role.Dispatcher && by.Oversees(District) ? null
        : by.IsMatcher && by.Unit.Contains(District) ? CheckMatcher()
        : by.Role is Role.StreetOfficer or Role.StreetLeader && NextStep == CaseStep.Dispatch && by.Unit == NextUnit ? null
        : new Refusal("case.intake.role", "由区指挥中心或登记的街乡镇研判。", "The command centre or the street that registered it decides.");

    // What no machine may decide: danger, reports about somebody, and what was sent to the wrong unit once.
    private Refusal? CheckMatcher() =>
        SafetyWord is not null ? new("case.matcher.safety", "涉及安全的诉求由人派单。", "A person dispatches what speaks of danger.")
        : Nature == Nature.Report ? new("case.matcher.report", "举报由人派单。", "A person dispatches reports.")
        : DispatchedAt is not null ? new("case.matcher.again", "派过一次的案件由人重派。", "A person dispatches what was dispatched before.")
        : NextUnit != District ? new("case.matcher.street", "街乡镇登记的诉求由街乡镇处理。", "The street decides on what it registered.")
        : null;

    private Refusal? CheckDispatcher(DispatchOrder order, Actor by)
    {
        if (CheckIntake(by) is { } refusal)
        {
            return refusal;
        }

        return by.Role != Role.Dispatcher && !by.IsMatcher && order.Lead != by.Unit
            ? new Refusal("case.dispatch.outside", "街乡镇只能自接自办，派给其他单位请交区指挥中心。", "A street can only take a case itself; others are dispatched by the command centre.", "lead")
            : null;
    }

    private Refusal? CheckOrder(DispatchOrder order, DateTimeOffset now) =>
        CheckUnits(order)
        ?? (order.DueAt <= now ? new Refusal("case.dispatch.limit", "办理时限必须晚于现在。", "The limit must lie in the future.", "dueAt") : null)
        ?? Missing(order.LimitBasis, "limitBasis", "请写明时限依据。", "Name the basis of the limit.");

    private Refusal? CheckUnits(DispatchOrder order)
    {
        if (HasOpenObjection)
        {
            return new Refusal("case.dispatch.objection", "请先审核派单异议。", "Review the objection first.");
        }

        if (order.Lead.Kind == UnitKind.Community)
        {
            return new Refusal(
                "case.dispatch.committee", "社区（村）可以协助，不能作主办单位（条例第十七条）。", "A community or village committee may assist but never lead (art. 17).", "lead");
        }

        if (order.Lead.Kind is not (UnitKind.Street or UnitKind.Department or UnitKind.Enterprise))
        {
            return new Refusal("case.dispatch.lead", "请选择主办单位。", "Choose the lead unit.", "lead");
        }

        if (order.CoUnits.Prepend(order.Lead).Any(unit => !District.Contains(unit)))
        {
            return new Refusal("case.dispatch.district", "只能派给本区单位。", "A case can only be sent to units of its own district.", "lead");
        }

        return order.CoUnits.Prepend(order.Lead).Any(IsReported)
            ? new Refusal("case.dispatch.reported", "举报不得派给被举报单位。", "A report is never sent to the unit it is about.", "lead")
            : null;
    }
}
