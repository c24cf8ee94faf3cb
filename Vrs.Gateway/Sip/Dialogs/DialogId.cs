using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>Names a dialog at this end (RFC 3261 section 12).</summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="LocalTag">Our tag.</param>
/// <param name="RemoteTag">The peer's tag; empty when an RFC 2543 peer gave none.</param>
public readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog a request that came in belongs to; null when To has no tag.</summary>
    public static DialogId? OfRequest(SipRequest request) =>
        request.To.Tag is { } local ? new DialogId(request.CallId, local, request.From.Tag ?? "") : null;

    /// <summary>The dialog a response to our request belongs to.</summary>
    public static DialogId OfResponse(SipResponse response) =>
        new(response.CallId, response.From.Tag ?? "", response.To.Tag ?? "");
}
