namespace Vrs.Bench.Headless;

/// <summary>One request this device sent, and what came back.</summary>
/// <param name="request">The request.</param>
public sealed class PeerExchange(PeerMessage request)
{
    public PeerMessage Request { get; } = request;

    public History<PeerMessage> Responses { get; } = new();

    /// <summary>The call this is the INVITE of, or null.</summary>
    internal OutgoingCall? Call { get; set; }

    /// <summary>Waits for the final response.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public Task<PeerMessage> Final(TimeSpan within) =>
        Responses.First($"a final response to {Request.Method}", r => r.Status >= 200, within);
}
