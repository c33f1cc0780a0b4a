namespace JieSuJiBan.Web.Files;

/// <summary>
/// An image parsed piece by piece and written again with the picture only: position, camera, time and names that a phone leaves in
/// it are gone, and so is whatever was hung behind its end.
/// </summary>
/// <param name="Bytes">The picture.</param>
/// <param name="Width">Pixels as displayed.</param>
/// <param name="Height">Pixels as displayed.</param>
public sealed record CleanImage(byte[] Bytes, int Width, int Height)
{
    /// <summary>More pixels than this are refused: a small file must not become a large one in everybody's browser.</summary>
    public const int MaxPixels = 60_000_000;

    /// <summary>Nothing if the file is not a whole, well-formed image of this type.</summary>
    public static CleanImage? From(string contentType, byte[] bytes)
    {
        try
        {
            var image = contentType switch
            {
                FileKind.Jpeg => JpegCleaner.Clean(bytes),
                FileKind.Png => PngCleaner.Clean(bytes),
                FileKind.Webp => WebpCleaner.Clean(bytes),
                _ => null,
            };
            return image is { Width: > 0, Height: > 0 } && (long)image.Width * image.Height <= MaxPixels ? image : null;
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            return null;  // it ends in the middle of something
        }
    }
}
