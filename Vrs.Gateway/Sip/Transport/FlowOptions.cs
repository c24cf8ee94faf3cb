using Microsoft.Extensions.Options;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>Bounds of SIP connections. Configuration section <see cref="Section"/>.</summary>
public sealed record FlowOptions
{
    /// <summary>Where these options stand in the configuration.</summary>
    public const string Section = "Gateway:Flows";

    /// <summary>Our host in Via; a name, never resolved by anybody, since responses come back on the flow.</summary>
    public string SentBy { get; set; } = "gateway.invalid";

    /// <summary>Connections of one gateway at a time; 503 above.</summary>
    public int MaxFlows { get; set; } = 20_000;

    /// <summary>
    /// Connections from one address (IPv6: from one /64) on which nobody has signed in yet; 429 above. Those on which
    /// somebody has don't count.
    /// </summary>
    public int MaxStrangersPerAddress { get; set; } = 200;

    /// <summary>
    /// Connections of one account to this gateway; 503 above. Those that were lost count until that is noticed.
    /// </summary>
    public int MaxFlowsPerAccount { get; set; } = 32;

    /// <summary>Messages of one flow that wait to be handled; its socket is not read while there are as many.</summary>
    public int MaxInbound { get; set; } = 32;

    /// <summary>Messages of one flow that are read a second, once its burst is used up.</summary>
    public int MessagesPerSecond { get; set; } = 100;

    /// <summary>Messages of one flow that are read at once.</summary>
    public int MessageBurst { get; set; } = 500;

    /// <summary>Commands for one flow that wait to be handled; refused above.</summary>
    public int MaxCommands { get; set; } = 1024;

    /// <summary>Messages of one flow that wait to be sent; above, the client is too slow: closed.</summary>
    public int MaxOutbound { get; set; } = 256;

    /// <summary>How long one message may take to be written to the socket.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long without data a keep-alive ping is sent (RFC 5626 section 4.4.1).</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the ping anything at all must come, else the flow is lost.</summary>
    public TimeSpan PongWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the closing handshake may take.</summary>
    public TimeSpan CloseWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Bytes of a WebSocket message that are read at all: above <see cref="SipLimits.MessageBytes"/> it is answered
    /// 513, above this the flow is closed.
    /// </summary>
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>Bounds of a message.</summary>
    public SipLimits Limits { get; set; } = SipLimits.Default;

    /// <summary>Bounds of a flow's transactions.</summary>
    public TransactionOptions Transactions { get; set; } = TransactionOptions.Default;
}

/// <summary>Checks <see cref="FlowOptions"/> at start, all faults at once.</summary>
public sealed class FlowOptionsValidator : IValidateOptions<FlowOptions>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, FlowOptions options)
    {
        var faults = new List<string>();
        Number(faults, nameof(options.MaxFlows), options.MaxFlows, 1, 1_000_000);
        Number(faults, nameof(options.MaxStrangersPerAddress), options.MaxStrangersPerAddress, 1, 1_000_000);
        Number(faults, nameof(options.MaxFlowsPerAccount), options.MaxFlowsPerAccount, 1, 1_000_000);
        Number(faults, nameof(options.MaxInbound), options.MaxInbound, 1, 10_000);
        Number(faults, nameof(options.MessagesPerSecond), options.MessagesPerSecond, 1, 100_000);
        Number(faults, nameof(options.MessageBurst), options.MessageBurst, 1, 1_000_000);
        Number(faults, nameof(options.MaxCommands), options.MaxCommands, 1, 100_000);
        Number(faults, nameof(options.MaxOutbound), options.MaxOutbound, 8, 10_000);
        Number(faults, nameof(options.MaxFrameBytes), options.MaxFrameBytes, options.Limits.MessageBytes, 1 << 24);
        Wait(faults, nameof(options.SendTimeout), options.SendTimeout);
        Wait(faults, nameof(options.PingAfter), options.PingAfter);
        Wait(faults, nameof(options.PongWithin), options.PongWithin);
        Wait(faults, nameof(options.CloseWithin), options.CloseWithin);
        if (!UriGrammar.IsHost(options.SentBy))
        {
            faults.Add(
                $"{FlowOptions.Section}:{nameof(options.SentBy)} is '{options.SentBy}'; it must be a host name or an"
                + " address. Give the gateway's public host name.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Number(List<string> faults, string name, int found, int least, int most)
    {
        if (found < least || found > most)
        {
            faults.Add(
                $"{FlowOptions.Section}:{name} is {found}; it must be from {least} to {most}."
                + " Leave it out for the default.");
        }
    }

    private static void Wait(List<string> faults, string name, TimeSpan found)
    {
        if (found <= TimeSpan.Zero || found > LongestWait)
        {
            faults.Add(
                $"{FlowOptions.Section}:{name} is {found}; it must be more than zero and at most {LongestWait}."
                + " Leave it out for the default.");
        }
    }
}
