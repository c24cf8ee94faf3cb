using System.Net;
using Vrs.Gateway;

namespace Vrs.Tests.Host;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void The_defaults_are_good_in_Development() => Assert.Empty(Faults(new GatewayOptions(), production: false));

    [Fact]
    public void All_faults_are_told_at_once_with_name_value_rule_and_remedy()
    {
        var options = new GatewayOptions
        {
            Listen = "http://0.0.0.0:8080",
            SipDomain = "not a domain",
            CertificatePath = "/nowhere/cert.pem",
            SigningKey = "dG9vIHNob3J0",
            AccessTokenLife = TimeSpan.FromDays(1),
            WebRoot = "/nowhere/pages",
        };
        options.AllowedOrigins.Add("https://*.example.org");
        options.Turn.Urls.Add("http://turn.example.org");
        options.Turn.CredentialLife = TimeSpan.Zero;

        var faults = Faults(options, production: true);

        Assert.Collection(
            faults,
            f => Assert.Equal(
                "Gateway:Listen: found 'http://0.0.0.0:8080'; must be https:// with an IP address (or * or localhost) "
                + "and a port; nothing is served in plaintext. Write it like https://0.0.0.0:8443.",
                f),
            f => Assert.StartsWith("Gateway:SipDomain: found 'not a domain'; must be", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:AllowedOrigins: found 'https://*.", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:CertificatePath: found '/nowhere/cert.pem'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:SigningKey: found '12 characters'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:AccessTokenLife: found '1.00:00:00'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:RefreshTokenLife: found '12:00:00'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:Turn:Urls: found 'http://turn.example.org'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:Turn:CredentialLife: found '00:00:00'", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Gateway:WebRoot: found '/nowhere/pages'", f, StringComparison.Ordinal));
    }

    [Fact]
    public void Outside_Development_a_certificate_is_needed()
    {
        var fault = Assert.Single(Faults(new GatewayOptions(), production: true));

        Assert.StartsWith("Gateway:CertificatePath: found nothing; must name", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changeme-changeme-changeme")]
    [InlineData("tiny-one")]
    public void A_placeholder_secret_is_refused_outside_Development_and_never_shown(string secret)
    {
        var options = new GatewayOptions { CertificatePath = typeof(GatewayOptions).Assembly.Location };
        options.Turn.Urls.Add("turns:turn.example.org:5349?transport=tcp");
        options.Turn.Secret = secret;

        var fault = Assert.Single(Faults(options, production: true));

        Assert.StartsWith("Gateway:Turn:Secret: found", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, fault, StringComparison.Ordinal);
        Assert.Empty(Faults(options, production: false));
    }

    [Fact]
    public void A_relay_needs_a_secret()
    {
        var options = new GatewayOptions();
        options.Turn.Urls.Add("turn:turn.example.org");

        Assert.StartsWith(
            "Gateway:Turn:Secret: found nothing",
            Assert.Single(Faults(options, production: false)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://0.0.0.0:8443", "0.0.0.0", 8443)]
    [InlineData("https://localhost:9000", "127.0.0.1", 9000)]
    [InlineData("https://[::1]:443", "::1", 443)]
    [InlineData("https://*:8443", "::", 8443)]
    [InlineData("https://127.0.0.1:0", "127.0.0.1", 0)]
    public void The_listener_is_read(string listen, string address, int port) =>
        Assert.Equal(
            new IPEndPoint(IPAddress.Parse(address), port),
            new GatewayOptions { Listen = listen }.ListenEndPoint());

    [Theory]
    [InlineData("http://0.0.0.0:8443")]
    [InlineData("ws://0.0.0.0:8443")]
    [InlineData("https://vrs.example.org:8443")]
    [InlineData("https://0.0.0.0:8443/path")]
    [InlineData("udp://0.0.0.0:5060")]
    [InlineData("")]
    public void Any_other_listener_is_refused(string listen) =>
        Assert.StartsWith(
            "Gateway:Listen",
            Assert.Single(Faults(new GatewayOptions { Listen = listen }, production: false)),
            StringComparison.Ordinal);

    private static IReadOnlyList<string> Faults(GatewayOptions options, bool production)
    {
        var environment = production ? GivenEnvironment.Production : GivenEnvironment.Development;
        return [.. new GatewayOptionsValidator(environment).Validate(null, options).Failures ?? []];
    }
}
