using System.Collections.Concurrent;

namespace Vrs.Silo.Storage;

/// <summary>Reminders in memory, for tests and simulation; they outlive silos that are given the same object.</summary>
public sealed class MemoryReminderStorage : IReminderStorage
{
    private readonly ConcurrentDictionary<(GrainIdentity Grain, string Name), StoredReminder> _entries = new();

    public Task<IReadOnlyList<StoredReminder>> ReadAll() =>
        Task.FromResult<IReadOnlyList<StoredReminder>>(
            [.. _entries.Values.OrderBy(entry => entry.Grain).ThenBy(entry => entry.Name, StringComparer.Ordinal)]);

    public Task<StoredReminder?> Read(GrainIdentity grain, string name) =>
        Task.FromResult(_entries.GetValueOrDefault((grain, name)));

    public Task Upsert(StoredReminder entry)
    {
        _entries[(entry.Grain, entry.Name)] = entry;
        return Task.CompletedTask;
    }

    public Task Remove(GrainIdentity grain, string name)
    {
        _entries.TryRemove((grain, name), out _);
        return Task.CompletedTask;
    }
}
