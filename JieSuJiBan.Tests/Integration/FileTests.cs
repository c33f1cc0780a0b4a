using System.IO.Compression;
using System.Net;
using System.Text;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Files;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public class FileTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FileStore Files => portal.Get<FileStore>();

    public static TheoryData<string, byte[]> WithSecrets() => new()
    {
        { FileKind.Jpeg, Pictures.JpegWithSecrets() }, { FileKind.Png, Pictures.PngWithSecrets() }, { FileKind.Webp, Pictures.WebpWithSecrets() },
    };

    [Theory]
    [MemberData(nameof(WithSecrets))]
    public void CleanImage_KeepsThePictureOnly(string type, byte[] bytes)
    {
        Assert.Contains("Secret", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);

        var clean = CleanImage.From(type, bytes)!;

        var text = Encoding.Latin1.GetString(clean.Bytes);
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("117.0000E", text, StringComparison.Ordinal);
        Assert.Equal(type, FileKind.Find(clean.Bytes));
        Assert.Equal(clean.Bytes, CleanImage.From(type, clean.Bytes)!.Bytes);
    }

    [Fact]
    public void CleanImage_OfATurnedJpeg_StaysTurned()
    {
        var clean = CleanImage.From(FileKind.Jpeg, Pictures.JpegWithSecrets())!;

        byte[] orientation = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6];
        Assert.True(clean.Bytes.AsSpan().IndexOf(orientation) > 0);
    }

    [Theory]
    [MemberData(nameof(WithSecrets))]
    public void CleanImage_CutAnywhere_IsRefusedOrWhole_AndNeverThrows(string type, byte[] bytes)
    {
        for (var length = 0; length < bytes.Length; length++)
        {
            if (CleanImage.From(type, bytes[..length]) is { } clean)
            {
                Assert.NotNull(CleanImage.From(type, clean.Bytes));
            }
        }
    }

    [Fact]
    public void CleanImage_WithTooManyPixels_IsRefused() => Assert.Null(CleanImage.From(FileKind.Png, Pictures.Png(9000, 9000)));

    [Fact]
    public async Task Kind_IsFoundInTheBytes_NotInTheName()
    {
        var (file, _) = await Files.SaveAsync("发票.pdf.exe", new MemoryStream(Pictures.Png()), Street, Stop);

        Assert.Equal((FileKind.Png, "发票.pdf.png"), (file!.ContentType, file.Name));
    }

    public static TheoryData<string, byte[]> Unwanted() => new()
    {
        { "html", [.. "<html><script>alert(1)</script>"u8] },
        { "svg", [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8] },
        { "exe", [.. "MZ\x90\0"u8, .. new byte[100]] },
        { "empty", [] },
        { "text", [.. "hello"u8] },
        { "zip", Zip("a.txt") },
        { "macro", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin") },
        { "broken zip", [.. "PK\x03\x04"u8, .. new byte[20]] },
    };

    [Theory]
    [MemberData(nameof(Unwanted))]
    public async Task WhatIsNotTaken_IsRefusedWithASentence(string what, byte[] bytes)
    {
        var (file, outcome) = await Files.SaveAsync($"{what}.png", new MemoryStream(bytes), Street, Stop);

        Assert.Null(file);
        Assert.Equal("file.kind", outcome.Refusal?.Code);
    }

    [Fact]
    public async Task OfficeAndPdf_AreTaken()
    {
        Assert.EndsWith("wordprocessingml.document", (await SaveAsync(Zip("[Content_Types].xml", "word/document.xml"))).ContentType, StringComparison.Ordinal);
        Assert.EndsWith("spreadsheetml.sheet", (await SaveAsync(Zip("[Content_Types].xml", "xl/workbook.xml"))).ContentType, StringComparison.Ordinal);
        Assert.Equal(FileKind.Pdf, (await SaveAsync([.. "%PDF-1.7\n"u8])).ContentType);

        async Task<Attachment> SaveAsync(byte[] bytes) => (await Files.SaveAsync("x", new MemoryStream(bytes), Street, Stop)).File!;
    }

    [Fact]
    public async Task OverTwentyMegabytes_IsRefused_WithoutReadingItAll()
    {
        await using var endless = new EndlessStream();

        var (_, outcome) = await Files.SaveAsync("大.png", endless, Street, Stop);

        Assert.Equal("file.too-large", outcome.Refusal?.Code);
        Assert.InRange(endless.Read_, FileStore.MaxSize, FileStore.MaxSize + 200_000);
    }

    [Fact]
    public async Task Download_IsHarmless()
    {
        var (pdf, _) = await Files.SaveAsync("说明 “一”.pdf", new MemoryStream([.. "%PDF-1.7\n"u8]), Street, Stop);

        using var response = await portal.CreateClientFor(Street).GetAsync(new Uri($"/files/{pdf!.Id}", UriKind.Relative), Stop);

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(["no-cache", "private"], response.Headers.CacheControl!.ToString().Split(", ").Order());
    }

    [Fact]
    public async Task Stored_UnderARandomName_OutsideTheWebRoot()
    {
        var (file, _) = await Files.SaveAsync("../../etc/passwd.png", new MemoryStream(Pictures.Png()), Street, Stop);

        Assert.Equal("passwd.png", file!.Name);
        Assert.Matches("^[0-9a-f]{48}$", file.StoredAs);
        Assert.True(File.Exists(Path.Combine(portal.Folder, "files", file.StoredAs)));
    }

    [Fact]
    public async Task Upload_WithoutTheAntiforgeryToken_IsRefused()
    {
        using var content = new ByteArrayContent(Pictures.Png());

        using var response = await portal.CreateClientFor(Street).PostAsync(new Uri("/files", UriKind.Relative), content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Sweep_ForgetsWhatNothingCameToUse_AfterADay()
    {
        await using var own = new PortalFixture();
        var id = await own.StartAsync();
        var (used, _) = await own.Get<FileStore>().SaveAsync("用.png", new MemoryStream(Pictures.Png()), Street, Stop);
        var (unused, _) = await own.Get<FileStore>().SaveAsync("不用.png", new MemoryStream(Pictures.Png(5, 5)), Street, Stop);
        await own.DoAsync(id, Street, file => file.Progress("附图", [used!.ToRef()], Street, Morning));
        own.Clock.Advance(TimeSpan.FromHours(25));

        await own.Get<FileStore>().SweepAsync(Stop);

        await using var db = await own.OpenDatabaseAsync();
        Assert.Equal([used!.Id], await db.Attachments.Select(file => file.Id).ToListAsync(Stop));
        Assert.False(File.Exists(Path.Combine(own.Folder, "files", unused!.StoredAs)));
    }

    private static byte[] Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                zip.CreateEntry(name);
            }
        }

        return bytes.ToArray();
    }

    private sealed class EndlessStream : Stream
    {
        public long Read_ { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Read_; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Read_ += count;
            return count;
        }

        public override void Flush()
        {
            // nothing to flush
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
