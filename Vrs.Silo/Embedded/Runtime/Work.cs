using Orleans;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Something an activation has to do: serve a request, or a timer's tick.</summary>
/// <param name="activation">The activation.</param>
internal abstract class Work(Activation activation)
{
    /// <summary>The activation.</summary>
    public Activation Activation => activation;

    /// <summary>May start while other work waits for something, and keeps nothing from starting.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>Does it; never throws.</summary>
    public abstract Task Run(Grain grain);

    /// <summary>The activation is over: somebody else does it, or nobody.</summary>
    public abstract void Reroute();

    /// <summary>It can't be done.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>Serves a request.</summary>
/// <param name="activation">The activation.</param>
/// <param name="request">The request.</param>
internal sealed class RequestWork(Activation activation, Request request) : Work(activation)
{
    public override bool Interleaves => request.Shape.AlwaysInterleave;

    public override async Task Run(Grain grain)
    {
        Activation.Admitted();
        Activation.Touch();
        var begun = Activation.Silo.Time.GetTimestamp();
        var call = request.Invoke(grain);
        try
        {
            await call;
        }
        catch (Exception fault)
        {
            Measure(begun);
            Activation.Silo.Respond(Activation.Target, request, fault);
            Activation.AfterFault(fault);
            return;
        }

        Measure(begun);
        Activation.Silo.Respond(Activation.Target, request, call);
    }

    private void Measure(long begun) => EngineInstruments.Turn.Record(
        Activation.Silo.Time.GetElapsedTime(begun).TotalSeconds, Activation.Target.Class.Label);

    public override void Reroute()
    {
        Activation.Admitted();
        Activation.Silo.Deliver(Activation.Target, request);
    }

    public override void Fail(Exception fault)
    {
        Activation.Admitted();
        Activation.Silo.Respond(Activation.Target, request, fault);
    }
}
