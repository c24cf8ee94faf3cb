using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State of a grain, loaded before the grain is activated; a constructor parameter.</summary>
/// <typeparam name="TState">Its type.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;
