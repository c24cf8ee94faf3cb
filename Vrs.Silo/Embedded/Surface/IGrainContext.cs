namespace Orleans.Runtime;

/// <summary>One activation of one grain, as the grain itself and its components see it.</summary>
public interface IGrainContext
{
    /// <summary>The grain object, or null before it exists.</summary>
    object? GrainInstance { get; }

    /// <summary>Services that live as long as the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is over.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation when its running requests are done.</summary>
    /// <param name="deactivationReason">Why; informational.</param>
    /// <param name="cancellationToken">Signals that it should end promptly.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
