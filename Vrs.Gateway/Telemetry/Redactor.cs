using System.Text.RegularExpressions;

namespace Vrs.Gateway.Telemetry;

/// <summary>
/// The last line of defence of the log: whatever a message was made of, session descriptions, tokens and credentials do
/// not leave the process in it.
/// </summary>
public static partial class Redactor
{
    /// <summary>The text without secrets.</summary>
    public static string Redact(string text)
    {
        if (!Suspicious().IsMatch(text))
        {
            return text;
        }

        text = SessionDescription().Replace(text, "[sdp]");
        text = WebToken().Replace(text, "[token]");
        text = Authorization().Replace(text, "$1 [credentials]");
        return NamedSecret().Replace(text, "$1[secret]");
    }

    [GeneratedRegex(@"v=0|a=|eyJ|bearer|digest|basic|token|password|secret|credential", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicious();

    [GeneratedRegex(
        @"v=0(\r\n|\n|\\r\\n|\\n)o=.*|a=(ice-pwd|ice-ufrag|fingerprint|candidate|crypto):.*",
        RegexOptions.Singleline)]
    private static partial Regex SessionDescription();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"\b(Bearer|Digest|Basic)\s+(?!\[)\S[^\r\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    [GeneratedRegex(
        @"((?:access_?token|refresh_?token|password|secret|credential)[""']?\s*[=:]\s*[""']?)(?!\[)[^\s&""',;}]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex NamedSecret();
}
