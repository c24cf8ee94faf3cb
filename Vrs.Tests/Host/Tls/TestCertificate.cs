using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vrs.Tests.Host.Tls;

/// <summary>A certificate of an authority of its own, as an operator would get one: leaf, intermediate, key.</summary>
internal sealed class TestCertificate
{
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch.AddYears(50);

    private TestCertificate(string leaf, string intermediate, string key, string thumbprint)
    {
        (Leaf, Intermediate, Key, Thumbprint) = (leaf, intermediate, key, thumbprint);
    }

    public string Leaf { get; }

    public string Intermediate { get; }

    public string Key { get; }

    public string Thumbprint { get; }

    /// <summary>Makes one.</summary>
    public static TestCertificate Make()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=Root", rootKey).CreateSelfSigned(From, From.AddYears(50));
        using var issuer = Authority("CN=Intermediate", authorityKey).Create(
            root, From, From.AddYears(50), RandomNumberGenerator.GetBytes(8));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var leaf = request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(authorityKey),
            From,
            From.AddYears(49),
            RandomNumberGenerator.GetBytes(8));
        return new(
            leaf.ExportCertificatePem(),
            issuer.ExportCertificatePem(),
            key.ExportPkcs8PrivateKeyPem(),
            leaf.Thumbprint);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request;
    }

    /// <summary>Writes both files, as a renewal does; each is replaced whole.</summary>
    public void Write(string certificatePath, string keyPath)
    {
        File.WriteAllText(certificatePath, $"{Leaf}\n{Intermediate}\n");
        File.WriteAllText(keyPath, Key);
    }
}
