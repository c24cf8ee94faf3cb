using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Vrs.Silo.Cluster;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Cluster;

/// <summary>
/// Clock and storage of one silo in this process. When the silo is killed they die with it: its timers, which nothing
/// else would stop, tick no more, and it stores nothing more.
/// </summary>
/// <param name="name">The silo's name.</param>
/// <param name="time">The clock that grains go by.</param>
/// <param name="storage">Where grains are stored.</param>
/// <param name="stillness">Waits for what this silo does.</param>
internal sealed class MortalSilo(string name, TimeProvider time, IStateStorage storage, ClusterStillness stillness)
    : TimeProvider, IStateStorage
{
    private volatile bool _isDead;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>From now on nothing of this silo happens.</summary>
    public void Die()
    {
        _isDead = true;
        stillness.Forget(name);
    }

    /// <summary>Grains and reminders go by this clock, and what Orleans does for itself by the machine's.</summary>
    public void Prepare(ISiloBuilder silo, IReminderStorage reminders)
    {
        silo.Services
            .AddSingleton<TimeProvider>(this)
            .AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, System)
            .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, this)
            .AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new LateTimers(this))
            .AddSingleton<IStateStorage>(this)
            .AddSingleton(reminders);
        silo.AddOurStorage();
        var messages = stillness.FilterOf(name);
        silo.AddIncomingGrainCallFilter(messages);
        silo.AddOutgoingGrainCallFilter(messages);
        // It counts time as grains do, and would be most of what happens while the clock moves.
        silo.Configure<DeploymentLoadPublisherOptions>(options =>
            options.DeploymentLoadPublisherRefreshTime = TimeSpan.FromDays(1));
    }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(
            of =>
            {
                if (!_isDead)
                {
                    callback(of);
                }
            },
            state,
            dueTime,
            period);

    public Task<StoredState?> Read(StateKey key) => stillness.During(name, () => Living().Read(key));

    public Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag) =>
        stillness.During(name, () => Living().Write(key, json, etag));

    public Task Clear(StateKey key, string etag) => stillness.During(
        name,
        async () =>
        {
            await Living().Clear(key, etag);
            return true;
        });

    private IStateStorage Living() => _isDead ? throw new IOException("This silo is dead.") : storage;
}

/// <summary>Reminders of one silo, whose reading and writing is waited for.</summary>
/// <param name="reminders">Where they are.</param>
/// <param name="silo">The silo's name.</param>
/// <param name="stillness">Waits.</param>
internal sealed class WatchedReminders(IReminderStorage reminders, string silo, ClusterStillness stillness)
    : IReminderStorage
{
    public Task<IReadOnlyList<StoredReminder>> ReadAll() => stillness.During(
        silo,
        async () =>
        {
            var all = await reminders.ReadAll();
            stillness.LookedThroughReminders(silo);
            return all;
        });

    public Task<StoredReminder?> Read(GrainIdentity grain, string name) =>
        stillness.During(silo, () => reminders.Read(grain, name));

    public Task Upsert(StoredReminder entry) => stillness.During(
        silo,
        async () =>
        {
            await reminders.Upsert(entry);
            return true;
        });

    public Task Remove(GrainIdentity grain, string name) => stillness.During(
        silo,
        async () =>
        {
            await reminders.Remove(grain, name);
            return true;
        });
}
