namespace Orleans.Runtime;

/// <summary>A running grain timer; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts it again with other times.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> stops it.</param>
    /// <param name="period">Between ticks; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
