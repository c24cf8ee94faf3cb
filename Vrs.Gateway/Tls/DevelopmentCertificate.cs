using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Vrs.Gateway.Tls;

/// <summary>
/// A self-signed certificate for one machine, so that a first start needs no authority: P-256, for localhost, the
/// machine's name and its addresses. It is kept in the data folder and renewed before it ends.
/// </summary>
public static class DevelopmentCertificate
{
    /// <summary>The file in the data folder; it holds certificate and key, and only its owner may read it.</summary>
    public const string FileName = "development-certificate.pem";

    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificate, made when there is none or it ends soon.</summary>
    /// <param name="dataFolder">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    public static X509Certificate2 LoadOrMake(string dataFolder, TimeProvider time)
    {
        var path = Path.Combine(dataFolder, FileName);
        var now = time.GetUtcNow();
        if (File.Exists(path))
        {
            var known = ServerCertificate.Load(path, path);
            if (known.NotAfter.ToUniversalTime() > now + RenewBefore)
            {
                return known;
            }

            known.Dispose();
        }

        PrivateFile.Replace(path, Encoding.ASCII.GetBytes(Make(now)));
        return ServerCertificate.Load(path, path);
    }

    private static string Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=VRS development", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now + Life);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var host = Dns.GetHostName();
        if (host != "localhost" && Uri.CheckHostName(host) == UriHostNameType.Dns)
        {
            names.AddDnsName(host);
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
