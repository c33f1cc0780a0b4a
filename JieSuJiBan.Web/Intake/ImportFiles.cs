using System.Security.Cryptography;
using JieSuJiBan.Domain;
using JieSuJiBan.Web.Data;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Intake;

/// <summary>Keeps a brought file, which tells who called, until it is imported: outside the web root, under a random name, for the portal alone.</summary>
public sealed class ImportFiles(IOptions<StorageOptions> storage, IOptions<IntakeOptions> options, IHostEnvironment environment)
{
    private readonly string _folder = Make(Path.Combine(environment.ContentRootPath, storage.Value.Folder, "imports"));

    /// <summary>Where readers may lay down what they cannot hold.</summary>
    public string Folder => _folder;

    public long MaxBytes => options.Value.MaxFileMegabytes * 1024L * 1024;

    public async Task<(string? StoredAs, long Size, Outcome Outcome)> SaveAsync(Stream content, CancellationToken cancellationToken = default)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var isWhole = false;
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            var block = new byte[81_920];
            for (int read; (read = await content.ReadAsync(block, cancellationToken)) > 0;)
            {
                if (file.Length + read > MaxBytes)
                {
                    var most = options.Value.MaxFileMegabytes;
                    return (null, 0, new Refusal("intake.file.large", $"文件超过{most} MB，请分成几个文件。", $"The file is larger than {most} MB: split it."));
                }

                await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
            }

            isWhole = true;
            return (name, file.Length, Outcome.Done);
        }
        finally
        {
            if (!isWhole)
            {
                Delete(name);
            }
        }
    }

    public string PathOf(string storedAs) => Path.Combine(_folder, storedAs);

    public void Delete(string? storedAs)
    {
        if (storedAs is not null)
        {
            File.Delete(PathOf(storedAs));
        }
    }

    /// <summary>Removes what no run knows of, and what a crash has left.</summary>
    public void Sweep(IReadOnlySet<string> known, DateTimeOffset before)
    {
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().Where(file => !known.Contains(file.Name) && file.LastWriteTimeUtc < before.UtcDateTime))
        {
            file.Delete();
        }
    }

    private static string Make(string folder) => (OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder)
        : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
}
