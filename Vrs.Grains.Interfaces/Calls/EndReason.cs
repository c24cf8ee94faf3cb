namespace Vrs.Grains.Interfaces.Calls;

/// <summary>Why a call ended; one word in records, metrics and on the operations page.</summary>
[GenerateSerializer, Alias("vrs.EndReason")]
public enum EndReason
{
    /// <summary>Not ended.</summary>
    None,

    /// <summary>The caller hung up while waiting for an interpreter.</summary>
    Abandoned,

    /// <summary>The caller hung up after being connected.</summary>
    CallerHungUp,

    /// <summary>The interpreter ended the call.</summary>
    InterpreterHungUp,

    /// <summary>The called party hung up and no other call was placed in time.</summary>
    CalleeHungUp,

    /// <summary>Nobody became free within the longest wait.</summary>
    NoInterpreter,

    /// <summary>The caller's device was lost and did not come back within its grace.</summary>
    CallerLost,

    /// <summary>The interpreter was lost and no other was found in time.</summary>
    InterpreterLost,

    /// <summary>Connected, but nothing was dialed within the idle limit.</summary>
    Idle,

    /// <summary>A leg could not be set up.</summary>
    SetupFailed,

    /// <summary>An operator ended the call.</summary>
    OperatorEnded,

    /// <summary>The service for this language pair was closed.</summary>
    ServiceClosed,

    /// <summary>A promised callback found no interpreter in time.</summary>
    CallbackExpired,

    /// <summary>The caller was called back and did not answer, or was not there.</summary>
    CallbackUnanswered,
}
