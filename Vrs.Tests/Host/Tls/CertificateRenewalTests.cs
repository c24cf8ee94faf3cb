using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Bench.Headless;
using Vrs.Gateway;
using Vrs.Gateway.Tls;
using Vrs.Tests.Integration;
using Vrs.Tests.Support;

namespace Vrs.Tests.Host.Tls;

/// <summary>A renewed certificate is used without a restart, and half a renewal does no harm.</summary>
public sealed class CertificateRenewalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificate _first = TestCertificate.Make();
    private readonly TestCertificate _second = TestCertificate.Make();

    private string CertificatePath => _folder.File("tls.crt");

    private string KeyPath => _folder.File("tls.key");

    [Fact]
    public async Task New_connections_get_the_renewed_certificate_and_open_ones_go_on()
    {
        _first.Write(CertificatePath, KeyPath);
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Gateway:CertificatePath"] = CertificatePath,
            ["Gateway:CertificateKeyPath"] = KeyPath,
            ["Gateway:CertificateCheckInterval"] = "00:00:01",
        });
        using var open = SignedIn.HttpFor(server.Address);
        Assert.Equal(_first.Thumbprint, await ThumbprintAt(server.Address));
        using var before = await open.GetAsync("/api/nothing");

        _second.Write(CertificatePath, KeyPath);

        await Wait.Until(
            "New connections get the new certificate",
            async () => await ThumbprintAt(server.Address) == _second.Thumbprint,
            TimeSpan.FromSeconds(30));
        using var after = await open.GetAsync("/api/nothing");
        Assert.Equal(before.StatusCode, after.StatusCode);
    }

    [Fact]
    public void The_certificate_before_stays_until_both_files_of_a_renewal_are_there()
    {
        var clock = new VirtualTime();
        using var serving = Serve(clock);

        File.WriteAllText(CertificatePath, _second.Leaf);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(_first.Thumbprint, serving.Context.TargetCertificate.Thumbprint);

        File.Delete(KeyPath);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(_first.Thumbprint, serving.Context.TargetCertificate.Thumbprint);

        File.WriteAllText(KeyPath, _second.Key);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(_second.Thumbprint, serving.Context.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void The_chain_in_the_file_is_sent_and_the_end_is_known()
    {
        using var serving = Serve(new VirtualTime());

        Assert.Equal("CN=Intermediate", Assert.Single(serving.Context.IntermediateCertificates).Subject);
        Assert.Equal(serving.Context.TargetCertificate.NotAfter.ToUniversalTime(), serving.EndsAt.UtcDateTime);
    }

    public void Dispose() => _folder.Dispose();

    private ServingCertificate Serve(TimeProvider clock)
    {
        _first.Write(CertificatePath, KeyPath);
        var options = new GatewayOptions { CertificatePath = CertificatePath, CertificateKeyPath = KeyPath };
        return new ServingCertificate(Options.Create(options), clock, NullLogger<ServingCertificate>.Instance);
    }

    private static async Task<string> ThumbprintAt(Uri server)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var tls = new SslStream(socket.GetStream(), false, LocalTrust.For(server));
        await tls.AuthenticateAsClientAsync("localhost");
        return new X509Certificate2(tls.RemoteCertificate!).Thumbprint;
    }
}
