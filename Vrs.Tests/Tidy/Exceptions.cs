namespace Vrs.Tests.Tidy;

/// <summary>
/// What may break a rule, by name and with the reason. The list may only get shorter: a test finds what is no longer
/// needed.
/// </summary>
internal static class Exceptions
{
    /// <summary>Files that may be longer than <see cref="Limits.FileLines"/>, because they are tables.</summary>
    public static IReadOnlyDictionary<string, string> LongFiles { get; } = new Dictionary<string, string>();

    /// <summary>Functions ("path: name") that may be longer than <see cref="Limits.FunctionLines"/>.</summary>
    public static IReadOnlyDictionary<string, string> LongFunctions { get; } = new Dictionary<string, string>();

    /// <summary>Files of the pure folders that may use ASP.NET Core, because they are its edge.</summary>
    public static IReadOnlyDictionary<string, string> FrameworkEdges { get; } = new Dictionary<string, string>
    {
        ["Vrs.Gateway/Sip/Transport/WebSocketEndpoint.cs"] = "accepts the HTTP upgrade of RFC 7118",
    };
}
