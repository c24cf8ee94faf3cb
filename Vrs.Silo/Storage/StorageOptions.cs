using Microsoft.Extensions.Options;

namespace Vrs.Silo.Storage;

/// <summary>Where everything that must outlive the process is kept; configuration section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The kind of database.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// How to reach it. PostgreSQL needs one; for SQLite, null means the file vrs.db in the data folder.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The folder of the SQLite file and of everything else that is kept in files.</summary>
    public string DataFolder { get; set; } = "./data";

    /// <summary>How many writes may wait for the one writer; more make their callers wait.</summary>
    public int WriteQueueLimit { get; set; } = 10_000;

    /// <summary>How many writes are committed together at most.</summary>
    public int WriteBatchLimit { get; set; } = 512;

    /// <summary>
    /// How long writes wait for a database that is away; after that they fail until it is back. A server that restarts
    /// within this time goes unnoticed but for the delay.
    /// </summary>
    public TimeSpan OutageHold { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the start of the server waits for a database server that is away.</summary>
    public TimeSpan StartHold { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long explanations of allocation are kept.</summary>
    public TimeSpan DecisionRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long records of calls are kept: five years (47 CFR 64.604(c)(5)(iii)(D)(7)).</summary>
    public TimeSpan RecordRetention { get; set; } = TimeSpan.FromDays(1_826);

    /// <summary>
    /// How long the state of a call outlives its end, for messages that come late; its record is kept apart.
    /// </summary>
    public TimeSpan CallStateRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long audit events are kept; five years, as call records are (47 CFR 64.604(c)(5)(iii)(D)(7)).
    /// </summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(1_826);
}

/// <summary>The kinds of database.</summary>
public enum DatabaseProvider
{
    /// <summary>A file on this machine.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,
}

/// <summary>Checks <see cref="StorageOptions"/>, all faults at once.</summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> faults = [];
        if (!Enum.IsDefined(options.Provider))
        {
            faults.Add($"Storage:Provider is {options.Provider}; it must be Sqlite or PostgreSql.");
        }

        if (options.Provider == DatabaseProvider.PostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Add(
                "Storage:ConnectionString is empty; PostgreSql needs one, e.g. "
                + "Host=localhost;Database=vrs;Username=vrs.");
        }

        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            faults.Add("Storage:DataFolder is empty; it must name a folder, e.g. ./data.");
        }

        if (options.WriteQueueLimit < 1)
        {
            faults.Add($"Storage:WriteQueueLimit is {options.WriteQueueLimit}; it must be at least 1, e.g. 10000.");
        }

        if (options.WriteBatchLimit is < 1 or > 10_000)
        {
            faults.Add($"Storage:WriteBatchLimit is {options.WriteBatchLimit}; it must be from 1 to 10000, e.g. 512.");
        }

        if (options.OutageHold < TimeSpan.Zero || options.OutageHold > TimeSpan.FromSeconds(25))
        {
            faults.Add(
                $"Storage:OutageHold is {options.OutageHold}; it must be from 0 to 25 seconds, less than anybody waits "
                + "for an answer, e.g. 00:00:10.");
        }

        if (options.StartHold < TimeSpan.Zero || options.StartHold > TimeSpan.FromMinutes(10))
        {
            faults.Add(
                $"Storage:StartHold is {options.StartHold}; it must be from 0 to 10 minutes, less than a supervisor "
                + "gives a start, e.g. 00:01:00.");
        }

        faults.AddRange(FaultsOfRetention(options));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOfRetention(StorageOptions options) =>
    [
        .. Within(nameof(options.DecisionRetention), options.DecisionRetention, 3_650, "90.00:00:00"),
        .. Within(nameof(options.RecordRetention), options.RecordRetention, 36_500, "1826.00:00:00"),
        .. Within(nameof(options.CallStateRetention), options.CallStateRetention, 90, "1.00:00:00"),
        .. Within(nameof(options.AuditRetention), options.AuditRetention, 36_500, "1826.00:00:00"),
    ];

    private static string[] Within(string name, TimeSpan found, int daysMax, string example) =>
        found >= TimeSpan.FromDays(1) && found <= TimeSpan.FromDays(daysMax)
            ? []
            : [$"Storage:{name} is {found}; it must be from 1 to {daysMax} days, e.g. {example}."];
}
