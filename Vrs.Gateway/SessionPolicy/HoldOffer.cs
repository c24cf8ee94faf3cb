using Vrs.Gateway.Sdp;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>
/// Whether an offer puts the other side on hold (RFC 3264 section 8.4): every stream that is offered at all is
/// <c>sendonly</c> or <c>inactive</c>. An address of 0.0.0.0 is no hold: browsers write it before they know better.
/// </summary>
public static class HoldOffer
{
    /// <summary>Looks at an offer that session policy has passed.</summary>
    /// <param name="offer">The offer.</param>
    public static bool Holds(SdpText offer)
    {
        if (!SdpParser.TryParse(offer.Text, out var description, out _))
        {
            return false;
        }

        var streams = description.Media
            .Where(section => section is { IsRejected: false, Kind: "audio" or "video" })
            .ToList();
        return streams.Count > 0 && streams.TrueForAll(section => IsHeld(description, section));
    }

    // RFC 8866 section 6.7: a section without a direction has that of the session.
    private static bool IsHeld(SessionDescription description, MediaDescription section)
    {
        var lines = section.Lines.Any(IsDirection) ? section.Lines : description.Lines;
        return lines.Any(line => line.IsAttribute("sendonly") || line.IsAttribute("inactive"));
    }

    private static bool IsDirection(SdpLine line) =>
        line.IsAttribute("sendrecv")
        || line.IsAttribute("sendonly")
        || line.IsAttribute("recvonly")
        || line.IsAttribute("inactive");
}
