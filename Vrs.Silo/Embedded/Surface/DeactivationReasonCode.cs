namespace Orleans;

/// <summary>Why an activation ends.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None,

    /// <summary>The process is shutting down.</summary>
    ShuttingDown,

    /// <summary>The grain could not be activated.</summary>
    ActivationFailed,

    /// <summary>Two processes disagreed on where the grain is; clusters only.</summary>
    DirectoryFailure,

    /// <summary>Nobody called it for the collection age.</summary>
    ActivationIdle,

    /// <summary>It did not answer.</summary>
    ActivationUnresponsive,

    /// <summary>The grain was active elsewhere; clusters only.</summary>
    DuplicateActivation,

    /// <summary>A request of another interface version; clusters only.</summary>
    IncompatibleRequest,

    /// <summary>The grain's code failed in a way that makes its memory untrustworthy.</summary>
    ApplicationError,

    /// <summary>The grain's code asked for it.</summary>
    ApplicationRequested,

    /// <summary>It moves to another process; clusters only.</summary>
    Migrating,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested,

    /// <summary>Memory is short.</summary>
    HighMemoryPressure,
}
