using System.ComponentModel.DataAnnotations;

namespace JieSuJiBan.Web.Intake;

public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>A folder in which another program lays down the hotline's exports. Empty: none is watched.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Whose orders they are, and those of the command line where neither it nor the file says so.</summary>
    public string District { get; set; } = "/11/110117/";

    /// <summary>How often the folder is looked at. A file is taken when it has not changed since the last time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Larger files are refused.</summary>
    [Range(1, 4000)]
    public int MaxFileMegabytes { get; set; } = 200;

    /// <summary>Longer tables are refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxRows { get; set; } = 1_000_000;

    /// <summary>How long it is kept what became of each row.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepResults { get; set; } = TimeSpan.FromDays(30);
}
