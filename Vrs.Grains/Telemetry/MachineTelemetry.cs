using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Telemetry.GrainInstruments;

namespace Vrs.Grains.Telemetry;

/// <summary>Events that a table ignored or refused: many of them are the first sign that something is wrong.</summary>
internal static class MachineTelemetry
{
    public static void Record<TPhase>(string machine, TPhase phase, MachineEvent @event, RowKind kind)
        where TPhase : struct, Enum
    {
        if (kind is not RowKind.Step)
        {
            Unmoved.Add(
                1,
                Label("machine", machine),
                Label("phase", phase),
                Label("event", @event.GetType().Name),
                Label("answer", kind));
        }
    }
}
