using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>What to do about input that is not a message.</summary>
public enum ParseDisposition
{
    /// <summary>It was a request and can be answered: send <see cref="SipParseError.Response"/>.</summary>
    Answer,

    /// <summary>It was a response or an ACK, which get no answer: drop it, logged.</summary>
    Discard,

    /// <summary>Nothing can be made of it: close the flow, logged.</summary>
    Close,
}

/// <summary>Why bytes are not a message.</summary>
/// <param name="Reason">One plain sentence; safe to send and to log: it holds nothing of the message but header
/// names.</param>
/// <param name="Offset">Where in the input, in bytes.</param>
/// <param name="Disposition">What to do.</param>
/// <param name="Response">The response to send, or null.</param>
public sealed record SipParseError(string Reason, int Offset, ParseDisposition Disposition, SipResponse? Response)
{
    public override string ToString() => $"{Reason} (at byte {Offset})";
}
