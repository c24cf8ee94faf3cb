using System.Collections.Immutable;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Checks;

/// <summary>What this user agent server understands: what Allow, Supported and Accept say.</summary>
public sealed record UasCapabilities
{
    /// <summary>What the gateway understands.</summary>
    public static readonly UasCapabilities Default = new();

    /// <summary>Methods, in the order Allow shows them.</summary>
    public ImmutableArray<SipMethod> Methods { get; init; } =
    [
        SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Register,
        SipMethod.Prack, SipMethod.Update, SipMethod.Info,
    ];

    /// <summary>Option tags (RFC 3261 section 20.32).</summary>
    public ImmutableArray<string> Options { get; init; } = ["outbound", "path", "timer", "100rel", "replaces"];

    /// <summary>URI schemes a Request-URI may have.</summary>
    public ImmutableArray<string> Schemes { get; init; } = ["sip", "sips", "tel"];

    /// <summary>Media types of bodies; INFO bodies are passed through whatever they are.</summary>
    public ImmutableArray<string> MediaTypes { get; init; } = ["application/sdp"];

    /// <summary>Value of Allow.</summary>
    public string Allow => string.Join(", ", Methods.Select(method => method.Name));

    /// <summary>Value of Supported.</summary>
    public string Supported => string.Join(", ", Options);

    /// <summary>Value of Accept.</summary>
    public string Accept => string.Join(", ", MediaTypes);
}
