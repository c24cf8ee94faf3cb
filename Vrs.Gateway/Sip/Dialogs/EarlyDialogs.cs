using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>
/// The dialogs that responses to one INVITE of ours make, one for each To tag (RFC 3261 section 13.2.2), and which
/// reliable provisional responses are to be acknowledged in them (RFC 3262 section 4).
/// </summary>
/// <param name="invite">The INVITE.</param>
public sealed class EarlyDialogs(SipRequest invite)
{
    // Forks beyond these are not followed.
    private const int MaxForks = 8;

    private readonly Dictionary<string, Early> _early = new(StringComparer.Ordinal);

    /// <summary>Takes note of a provisional response.</summary>
    /// <param name="response">101 to 199.</param>
    /// <param name="prack">The PRACK to send when the response is reliable, else null.</param>
    /// <returns>False for a copy, or one that came out of order: it is to be ignored.</returns>
    public bool Accept(SipResponse response, out SipRequest? prack)
    {
        prack = null;
        if (!IsReliable(response, out var number))
        {
            return true;
        }

        var tag = response.To.Tag!;
        if (!_early.TryGetValue(tag, out var early))
        {
            if (_early.Count == MaxForks)
            {
                return false;
            }

            early = new Early(Dialog.AsClient(invite, response));
            _early.Add(tag, early);
        }
        else if (number != early.LastRSeq + 1)
        {
            return false;
        }

        early.LastRSeq = number;
        prack = early.Dialog.CreateRequest(SipMethod.Prack);
        prack.Headers.Add(HeaderNames.RAck, new RAck(number, response.CSeq).ToString());
        return true;
    }

    /// <summary>The dialog of a 2xx; the early one goes on in it, with its numbers.</summary>
    public Dialog Confirm(SipResponse response)
    {
        if (!_early.Remove(response.To.Tag ?? "", out var early))
        {
            return Dialog.AsClient(invite, response);
        }

        early.Dialog.Accept(response);
        return early.Dialog;
    }

    private static bool IsReliable(SipResponse response, out uint number)
    {
        number = response.Headers.Number(HeaderNames.RSeq) ?? 0;
        return number > 0
            && response.To.Tag is not null
            && response.StatusCode > SipStatus.Trying
            && response.Headers.HasToken(HeaderNames.Require, ReliableProvisionals.OptionTag);
    }

    private sealed class Early(Dialog dialog)
    {
        public Dialog Dialog => dialog;

        public uint LastRSeq { get; set; }
    }
}
