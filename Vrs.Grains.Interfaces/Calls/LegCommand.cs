namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// What a call wants done on a leg. Carried to the leg's device by its registration grain; repeated until accepted, so
/// a gateway does each (leg, sequence) once.
/// </summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The number of the effect that asks for it; rises within a call.</param>
/// <param name="Session">The call's Session-ID, put on every message.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegCommand")]
public abstract record LegCommand(
    [property: Id(0)] LegRef Leg,
    [property: Id(1)] long Sequence,
    [property: Id(2)] SessionId Session);

/// <summary>Send a provisional response on a leg the device opened.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Status">180 or 182.</param>
/// <param name="Queue">For 182: place in line and estimate.</param>
[GenerateSerializer, Immutable, Alias("vrs.SendProgress")]
public sealed record SendProgress(
    LegRef Leg,
    long Sequence,
    SessionId Session,
    [property: Id(0)] int Status,
    [property: Id(1)] QueuePosition? Queue) : LegCommand(Leg, Sequence, Session);

/// <summary>Answer a leg the device opened: 200 with this SDP.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Answer">The peer leg's answer.</param>
[GenerateSerializer, Immutable, Alias("vrs.AnswerLeg")]
public sealed record AnswerLeg(LegRef Leg, long Sequence, SessionId Session, [property: Id(0)] SdpText Answer)
    : LegCommand(Leg, Sequence, Session);

/// <summary>Open a leg: INVITE the device.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Role">The leg's part; told to the page in the <c>Vrs-Leg</c> header.</param>
/// <param name="FromName">Display name of the party this leg shows as From.</param>
/// <param name="FromNumber">E.164 number shown as From; null when there is none.</param>
/// <param name="Offer">The offer; null asks the device for one (it comes in <see cref="LegAnswered"/>).</param>
/// <param name="TakesOver">
/// The leg of the same device whose place this one takes (interpreter replaced); the page swaps its media and the call
/// ends the old leg. Null for an ordinary INVITE.
/// </param>
/// <param name="RingFor">How long to wait for a final answer before CANCEL and 408.</param>
[GenerateSerializer, Immutable, Alias("vrs.InviteLeg")]
public sealed record InviteLeg(
    LegRef Leg,
    long Sequence,
    SessionId Session,
    [property: Id(0)] LegRole Role,
    [property: Id(1)] string FromName,
    [property: Id(2)] string? FromNumber,
    [property: Id(3)] SdpText? Offer,
    [property: Id(4)] DialogState? TakesOver,
    [property: Id(5)] TimeSpan RingFor) : LegCommand(Leg, Sequence, Session);

/// <summary>Acknowledge the 2xx of a leg we opened without an offer; the ACK carries the answer.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Answer">The answer to the device's offer.</param>
[GenerateSerializer, Immutable, Alias("vrs.AcknowledgeLeg")]
public sealed record AcknowledgeLeg(LegRef Leg, long Sequence, SessionId Session, [property: Id(0)] SdpText Answer)
    : LegCommand(Leg, Sequence, Session);

/// <summary>
/// End a leg, whatever its state: final response to a pending INVITE of the device, CANCEL of ours, or BYE.
/// </summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Status">The final response if the device's INVITE is still pending, e.g. 480, 486, 603.</param>
/// <param name="Detail">Text of the Reason or Warning header; one plain sentence.</param>
/// <param name="Dialog">The dialog, so that a gateway that never saw it can send the BYE; null when none exists
/// yet.</param>
/// <param name="RetryAfter">When calling again is worth while (Retry-After, RFC 3261 section 20.33); null when that is
/// not known.</param>
/// <param name="Superseded">
/// Whether another leg of the device has its place: in a conversation this one ends when the device says that the other
/// one shows, or has had its time for it.
/// </param>
[GenerateSerializer, Immutable, Alias("vrs.EndLeg")]
public sealed record EndLeg(
    LegRef Leg,
    long Sequence,
    SessionId Session,
    [property: Id(0)] int Status,
    [property: Id(1)] string Detail,
    [property: Id(2)] DialogState? Dialog,
    [property: Id(3)] TimeSpan? RetryAfter = null,
    [property: Id(4)] bool Superseded = false) : LegCommand(Leg, Sequence, Session);

/// <summary>Send on this leg a request that came in on its peer (see <see cref="LegRequest"/>).</summary>
/// <param name="Leg">The leg to send on.</param>
/// <param name="Sequence">Passed-through messages are not effects: 0.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="RequestLeg">The leg it came from.</param>
/// <param name="Number">The request's number there.</param>
/// <param name="Method">INVITE, UPDATE or INFO.</param>
/// <param name="Body">SDP or INFO body, or null.</param>
/// <param name="Dialog">The dialog, for a gateway that never saw it.</param>
[GenerateSerializer, Immutable, Alias("vrs.ForwardRequest")]
public sealed record ForwardRequest(
    LegRef Leg,
    long Sequence,
    SessionId Session,
    [property: Id(0)] int RequestLeg,
    [property: Id(1)] long Number,
    [property: Id(2)] string Method,
    [property: Id(3)] BodyText? Body,
    [property: Id(4)] DialogState Dialog) : LegCommand(Leg, Sequence, Session);

/// <summary>Answer the request of this number that came in on this leg.</summary>
/// <param name="Leg">The leg the request came from.</param>
/// <param name="Sequence">Passed-through messages are not effects: 0.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Number">The request's number.</param>
/// <param name="Status">SIP status, 200 to 699.</param>
/// <param name="Body">SDP, or null.</param>
[GenerateSerializer, Immutable, Alias("vrs.ForwardResponse")]
public sealed record ForwardResponse(
    LegRef Leg,
    long Sequence,
    SessionId Session,
    [property: Id(0)] long Number,
    [property: Id(1)] int Status,
    [property: Id(2)] BodyText? Body) : LegCommand(Leg, Sequence, Session);

/// <summary>
/// Tell the call again what this leg's device said (its grain was moved and kept no SDP): the offer of an INVITE that
/// still waits, as <see cref="LegOffer"/>; what it answered to ours, as <see cref="LegAnswered"/>.
/// </summary>
/// <param name="Leg">The leg.</param>
/// <param name="Sequence">The effect's number.</param>
/// <param name="Session">The call's Session-ID.</param>
[GenerateSerializer, Immutable, Alias("vrs.ReportOffer")]
public sealed record ReportDescription(LegRef Leg, long Sequence, SessionId Session)
    : LegCommand(Leg, Sequence, Session);
