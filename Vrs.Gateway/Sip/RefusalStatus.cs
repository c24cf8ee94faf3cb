using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Sip;

/// <summary>What each reason to say no is in SIP; the only place that knows.</summary>
public static class RefusalStatus
{
    /// <summary>The SIP status of a refusal.</summary>
    public static int Of(RefusalReason reason) => reason switch
    {
        RefusalReason.NotFound or RefusalReason.UnknownNumber => SipStatus.NotFound,
        RefusalReason.Stale => SipStatus.CallDoesNotExist,
        RefusalReason.WrongState or RefusalReason.Unreachable or RefusalReason.ConsoleNotReady
            or RefusalReason.Closed =>
            SipStatus.TemporarilyUnavailable,
        RefusalReason.Forbidden => SipStatus.Forbidden,
        RefusalReason.Busy => SipStatus.BusyHere,
        RefusalReason.Overloaded => SipStatus.ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
