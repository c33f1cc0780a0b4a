namespace JieSuJiBan.Web.Data;

/// <summary>A key that lies with those of the storage folder, made once and open to this account only.</summary>
internal static class KeyFile
{
    public static byte[] ReadOrMake(string folder, string name, Func<byte[]> make)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        if (!File.Exists(file))
        {
            // Whoever comes first makes it; the other node reads what it made.
            var own = $"{file}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var made = new FileStream(own, options))
            {
                made.Write(make());
            }

            try
            {
                File.Move(own, file, overwrite: false);
            }
            catch (IOException)
            {
                File.Delete(own);
            }
        }

        return File.ReadAllBytes(file);
    }
}
