using System.Globalization;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Upkeep;

/// <summary>What is erased by whole days, and how.</summary>
/// <param name="What">Rows of this table.</param>
/// <param name="Note">
/// Notes the days before <c>@p0</c> that are sealed, at <c>@p1</c>; which alone lets their rows go.
/// </param>
/// <param name="Erase">Erases the sealed rows of noted days before <c>@p0</c>.</param>
internal sealed record ErasureRule(string What, string Note, string Erase);

/// <summary>
/// Erases what is older than it is kept, whole days at a time, once they are sealed. Seals stay, and the day is noted,
/// so that the chain can still be verified.
/// </summary>
/// <param name="rule">What and how.</param>
/// <param name="kept">How long it is kept.</param>
/// <param name="writer">The way to the database.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what was erased.</param>
internal abstract partial class DayEraser(
    ErasureRule rule, TimeSpan kept, GroupCommitWriter writer, TimeProvider time, ILogger log)
    : RecurringWork(TimeSpan.FromHours(1), time, log)
{
    private readonly TimeProvider _time = time;
    private readonly ILogger _log = log;

    /// <summary>Erases what is due.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> EraseDue()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var first = (now - kept).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var noted = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        await writer.Write(new Statement(rule.Note, first, noted));
        var erased = await writer.Write(new Statement(rule.Erase, first));
        if (erased > 0)
        {
            LogErased(_log, erased, rule.What, first);
        }

        return erased;
    }

    /// <inheritdoc/>
    protected override Task DoDue(CancellationToken stop) => EraseDue();

    [LoggerMessage(EventName = "days_erased", Level = LogLevel.Information,
        Message = "{Count} rows of {What} from before {Day} were erased; their seals stay.")]
    private static partial void LogErased(ILogger logger, int count, string what, string day);
}
