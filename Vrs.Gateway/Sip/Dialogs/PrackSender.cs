using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>
/// Which reliable provisional responses to our INVITE are to be acknowledged (RFC 3262 section 4). One for each early
/// dialog.
/// </summary>
public sealed class PrackSender
{
    private uint? _lastRSeq;

    /// <summary>Looks at a provisional response that came in.</summary>
    /// <param name="response">To our INVITE.</param>
    /// <param name="early">The early dialog it belongs to.</param>
    /// <param name="prack">The PRACK to send, when it is reliable and new.</param>
    /// <returns>False for a copy, or one that came out of order: it is to be ignored.</returns>
    public bool Accept(SipResponse response, Dialog early, out SipRequest? prack)
    {
        prack = null;
        if (!response.Headers.HasToken(HeaderNames.Require, ReliableProvisionals.OptionTag)
            || response.Headers.Number(HeaderNames.RSeq) is not { } rseq
            || response.StatusCode == SipStatus.Trying)
        {
            return true;
        }

        if (_lastRSeq is { } last && rseq != last + 1)
        {
            return false;
        }

        _lastRSeq = rseq;
        prack = early.CreateRequest(SipMethod.Prack);
        prack.Headers.Add(HeaderNames.RAck, new RAck(rseq, response.CSeq).ToString());
        return true;
    }
}
