using System.Globalization;
using System.Text;

namespace Vrs.Bench.Headless;

/// <summary>
/// A SIP message as a device sees it: a start line, headers in order, a body. On purpose it shares no code with the
/// server's stack, so that a fault there cannot hide behind the same fault here.
/// </summary>
public sealed class PeerMessage
{
    private readonly List<(string Name, string Value)> _headers = [];

    private PeerMessage(string startLine) => StartLine = startLine;

    /// <summary>The request line or status line, without its line end.</summary>
    public string StartLine { get; }

    /// <summary>The method of a request; null for a response.</summary>
    public string? Method { get; private init; }

    /// <summary>The Request-URI; empty for a response.</summary>
    public string RequestUri { get; private init; } = "";

    /// <summary>The status code of a response; 0 for a request.</summary>
    public int Status { get; private init; }

    /// <summary>The body; empty when there is none.</summary>
    public string Body { get; private set; } = "";

    public string CallId => this["Call-ID"] ?? "";

    public string FromTag => Parameter(this["From"], "tag");

    public string ToTag => Parameter(this["To"], "tag");

    public string Branch => Parameter(this["Via"], "branch");

    public uint CSeqNumber => uint.Parse((this["CSeq"] ?? "0 X").Split(' ')[0], CultureInfo.InvariantCulture);

    public string CSeqMethod => (this["CSeq"] ?? "0 ").Split(' ')[^1];

    /// <summary>The first value of a header, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in _headers)
            {
                if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return null;
        }
    }

    /// <summary>A request with nothing but its line.</summary>
    public static PeerMessage Request(string method, string uri) =>
        new($"{method} {uri} SIP/2.0") { Method = method, RequestUri = uri };

    /// <summary>A response that copies what RFC 3261 section 8.2.6.2 says from the request.</summary>
    public static PeerMessage Response(PeerMessage request, int status, string reason, string toTag)
    {
        var response = new PeerMessage($"SIP/2.0 {status} {reason}") { Status = status };
        foreach (var (name, value) in request._headers)
        {
            if (name is "Via" or "From" or "Call-ID" or "CSeq" or "Record-Route")
            {
                response.Add(name, value);
            }
            else if (name == "To")
            {
                response.Add(name, request.ToTag.Length > 0 || status == 100 ? value : $"{value};tag={toTag}");
            }
        }

        return response;
    }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="FormatException">The text is no SIP message, or its Content-Length is wrong.</exception>
    public static PeerMessage Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException("The message has no empty line after its headers.");
        }

        var lines = text[..end].Split("\r\n");
        var message = Start(lines[0]);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new FormatException($"The header line '{line}' has no name.");
            }

            message.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        message.Body = text[(end + 4)..];
        return message;
    }

    public PeerMessage Add(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    /// <summary>All values of a header, in order.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. _headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>Sets the body and its type.</summary>
    public PeerMessage With(string contentType, string body)
    {
        Add("Content-Type", contentType);
        Body = body;
        return this;
    }

    /// <summary>The message as sent, with its Content-Length.</summary>
    public string ToWire()
    {
        var text = new StringBuilder(StartLine.Length + Body.Length + 1024).Append(StartLine).Append("\r\n");
        foreach (var (name, value) in _headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(Body)).Append("\r\n\r\n")
            .Append(Body).ToString();
    }

    /// <summary>The URI inside a name-addr, or the text itself.</summary>
    public static string UriOf(string? nameAddress)
    {
        var text = nameAddress ?? "";
        var open = text.IndexOf('<', StringComparison.Ordinal);
        return open < 0 ? text.Split(';')[0] : text[(open + 1)..text.IndexOf('>', open)];
    }

    public override string ToString() => Method is null ? $"{StartLine} ({CSeqMethod})" : StartLine;

    private static PeerMessage Start(string line)
    {
        var parts = line.Split(' ', 3);
        if (parts.Length < 3)
        {
            throw new FormatException($"'{line}' is neither a request line nor a status line.");
        }

        return parts[0] == "SIP/2.0"
            ? new PeerMessage(line) { Status = int.Parse(parts[1], CultureInfo.InvariantCulture) }
            : new PeerMessage(line) { Method = parts[0], RequestUri = parts[1] };
    }

    private static string Parameter(string? value, string name)
    {
        var text = value ?? "";
        var from = text.IndexOf('>', StringComparison.Ordinal) + 1;
        var start = text.IndexOf($";{name}=", from, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return "";
        }

        start += name.Length + 2;
        var stop = text.IndexOf(';', start);
        return stop < 0 ? text[start..] : text[start..stop];
    }
}
