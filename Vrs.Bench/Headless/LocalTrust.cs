using System.Net;
using System.Net.Security;

namespace Vrs.Bench.Headless;

/// <summary>
/// Which certificates a headless device trusts: what the machine trusts, and whatever a server on this very machine
/// shows, since that is the development certificate.
/// </summary>
public static class LocalTrust
{
    public static RemoteCertificateValidationCallback For(Uri uri) =>
        (_, _, _, errors) => errors == SslPolicyErrors.None || IsThisMachine(uri.Host);

    private static bool IsThisMachine(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
