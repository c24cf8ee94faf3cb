namespace Vrs.Silo.Storage;

/// <summary>Names one grain: the stable name of its class, and its key.</summary>
/// <param name="Type">
/// The name of the grain class in storage: that of [GrainType], else its own, lower case, less "Grain".
/// </param>
/// <param name="Key">The grain's key.</param>
public readonly record struct GrainIdentity(string Type, string Key) : IComparable<GrainIdentity>
{
    /// <summary>
    /// Ordinal, by type and then key: the order in which sweeps visit grains, the same in every process.
    /// </summary>
    public int CompareTo(GrainIdentity other)
    {
        var byType = string.CompareOrdinal(Type, other.Type);
        return byType != 0 ? byType : string.CompareOrdinal(Key, other.Key);
    }

    public override string ToString() => $"{Type}/{Key}";
}
