using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Intake;

public enum ImportStatus
{
    [Word("待确认")] Uploaded,
    [Word("排队中")] Waiting,
    [Word("检查文件")] Checking,
    [Word("导入中")] Running,
    [Word("已完成")] Done,
    [Word("已取消")] Cancelled,
    [Word("文件未导入")] Refused,
    [Word("已中断")] Interrupted,
}

public enum ImportResult
{
    [Word("新增")] New,
    [Word("更新")] Updated,
    [Word("已有")] Known,
    [Word("未导入")] Refused,
}

public static class ImportStatuses
{
    public static bool IsUnderWay(this ImportStatus status) => status is ImportStatus.Waiting or ImportStatus.Checking or ImportStatus.Running;
}

/// <summary>One file that was brought, how far its import has come, and what came of it. Nothing of what stands in the file.</summary>
public sealed class ImportRun
{
    public required Guid Id { get; init; }
    public required OrgPath District { get; init; }
    public required string FileName { get; init; }
    public required long Size { get; init; }
    public required string StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Under which name the file lies in the portal's own folder, while it does.</summary>
    public string? StoredAs { get; set; }

    public string Format { get; set; } = "";
    public int HeaderRow { get; set; }
    public IReadOnlyList<string>? Headings { get; set; }

    /// <summary>What each column tells, by name; empty where it tells nothing.</summary>
    public IReadOnlyList<string>? Columns { get; set; }

    public ImportStatus Status { get; set; } = ImportStatus.Uploaded;

    /// <summary>Why the file was not imported.</summary>
    public Refusal? Refusal { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>The last sign of life; a run without one has been interrupted.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Orders in the file, counted while it is checked.</summary>
    public int Total { get; set; }

    public int Added { get; set; }
    public int Updated { get; set; }
    public int Known { get; set; }
    public int Refused { get; set; }

    public int Finished => Added + Updated + Known + Refused;

    /// <summary>From its beginning to its end, or so far.</summary>
    public TimeSpan Time => StartedAt is { } started ? (EndedAt ?? UpdatedAt) - started : TimeSpan.Zero;

    public double RowsPerSecond => Time > TimeSpan.Zero ? Finished / Time.TotalSeconds : 0;

    public ColumnMap? Map
    {
        get => Headings is null || Columns is null ? null : new(HeaderRow, Headings, [.. Columns.Select(name => Enum.TryParse<HotlineColumn>(name, out var column) ? column : (HotlineColumn?)null)]);
        set => (HeaderRow, Headings, Columns) = (value?.HeaderRow ?? 0, value?.Headings, value is null ? null : [.. value.Columns.Select(column => column?.ToString() ?? "")]);
    }

    public int Count(ImportResult result) => result switch
    {
        ImportResult.New => Added,
        ImportResult.Updated => Updated,
        ImportResult.Known => Known,
        _ => Refused,
    };
}

/// <summary>What became of one row.</summary>
public sealed class ImportRow
{
    public required Guid RunId { get; init; }
    public required int Row { get; init; }
    public required ImportResult Result { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public Guid? CaseId { get; init; }

    /// <summary>Which columns the hotline has changed.</summary>
    public string? Changed { get; init; }

    /// <summary>Why it was not taken in, in both languages.</summary>
    public string? Chinese { get; init; }

    public string? English { get; init; }
}

/// <summary>What a person said the columns of a form mean, for the next file of that form.</summary>
public sealed class ImportMapping
{
    public required OrgPath District { get; init; }
    public required string Signature { get; init; }
    public required IReadOnlyList<string>? Columns { get; set; }
    public required DateTimeOffset UsedAt { get; set; }
}
