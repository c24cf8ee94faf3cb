namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// What any gateway needs to go on with a SIP dialog (RFC 3261 section 12). It is stored with the call, so it
/// outlives the gateway; a gateway that takes a dialog over skips ahead in CSeq, since a gap is legal and a repeat is
/// not.
/// </summary>
/// <param name="CallIdHeader">The Call-ID.</param>
/// <param name="LocalTag">Our tag: the <c>CallId</c>, a hyphen, and random characters; so it leads back to the
/// grain.</param>
/// <param name="RemoteTag">The device's tag.</param>
/// <param name="LocalUri">Our URI in From or To, as sent.</param>
/// <param name="RemoteUri">The device's URI in From or To, as sent.</param>
/// <param name="RemoteTarget">The device's Contact URI; its host is no address, requests go to the device's
/// flow.</param>
/// <param name="RouteSet">Route header values, in order; usually empty.</param>
/// <param name="LocalCSeq">The last CSeq number we sent, or 0.</param>
/// <param name="RemoteCSeq">The last CSeq number we received, or 0.</param>
[GenerateSerializer, Immutable, Alias("vrs.DialogState")]
public sealed record DialogState(
    [property: Id(0)] string CallIdHeader,
    [property: Id(1)] string LocalTag,
    [property: Id(2)] string RemoteTag,
    [property: Id(3)] string LocalUri,
    [property: Id(4)] string RemoteUri,
    [property: Id(5)] string RemoteTarget,
    [property: Id(6)] ImmutableArray<string> RouteSet,
    [property: Id(7)] uint LocalCSeq,
    [property: Id(8)] uint RemoteCSeq);
