using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Reports;

/// <summary>Writes the parts of a case file in their fixed order from the logs. An official document: Chinese in every language.</summary>
internal sealed class CaseReportWriter(ReportSource source, Story story, UnitBook units, bool isMasked)
{
    private readonly Masking _masking = new(source.Petitioner, source.Log.Any(entry => entry.Event is PetitionerErased));

    private CaseFile File => source.File;

    public ReportCover Cover() => new(
        $"{units.Name(File.District)}接诉即办",
        File.Category == Domain.Cases.Demand.Unclassified ? "未分类诉求" : $"{File.Category.Split('/')[0]}类诉求",
        Mask(File.Title),
        $"{File.RegisteredAt.ChineseDay()}—{(File.ClosedAt ?? source.Log[^1].At).ChineseDay()}",
        source.Log.Select(entry => entry.Event).OfType<CaseArchived>().LastOrDefault()?.Retention ?? "结案后定",
        Sections().Count(section => section.Blocks.Count > 0),
        source.Log.Select(entry => entry.Event).OfType<CaseArchived>().LastOrDefault()?.ArchiveNumber);

    public IReadOnlyList<ReportSection> Sections() =>
    [
        Section("demand", "诉求工单", true, Demand(), First<CaseRegistered>()),
        Section("dispatch", "派单、异议与审核", false, Entries(happened => happened
            is CaseDispatched or DispatchObjected or ObjectionReviewed or CaseAccepted or PetitionerInformed or AnsweredAtOnce or CaseMerged or HandedToDistrict
            or CaseTakenOver or SourceReopened)),
        Section("contact", "首次联系", false, Entries<PetitionerContacted>()),
        Section("site", "现场记录与附件清单", false, Site()),
        Section("whistle", "哨单", true, PerWhistle(Brief), Whistled()),
        Section("attendance", "响应与报到登记", false, PerWhistle(Attendance), Whistled()),
        Section("minutes", "会商纪要", true, PerWhistle(Minutes), Whistled()),
        Section("decisions", "批示、提级、延期", false, Decisions()),
        Section("feedback", "各单位办理反馈", false, Feedback()),
        Section("answer", "答复", false, Entries(happened => happened is ResultSubmitted or ResultReturned or CaseAnswered or SolvedOnTheSpot)),
        Section("callback", "回访与评价", false, Entries(happened => happened is PetitionerRated or CallbackAsked or CallbackLinkLapsed or CallbackUndelivered or PetitionerCalledBack or CallbackMissed or ReporterConfirmed or CaseRedone or CaseClosed)),
        Section("assessment", "双向评价", false, PerWhistle(Assessment), Whistled()),
        Section("supervision", "督办、申诉", false, Supervision()),
        Section("timeline", "时间轴", true, Timeline()),
        Section("note", "备考表", true, [new FactsBlock(Note())]),
    ];

    private ReportSection Section(string id, string title, bool startsPage, IReadOnlyList<ReportBlock> blocks, LogEntry? by = null)
    {
        by ??= blocks.OfType<EntryBlock>().FirstOrDefault() is { } first ? Everything().First(entry => entry.At == first.At && Signature(entry) == first.By) : null;
        return new ReportSection(id, title, by?.By.UnitName ?? "", File.Number, (by?.At ?? source.Log[^1].At).Day(), startsPage, blocks);
    }

    private List<ReportBlock> Demand()
    {
        var registered = First<CaseRegistered>()!;
        return
        [
            new FactsBlock(
            [
                ("工单编号", File.Number),
                ("标题", Mask(File.Title)),
                ("来源", File.Channel.Word()),
                .. File.SourceNumber is { } number ? [("来源编号", number)] : Array.Empty<(string, string)>(),
                .. File.SourceFacts is not null ? [("来电时间", File.RaisedAt.Full())] : Array.Empty<(string, string)>(),
                .. File.Details?.Select(detail => (detail.Key, Mask(detail.Value))) ?? [],
                ("性质", File.Nature.Word()),
                ("问题分类", File.Category),
                ("属地", units.Name(File.Home)),
                ("事发地点", Mask(File.Place)),
                .. File.ReportedFrom is { } finder ? [("上报单位", units.Name(finder))] : Petitioner(),
                ("登记", $"{registered.At.Full()}　{registered.By.UnitName}　{registered.By.Name}"),
                ("主办单位", File.FirstReceiver is { } lead ? units.Name(lead) : "—"),
                ("办理时限", File.DueAt is { } due ? $"{due.Full()}（{File.LimitBasis}）" : "—"),
                ("现状", File.Status.Word()),
            ]),
            new TextBlock(Mask(File.Text)),
            .. Entries<FactsAdded>(),
        ];
    }

