using Dapper;
using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Hosting;

/// <summary>
/// Looks whether this machine's clock is right: that nobody set it, by the clock of the process that cannot be set; and
/// that it agrees with the database server's, the one clock that all processes share. Nothing is done about it: waits
/// do not use the time of day, and deadlines are armed again when they fall; but people should know.
/// </summary>
/// <param name="database">Whose clock it is compared with.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when it was set.</param>
internal sealed partial class ClockWatch(Database database, TimeProvider time, ILogger<ClockWatch> log)
    : RecurringWork(Beat, time, log)
{
    /// <summary>From one look to the next.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Less than this is a clock being slewed, or a busy machine.</summary>
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(1);

    private const string PostgreSqlNow = "SELECT clock_timestamp()";

    private readonly TimeProvider _time = time;
    private readonly ILogger _log = log;
    private (DateTimeOffset Shown, long At)? _last;

    /// <summary>Compares with what the clock showed before.</summary>
    /// <returns>How far it was set, or zero.</returns>
    internal TimeSpan LookForStep()
    {
        var now = (Shown: _time.GetUtcNow(), At: _time.GetTimestamp());
        var step = _last is { } last ? now.Shown - last.Shown - _time.GetElapsedTime(last.At, now.At) : TimeSpan.Zero;
        _last = now;
        if (step.Duration() < StepMin)
        {
            return TimeSpan.Zero;
        }

        StorageInstruments.ClockSteps.Add(1);
        LogSet(_log, step.TotalSeconds);
        return step;
    }

    /// <summary>How far this clock is ahead of the database server's; SQLite has the clock of this machine.</summary>
    internal async Task<TimeSpan> LookForSkew()
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            return TimeSpan.Zero;
        }

        var (before, asked) = (_time.GetUtcNow(), _time.GetTimestamp());
        var there = await database.Read(connection => connection.ExecuteScalarAsync<DateTime>(PostgreSqlNow));
        // It was read about half way between question and answer.
        return before + (_time.GetElapsedTime(asked) / 2) - new DateTimeOffset(there.ToUniversalTime());
    }

    /// <inheritdoc/>
    protected override async Task DoDue(CancellationToken stop)
    {
        LookForStep();
        StorageInstruments.ClockSkew.Record((await LookForSkew()).TotalSeconds);
    }

    [LoggerMessage(EventName = "clock_set", Level = LogLevel.Warning,
        Message = "The clock of this machine was set by {Seconds} s while the service ran.")]
    private static partial void LogSet(ILogger logger, double seconds);
}
