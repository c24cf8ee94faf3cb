using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Vrs.Silo.Cluster;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Host.Tls;

namespace Vrs.Tests.Cluster;

/// <summary>Who gets to speak with a silo or a gateway of the cluster.</summary>
public sealed class ClusterTlsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Outside_development_there_is_no_cluster_without_certificates()
    {
        var refused = Assert.Throws<ConfigurationFaultsException>(
            () => ClusterTls.Load(new ClusterTlsOptions(), isDevelopment: false));

        Assert.Contains("GrainEngine:Tls:CertificatePath", refused.Message, StringComparison.Ordinal);
        Assert.Contains("GrainEngine:Tls:CertificateKeyPath", refused.Message, StringComparison.Ordinal);
        Assert.Contains("GrainEngine:Tls:AuthorityPath", refused.Message, StringComparison.Ordinal);
        Assert.Null(ClusterTls.Load(new ClusterTlsOptions(), isDevelopment: true));
    }

    [Fact]
    public void In_development_too_it_is_all_of_the_files_or_none()
    {
        using var files = new ClusterCertificates();

        Assert.Throws<ConfigurationFaultsException>(() => ClusterTls.Load(
            new ClusterTlsOptions { CertificatePath = files.CertificatePath }, isDevelopment: true));
    }

    [Fact]
    public void Files_that_are_no_certificates_are_refused_with_their_section()
    {
        using var files = new ClusterCertificates();
        File.WriteAllText(files.KeyPath, "no key");

        var refused = Assert.Throws<ConfigurationFaultsException>(() => Load(files));

        Assert.Contains("GrainEngine:Tls", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_of_one_authority_speak_TLS_1_3_with_each_other()
    {
        using var files = new ClusterCertificates();

        Assert.Equal(SslProtocols.Tls13, await Meet(Load(files), Load(files)));
    }

    [Fact]
    public async Task Who_has_a_certificate_of_another_authority_is_no_member()
    {
        using var ours = new ClusterCertificates();
        using var theirs = new ClusterCertificates();

        await Assert.ThrowsAnyAsync<Exception>(() => Meet(Load(ours), Load(theirs)));
    }

    [PostgreSqlFact]
    public async Task No_listener_of_a_silo_or_of_a_gateway_answers_in_the_clear()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        await using var cluster = new ServerCluster(database.Options);
        var (silo, gateway) = (await cluster.StartSilo(), await cluster.StartGateway());

        // Pages, health checks, the silos' port and the one for gateways.
        Assert.InRange(Listeners.Tcp(silo.ProcessId).Count, 4, int.MaxValue);
        Assert.Contains(gateway.Url.Port, Listeners.Tcp(gateway.ProcessId));
        await Listeners.SpeakOnlyTls(silo.ProcessId);
        await Listeners.SpeakOnlyTls(gateway.ProcessId);
    }

    private static ClusterTls Load(ClusterCertificates files) => ClusterTls.Load(
        new ClusterTlsOptions
        {
            CertificatePath = files.CertificatePath,
            CertificateKeyPath = files.KeyPath,
            AuthorityPath = files.AuthorityPath,
        },
        isDevelopment: false)!;

    /// <summary>One connects to the other.</summary>
    /// <returns>What both agreed on.</returns>
    private static async Task<SslProtocols> Meet(ClusterTls server, ClusterTls client)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var calling = new TcpClient();
        await calling.ConnectAsync((IPEndPoint)listener.LocalEndpoint, limit.Token);
        using var called = await listener.AcceptTcpClientAsync(limit.Token);
        await using var serverSide = new SslStream(called.GetStream());
        await using var clientSide = new SslStream(calling.GetStream());
        await Task.WhenAll(server.Accept(serverSide, limit.Token), client.Connect(clientSide, limit.Token));
        return clientSide.SslProtocol;
    }
}
