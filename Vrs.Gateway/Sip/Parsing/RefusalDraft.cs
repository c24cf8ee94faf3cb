using System.Text;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>
/// The headers a response copies (RFC 3261 section 8.2.6.2) as they came, so that a request can be refused even when it
/// is one of them that can't be read.
/// </summary>
internal sealed class RefusalDraft
{
    private readonly List<string> _vias = new(1);
    private string? _from;
    private string? _to;
    private string? _callId;
    private string? _cseq;

    /// <summary>Whether all are here.</summary>
    public bool IsComplete =>
        _vias.Count > 0 && _from is not null && _to is not null && _callId is not null && _cseq is not null;

    public void Add(string name, string value)
    {
        switch (name)
        {
            case HeaderNames.Via:
                _vias.Add(value);
                break;
            case HeaderNames.From:
                _from ??= value;
                break;
            case HeaderNames.To:
                _to ??= value;
                break;
            case HeaderNames.CallId:
                _callId ??= value;
                break;
            case HeaderNames.CSeq:
                _cseq ??= value;
                break;
        }
    }

    /// <summary>The response for the wire.</summary>
    public byte[] Write(int status, string reason)
    {
        var text = new StringBuilder(512).Append("SIP/2.0 ").Append(status).Append(' ').Append(reason).Append("\r\n");
        foreach (var via in _vias)
        {
            Field(text, HeaderNames.Via, via);
        }

        var tag = _to!.Contains("tag", StringComparison.OrdinalIgnoreCase)
            ? ""
            : ";tag=" + StatelessTag.For(_callId!, _from, _vias[0]);
        Field(text, HeaderNames.From, _from!);
        Field(text, HeaderNames.To, _to + tag);
        Field(text, HeaderNames.CallId, _callId!);
        Field(text, HeaderNames.CSeq, _cseq!);
        return Encoding.UTF8.GetBytes(text.Append("Content-Length: 0\r\n\r\n").ToString());
    }

    // What came with a stray control character goes back without it.
    private static void Field(StringBuilder text, string name, string value)
    {
        text.Append(name).Append(": ");
        foreach (var letter in value)
        {
            text.Append(letter is '\r' or '\n' or '\0' ? ' ' : letter);
        }

        text.Append("\r\n");
    }
}
