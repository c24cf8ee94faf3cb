namespace Orleans.Concurrency;

/// <summary>The method may start while other requests of the same activation are waiting for something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
