namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Where reminders are kept.</summary>
public interface IReminderTable
{
    /// <summary>All reminders.</summary>
    Task<IReadOnlyList<ReminderEntry>> ReadAll();

    /// <summary>The reminder of this name, or null.</summary>
    /// <param name="grain">Whose.</param>
    /// <param name="name">Its name within the grain.</param>
    Task<ReminderEntry?> Read(GrainIdentity grain, string name);

    /// <summary>Stores a reminder; one of the same name is replaced.</summary>
    /// <param name="entry">The reminder.</param>
    Task Upsert(ReminderEntry entry);

    /// <summary>Removes a reminder; nothing happens when it is gone already.</summary>
    /// <param name="grain">Whose.</param>
    /// <param name="name">Its name within the grain.</param>
    Task Remove(GrainIdentity grain, string name);
}

/// <summary>A reminder as stored.</summary>
/// <param name="Grain">Whose.</param>
/// <param name="Name">Its name within the grain.</param>
/// <param name="Start">When it ticks first.</param>
/// <param name="Period">Between ticks.</param>
public sealed record ReminderEntry(GrainIdentity Grain, string Name, DateTimeOffset Start, TimeSpan Period);
