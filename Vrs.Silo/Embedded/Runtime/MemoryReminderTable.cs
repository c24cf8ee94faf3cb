using System.Collections.Concurrent;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Reminders in memory, for tests and simulation; they outlive silos that are given the same object.</summary>
public sealed class MemoryReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainIdentity Grain, string Name), ReminderEntry> _entries = new();

    public Task<IReadOnlyList<ReminderEntry>> ReadAll() =>
        Task.FromResult<IReadOnlyList<ReminderEntry>>(
            [.. _entries.Values.OrderBy(entry => entry.Grain).ThenBy(entry => entry.Name, StringComparer.Ordinal)]);

    public Task<ReminderEntry?> Read(GrainIdentity grain, string name) =>
        Task.FromResult(_entries.GetValueOrDefault((grain, name)));

    public Task Upsert(ReminderEntry entry)
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