    private (string, string)[] Petitioner()
    {
        var petitioner = (isMasked ? source.Petitioner?.Masked() : source.Petitioner) ?? Domain.Cases.Petitioner.Anonymous;
        return
        [
            ("诉求人", petitioner.Name.Length > 0 ? petitioner.Name : "匿名"),
            ("电话", petitioner.Phone.Length > 0 ? petitioner.Phone : "—"),
            .. petitioner.Email.Length > 0 ? [("邮箱", petitioner.Email)] : Array.Empty<(string, string)>(),
            ("住址", petitioner.Address.Length > 0 ? petitioner.Address : "—"),
        ];
    }

    private List<ReportBlock> Site()
    {
        var blocks = Entries(happened => happened is CaseProgressed or HelpAssigned or SpotChecked);
        var files = Everything().SelectMany(entry => ((entry.Event as IBringsAttachments)?.Attachments ?? []).Select(file => (File: file, Entry: entry)))
            .Where(row => row.Entry.Event is not CaseFileStored)
            .DistinctBy(row => row.File.Id).ToList();
        if (files.Count > 0)
        {
            blocks.Add(new TableBlock(
                ["序号", "名称", "来源", "SHA-256（前16位）"], [9, 34, 28, 29],
                [.. files.Select((row, at) => (IReadOnlyList<string>)[$"{at + 1}", Mask(row.File.Name), $"{row.Entry.By.UnitName} {row.Entry.At.Full()}", row.File.Sha256[..16]])]));

            // A picture can show a face or a door: the masked file lists it and leaves it out.
            var photos = files.Select(row => row.File).Where(file => FileKind.IsImage(file.ContentType)).ToList();
            if (!isMasked && photos.Count > 0)
            {
                blocks.Add(new PhotosBlock(photos));
            }
        }

        return blocks;
    }

    private List<ReportBlock> Brief(Whistle whistle, IReadOnlyList<LogEntry> log) =>
    [
        new FactsBlock(
        [
            ("哨号", whistle.Number),
            ("标题", Mask(whistle.Title)),
            ("哨类", $"{whistle.Kind.Word()}　{whistle.Direction.Word()}"),
            ("主题事由", $"{whistle.Subject.Word()}　{whistle.Grounds.Word()}"),
            ("吹哨单位", units.Name(whistle.Whistler)),
            ("吹哨前工作", Mask(whistle.Tried)),
            ("依据", Mask(whistle.LegalBasis)),
            ("时限规则", whistle.LimitBasis ?? "—"),
            ("审签", whistle.SignedAt is { } signed ? $"{whistle.SignedBy}　{signed.Full()}" : "未审签"),
            ("吹响", whistle.SoundedAt?.Full() ?? "未吹响"),
            ("结果", Mask(whistle.Result ?? whistle.Stage.Word())),
        ]),
        new TableBlock(["单位", "主责", "请该单位做什么"], [26, 10, 64],
            [.. whistle.Units.OrderBy(unit => !unit.IsLead).Select(unit => (IReadOnlyList<string>)[units.ShortName(unit.Unit), unit.IsLead ? "是" : "", Mask(unit.Ask)])]),
    ];

