using Vrs.Silo.Storage;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Grain state that takes seeded time to be written, and sometimes fails: before the write took effect, or after, when
/// the writer can't know that it did. It outlives crashes.
/// </summary>
internal sealed class FaultyStorage(Swarm swarm, Fate fate, VirtualTime time) : IStateStorage
{
    private readonly MemoryStorage _disk = new();

    public bool Faulty { get; set; }

    /// <summary>Told of every write that took effect.</summary>
    public Action<StateKey, ReadOnlyMemory<byte>> Written { get; set; } = static (_, _) => { };

    public IReadOnlyList<KeyValuePair<StateKey, StoredState>> Records => _disk.Records;

    public async Task<StoredState?> Read(StateKey key)
    {
        await Pause();
        return await _disk.Read(key);
    }

    public async Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
    {
        await Pause();
        FailBefore(key);
        var written = await _disk.Write(key, json, etag);
        Written(key, json);
        await Pause();
        FailAfter(key);
        return written;
    }

    public async Task Clear(StateKey key, string etag)
    {
        await Pause();
        FailBefore(key);
        await _disk.Clear(key, etag);
        FailAfter(key);
    }

    private Task Pause() => time.Wait(new TimeSpan(fate.Delays.NextInt64(TimeSpan.TicksPerMillisecond * 3)));

    private void FailBefore(StateKey key)
    {
        if (Faulty && fate.Strikes(Decision.FailBeforeWrite, swarm.WriteFailure / 2, time.Elapsed))
        {
            throw new IOException($"The write of {key} failed.");
        }
    }

    private void FailAfter(StateKey key)
    {
        if (Faulty && fate.Strikes(Decision.FailAfterWrite, swarm.WriteFailure / 2, time.Elapsed))
        {
            throw new IOException($"The write of {key} took effect, but nobody knows.");
        }
    }
}

/// <summary>Reminders that are sometimes not stored.</summary>
internal sealed class FaultyReminders(Swarm swarm, Fate fate, VirtualTime time) : IReminderStorage
{
    private readonly MemoryReminderStorage _disk = new();

    public bool Faulty { get; set; }

    public Task<IReadOnlyList<StoredReminder>> ReadAll() => _disk.ReadAll();

    public Task<StoredReminder?> Read(GrainIdentity grain, string name) => _disk.Read(grain, name);

    public Task Upsert(StoredReminder entry)
    {
        FailSometimes();
        return _disk.Upsert(entry);
    }

    public Task Remove(GrainIdentity grain, string name)
    {
        FailSometimes();
        return _disk.Remove(grain, name);
    }

    private void FailSometimes()
    {
        if (Faulty && fate.Strikes(Decision.FailReminder, swarm.WriteFailure, time.Elapsed))
        {
            throw new IOException("The reminder could not be stored.");
        }
    }
}
