using System.Text;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Intake;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;
using static JieSuJiBan.Tests.Support.HotlineSheet;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Whatever is thrown at the importer: a clear refusal, or every row with a result; never half of anything.</summary>
public sealed class ImportFuzzTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ImportDesk Desk => portal.Get<ImportDesk>();

    [Theory]
    [InlineData("xlsx"), InlineData("csv"), InlineData("gb18030"), InlineData("xls")]
    public async Task DamagedFiles_AreRefusedInWords_OrImportedWhole(string format)
    {
        var good = format switch
        {
            "xlsx" => Books.Xlsx(Of([.. Enumerable.Range(0, 40).Select(at => Order($"FUZZ{at}"))])),
            "xls" => await File.ReadAllBytesAsync(SheetReadingTests.Fixture("orders.xls"), Stop),
            _ => Books.Csv(Of([.. Enumerable.Range(0, 40).Select(at => Order($"FUZZ{at}"))]), format == "csv" ? null : Books.Gb18030),
        };
        var chance = new Random(20260302);

        for (var round = 0; round < 60; round++)
        {
            await ThrowAsync(Damage(good, chance));
        }
    }

    [Theory]
    [InlineData("bomb", "sheet.bomb"), InlineData("cell xlsx", "sheet.cell"), InlineData("cell csv", "sheet.cell"), InlineData("utf32", "sheet.encoding"), InlineData("mixed", "sheet.encoding")]
    [InlineData("cut", "sheet.broken"), InlineData("picture", "sheet.kind"), InlineData("nothing", "sheet.kind"), InlineData("no headings", "intake.header"), InlineData("no orders", "intake.empty")]
    public async Task WhatIsNoListOfOrders_IsRefusedClearly_AndLeavesNothing(string what, string code)
    {
        var rows = Of([.. Enumerable.Range(0, 30).Select(at => Order($"{what}{at}"))]);
        var long_ = new string('长', 10_000_000 / 3);
        var refusal = await ThrowAsync(what switch
        {
            "bomb" => Books.Xlsx(rows, parts => parts["xl/sharedStrings.xml"] = $"{parts["xl/sharedStrings.xml"]}{new string(' ', 60_000_000)}"),
            "cell xlsx" => Books.Xlsx([.. rows, Order("LONG", text: long_)]),
            "cell csv" => Books.Csv([.. rows, Order("LONG", text: long_)]),
            "utf32" => [.. Encoding.UTF32.Preamble, .. Books.Csv(rows, Encoding.UTF32)],
            "mixed" => [.. Books.Csv(rows), .. Books.Csv(rows, Books.Gb18030), 0xFF],
            "cut" => Books.Xlsx(rows)[..^300],
            "picture" => Pictures.Png(40, 30),
            "nothing" => [],
            "no headings" => Books.Csv([["一"], ["二"]]),
            "no orders" => Books.Xlsx(Of()),
            _ => throw new InvalidOperationException(what),
        });

        Assert.Equal(code, refusal);
    }

    [Fact]
    public async Task AFormula_IsATextLikeAnyOther()
    {
        string[] evils = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-2+3", "=HYPERLINK(\"http://x\",\"y\")", "＝1+1"];

        Assert.Null(await ThrowAsync(Books.Xlsx(Of([.. evils.Select((evil, at) => Order($"EVIL{at}", title: evil, place: evil))]))));

        await using var db = await portal.OpenDatabaseAsync();
        var files = await db.Cases.Where(file => file.SourceNumber!.StartsWith("EVIL")).OrderBy(file => file.SourceNumber).ToListAsync(Stop);
        Assert.Equal(evils, files.Select(file => file.Title));
        Assert.Equal(evils, files.Select(file => file.Place));
    }

    // The code of the refusal; null if the file was imported.
    private async Task<string?> ThrowAsync(byte[] bytes)
    {
        var before = await CountAsync();
        var (id, outcome) = await Desk.BringAsync("送来.xlsx", new MemoryStream(bytes), Dispatcher, Stop);
        if (outcome.Refusal is { } refusal)
        {
            Assert.Matches("[一-鿿].*。$", refusal.Chinese);
            Assert.Equal(before, await CountAsync());
            return refusal.Code;
        }

        var run = (await Desk.FindAsync(id, Dispatcher, Stop))!;
        if (run.Map!.Check() is { } unclear)
        {
            await Desk.CancelAsync(id, Dispatcher);
            return unclear.Code;
        }

        await portal.Get<Importer>().RunAsync(id, portal.Get<ImportFiles>().PathOf(run.StoredAs!), Dispatcher, Stop);
        run = (await Desk.FindAsync(id, Dispatcher, Stop))!;
        var (cases, log, petitioners) = await CountAsync();
        Assert.True(run.Status is ImportStatus.Done or ImportStatus.Refused, $"{run.Status}");
        Assert.Equal(run.Added, cases - before.Cases);
        Assert.Equal(run.Added, petitioners - before.Petitioners);
        Assert.Equal(run.Status == ImportStatus.Done ? run.Total : 0, (await portal.RowsAsync(run)).Count);
        if (run.Status == ImportStatus.Refused)
        {
            Assert.Equal(before, (cases, log, petitioners));
        }

        return run.Refusal?.Code;
    }

    private async Task<(int Cases, int Log, int Petitioners)> CountAsync()
    {
        await using var db = await portal.OpenDatabaseAsync();
        return (await db.Cases.CountAsync(Stop), await db.Log.CountAsync(Stop), await db.Petitioners.CountAsync(Stop));
    }

    private static byte[] Damage(byte[] good, Random chance)
    {
        var bytes = good.ToArray();
        switch (chance.Next(4))
        {
            case 0:
                return bytes[..chance.Next(bytes.Length)];
            case 1:
                var (from, length) = (chance.Next(bytes.Length), chance.Next(1, 200));
                return [.. bytes[..from], .. bytes[Math.Min(bytes.Length, from + length)..]];
            case 2:
                var place = chance.Next(bytes.Length);
                var noise = new byte[chance.Next(1, 100)];
                chance.NextBytes(noise);
                return [.. bytes[..place], .. noise, .. bytes[place..]];
            default:
                for (var flips = chance.Next(1, 30); flips > 0; flips--)
                {
                    bytes[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
                }

                return bytes;
        }
    }
}
