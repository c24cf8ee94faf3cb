using System.Collections.Immutable;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Checks;

/// <summary>
/// What a request must pass before the user agent core sees it: one function for each MUST of RFC 3261 section 8.2 (and
/// its companions), run in the order the section says. Pure; merged requests (8.2.2.2) are the transaction layer's.
/// </summary>
public sealed class RequestChecks
{
    /// <summary>The checks with what the gateway understands.</summary>
    public static readonly RequestChecks Default = new(UasCapabilities.Default);

    private readonly UasCapabilities _capabilities;
    private readonly ImmutableArray<Func<SipRequest, SipResponse?>> _checks;

    public RequestChecks(UasCapabilities capabilities)
    {
        _capabilities = capabilities;
        _checks =
        [
            Rfc3261_8_2_1_Method,
            Rfc3261_8_2_2_1_RequestUriScheme,
            Rfc3261_16_3_MaxForwards,
            Rfc3261_8_1_1_8_Contact,
            Rfc3261_8_1_1_3_FromTag,
            Rfc3261_8_2_2_3_Require,
            Rfc3261_8_2_3_ContentEncoding,
            Rfc3261_20_15_ContentType,
            Rfc3261_8_2_3_MediaType,
            Rfc3262_3_Prack,
        ];
    }

    /// <summary>The response that refuses the request, or null when it passes.</summary>
    public SipResponse? Refuse(SipRequest request)
    {
        foreach (var check in _checks)
        {
            if (check(request) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    // A method that isn't understood: 405 with Allow.
    private SipResponse? Rfc3261_8_2_1_Method(SipRequest request) =>
        _capabilities.Methods.Contains(request.Method)
            ? null
            : With(SipResponse.For(request, SipStatus.MethodNotAllowed), HeaderNames.Allow, _capabilities.Allow);

    // A Request-URI of a scheme that isn't understood: 416.
    private SipResponse? Rfc3261_8_2_2_1_RequestUriScheme(SipRequest request) =>
        _capabilities.Schemes.Contains(request.RequestUri.Scheme, StringComparer.Ordinal)
            ? null
            : SipResponse.For(request, SipStatus.UnsupportedUriScheme);

    // No hops left: 483. The gateway answers for others (it is a B2BUA), so it counts as a hop; OPTIONS may end here.
    private static SipResponse? Rfc3261_16_3_MaxForwards(SipRequest request) =>
        request.MaxForwards == 0 && request.Method != SipMethod.Options
            ? SipResponse.For(request, SipStatus.TooManyHops)
            : null;

    // A request that can make a dialog has exactly one Contact with a SIP URI.
    private static SipResponse? Rfc3261_8_1_1_8_Contact(SipRequest request)
    {
        if (request.Method != SipMethod.Invite)
        {
            return null;
        }

        var contacts = request.Headers.Addresses(HeaderNames.Contact).Take(2).ToArray();
        return contacts is [{ Uri.IsSip: true }]
            ? null
            : SipResponse.For(request, SipStatus.BadRequest, null, "INVITE needs one Contact with a SIP URI");
    }

    // From has a tag; without one no dialog could be told from another.
    private static SipResponse? Rfc3261_8_1_1_3_FromTag(SipRequest request) =>
        request.Method == SipMethod.Invite && request.From.Tag is null
            ? SipResponse.For(request, SipStatus.BadRequest, null, "From needs a tag")
            : null;

    // Extensions that are required and not understood: 420 with Unsupported.
    private SipResponse? Rfc3261_8_2_2_3_Require(SipRequest request)
    {
        var unknown = string.Join(", ", request.Headers.List(HeaderNames.Require)
            .Except(_capabilities.Options, StringComparer.OrdinalIgnoreCase));
        return unknown.Length == 0
            ? null
            : With(SipResponse.For(request, SipStatus.BadExtension), HeaderNames.Unsupported, unknown);
    }

    // A body in an encoding that isn't understood: 415 with Accept-Encoding.
    private static SipResponse? Rfc3261_8_2_3_ContentEncoding(SipRequest request) =>
        request.Body.IsEmpty
        || request.Headers.List(HeaderNames.ContentEncoding).All(coding => SipText.EqualNames(coding, "identity"))
            ? null
            : With(SipResponse.For(request, SipStatus.UnsupportedMediaType), "Accept-Encoding", "identity");

    // A body says what it is.
    private static SipResponse? Rfc3261_20_15_ContentType(SipRequest request) =>
        request.Body.IsEmpty || request.ContentType is not null
            ? null
            : SipResponse.For(request, SipStatus.BadRequest, null, "A body needs a Content-Type");

    // A body that isn't understood: 415 with Accept, unless the sender said that it may be ignored.
    private SipResponse? Rfc3261_8_2_3_MediaType(SipRequest request)
    {
        var understood = request.Body.IsEmpty
            || request.Method == SipMethod.Info
            || _capabilities.MediaTypes.Contains(request.ContentType ?? "", StringComparer.Ordinal)
            || IsOptional(request);
        return understood
            ? null
            : With(SipResponse.For(request, SipStatus.UnsupportedMediaType), HeaderNames.Accept, _capabilities.Accept);
    }

    // PRACK says what it acknowledges.
    private static SipResponse? Rfc3262_3_Prack(SipRequest request) =>
        request.Method != SipMethod.Prack || RAck.TryParse(request.Headers[HeaderNames.RAck], out _)
            ? null
            : SipResponse.For(request, SipStatus.BadRequest, null, "PRACK needs a valid RAck");

    private static bool IsOptional(SipRequest request) =>
        request.Headers[HeaderNames.ContentDisposition]?.Replace(" ", "", StringComparison.Ordinal)
            .Contains("handling=optional", StringComparison.OrdinalIgnoreCase) == true;

    private static SipResponse With(SipResponse response, string name, string value)
    {
        response.Headers.Add(name, value);
        return response;
    }
}
