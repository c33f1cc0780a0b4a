using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Invents exports of a hotline: as many orders as one likes, each different, none of them anybody's. The same every time.</summary>
internal static class OrderFile
{
    private static readonly string[] s_headings =
    [
        "序号", "受理编号", "工单类型", "一级分类", "二级分类", "三级分类", "标签", "标题", "主要内容", "工单状态", "反映人", "联系电话", "被反映区", "被反映街乡镇", "村/社区", "小区点位",
        "承办单位", "处理受理方式", "创建时间", "办理结果", "回复内容", "办结时间", "是否解决", "是否满意", "工单性质", "备注",
    ];

    private static readonly OrgUnit[] s_units = [.. BeijingDivisions.All().Where(unit => unit.Path.District == Given.District)];

    public static void Write(string path, int rows)
    {
        if (path.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            WriteXlsx(path, rows);
            return;
        }

        using var file = new StreamWriter(path, false, path.Contains("gb18030", StringComparison.Ordinal) ? Books.Gb18030 : new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        foreach (var row in Rows(rows))
        {
            file.Write(string.Join(',', row.Select(cell => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\r\n");
        }
    }

    /// <summary>Two lines of title, the headings, the orders.</summary>
    public static IEnumerable<string[]> Rows(int count)
    {
        yield return ["平谷区12345热线工单明细表"];
        yield return ["导出时间：2026-03-02"];
        yield return s_headings;

        var streets = s_units.Where(unit => unit.Kind == UnitKind.Street).ToList();
        var communities = s_units.Where(unit => unit.Kind == UnitKind.Community).GroupBy(unit => unit.Path.Parent).ToDictionary(same => same.Key, same => same.ToList());
        var departments = s_units.Where(unit => unit.Kind is UnitKind.Department or UnitKind.Enterprise).ToList();
        var matters = DefaultDuties.For(Given.District, Given.Rules);
        var chance = new Random(20260302);
        T One<T>(IReadOnlyList<T> of) => of[chance.Next(of.Count)];

        for (var at = 1; at <= count; at++)
        {
            var (street, matter) = (One(streets), One(matters));
            var community = One(communities[street.Path]);
            var called = new DateTime(2025, 3, 1).AddMinutes(at * 5.2 * (100_000.0 / Math.Max(count, 1)) % 525_000);
            var isOver = called < new DateTime(2026, 2, 20);
            var place = $"{community.ShortName}{chance.Next(1, 40)}号院{One(["东门", "西侧", "南侧道路", "北广场", "地下车库", "健身角"])}";
            var unit = chance.Next(10) < 6 ? street.ShortName : One(departments).ShortName;
            yield return
            [
                $"{at}", $"BJ{called:yyyyMMdd}{at:D7}", One(["诉求", "诉求", "咨询"]), matter.Area, matter.Group, matter.Matter, chance.Next(4) == 0 ? "高频问题" : "", $"{street.ShortName}{community.ShortName}{matter.Matter}",
                $"来电人反映{place}{matter.Matter}，从{called.AddDays(-chance.Next(1, 30)):M月d日}开始，{One(["多次联系物业没有结果", "影响居民出行", "夜间尤其明显", "老人和孩子经过时有危险", "已经持续一段时间"])}，"
                    + $"希望{One(["尽快解决", "有关部门到现场查看", "给出明确答复", "长期管住不反弹"])}。（第{at}件）",
                isOver ? "已办结" : "办理中", $"测试{at % 977}", $"1300000{at % 10_000:D4}", "平谷区", street.ShortName, community.ShortName, place, isOver || chance.Next(3) > 0 ? unit : "", One(["派单", "派单", "转办"]),
                called.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), isOver ? $"{unit}已到现场处理，{One(["问题已解决", "已列入计划", "已与来电人沟通"])}。" : "",
                isOver ? $"您好，您反映的{matter.Matter}已由{unit}办理，感谢您的监督。（{at}）" : "", isOver ? called.AddHours(chance.Next(5, 160)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "",
                isOver ? One(["是", "是", "否"]) : "", isOver ? One(["满意", "基本满意", "不满意"]) : "", One(["求助", "投诉", "咨询", "建议"]), "",
            ];
        }
    }

    // As Excel does: every text once, in the order in which it first occurs.
    private static void WriteXlsx(string path, int rows)
    {
        var (places, texts, count) = (new Dictionary<string, int>(), Path.GetTempFileName(), 0);
        var empty = Books.Xlsx([[""]]);
        using (var file = File.Create(path))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using (var other = new ZipArchive(new MemoryStream(empty)))
            {
                foreach (var part in other.Entries.Where(part => part.Name is not ("sheet1.xml" or "sharedStrings.xml")))
                {
                    using var from = part.Open();
                    using var to = zip.CreateEntry(part.FullName).Open();
                    from.CopyTo(to);
                }
            }

            using (var shared = new StreamWriter(texts))
            using (var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open()))
            {
                shared.Write("<sst>");
                sheet.Write("<worksheet><sheetData>");
                var number = 0;
                foreach (var row in Rows(rows))
                {
                    sheet.Write($"""<row r="{++number}">""");
                    for (var column = 0; column < row.Length; column++)
                    {
                        if (row[column].Length == 0)
                        {
                            continue;
                        }

                        if (!places.TryGetValue(row[column], out var place))
                        {
                            place = count++;
                            shared.Write($"<si><t>{SecurityElement.Escape(row[column])}</t></si>");
                            if (places.Count < 20_000)
                            {
                                places[row[column]] = place;
                            }
                        }

                        sheet.Write($"""<c r="{(char)('A' + column)}{number}" t="s"><v>{place}</v></c>""");
                    }

                    sheet.Write("</row>");
                }

                shared.Write("</sst>");
                sheet.Write("</sheetData></worksheet>");
            }

            using var last = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
            using var all = File.OpenRead(texts);
            all.CopyTo(last);
        }

        File.Delete(texts);
    }
}
