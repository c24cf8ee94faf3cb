using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Cluster;

/// <summary>The server on the embedded engine, built apart; the tests of this build run on Orleans.</summary>
internal static class EmbeddedBuild
{
    /// <summary>The program, in the newest of its configurations; null when there is none.</summary>
    public static string? Program { get; } =
        new[] { "debug", "release" }
            .Select(configuration => Path.Combine(
                SourceTree.Root, "artifacts", "Embedded", "bin", "Vrs.Silo", configuration, "Vrs.Silo.dll"))
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);
}

/// <summary>A test on both engines and PostgreSQL; skipped, and saying so, where one of them is missing.</summary>
public sealed class EmbeddedBuildFactAttribute : FactAttribute
{
    public EmbeddedBuildFactAttribute() =>
        Skip = PostgreSqlServer.Missing
            ?? (EmbeddedBuild.Program is null ? "The embedded engine is not built: dotnet build Vrs.Silo" : null);
}