    private List<ReportBlock> Attendance(Whistle whistle, IReadOnlyList<LogEntry> log) =>
    [
        new TableBlock(["单位", "响应时限", "响应", "报到时限", "报到", "状态"], [20, 17, 17, 17, 17, 12],
            [.. whistle.Units.Where(unit => unit.SummonedAt is not null).Select(unit => (IReadOnlyList<string>)
            [
                units.ShortName(unit.Unit), unit.RespondBy?.Full() ?? "", $"{unit.RespondedAt?.Full() ?? "未响应"}{(unit.ResponseLapsedAt is null ? "" : "（逾期）")}",
                unit.ArriveBy?.Full() ?? "", $"{unit.ReportedAt?.Full() ?? "未报到"} {unit.Mode?.Word()}{(unit.ArrivalLapsedAt is null ? "" : "（逾期）")}", unit.State.Word(),
            ])]),
        .. log.Where(entry => entry.Event is UnitObjected or UnitReleased or UnitRefused or UnitSummoned).Select(Entry),
    ];

    private List<ReportBlock> Minutes(Whistle whistle, IReadOnlyList<LogEntry> log) => whistle.MinutesText is null ? [] :
    [
        new TextBlock(Mask(whistle.MinutesText)),
        new TableBlock(["单位", "对第" + whistle.MinutesEdition + "版纪要"], [60, 40],
            [.. whistle.Units.Where(unit => unit.IsActive).Select(unit => (IReadOnlyList<string>)[units.Name(unit.Unit), unit.Minutes.Word()])]),
        .. log.Where(entry => entry.Event is MinutesIssued or MinutesDisputed).Select(Entry),
    ];

    private List<ReportBlock> Decisions() =>
    [
        .. Everything().Where(entry => entry.Event is WhistleSigned { Opinion: not null } or LeaderAsked or LeaderDecided or CaseLeaderAsked or CaseLeaderDecided or CaseExtended or CaseSuspended or CaseResumed)
            .Select(Entry),
    ];

    private List<ReportBlock> Feedback()
    {
        var blocks = PerWhistle((whistle, log) => whistle.Resolutions.Count == 0 ? [] :
        [
            new TableBlock(["项", "责任单位和责任人", "措施", "时限", "状态"], [7, 24, 39, 17, 13],
                [.. whistle.Resolutions.Select(resolution => (IReadOnlyList<string>)
                    [$"{resolution.No}", $"{units.ShortName(resolution.Unit)} {Mask(resolution.Person)}", Mask(resolution.Measure), resolution.DueAt.Full(), resolution.State.Word()])]),
            .. log.Where(entry => entry.Event is ResolutionFedBack or ResolutionSentBack).Select(Entry),
        ]);
        return blocks;
    }

    private List<ReportBlock> Assessment(Whistle whistle, IReadOnlyList<LogEntry> log)
    {
        if (whistle.Stage is not (WhistleStage.Confirmed or WhistleStage.Ended))
        {
            return [];
        }

        var score = WhistleScore.Of(whistle, source.Schemes);
        return
        [
            new TableBlock(["单位", "响应", "报到", "措施", "成效", "得分", "准备充分", "找对单位", "要求清楚"], [21, 8, 8, 8, 8, 9, 12, 13, 13],
                [.. whistle.Units.Where(unit => unit.IsActive).Select(unit => (IReadOnlyList<string>)
                [
                    units.ShortName(unit.Unit), Mark(unit.ResponseMark), Mark(unit.ArrivalMark), Mark(unit.MeasureMark), Mark(unit.ResultMark),
                    score.Units.TryGetValue(unit.Unit, out var mean) ? Score(mean) : "—",
                    Mark(unit.PreparedMark), Mark(unit.RightUnitMark), Mark(unit.ClearMark),
                ])]),
            .. Scores(score).Select(line => new TextBlock(line)),
            .. log.Where(entry => entry.Event is UnitAssessed or WhistleAssessed or AssessmentLapsed).Select(Entry),
        ];
    }

