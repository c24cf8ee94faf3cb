using System.Globalization;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>Where a request has been and where its responses go (RFC 3261 section 20.42).</summary>
/// <param name="Transport">WSS, TLS, … as written.</param>
/// <param name="Host">Host of sent-by as written.</param>
/// <param name="Port">Port of sent-by, or null.</param>
/// <param name="Parameters">branch, received, rport, …</param>
public sealed record Via(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>Every branch of RFC 3261 starts like this (section 8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The branch, or null (RFC 2543).</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>Host and port as they key transactions.</summary>
    public string SentBy => Port is null ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Via? value)
    {
        value = null;
        var scanner = new ValueScanner(text);
        if (!scanner.Token().Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !scanner.TrySeparator('/')
            || !scanner.Token().SequenceEqual("2.0")
            || !scanner.TrySeparator('/'))
        {
            return false;
        }

        var transport = SipText.KnownTransport(scanner.Token());
        if (transport.Length == 0 || !scanner.SkipRequiredSpace())
        {
            return false;
        }

        var host = scanner.Host();
        if (host.IsEmpty || !UriGrammar.IsHost(host))
        {
            return false;
        }

        int? port = null;
        if (scanner.TrySeparator(':'))
        {
            if (!scanner.TryNumber(65535, out var number))
            {
                return false;
            }

            port = (int)number;
        }

        if (!scanner.TryParameters(out var parameters) || !scanner.AtEnd)
        {
            return false;
        }

        value = new Via(transport, host.ToString(), port, parameters);
        return true;
    }

    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";
}
