using System.Globalization;
using Microsoft.Extensions.Options;
using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Records;

/// <summary>
/// Erases the state of calls that ended longer ago than <see cref="StorageOptions.CallStateRetention"/> and owe nothing
/// any more: what they were is in their records. A late message finds no call, as if there had never been one.
/// </summary>
/// <param name="writer">The way to the database.</param>
/// <param name="options">How long states are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures.</param>
internal sealed class CallStateEraser(
    GroupCommitWriter writer, IOptions<StorageOptions> options, TimeProvider time, ILogger<CallStateEraser> log)
    : RecurringWork(TimeSpan.FromHours(1), time, log)
{
    // Who owes something has a reminder.
    private const string Erase =
        "DELETE FROM grain_state WHERE grain_type = 'call' AND written_at < @p0 "
        + "AND body LIKE '{\"state\":{%\"phase\":\"Ended\"%' AND NOT EXISTS (SELECT 1 FROM reminders r "
        + "WHERE r.grain_type = grain_state.grain_type AND r.grain_key = grain_state.grain_key)";

    private readonly TimeProvider _time = time;

    /// <summary>Erases what is due.</summary>
    /// <returns>How many calls.</returns>
    public Task<int> EraseDue() => writer.Write(new Statement(
        Erase, (_time.GetUtcNow() - options.Value.CallStateRetention).ToString("O", CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    protected override Task DoDue(CancellationToken stop) => EraseDue();
}
