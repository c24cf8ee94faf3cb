using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders: timers that survive deactivation and restarts of the process.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder; one of the same name is replaced.</summary>
    /// <param name="grain">A grain that is <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Its name within the grain.</param>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">Between ticks; at least the engine's minimum (one minute unless configured).</param>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        grain.Activation.Silo.Reminders.Register(grain.Activation, reminderName, dueTime, period);

    /// <summary>The reminder of this name, or null.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">Its name within the grain.</param>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        grain.Activation.Silo.Reminders.Find(grain.Activation, reminderName);

    /// <summary>Removes a reminder; nothing happens when it is gone already.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminder">Which.</param>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        grain.Activation.Silo.Reminders.Unregister(grain.Activation, reminder.ReminderName);
}
