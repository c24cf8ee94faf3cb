using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Turn;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway;

/// <summary>The section <c>Gateway</c> of the configuration: where browsers and devices reach the service.</summary>
public sealed class GatewayOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway";

    /// <summary>The one HTTPS listener: <c>https://ADDRESS:PORT</c>. Port 0 takes a free one.</summary>
    public string Listen { get; set; } = "https://0.0.0.0:8443";

    /// <summary>The host part of every address-of-record: <c>sip:dana@vrs.local</c>.</summary>
    public string SipDomain { get; set; } = "vrs.local";

    /// <summary>
    /// PEM file with the certificate and its chain. Null makes a self-signed one, in Development only.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>PEM file with the certificate's key; null when it stands in the certificate's file.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>How often both files are looked at; a renewed certificate is used without a restart.</summary>
    public TimeSpan CertificateCheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Origins besides the server's own whose pages may use it, e.g. <c>https://vrs.example.org</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Base64 of the key that signs tokens, 32 bytes or more; every gateway of a cluster needs the same. Null makes
    /// one at first start and keeps it in the data folder.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>How long an access token holds.</summary>
    public TimeSpan AccessTokenLife { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a page may stay away and still be signed in.</summary>
    public TimeSpan RefreshTokenLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Folder with the built pages; null finds the one delivered with the program.</summary>
    public string? WebRoot { get; set; }

    /// <summary>
    /// Folder for what the server makes for itself (keys, development certificate); from <c>Storage:DataFolder</c>.
    /// </summary>
    public string DataFolder { get; set; } = "./data";

    /// <summary>STUN and TURN.</summary>
    public TurnOptions Turn { get; set; } = new();

    /// <summary>The listener as Kestrel wants it. Only after validation; <c>*</c> stands for every address.</summary>
    public IPEndPoint ListenEndPoint() =>
        TryReadListen(Listen) ?? throw new InvalidOperationException($"Gateway:Listen is not valid: '{Listen}'.");

    /// <summary>Reads an address like <see cref="Listen"/>; null when it is none.</summary>
    public static IPEndPoint? TryReadListen(string listen)
    {
        if (!Uri.TryCreate(listen.Replace("://*", "://[::]", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttps
            || url.AbsolutePath != "/")
        {
            return null;
        }

        var host = url.Host == "localhost" ? "127.0.0.1" : url.Host.Trim('[', ']');
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, url.Port) : null;
    }
}

/// <summary>Finds everything that is wrong with <see cref="GatewayOptions"/>.</summary>
/// <param name="environment">Tells whether this is Development.</param>
public sealed class GatewayOptionsValidator(IHostEnvironment environment) : IValidateOptions<GatewayOptions>
{
    private const int SigningKeyBytesMin = 32;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new OptionFaults(GatewayOptions.Section);
        ValidateAddresses(options, faults);
        ValidateCertificate(options, faults);
        ValidateTokens(options, faults);
        options.Turn.Validate(faults, environment.IsDevelopment());
        faults.Require(
            options.WebRoot is null || Directory.Exists(options.WebRoot),
            nameof(options.WebRoot),
            options.WebRoot,
            "must be a folder that exists",
            "Build the pages with ./vrs up, or leave it out.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static void ValidateAddresses(GatewayOptions options, OptionFaults faults)
    {
        faults.Require(
            GatewayOptions.TryReadListen(options.Listen) is not null,
            nameof(options.Listen),
            options.Listen,
            "must be https:// with an IP address (or * or localhost) and a port; nothing is served in plaintext",
            "Write it like https://0.0.0.0:8443.");
        faults.Require(
            Uri.CheckHostName(options.SipDomain) == UriHostNameType.Dns,
            nameof(options.SipDomain),
            options.SipDomain,
            "must be a DNS name",
            "Write it like vrs.example.org.");
        foreach (var origin in options.AllowedOrigins)
        {
            faults.Require(
                Uri.TryCreate(origin, UriKind.Absolute, out var url)
                    && url.Scheme == Uri.UriSchemeHttps
                    && url.GetLeftPart(UriPartial.Authority) == origin,
                nameof(options.AllowedOrigins),
                origin,
                "must be https:// with host and port only; no wildcards",
                "Write it like https://vrs.example.org.");
        }
    }

    private void ValidateCertificate(GatewayOptions options, OptionFaults faults)
    {
        faults.Require(
            options.CertificatePath is not null || environment.IsDevelopment(),
            nameof(options.CertificatePath),
            null,
            "must name a PEM certificate outside Development",
            "Set Gateway__CertificatePath (and Gateway__CertificateKeyPath).");
        RequireFile(faults, nameof(options.CertificatePath), options.CertificatePath);
        RequireFile(faults, nameof(options.CertificateKeyPath), options.CertificateKeyPath);
        faults.Require(
            options.CertificateCheckInterval >= TimeSpan.FromSeconds(1)
                && options.CertificateCheckInterval <= TimeSpan.FromDays(1),
            nameof(options.CertificateCheckInterval),
            options.CertificateCheckInterval,
            "must be from 00:00:01 to 1.00:00:00",
            "Leave it out for 00:01:00.");
    }

    private static void RequireFile(OptionFaults faults, string name, string? path) =>
        faults.Require(
            path is null || File.Exists(path),
            name,
            path,
            "must be a file that exists and can be read",
            "Correct the path, or the file's owner and mode.");

    private static void ValidateTokens(GatewayOptions options, OptionFaults faults)
    {
        var key = new byte[options.SigningKey?.Length ?? 0];
        var isBase64 = Convert.TryFromBase64String(options.SigningKey ?? "", key, out var length);
        var isRandom = isBase64 && length >= SigningKeyBytesMin && key[..length].Distinct().Count() > 8;
        faults.Require(
            options.SigningKey is null || isRandom,
            nameof(options.SigningKey),
            $"{options.SigningKey?.Length ?? 0} characters",
            $"must be base64 of at least {SigningKeyBytesMin} random bytes",
            "Make one with: openssl rand -base64 32.");
        faults.Require(
            options.AccessTokenLife >= TimeSpan.FromMinutes(1) && options.AccessTokenLife <= TimeSpan.FromHours(1),
            nameof(options.AccessTokenLife),
            options.AccessTokenLife,
            "must be from 00:01:00 to 01:00:00",
            "Leave it out for 00:10:00.");
        faults.Require(
            options.RefreshTokenLife >= options.AccessTokenLife && options.RefreshTokenLife <= TimeSpan.FromDays(7),
            nameof(options.RefreshTokenLife),
            options.RefreshTokenLife,
            "must be at least AccessTokenLife and at most 7.00:00:00",
            "Leave it out for 12:00:00.");
    }
}
