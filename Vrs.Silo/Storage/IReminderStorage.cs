namespace Vrs.Silo.Storage;

/// <summary>Where reminders are kept.</summary>
public interface IReminderStorage
{
    /// <summary>All reminders.</summary>
    Task<IReadOnlyList<StoredReminder>> ReadAll();

    /// <summary>The reminder of this name, or null.</summary>
    /// <param name="grain">Whose.</param>
    /// <param name="name">Its name within the grain.</param>
    Task<StoredReminder?> Read(GrainIdentity grain, string name);

    /// <summary>Stores a reminder; one of the same name is replaced.</summary>
    /// <param name="entry">The reminder.</param>
    Task Upsert(StoredReminder entry);

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
public sealed record StoredReminder(GrainIdentity Grain, string Name, DateTimeOffset Start, TimeSpan Period);
