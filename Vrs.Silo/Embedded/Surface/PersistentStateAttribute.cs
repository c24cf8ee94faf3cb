namespace Orleans.Runtime;

/// <summary>Names the stored state that a constructor parameter of a grain is given.</summary>
/// <param name="stateName">Its name within the grain.</param>
/// <param name="storageName">The store it is kept in; null is the default store.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    /// <summary>Its name within the grain.</summary>
    public string StateName { get; } = stateName;

    /// <summary>The store it is kept in; null is the default store.</summary>
    public string? StorageName { get; } = storageName;
}
