using Vrs.Silo.Hosting;

namespace Vrs.Tests.Host;

public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public void The_configuration_that_is_delivered_is_good() => Assert.Empty(Faults());

    [Theory]
    [InlineData("Gateway:Listen", "http://0.0.0.0:8080", "must be https://")]
    [InlineData("Gateway:Listen", "ws://0.0.0.0:8080", "must be wss://")]
    [InlineData("Kestrel:Endpoints:Extra:Url", "http://*:5000", "must be https://")]
    [InlineData("Urls", "http://*:5000", "must be https://")]
    [InlineData("Sip:Trunk", "sip:trunk.example.org;transport=udp", "must use TLS")]
    [InlineData("Sip:Transports:0", "tcp", "must be tls or wss")]
    [InlineData("Gateway:SessionPolicy:RtpProtocols", "RTP/AVP", "must be UDP/TLS/RTP/SAVPF")]
    [InlineData("Gateway:SessionPolicy:RtpProtocols", "UDP/TLS/RTP/SAVPF, RTP/SAVP", "must be UDP/TLS/RTP/SAVPF")]
    [InlineData("Gateway:SessionPolicy:AudioCodecs", "*", "must be the name of one codec")]
    [InlineData("Gateway:Turn:Credential", "for-ever", "must be left out")]
    [InlineData("Gateway:Turn:CredentialLife", "00:00:00", "must be from 00:05:00 to 1.00:00:00")]
    public void What_is_insecure_is_refused(string name, string value, string rule) =>
        Assert.Contains(
            Faults((name, value)),
            f => f.StartsWith($"{name}: found", StringComparison.Ordinal)
                && f.Contains(rule, StringComparison.Ordinal));

    [Fact]
    public void A_misspelt_name_is_told_with_the_names_there_are()
    {
        var fault = Assert.Single(Faults(("Gateway:SipDomian", "vrs.example.org")));

        Assert.StartsWith("Gateway:SipDomian: found a setting that nothing reads", fault, StringComparison.Ordinal);
        Assert.Contains("SipDomain", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_told()
    {
        var fault = Assert.Single(Faults(("Gateway:AccessTokenLife", "ten minutes")));

        Assert.Equal(
            "Gateway:AccessTokenLife: found 'ten minutes'; must be a time span such as 00:00:30. Correct the value.",
            fault);
    }

    [Fact]
    public void Faults_of_all_sections_are_told_at_once()
    {
        var faults = Faults(
            ("Gateway:SipDomain", "no domain"),
            ("Accounts:HashIterations", "1"),
            ("Storage:WriteQueueLimit", "0"),
            ("Calls:HandlingLocation", " "),
            ("Gateway:Turn:Password", "hush"));

        string[] names = ["Gateway:SipDomain", "Accounts:HashIterations", "Storage:WriteQueueLimit",
            "Calls:HandlingLocation", "Gateway:Turn:Password"];
        Assert.All(names, n => Assert.Contains(faults, f => f.StartsWith(n, StringComparison.Ordinal)));
        Assert.DoesNotContain(faults, f => f.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public void Outside_Development_there_are_no_demo_accounts()
    {
        var faults = Faults(
            "Production",
            ("Accounts:Users:0:User", "dana"),
            ("Accounts:Users:0:Role", "caller"),
            ("Accounts:Users:0:DisplayName", "Dana"),
            ("Accounts:Users:0:Number", "+15550101"),
            ("Accounts:Users:0:Pools:0", "ase+en"),
            ("Accounts:Users:0:PasswordHash", "demo"));

        Assert.Contains(faults, f => f.StartsWith("Accounts:Users:0:User: found 'dana'", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("Accounts:Users:0:PasswordHash", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("Gateway:CertificatePath", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grains")]
    [InlineData("gateway")]
    [InlineData("everything")]
    public void The_embedded_engine_is_one_process_with_both_roles(string role) =>
        Assert.StartsWith(
            $"Role: found '{role}'; must be",
            Assert.Single(Faults(("Role", role))),
            StringComparison.Ordinal);

    public void Dispose() => _data.Dispose();

    private IReadOnlyList<string> Faults(params (string Name, string Value)[] settings) =>
        Faults("Development", settings);

    private IReadOnlyList<string> Faults(string environment, params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(s => s.Name, s => (string?)s.Value);
        all["Storage:DataFolder"] = _data.Path;
        try
        {
            using var app = VrsHost.Build(new HostArguments(all, Environment: environment));
            return [];
        }
        catch (ConfigurationFaultsException fault)
        {
            return fault.Faults;
        }
    }
}
