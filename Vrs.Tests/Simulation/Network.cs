using Vrs.Silo.Embedded.Runtime;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The way between any two: every message takes seeded time, so that any two can race; some are lost, and commands and
/// reports may arrive twice.
/// </summary>
internal sealed class Network(Swarm swarm, Random random, VirtualTime time, SimulationLog log) : IMessageTransit
{
    /// <summary>What gateways repeat: the only messages that ever arrive twice.</summary>
    private static readonly HashSet<string> Repeated = ["IGatewayObserver.Perform", "ICallGrain.Report"];

    /// <summary>Whether messages are lost, doubled and held up.</summary>
    public bool Faulty { get; set; }

    public void Carry(Passage passage, Action deliver)
    {
        if (Faulty && random.NextDouble() < swarm.Loss)
        {
            log.Note($"lost {passage.Kind} {passage.Number} {passage.Method} {passage.Target}");
            return;
        }

        var copies = Faulty && passage.Kind is PassageKind.Request or PassageKind.ObserverRequest
            && Repeated.Contains(passage.Method) && random.NextDouble() < swarm.Duplication ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            time.After(Delay(), () =>
            {
                log.Note($"{passage.Kind} {passage.Number} {passage.Method} {passage.Target}");
                deliver();
            });
        }
    }

    private TimeSpan Delay()
    {
        // One message in twenty is late; the rest are as quick as on a local network.
        var most = Faulty && random.Next(20) == 0 ? swarm.LongestDelay : TimeSpan.FromMilliseconds(4);
        return new TimeSpan(random.NextInt64(TimeSpan.TicksPerMicrosecond * 50, most.Ticks));
    }
}
