using Vrs.Grains.Domain.Calls;

namespace Vrs.Grains.Calls;

/// <summary>
/// The latest session description of each live leg, in memory only. What a crash took is asked for again at the gateway
/// that heard it.
/// </summary>
internal sealed class CallDescriptions
{
    private readonly Dictionary<int, SdpText> _byLeg = [];

    public SdpText? Find(int leg) => _byLeg.GetValueOrDefault(leg);

    public void Keep(int leg, SdpText description) => _byLeg[leg] = description;

    public void KeepOnly(ImmutableArray<Leg> legs)
    {
        foreach (var gone in _byLeg.Keys.Where(number => legs.All(leg => leg.Number != number)).ToList())
        {
            _byLeg.Remove(gone);
        }
    }
}
