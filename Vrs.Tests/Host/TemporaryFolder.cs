namespace Vrs.Tests.Host;

/// <summary>A folder that is gone when the test is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vrs-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether a file has mode 600; Windows keeps other accounts out of a user's folders by itself.</summary>
    public bool IsForOwnerOnly(string name) =>
        OperatingSystem.IsWindows()
        || System.IO.File.GetUnixFileMode(File(name)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
