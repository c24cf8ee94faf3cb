namespace Vrs.Gateway;

/// <summary>Files that hold keys: readable by their owner only, and never half written.</summary>
internal static class PrivateFile
{
    /// <summary>
    /// Writes a file that is whole or absent. When another process made it first, that one stays: both then use the
    /// same.
    /// </summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="content">What it holds.</param>
    public static void WriteNew(string path, byte[] content) => Write(path, content, overwrite: false);

    /// <summary>As <see cref="WriteNew"/>, but takes the place of an older file.</summary>
    public static void Replace(string path, byte[] content) => Write(path, content, overwrite: true);

    private static void Write(string path, byte[] content, bool overwrite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        if (overwrite || !File.Exists(path))
        {
            File.Move(draft, path, overwrite);
        }
        else
        {
            File.Delete(draft);
        }
    }
}
