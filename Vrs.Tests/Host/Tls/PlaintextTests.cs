using Vrs.Tests.Integration;

namespace Vrs.Tests.Host.Tls;

/// <summary>
/// Whatever a running server listens on, it tells nothing to a peer who does not begin with TLS. The listeners are
/// taken from the kernel, not from the configuration, so one that somebody adds is found as well. Processes of the
/// other roles: <c>ClusterTlsTests</c>.
/// </summary>
public sealed class PlaintextTests
{
    [Fact]
    public async Task No_public_listener_answers_in_the_clear()
    {
        await using var server = await ServerProcess.Start(new Dictionary<string, string>());

        Assert.Contains(server.Url.Port, Listeners.Tcp(server.ProcessId));
        await Listeners.SpeakOnlyTls(server.ProcessId);
    }
}
