using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vrs.Tests.Cluster;

/// <summary>An authority of a cluster and a certificate that it has signed, as PEM files for one test.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("vrs-certificates-").FullName;

    public ClusterCertificates()
    {
        var now = DateTimeOffset.UtcNow;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asAuthority = new CertificateRequest("CN=cluster", authorityKey, HashAlgorithmName.SHA256);
        asAuthority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = asAuthority.CreateSelfSigned(now - Life, now + Life);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asMember = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256);
        using var member = asMember.Create(authority, now - (Life / 2), now + (Life / 2), [1]);
        File.WriteAllText(AuthorityPath, authority.ExportCertificatePem());
        File.WriteAllText(CertificatePath, member.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityPath => Path.Combine(_folder, "authority.pem");

    public string CertificatePath => Path.Combine(_folder, "member.pem");

    public string KeyPath => Path.Combine(_folder, "member.key");

    /// <summary>As settings of a process.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("GrainEngine:Tls:CertificatePath", CertificatePath),
        new("GrainEngine:Tls:CertificateKeyPath", KeyPath),
        new("GrainEngine:Tls:AuthorityPath", AuthorityPath),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
