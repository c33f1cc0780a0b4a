using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Tests.Support;

/// <summary>Duty lists as files, written by the portal or by hand.</summary>
internal static class DutySheets
{
    public static async Task<string> WriteDutiesAsync(this PortalFixture portal, IEnumerable<DutyTerms> duties)
    {
        var path = portal.NewFile();
        await using var file = File.Create(path);
        await portal.Get<DutySheet>().WriteAsync(file, duties);
        return path;
    }

    public static async Task<string> WriteRowsAsync(this PortalFixture portal, params string[][] rows)
    {
        var path = portal.NewFile();
        await using var file = File.Create(path);
        await using var sheet = await SheetWriter.CreateAsync(file, "清单", [.. rows[0].Select(heading => new SheetColumn(heading))]);
        foreach (var row in rows[1..])
        {
            await sheet.WriteRowAsync(row);
        }

        return path;
    }

    public static IReadOnlyList<IReadOnlyList<string>> ReadSheet(this PortalFixture portal, byte[] bytes)
    {
        var path = portal.NewFile();
        File.WriteAllBytes(path, bytes);
        using var sheet = Sheet.Open(path, new SheetLimits()).Sheet!;
        using var rows = sheet.Read();
        var read = new List<IReadOnlyList<string>>();
        while (rows.Next())
        {
            read.Add([.. rows.Current.Cells]);
        }

        Assert.Null(rows.Refusal);
        return read;
    }

    private static string NewFile(this PortalFixture portal) => Path.Combine(portal.Folder, $"{Guid.NewGuid():N}.xlsx");
}
