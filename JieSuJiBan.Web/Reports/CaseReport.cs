using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Reports;

/// <summary>What the printed file of a case says, apart from how it is drawn.</summary>
public sealed record CaseReport(
    CaseFile File, bool IsMasked, ReportCover Cover, IReadOnlyList<ReportSection> Sections, IReadOnlyList<SealedHead> Heads, string SealCode, string VerifyUrl,
    DateTimeOffset PrintedAt, string PrintedBy);

/// <summary>The cover of GB/T 9705: 全宗名称, 类目名称, 案卷题名, 时间, 保管期限, 件数, 归档号, 档号.</summary>
public sealed record ReportCover(string Fonds, string Class, string Title, string Time, string Retention, int Items, string? ArchiveNumber);

/// <param name="Id">Names the section within the document.</param>
/// <param name="Title">The part's name in domain order, e.g. 诉求工单.</param>
/// <param name="By">责任者 in the list of contents.</param>
/// <param name="Number">文号 in the list of contents.</param>
/// <param name="Day">日期 in the list of contents.</param>
/// <param name="StartsPage">A document of its own begins on a page of its own.</param>
/// <param name="Blocks">What stands in it; nothing means that there was nothing of the kind.</param>
public sealed record ReportSection(string Id, string Title, string By, string Number, string Day, bool StartsPage, IReadOnlyList<ReportBlock> Blocks);

public abstract record ReportBlock;

/// <summary>A small heading within a section, e.g. a whistle's number where a case has several.</summary>
public sealed record HeadingBlock(string Text) : ReportBlock;

/// <summary>Label and value, line by line.</summary>
public sealed record FactsBlock(IReadOnlyList<(string Label, string Value)> Facts) : ReportBlock;

/// <param name="Widths">The columns' shares of the width, in percent.</param>
public sealed record TableBlock(IReadOnlyList<string> Headers, IReadOnlyList<int> Widths, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock;

/// <summary>Running text; empty lines part paragraphs.</summary>
public sealed record TextBlock(string Text) : ReportBlock;

/// <summary>A log entry: when, who, what.</summary>
public sealed record EntryBlock(DateTimeOffset At, string By, string Headline, string? Text) : ReportBlock;

public sealed record PhotosBlock(IReadOnlyList<AttachmentRef> Photos) : ReportBlock;

/// <summary>The head of one log at the moment of printing.</summary>
public sealed record SealedHead(Guid Stream, string Number, int Sequence, string Hash);

/// <summary>Everything a report is written from.</summary>
internal sealed record ReportSource(
    CaseFile File, Petitioner? Petitioner, IReadOnlyList<LogEntry> Log, IReadOnlyList<(Whistle Whistle, IReadOnlyList<LogEntry> Log)> Whistles,
    IReadOnlyList<(SupervisionOrder Order, IReadOnlyList<LogEntry> Log)> Orders, IReadOnlyList<MutualVersion> Schemes);
