using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface whose calls are messages to a grain.</summary>
public interface IGrain : IAddressable;
