using System.Text.RegularExpressions;

namespace Vrs.Silo.Hosting;

/// <summary>
/// Rules that hold for every setting, wherever it stands: nothing may ask for transport or media in the clear. They are
/// patterns over names and values, so that a setting of tomorrow is caught as well.
/// </summary>
internal static partial class InsecureSettings
{
    /// <summary>Sections of the framework that can open listeners too, and those an operator might try.</summary>
    private static readonly string[] FurtherSections = ["Kestrel", "Urls", "Media", "Sip", "Trunks"];

    private static readonly Rule[] Rules =
    [
        new(Any(), WebSocketInClear(), "must be wss://: SIP in the clear is never served", "Write wss://."),
        new(ButCollector(), HttpInClear(), "must be https://: nothing is served in the clear", "Write https://."),
        new(
            Any(),
            SipInClear(),
            "must use TLS: SIP over UDP or plain TCP is never used (RFC 3261 section 26)",
            "Write transport=tls, or sips:."),
        new(
            TransportName(),
            TransportInClear(),
            "must be tls or wss: SIP over UDP, plain TCP or plain WebSocket is never used",
            "Write tls or wss."),
        new(
            Any(),
            RtpInClear(),
            "must be UDP/TLS/RTP/SAVPF: media without DTLS-SRTP is never negotiated (RFC 8827 section 6.5)",
            "Write UDP/TLS/RTP/SAVPF."),
        new(
            CodecName(),
            Wildcard(),
            "must be the name of one codec: an open list would let anything through",
            "Name each codec: H264, VP8, opus, PCMU, PCMA, telephone-event, red, t140."),
        new(
            StaticTurnName(),
            Any(),
            "must be left out: a TURN credential that never ends could be used by anybody for ever",
            "Set Gateway:Turn:Secret; each user then gets a credential with an end."),
    ];

    /// <summary>The faults of all sections.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration) =>
        from section in ConfigurationSections.All.Select(s => s.Name).Concat(FurtherSections).Distinct()
        from setting in Leaves(configuration.GetSection(section))
        from rule in Rules
        where rule.Name.IsMatch(setting.Path) && rule.Value.IsMatch(setting.Value!)
        select $"{setting.Path}: found {rule.Show(setting.Value!)}; {rule.Law}. {rule.Remedy}";

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren().SelectMany(Leaves).Concat(string.IsNullOrEmpty(section.Value) ? [] : [section]);

    [GeneratedRegex("")]
    private static partial Regex Any();

    // A collector has a rule of its own: this machine itself may be told in the clear.
    [GeneratedRegex("^(?!Telemetry:OtlpEndpoint$)", RegexOptions.IgnoreCase)]
    private static partial Regex ButCollector();

    [GeneratedRegex(@"\bws://", RegexOptions.IgnoreCase)]
    private static partial Regex WebSocketInClear();

    [GeneratedRegex(@"\bhttp://", RegexOptions.IgnoreCase)]
    private static partial Regex HttpInClear();

    [GeneratedRegex(@"\bsip:.*;transport=(udp|tcp|ws)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SipInClear();

    [GeneratedRegex(@"transports?(:\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex TransportName();

    [GeneratedRegex(@"^\s*(udp|tcp|ws)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex TransportInClear();

    [GeneratedRegex(@"(?<!TLS/)\bRTP/S?AVPF?\b", RegexOptions.IgnoreCase)]
    private static partial Regex RtpInClear();

    [GeneratedRegex("codecs?(:[^:]+)*$", RegexOptions.IgnoreCase)]
    private static partial Regex CodecName();

    [GeneratedRegex(@"[*?]|^\s*(any|all)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Wildcard();

    [GeneratedRegex("turn:(username|user|password|credential)$", RegexOptions.IgnoreCase)]
    private static partial Regex StaticTurnName();

    /// <summary>A pair of patterns that no setting may match.</summary>
    /// <param name="Name">The setting's path.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="Law">What must be.</param>
    /// <param name="Remedy">What to do.</param>
    private sealed record Rule(Regex Name, Regex Value, string Law, string Remedy)
    {
        /// <summary>The value as it may be shown: one that is forbidden whatever it is may be a secret.</summary>
        public string Show(string value) => Value.ToString().Length == 0 ? "a value" : $"'{value}'";
    }
}
