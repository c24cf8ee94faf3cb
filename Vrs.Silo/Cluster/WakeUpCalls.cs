using Orleans;
using Orleans.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Cluster;

/// <summary>
/// Wakes the grains that a dead silo leaves behind. Where a grain lives and who reminds it are two things: the reminder
/// of a call on the dead silo may tick at one that lives, which would go on in its rhythm and wake the call only after
/// a minute. So whenever a silo is declared dead, those that live share all reminders among them and remind everybody
/// at once; who is awake is told nothing new.
/// </summary>
/// <param name="membership">Who lives.</param>
/// <param name="self">Who this is.</param>
/// <param name="reminders">Whoever must be woken has one.</param>
/// <param name="grains">The grains.</param>
/// <param name="time">The clock of pauses.</param>
/// <param name="log">Told of a death.</param>
internal sealed partial class WakeUpCalls(
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    IReminderStorage reminders,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<WakeUpCalls> log) : BackgroundService
{
    /// <summary>How many are woken at a time: each reads its state.</summary>
    private const int AtATime = 32;

    /// <summary>
    /// The pauses before it is tried again: for a while after a death, others still take the grain to be where it was.
    /// </summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = new HashSet<SiloAddress>(DeadIn(membership.CurrentSnapshot));
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var dead = DeadIn(snapshot).Where(known.Add).ToList();
            if (dead.Count > 0)
            {
                await WakeShare(snapshot, dead[0], stoppingToken);
            }
        }
    }

    private static IEnumerable<SiloAddress> DeadIn(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead).Select(member => member.SiloAddress);

    private async Task WakeShare(ClusterMembershipSnapshot snapshot, SiloAddress dead, CancellationToken stop)
    {
        var living = snapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress)
            .Order()
            .ToList();
        var place = living.IndexOf(self.SiloAddress);
        if (place < 0)
        {
            return;
        }

        try
        {
            var share = (await reminders.ReadAll())
                .Where(entry => entry.Grain.ToGrainId().GetUniformHashCode() % living.Count == place)
                .ToList();
            LogWaking(dead, share.Count);
            await Parallel.ForEachAsync(
                share,
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = stop },
                async (entry, stopping) => await Wake(entry, stopping));
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // Their reminders come within the minute all the same.
            LogNotWoken(fault);
        }
    }

    private async Task Wake(StoredReminder entry, CancellationToken stop)
    {
        foreach (var pause in Pauses)
        {
            if (await TryWake(entry))
            {
                return;
            }

            await Task.Delay(pause, time, stop);
        }

        await TryWake(entry);
    }

    private async Task<bool> TryWake(StoredReminder entry)
    {
        var start = entry.Start.UtcDateTime;
        try
        {
            await grains.GetGrain<IRemindable>(entry.Grain.ToGrainId())
                .ReceiveReminder(entry.Name, new TickStatus(start, entry.Period, start));
            return true;
        }
        catch (Exception fault)
        {
            LogNotWoken(fault);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Silo {Silo} is dead: {Count} grains are reminded.", EventName = "silo_dead")]
    private partial void LogWaking(SiloAddress silo, int count);

    [LoggerMessage(2, LogLevel.Warning, "A grain could not be reminded now; its own reminder comes within a minute.")]
    private partial void LogNotWoken(Exception fault);
}
