using Orleans.Runtime;
using Vrs.Silo.Embedded.Runtime;

namespace Orleans;

/// <summary>What any grain object may ask of its activation.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Ends the activation when its running requests are done; the next request makes another.</summary>
    /// <param name="grain">The grain.</param>
    public static void DeactivateOnIdle(this IGrainBase grain) =>
        grain.GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked to be deactivated."));

    /// <summary>Starts a timer that ends with the activation; ticks never overlap each other.</summary>
    /// <typeparam name="TState">What the callback is given.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn of the grain; an exception is logged and the timer goes on.</param>
    /// <param name="state">What the callback is given.</param>
    /// <param name="options">When, how often, and whether it may interleave.</param>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Activation)grain.GrainContext).StartTimer(ct => callback(state, ct), options);
    }

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState,
    /// GrainTimerCreationOptions)"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Activation)grain.GrainContext).StartTimer(_ => callback(state), options);
    }

    /// <summary>Starts a timer that ends with the activation; ticks never overlap each other.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn of the grain; an exception is logged and the timer goes on.</param>
    /// <param name="options">When, how often, and whether it may interleave.</param>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Activation)grain.GrainContext).StartTimer(callback, options);
    }

    /// <inheritdoc cref="RegisterGrainTimer(IGrainBase, Func{CancellationToken, Task}, GrainTimerCreationOptions)"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Activation)grain.GrainContext).StartTimer(_ => callback(), options);
    }
}
