using Orleans.Metadata;
using Orleans.Runtime;
using Vrs.Grains.Calls;
using Vrs.Grains.Queues;

namespace Vrs.Silo.Cluster;

/// <summary>
/// Where grains are put when Orleans would choose by load alone. It is said here and not on the grains, which do not
/// know what they run on.
/// </summary>
internal sealed class GrainPlacement : IGrainPropertiesProvider
{
    private static readonly Dictionary<Type, PlacementStrategy> Strategies = new()
    {
        // Beside the gateway that has the caller's connection, when that process has grains: events come from there.
        [typeof(CallGrain)] = new PreferLocalPlacement(),
        // Spread by name: two pools that are busy at once do not share a silo because the first came up there.
        [typeof(QueueGrain)] = new HashBasedPlacement(),
    };

    /// <inheritdoc/>
    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        if (Strategies.TryGetValue(grainClass, out var strategy))
        {
            properties[WellKnownGrainTypeProperties.PlacementStrategy] = strategy.GetType().Name;
        }
    }
}
