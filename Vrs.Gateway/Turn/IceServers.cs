using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Turn;

/// <summary>One entry of a page's <c>RTCConfiguration.iceServers</c>.</summary>
/// <param name="Urls">STUN or TURN URLs.</param>
/// <param name="Username">The credential's name; null for STUN.</param>
/// <param name="Credential">The credential; null for STUN.</param>
public sealed record IceServer(IReadOnlyList<string> Urls, string? Username, string? Credential)
{
    /// <summary>Prints without the credential.</summary>
    public override string ToString() => $"[{Urls.Count} ICE servers]";
}

/// <summary>The ICE servers of one user, and for how long their credentials open new relays.</summary>
/// <param name="IceServers">Empty when none are configured.</param>
/// <param name="TtlSeconds">Life of the credentials, in seconds.</param>
public sealed record IceServersAnswer(IReadOnlyList<IceServer> IceServers, int TtlSeconds);

/// <summary>
/// Makes ephemeral TURN credentials (TURN REST, draft-uberti-behave-turn-rest): the name is <c>expiry:user</c>, the
/// credential a HMAC-SHA1 of it under the secret shared with the TURN server.
/// </summary>
/// <param name="options">URLs, secret and life.</param>
/// <param name="time">The clock.</param>
public sealed class IceServers(IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>The ICE servers for a user, with a credential made now.</summary>
    public IceServersAnswer For(UserId user)
    {
        var turn = options.Value.Turn;
        var servers = new List<IceServer>();
        if (turn.Urls.Where(u => !IceUrl.IsRelay(u)).ToList() is { Count: > 0 } stun)
        {
            servers.Add(new IceServer(stun, null, null));
        }

        if (turn.Urls.Where(IceUrl.IsRelay).ToList() is { Count: > 0 } relays)
        {
            var expiry = (time.GetUtcNow() + turn.CredentialLife).ToUnixTimeSeconds();
            var name = $"{expiry}:{user}";
            servers.Add(new IceServer(relays, name, Sign(turn.Secret!, name)));
        }

        return new IceServersAnswer(servers, (int)turn.CredentialLife.TotalSeconds);
    }

    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "TURN servers fix the algorithm, and HMAC-SHA1 is not broken by SHA-1's collisions.")]
    private static string Sign(string secret, string name) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name)));
}
