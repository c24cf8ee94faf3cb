using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that can be woken by reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder ticks; the grain is activated for it when it is not.</summary>
    /// <param name="reminderName">Which.</param>
    /// <param name="status">When it started, how often it ticks, and what time it is.</param>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
