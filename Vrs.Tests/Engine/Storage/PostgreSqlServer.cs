namespace Vrs.Tests.Engine.Storage;

/// <summary>
/// The PostgreSQL server of the tests: the one named by VRS_TEST_POSTGRES (a connection string of a user who may create
/// databases), else one that is started from the installed programs for the life of the test process.
/// </summary>
internal static class PostgreSqlServer
{
    private static readonly Lazy<Task<PostgreSqlProcess>> Own = new(PostgreSqlProcess.Make);

    /// <summary>Why there is none, or null.</summary>
    public static string? Missing =>
        Given is not null || PostgreSqlProcess.IsInstalled
            ? null
            : "No PostgreSQL: set VRS_TEST_POSTGRES to a connection string, or apt-get install postgresql.";

    private static string? Given => Environment.GetEnvironmentVariable("VRS_TEST_POSTGRES");

    public static async Task<string> ConnectionString() => Given ?? (await Own.Value).ConnectionString;
}

/// <summary>A test on PostgreSQL; skipped, and saying so, where there is none.</summary>
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip = PostgreSqlServer.Missing;
}

/// <summary>A test on PostgreSQL with many cases; skipped, and saying so, where there is none.</summary>
public sealed class PostgreSqlTheoryAttribute : TheoryAttribute
{
    public PostgreSqlTheoryAttribute() => Skip = PostgreSqlServer.Missing;
}

/// <summary>A test that kills PostgreSQL, so it needs one of its own; skipped where it is not installed.</summary>
public sealed class OwnPostgreSqlFactAttribute : FactAttribute
{
    public OwnPostgreSqlFactAttribute() =>
        Skip = PostgreSqlProcess.IsInstalled ? null : "No PostgreSQL to kill: apt-get install postgresql.";
}
