using Orleans.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Cluster;

/// <summary>The name of a grain in Orleans and in storage: the same type and the same key.</summary>
internal static class GrainIdentities
{
    /// <summary>As storage knows it.</summary>
    public static GrainIdentity ToIdentity(this GrainId grain) => new(grain.Type.ToString()!, grain.Key.ToString()!);

    /// <summary>As Orleans knows it.</summary>
    public static GrainId ToGrainId(this GrainIdentity grain) => GrainId.Create(grain.Type, grain.Key);
}
