namespace Orleans.Core;

/// <summary>A piece of stored state.</summary>
/// <typeparam name="TState">Its type.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; what is stored changes with <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}
