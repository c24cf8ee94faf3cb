using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vrs.Gateway.Tls;

/// <summary>
/// The certificate that handshakes get now. A configured one is read again when its files have changed, so a renewal
/// needs no restart: connections that are open keep what they have, new ones get the new certificate. Files that
/// cannot be used, as between the writing of certificate and key, change nothing.
/// </summary>
public sealed partial class ServingCertificate : IDisposable
{
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ServingCertificate> _log;
    private readonly ITimer? _timer;
    private volatile SslStreamCertificateContext _context;
    private byte[] _seen = [];

    /// <summary>Reads the certificate for the first time.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="time">The clock that says when to look again.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="InvalidDataException">The files hold something else.</exception>
    public ServingCertificate(IOptions<GatewayOptions> options, TimeProvider time, ILogger<ServingCertificate> log)
    {
        _options = options.Value;
        _time = time;
        _log = log;
        if (_options.CertificatePath is null)
        {
            _context = WithChain(DevelopmentCertificate.LoadOrMake(_options.DataFolder, time), []);
            return;
        }

        _seen = Fingerprint();
        _context = Read();
        var interval = _options.CertificateCheckInterval;
        _timer = time.CreateTimer(_ => LookAgain(), null, interval, interval);
    }

    /// <summary>Certificate and chain for the next handshake.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset EndsAt => _context.TargetCertificate.NotAfter.ToUniversalTime();

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void LookAgain()
    {
        try
        {
            var found = Fingerprint();
            if (found.AsSpan().SequenceEqual(_seen))
            {
                return;
            }

            // Noted before it is used: files that cannot be used are told once, not at every look.
            _seen = found;
            _context = Read();
            LogRenewed(_context.TargetCertificate.Thumbprint, EndsAt);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogNotRenewed(fault.Message, EndsAt - _time.GetUtcNow());
        }
    }

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_options.CertificatePath!);
        return WithChain(ServerCertificate.For(_options, _time), chain);
    }

    // Offline: the operator's file has the chain, and nothing is fetched from elsewhere on its word.
    private static SslStreamCertificateContext WithChain(
        X509Certificate2 certificate, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(certificate, chain, offline: true);

    private byte[] Fingerprint()
    {
        var key = _options.CertificateKeyPath is { } path ? File.ReadAllBytes(path) : [];
        return SHA256.HashData([.. SHA256.HashData(File.ReadAllBytes(_options.CertificatePath!)), .. key]);
    }

    [LoggerMessage(
        EventName = "certificate_renewed",
        Level = LogLevel.Information,
        Message = "New connections get the certificate {Thumbprint}, which ends at {EndsAt}.")]
    private partial void LogRenewed(string thumbprint, DateTimeOffset endsAt);

    [LoggerMessage(
        EventName = "certificate_not_renewed",
        Level = LogLevel.Error,
        Message = "The changed certificate cannot be used: {Reason} The one before stays, for {Left} at most.")]
    private partial void LogNotRenewed(string reason, TimeSpan left);
}
