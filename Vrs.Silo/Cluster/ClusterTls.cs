using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Cluster;

/// <summary>Files for TLS among silos and gateways; all of them or, in Development, none.</summary>
public sealed record ClusterTlsOptions
{
    /// <summary>PEM file with the certificate of this process and what is between it and the authority.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>PEM file with its private key.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>
    /// PEM file with the authority of the cluster. Whoever has a certificate of it is a member, so it must be one that
    /// signs for nobody else.
    /// </summary>
    public string? AuthorityPath { get; set; }
}

/// <summary>
/// TLS among silos and gateways. Both sides show a certificate, and believe those of the cluster's own authority; names
/// and addresses do not matter, since members come and go.
/// </summary>
internal sealed class ClusterTls
{
    private const string Section = $"{OrleansEngineOptions.Section}:{nameof(OrleansEngineOptions.Tls)}";

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _authority;

    private ClusterTls(X509Certificate2 certificate, X509Certificate2Collection authority) =>
        (_certificate, _authority) = (certificate, authority);

    /// <summary>Reads the files.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="isDevelopment">Whether there may be none.</param>
    /// <returns>Null when there are none: then nothing is encrypted.</returns>
    /// <exception cref="ConfigurationFaultsException">A file is not named, or not what it should be.</exception>
    public static ClusterTls? Load(ClusterTlsOptions options, bool isDevelopment)
    {
        (string Name, string? Path)[] files =
        [
            (nameof(options.CertificatePath), options.CertificatePath),
            (nameof(options.CertificateKeyPath), options.CertificateKeyPath),
            (nameof(options.AuthorityPath), options.AuthorityPath),
        ];
        if (isDevelopment && files.All(file => string.IsNullOrEmpty(file.Path)))
        {
            return null;
        }

        var missing = files.Where(file => !File.Exists(file.Path)).Select(file =>
            $"{Section}:{file.Name}: found '{file.Path}'; must be a PEM file that exists: outside Development silos "
            + "and gateways speak TLS only, and show each other certificates. Make them as docs/cluster.md says.");
        string[] faults = [.. missing];
        return faults.Length == 0 ? Read(options) : throw new ConfigurationFaultsException(faults);
    }

    /// <summary>Takes a connection of a member.</summary>
    public Task Accept(SslStream stream, CancellationToken cancellationToken) =>
        stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = IsMember,
            },
            cancellationToken);

    /// <summary>Connects to a member.</summary>
    public Task Connect(SslStream stream, CancellationToken cancellationToken) =>
        stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                // Some name has to be asked for; which it is says nothing about who is a member.
                TargetHost = "vrs",
                ClientCertificates = [_certificate],
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = IsMember,
            },
            cancellationToken);

    // Whether the cluster's authority has signed this certificate, and it is valid now.
    private bool IsMember(object sender, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 member)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(member);
    }

    private static ClusterTls Read(ClusterTlsOptions options)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(options.AuthorityPath!);
            return new ClusterTls(
                X509Certificate2.CreateFromPemFile(options.CertificatePath!, options.CertificateKeyPath), authority);
        }
        catch (CryptographicException fault)
        {
            throw new ConfigurationFaultsException(
                [$"{Section}: the files cannot be used: {fault.Message} They must be PEM, and belong together."]);
        }
    }
}
