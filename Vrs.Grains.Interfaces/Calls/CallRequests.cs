namespace Vrs.Grains.Interfaces.Calls;

/// <summary>A caller's INVITE that opens a call. The gateway chose the call id and put it in its tag.</summary>
/// <param name="Session">From the INVITE's Session-ID, or made at the edge.</param>
/// <param name="Direction">Who calls whom, from the roles of both accounts.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="DialedNumber">E.164 number as dialed.</param>
/// <param name="Pool">The pool that serves the Deaf party.</param>
/// <param name="Priority">From the Priority header and the number (911).</param>
/// <param name="RequiredSkills">What an interpreter must have (<see cref="Qualification"/>); may be empty.</param>
/// <param name="Url">The URL through which the call is initiated, for the record.</param>
/// <param name="Dialog">The new leg's dialog.</param>
/// <param name="Offer">The caller's offer, after session policy.</param>
/// <param name="Preference">Whom the caller would like to have, and what she agreed to otherwise; null for
/// anyone.</param>
[GenerateSerializer, Immutable, Alias("vrs.StartCall")]
public sealed record StartCall(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] CallDirection Direction,
    [property: Id(2)] Party Caller,
    [property: Id(3)] string DialedNumber,
    [property: Id(4)] PoolId Pool,
    [property: Id(5)] PriorityClass Priority,
    [property: Id(6)] ImmutableArray<string> RequiredSkills,
    [property: Id(7)] string Url,
    [property: Id(8)] DialogState Dialog,
    [property: Id(9)] SdpText Offer,
    [property: Id(10)] InterpreterPreference? Preference = null);

/// <summary>The INVITE of a caller who lost her connection while waiting and takes her place in line again.</summary>
/// <param name="Caller">Who calls; must be the caller of this call.</param>
/// <param name="Dialog">The new leg's dialog.</param>
/// <param name="Offer">The new offer, after session policy.</param>
[GenerateSerializer, Immutable, Alias("vrs.ResumeCall")]
public sealed record ResumeCall(
    [property: Id(0)] Party Caller,
    [property: Id(1)] DialogState Dialog,
    [property: Id(2)] SdpText Offer);

/// <summary>The interpreter's INVITE that dials the other party, or rejoins one who is still there.</summary>
/// <param name="Interpreter">Who dials; must serve this call.</param>
/// <param name="Number">E.164 number; null to rejoin the callee of a call that was recovered.</param>
/// <param name="Callee">Whose number that is, as resolved by the gateway; null to rejoin.</param>
/// <param name="Dialog">The new leg's dialog.</param>
/// <param name="Offer">The interpreter's offer, after session policy.</param>
[GenerateSerializer, Immutable, Alias("vrs.DialCallee")]
public sealed record DialCallee(
    [property: Id(0)] Party Interpreter,
    [property: Id(1)] string? Number,
    [property: Id(2)] UserId? Callee,
    [property: Id(3)] DialogState Dialog,
    [property: Id(4)] SdpText Offer);

/// <summary>Whether an INVITE became a leg of the call.</summary>
/// <param name="Leg">The number of the new leg; 0 when refused.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Refusal">Null means yes.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegAdmission")]
public sealed record LegAdmission(
    [property: Id(0)] int Leg,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] Refusal? Refusal);

/// <summary>A leg found by its dialog, for a gateway that did not have it in memory.</summary>
/// <param name="Leg">The leg's number.</param>
/// <param name="Role">Its part in the call.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Dialog">Its dialog as last stored.</param>
[GenerateSerializer, Immutable, Alias("vrs.FoundLeg")]
public sealed record FoundLeg(
    [property: Id(0)] int Leg,
    [property: Id(1)] LegRole Role,
    [property: Id(2)] SessionId Session,
    [property: Id(3)] DialogState Dialog);

/// <summary>Somebody asks to end the call other than by SIP (page or operator).</summary>
/// <param name="User">Who asks.</param>
/// <param name="Role">In which role.</param>
[GenerateSerializer, Immutable, Alias("vrs.HangUpRequest")]
public sealed record HangUpRequest([property: Id(0)] UserId User, [property: Id(1)] AccountRole Role);
