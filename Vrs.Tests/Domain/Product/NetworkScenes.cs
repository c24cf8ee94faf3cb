using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Domain.Calls;

namespace Vrs.Tests.Domain.Product;

/// <summary>Where searches begin: what takes many steps to reach is where others start.</summary>
internal static class NetworkScenes
{
    /// <summary>Both interpreters rest at their consoles, and nobody has called.</summary>
    public const string Idle = "nobody has called";

    /// <summary>Two calls wait, and both interpreters rest.</summary>
    public const string Waiting = "two calls wait";

    /// <summary>Two calls wait for the two interpreters who are being asked.</summary>
    public const string Asked = "both interpreters are asked";

    /// <summary>One call is served, another waits, and the other interpreter rests.</summary>
    public const string Served = "one call is served, another waits";

    /// <summary>Both calls are served.</summary>
    public const string Busy = "both calls are served";

    /// <summary>The scene of this name, with at most one copy of a message astray at a time.</summary>
    public static MachineNetwork Of(string name)
    {
        var start = MachineNetwork.Start with { MostLate = 1 };
        return name switch
        {
            Idle => start,
            Waiting => Called(Called(start, 0), 1),
            Asked => Free(Free(Called(Called(start, 0), 1), 0), 1),
            Served => Called(Connected(Free(Called(start, 0), 0), 0), 1),
            Busy => Connected(Free(Called(Connected(Free(Called(start, 0), 0), 0), 1), 1), 1),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static MachineNetwork Called(MachineNetwork network, int call) =>
        network.Call(call, CallSamples.Invited(call: $"call{call}")).Settled();

    private static MachineNetwork Free(MachineNetwork network, int who) =>
        network.Interpreter(who, new InterpreterEvent.GoAvailable()).Settled();

    /// <summary>She takes the call that she is asked for.</summary>
    private static MachineNetwork Connected(MachineNetwork network, int who)
    {
        var held = network.Interpreters[who].Held!;
        var accepted = network.Interpreter(who, new InterpreterEvent.Accept(held.Call, held.Offer)).Settled();
        var call = MachineNetwork.IndexOf(held.Call);
        var leg = accepted.Calls[call].FindLeg(LegRole.InterpreterToCaller)!;
        return accepted.Call(
            call, new CallEvent.InterpreterAnswered(leg.Number, CallSamples.Dialog("answer")))
            .Settled();
    }
}
