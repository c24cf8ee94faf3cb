namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// What a gateway tells a call about one of its legs. May arrive late or twice; the leg number tells.
/// </summary>
/// <param name="Leg">The leg's number in the call.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegReport")]
public abstract record LegReport([property: Id(0)] int Leg);

/// <summary>The device is alerting (180 or 183 on a leg we opened).</summary>
[GenerateSerializer, Immutable, Alias("vrs.LegRinging")]
public sealed record LegRinging(int Leg) : LegReport(Leg);

/// <summary>The device answered a leg we opened (2xx).</summary>
/// <param name="Leg">The leg's number.</param>
/// <param name="Dialog">The dialog, now complete.</param>
/// <param name="Description">The answer; or the device's offer when our INVITE carried none. After session
/// policy.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegAnswered")]
public sealed record LegAnswered(
    int Leg,
    [property: Id(0)] DialogState Dialog,
    [property: Id(1)] SdpText Description) : LegReport(Leg);

/// <summary>A leg we opened came to nothing: final non-2xx, time-out (408), or session policy (488).</summary>
/// <param name="Leg">The leg's number.</param>
/// <param name="Status">SIP status, 300 to 699.</param>
/// <param name="Detail">Reason phrase or Warning text.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegRejected")]
public sealed record LegRejected(int Leg, [property: Id(0)] int Status, [property: Id(1)] string Detail)
    : LegReport(Leg);

/// <summary>The device acknowledged our 2xx on a leg it opened.</summary>
[GenerateSerializer, Immutable, Alias("vrs.LegConfirmed")]
public sealed record LegConfirmed(int Leg) : LegReport(Leg);

/// <summary>The device ended the leg: BYE, CANCEL, or no ACK ever came.</summary>
/// <param name="Leg">The leg's number.</param>
/// <param name="Cause">How.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegEnded")]
public sealed record LegEnded(int Leg, [property: Id(0)] LegEndCause Cause) : LegReport(Leg);

/// <summary>
/// The device put the other side on hold, or took it back: a re-INVITE or UPDATE that says so was answered 2xx.
/// </summary>
/// <param name="Leg">The leg of the device that holds.</param>
/// <param name="Held">Whether it holds now.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegHeld")]
public sealed record LegHeld(int Leg, [property: Id(0)] bool Held) : LegReport(Leg);

/// <summary>How a device ended a leg.</summary>
[GenerateSerializer, Alias("vrs.LegEndCause")]
public enum LegEndCause
{
    /// <summary>BYE.</summary>
    HungUp,

    /// <summary>CANCEL before an answer.</summary>
    Cancelled,

    /// <summary>The dialog broke: 481 or 408 to a request in it, no ACK to our 2xx, session timer expired.</summary>
    Broken,
}

/// <summary>
/// A request inside the dialog that belongs to the peer leg: re-INVITE or UPDATE with an offer, INFO. The call passes
/// it to the bridged leg as <see cref="ForwardRequest"/>; it never touches the call's state.
/// </summary>
/// <param name="Leg">The leg it came from.</param>
/// <param name="Number">The gateway's number for the request, answered by <see cref="ForwardResponse"/>.</param>
/// <param name="Method">INVITE, UPDATE or INFO.</param>
/// <param name="Body">SDP after session policy, or an INFO body; null when it has none.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegRequest")]
public sealed record LegRequest(
    int Leg,
    [property: Id(0)] long Number,
    [property: Id(1)] string Method,
    [property: Id(2)] BodyText? Body) : LegReport(Leg);

/// <summary>The final response to a <see cref="ForwardRequest"/>.</summary>
/// <param name="Leg">The leg the request was sent on.</param>
/// <param name="RequestLeg">The leg the request came from.</param>
/// <param name="Number">The number of the request it answers.</param>
/// <param name="Status">SIP status, 200 to 699.</param>
/// <param name="Body">SDP after session policy, or null.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegResponse")]
public sealed record LegResponse(
    int Leg,
    [property: Id(0)] int RequestLeg,
    [property: Id(1)] long Number,
    [property: Id(2)] int Status,
    [property: Id(3)] BodyText? Body) : LegReport(Leg);

/// <summary>
/// The answer to <see cref="ReportDescription"/>: the offer of a leg whose INVITE still waits for its final answer.
/// </summary>
/// <param name="Leg">The leg's number.</param>
/// <param name="Offer">The device's offer, after session policy.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegOffer")]
public sealed record LegOffer(int Leg, [property: Id(0)] SdpText Offer) : LegReport(Leg);