    private static IEnumerable<string> Scores(WhistleScore score)
    {
        if (score.Whistle.Ratings > 0)
        {
            yield return score.Whistle.Mean is { } mean ? $"所吹哨得分：{Score(mean)}（{score.Whistle.Ratings}份）。"
                : $"所吹哨得分：{score.Whistle.Ratings}份，不足{score.Least}份，不显示（街道条例第四十三条）。";
        }

        if (score.Schemes.Count > 0)
        {
            yield return $"得分按双考评方案加权：{string.Join("、", score.Schemes.Select(MutualSheet.Name))}。";
        }
    }

    private static string Score(decimal mean) => mean.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    // 1 to 5: the left half of the table the whistler gave, the right half the unit.
    private static string Mark(int? mark) => mark?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "未评";

    private List<ReportBlock> Supervision() => [.. Everything().Where(entry => entry.Event is OfficerWithdrew or LateReported or SupervisionEvent or CaseChargeAssigned
        or ContestFiled or ContestExamined or ContestDecided or ContestWithdrawn
        || (entry.By.UserId == Actor.Clock.UserId && entry.Event is not (CaseFileStored or CaseWhistleAssessed or CallbackAsked or CallbackLinkLapsed or CallbackUndelivered)))
        .Select(Entry)];

    private List<ReportBlock> Timeline() => [.. Everything().Select(Entry)];

    private (string, string)[] Note()
    {
        var entries = source.Log.Count + source.Whistles.Sum(whistle => whistle.Log.Count);
        var closed = source.Log.LastOrDefault(entry => entry.Event is CaseClosed);
        var archived = source.Log.LastOrDefault(entry => entry.Event is CaseArchived);
        return
        [
            ("本卷情况说明", $"本卷由接诉即办协同门户根据办理日志生成，日志共{entries}条，吹哨{source.Whistles.Count}次。{(isMasked ? "本版为脱敏版，隐去诉求人姓名、电话、住址，不含图像。" : "本版为完整版，调阅已记入日志。")}"),
            ("立卷人", closed is null ? "（未结案）" : $"{closed.By.UnitName}　{closed.By.Name}"),
            ("立卷时间", closed?.At.ChineseDay() ?? "（未结案）"),
            ("检查人", archived is null ? "（未归档）" : $"{archived.By.UnitName}　{archived.By.Name}"),
        ];
    }

    private List<ReportBlock> PerWhistle(Func<Whistle, IReadOnlyList<LogEntry>, List<ReportBlock>> write) => [.. source.Whistles.SelectMany(row =>
    {
        var blocks = write(row.Whistle, row.Log);
        return blocks.Count > 0 && source.Whistles.Count > 1 ? blocks.Prepend(new HeadingBlock(row.Whistle.Number)) : blocks;
    })];

    private List<ReportBlock> Entries<T1>() => Entries(happened => happened is T1);

    private List<ReportBlock> Entries(Func<LogEvent, bool> belongs) => [.. source.Log.Where(entry => belongs(entry.Event)).Select(Entry)];

    private EntryBlock Entry(LogEntry entry)
    {
        var telling = story.Tell(entry);
        var headline = entry.Event is MessagePosted ? "发言" : telling.Headline;
        var files = telling.Files is { Count: > 0 } attached ? $"（附件：{string.Join("、", attached.Select(file => Mask(file.Name)))}）" : "";
        return new EntryBlock(entry.At, Signature(entry), headline, telling.Text is null && files.Length == 0 ? null : Mask($"{telling.Text}{files}"));
    }

    private static string Signature(LogEntry entry) => $"{entry.By.UnitName} {entry.By.Name}";

    // By time; within one moment, a stream keeps its own order.
    private IEnumerable<LogEntry> Everything() =>
        source.Whistles.SelectMany(whistle => whistle.Log).Concat(source.Orders.SelectMany(order => order.Log)).Concat(source.Log).OrderBy(entry => entry.At).ThenBy(entry => entry.Stream).ThenBy(entry => entry.Sequence);

    private LogEntry? First<TEvent>() => source.Log.FirstOrDefault(entry => entry.Event is TEvent);

    private LogEntry? Whistled() => source.Whistles.Count > 0 ? source.Whistles[0].Log[0] : null;

    private string Mask(string text) => isMasked ? _masking.Apply(text) : text;
}
