using Orleans.Runtime;

namespace Orleans;

/// <summary>What the engine needs of a grain object.</summary>
public interface IGrainBase
{
    /// <summary>The activation this object belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called when the state is loaded, before the first request.</summary>
    /// <param name="token">Signals that the activation is given up.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called when the last request is done, before the activation is forgotten.</summary>
    /// <param name="reason">Why; informational.</param>
    /// <param name="token">Signals that it should end promptly.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
