using System.Buffers;
using System.Text;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>Request-Line and Status-Line (RFC 3261 sections 7.1, 7.2): exactly one space between their parts.</summary>
internal static class StartLine
{
    private const int LongestVersion = 16;
    private static readonly SearchValues<byte> VersionBytes = SearchValues.Create("0123456789."u8);

    public static void Read(ReadOnlySpan<byte> line, int offset, SipLimits limits, MessageDraft draft)
    {
        if (line.Length >= 4 && Ascii.EqualsIgnoreCase(line[..4], "SIP/"u8))
        {
            draft.IsResponse = true;
            ReadStatusLine(line, offset, draft);
            return;
        }

        var space = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        var method = space <= 0 ? default : line[..space];
        if (method.IsEmpty || method.Length > limits.MethodBytes || method.ContainsAnyExcept(SipText.TokenBytes))
        {
            draft.Fault("The request line has no valid method", offset);
            return;
        }

        draft.Method = SipMethod.From(method);
        var version = line[(last + 1)..];
        var uri = last > space ? line[(space + 1)..last] : default;
        if (!Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            var other = IsOtherVersion(version);
            draft.Fault(
                other ? SipStatus.Phrase(SipStatus.VersionNotSupported) : "The request line is malformed",
                offset,
                other ? SipStatus.VersionNotSupported : SipStatus.BadRequest);
            return;
        }

        if (uri.Length > limits.UriBytes)
        {
            draft.Fault(SipStatus.Phrase(SipStatus.RequestUriTooLong), offset, SipStatus.RequestUriTooLong);
            return;
        }

        // Section 19.1.1: headers have no place in a Request-URI.
        if (!SipUri.TryParse(Encoding.UTF8.GetString(uri), out var requestUri) || requestUri.Headers is not null)
        {
            draft.Fault("The Request-URI is malformed", offset + space + 1);
            return;
        }

        draft.RequestUri = requestUri;
    }

    private static void ReadStatusLine(ReadOnlySpan<byte> line, int offset, MessageDraft draft)
    {
        // "SIP/2.0 200 OK": the phrase may be empty, the space before it may not be missing.
        if (line.Length < 12
            || !Ascii.EqualsIgnoreCase(line[..8], "SIP/2.0 "u8)
            || line[8] is < (byte)'1' or > (byte)'6'
            || !char.IsAsciiDigit((char)line[9])
            || !char.IsAsciiDigit((char)line[10])
            || line[11] != ' ')
        {
            draft.Fault("The status line is malformed", offset);
            return;
        }

        draft.StatusCode = ((line[8] - '0') * 100) + ((line[9] - '0') * 10) + (line[10] - '0');
        draft.ReasonPhrase = KnownPhrase(draft.StatusCode, line[12..]);
    }

    private static string KnownPhrase(int status, ReadOnlySpan<byte> phrase)
    {
        var standard = SipStatus.Phrase(status);
        return Ascii.Equals(phrase, standard) ? standard : Encoding.UTF8.GetString(phrase);
    }

    private static bool IsOtherVersion(ReadOnlySpan<byte> version) =>
        version.Length is > 4 and <= LongestVersion
        && Ascii.EqualsIgnoreCase(version[..4], "SIP/"u8)
        && !version[4..].ContainsAnyExcept(VersionBytes);
}
