namespace Orleans;

/// <summary>The stable name of a grain class in storage; without it the class name, lower case, less "Grain".</summary>
/// <param name="grainType">The name.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}
