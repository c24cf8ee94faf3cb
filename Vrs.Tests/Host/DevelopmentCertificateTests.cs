using System.Security.Cryptography.X509Certificates;
using Vrs.Gateway.Tls;

namespace Vrs.Tests.Host;

public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly SteppedTime _time = new();

    [Fact]
    public void It_is_for_this_machine_and_its_key_is_P256()
    {
        using var certificate = Load();

        Assert.True(certificate.HasPrivateKey);
        using var key = certificate.GetECDsaPublicKey();
        Assert.Equal("1.2.840.10045.3.1.7", key?.ExportParameters(false).Curve.Oid.Value);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Contains("localhost", names.EnumerateDnsNames());
        Assert.Equal(["127.0.0.1", "::1"], names.EnumerateIPAddresses().Select(a => a.ToString()));
    }

    [Fact]
    public void It_is_kept_and_only_its_owner_can_read_it()
    {
        using var first = Load();
        using var second = Load();

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(_data.IsForOwnerOnly(DevelopmentCertificate.FileName));
    }

    [Fact]
    public void It_is_renewed_before_it_ends()
    {
        using var first = Load();
        _time.Advance(TimeSpan.FromDays(336));
        using var second = Load();

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.Equal(_time.GetUtcNow().AddDays(365), second.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        File.WriteAllText(_data.File(DevelopmentCertificate.FileName), "oops");

        Assert.Contains(
            DevelopmentCertificate.FileName,
            Assert.Throws<InvalidDataException>(Load).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private X509Certificate2 Load() => DevelopmentCertificate.LoadOrMake(_data.Path, _time);
}
