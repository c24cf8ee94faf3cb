namespace Vrs.Gateway;

/// <summary>The paths that pages and devices use.</summary>
public static class GatewayPaths
{
    /// <summary>SIP over WebSocket (RFC 7118).</summary>
    public const string Sip = "/sip";

    /// <summary>The HTTP API.</summary>
    public const string Api = "/api";

    /// <summary>SignalR hubs.</summary>
    public const string Hubs = "/hubs";

    /// <summary>Calls, offers and status for callers, phones and interpreters.</summary>
    public const string ConsoleHub = "/hubs/console";

    /// <summary>The board for operators.</summary>
    public const string OperationsHub = "/hubs/operations";

    /// <summary>The process is alive.</summary>
    public const string Live = "/health/live";

    /// <summary>The process can serve calls.</summary>
    public const string Ready = "/health/ready";

    /// <summary>The process has been ready once: a supervisor need not wait for it any longer.</summary>
    public const string Startup = "/health/startup";
}
