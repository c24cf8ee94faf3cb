using System.Security.Cryptography.X509Certificates;

namespace Vrs.Gateway.Tls;

/// <summary>The certificate of the HTTPS listener.</summary>
public static class ServerCertificate
{
    /// <summary>
    /// The configured certificate, or the development one when none is configured (Development only).
    /// </summary>
    public static X509Certificate2 For(GatewayOptions options, TimeProvider time) =>
        options.CertificatePath is { } path
            ? Load(path, options.CertificateKeyPath ?? path)
            : DevelopmentCertificate.LoadOrMake(options.DataFolder, time);

    /// <summary>Reads a PEM certificate and its key.</summary>
    /// <exception cref="InvalidDataException">
    /// One of the files holds something else; the message says which.
    /// </exception>
    internal static X509Certificate2 Load(string certificatePath, string keyPath)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        }
        catch (Exception fault) when (fault is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            throw new InvalidDataException(
                $"{certificatePath} and {keyPath} are not a PEM certificate and its unencrypted key.", fault);
        }
    }
}
