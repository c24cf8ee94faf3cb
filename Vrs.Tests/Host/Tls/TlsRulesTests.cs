using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Vrs.Bench.Headless;
using Vrs.Gateway.Tls;

namespace Vrs.Tests.Host.Tls;

/// <summary>What the listener agrees to in a TLS handshake, and what it refuses.</summary>
public sealed class TlsRulesTests(VrsServerFixture fixture) : IClassFixture<VrsServerFixture>
{
    private const byte AlertRecord = 21;
    private const byte FatalLevel = 2;
    private const byte ProtocolVersionAlert = 70;

    private Uri Address => fixture.Server.Address;

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    public async Task Modern_suites_are_agreed_on(SslProtocols version, TlsCipherSuite suite)
    {
        await using var tls = await Handshake(version, suite);

        Assert.Equal(version, tls.SslProtocol);
        Assert.Equal(suite, tls.NegotiatedCipherSuite);
        Assert.Contains(suite, TlsRules.Suites);
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA)]
    public async Task Suites_without_authenticated_encryption_are_refused(TlsCipherSuite suite) =>
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var tls = await Handshake(SslProtocols.Tls12, suite);
        });

    [Theory]
    [InlineData(0x01, "TLS 1.0")]
    [InlineData(0x02, "TLS 1.1")]
    public async Task Older_versions_are_refused_with_the_alert_that_says_so(byte minor, string version)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(ClientHello(minor));

        var alert = new byte[7];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await stream.ReadExactlyAsync(alert, limit.Token);

        Assert.True(alert[0] == AlertRecord, $"{version} was not refused with an alert");
        Assert.Equal([FatalLevel, ProtocolVersionAlert], alert[5..]);
    }

    private async Task<SslStream> Handshake(SslProtocols version, TlsCipherSuite suite)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy([suite]) : null,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = LocalTrust.For(Address),
        });
        return tls;
    }

    /// <summary>
    /// A ClientHello by hand (RFC 4346 section 7.4.1.2), since today's libraries no longer say these versions.
    /// </summary>
    private static byte[] ClientHello(byte minor)
    {
        byte[] body =
        [
            3, minor, .. new byte[32], 0,
            0, 4, 0xC0, 0x09, 0xC0, 0x0A, // ECDHE_ECDSA with AES-CBC and SHA, the suites of those days.
            1, 0, // No compression.
            0, 16, 0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 4, 3, 0, 1, 2, // P-256; point formats.
        ];
        byte[] handshake = [1, 0, 0, (byte)body.Length, .. body];
        return [22, 3, 1, 0, (byte)handshake.Length, .. handshake];
    }
}
