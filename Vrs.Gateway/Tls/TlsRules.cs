using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Vrs.Gateway.Tls;

/// <summary>
/// What every TLS listener agrees to: TLS 1.2 and 1.3, forward secrecy and authenticated encryption only (RFC 9325
/// sections 3.1.1, 4.1 and 4.2).
/// </summary>
public static class TlsRules
{
    /// <summary>The versions.</summary>
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The cipher suites, all of them; the peer's order does not matter.</summary>
    public static IReadOnlyList<TlsCipherSuite> Suites { get; } =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    // Windows and macOS choose suites for the whole machine; a program cannot.
    private static readonly CipherSuitesPolicy? Policy = OperatingSystem.IsLinux() ? new(Suites) : null;

    /// <summary>What each handshake of a listener is offered: the certificate is the one of that moment.</summary>
    /// <param name="certificate">The certificate, which may be renewed.</param>
    public static TlsHandshakeCallbackOptions For(ServingCertificate certificate) => new()
    {
        OnConnection = _ => ValueTask.FromResult(Offer(certificate.Context)),
    };

    private static SslServerAuthenticationOptions Offer(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,
        EnabledSslProtocols = Protocols,
        CipherSuitesPolicy = Policy,
        AllowRenegotiation = false,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };
}
