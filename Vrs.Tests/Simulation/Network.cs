using Vrs.Silo.Embedded.Runtime;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The way between any two: every message takes seeded time, so that any two can race; some are lost, and commands and
/// reports may arrive twice.
/// </summary>
internal sealed class Network(Swarm swarm, Fate fate, VirtualTime time, SimulationLog log, AimedRun aimed)
    : IMessageTransit
{
    /// <summary>What gateways repeat: the only messages that ever arrive twice.</summary>
    private static readonly HashSet<string> Repeated = ["IGatewayObserver.Perform", "ICallGrain.Report"];

    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(4);

    /// <summary>Whether messages are lost, doubled and held up.</summary>
    public bool Faulty { get; set; }

    public void Carry(Passage passage, Action deliver)
    {
        if (Strikes(Decision.LoseMessage, swarm.Loss))
        {
            log.Note($"lost {passage.Kind} {passage.Number} {passage.Method} {passage.Target}");
            return;
        }

        var copies = passage.Kind is PassageKind.Request or PassageKind.ObserverRequest
            && Repeated.Contains(passage.Method)
            && Strikes(Decision.DoubleMessage, swarm.Duplication) ? 2 : 1;
        aimed.Sent(passage, deliver);
        for (var copy = 0; copy < copies; copy++)
        {
            time.After(aimed.Delay(passage, Delay()), () =>
            {
                log.Note($"{passage.Kind} {passage.Number} {passage.Method} {passage.Target}");
                deliver();
            });
        }
    }

    private bool Strikes(Decision what, double likelihood) =>
        Faulty && fate.Strikes(what, likelihood, time.Elapsed);

    private TimeSpan Delay()
    {
        // One message in twenty is late; the rest are as quick as on a local network.
        var most = Strikes(Decision.DelayMessage, swarm.LongestDelay > Usual ? 0.05 : 0) ? swarm.LongestDelay : Usual;
        return new TimeSpan(fate.Delays.NextInt64(TimeSpan.TicksPerMicrosecond * 50, most.Ticks));
    }
}
