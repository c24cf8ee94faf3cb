namespace Vrs.Gateway.Sip.Parsing;

/// <summary>What to do about input that is not a message.</summary>
public enum ParseDisposition
{
    /// <summary>It was a request and can be answered: send <see cref="SipParseError.Answer"/>.</summary>
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
/// <param name="StatusCode">The status of the answer: 400, 505, 513, …</param>
/// <param name="Answer">The response to send, ready for the wire; empty when there is none.</param>
public sealed record SipParseError(
    string Reason, int Offset, ParseDisposition Disposition, int StatusCode, ReadOnlyMemory<byte> Answer)
{
    public override string ToString() => $"{Reason} (at byte {Offset})";
}
