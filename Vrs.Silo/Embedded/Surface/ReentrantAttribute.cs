namespace Orleans.Concurrency;

/// <summary>
/// Every request of the grain class may start while others of the same activation are waiting for something.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
