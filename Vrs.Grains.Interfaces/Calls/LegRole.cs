namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// The part a leg (one SIP dialog) plays. Caller and InterpreterToCaller are bridged, InterpreterToCallee and Callee
/// are bridged; the interpreter's browser is where the two media sessions of a call meet.
/// </summary>
[GenerateSerializer, Alias("vrs.LegRole")]
public enum LegRole
{
    /// <summary>The dialog the caller's device opened by INVITE (gateway is UAS).</summary>
    Caller,

    /// <summary>
    /// The dialog the gateway opened to the interpreter's console with the caller's media (gateway is UAC).
    /// </summary>
    InterpreterToCaller,

    /// <summary>The dialog the interpreter's console opened to dial the other party (gateway is UAS).</summary>
    InterpreterToCallee,

    /// <summary>The dialog the gateway opened to the called party (gateway is UAC).</summary>
    Callee,
}
