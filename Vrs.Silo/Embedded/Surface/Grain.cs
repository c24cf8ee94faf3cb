using Orleans.Runtime;
using Vrs.Silo.Embedded.Runtime;

namespace Orleans;

/// <summary>Base class of all grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Made by the engine, inside an activation.</summary>
    /// <exception cref="InvalidOperationException">Made by anybody else.</exception>
    protected Grain() =>
        GrainContext = Activation.Current
            ?? throw new InvalidOperationException("A grain object is made by the grain engine, not by new.");

    /// <summary>The activation this object belongs to.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>Type and key of the grain, for logs.</summary>
    public string IdentityString => Activation.Identity.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Silo.GrainFactory;

    /// <summary>Services that live as long as the activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    internal Activation Activation => (Activation)GrainContext;

    /// <summary>Called when the state is loaded, before the first request.</summary>
    /// <param name="cancellationToken">Signals that the activation is given up.</param>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Called when the last request is done, before the activation is forgotten. Not called after a crash.
    /// </summary>
    /// <param name="reason">Why; informational.</param>
    /// <param name="cancellationToken">Signals that it should end promptly.</param>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Ends this activation when its running requests are done; the next request makes another.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation at least for this long, whether called or not.</summary>
    /// <param name="timeSpan">
    /// How long from now; <see cref="Timeout.InfiniteTimeSpan"/> for ever; <see cref="TimeSpan.Zero"/> takes it back.
    /// </param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
