using Vrs.Silo.Hosting;
using Vrs.Tests.Host.Tls;

namespace Vrs.Tests.Host;

/// <summary>Secrets come from files or the environment, and what is no secret is refused.</summary>
public sealed class SecretSettingsTests : IDisposable
{
    private const string Long = "q7Vn2xT9bLw4Zr8KcYd3";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Any_setting_may_stand_in_a_file_and_the_end_of_the_line_is_no_part_of_it()
    {
        File.WriteAllText(_folder.File("secret"), Long + "\n");
        using var app = VrsHost.Build(Production(
            ("Gateway:Turn:Urls:0", "turns:turn.vrs.test:5349?transport=tcp"),
            ("Gateway:Turn:Secret_FILE", _folder.File("secret"))));

        Assert.Equal(Long, app.Configuration["Gateway:Turn:Secret"]);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_told_all_at_once()
    {
        File.WriteAllText(_folder.File("empty"), "");
        var faults = Faults(Production(
            ("Gateway:SigningKey_FILE", _folder.File("empty")),
            ("Gateway:Turn:Secret_FILE", "/nowhere/secret"),
            ("Storage:ConnectionString", "Host=localhost"),
            ("Storage:ConnectionString_FILE", _folder.File("empty"))));

        Assert.Equal(
            ["Gateway:SigningKey_FILE", "Gateway:Turn:Secret_FILE", "Storage:ConnectionString_FILE"],
            faults.Select(f => f[..f.IndexOf(": found", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_for_a_setting_that_nothing_reads_is_a_fault()
    {
        File.WriteAllText(_folder.File("secret"), Long);

        Assert.Contains(
            Faults(Production(("Gateway:Sekret_FILE", _folder.File("secret")))),
            f => f.StartsWith("Gateway:Sekret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_short_secret_in_a_file_is_refused_like_any_other()
    {
        File.WriteAllText(_folder.File("secret"), "tiny");

        Assert.StartsWith(
            "Gateway:Turn:Secret: found '4 characters",
            Assert.Single(Faults(Production(("Gateway:Turn:Secret_FILE", _folder.File("secret"))))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t1ny-one")]
    [InlineData("please-changeme-please")]
    public void A_database_password_that_is_none_is_refused_and_never_shown(string password)
    {
        var connection = ("Storage:ConnectionString", $"Host=127.0.0.1;Username=vrs;Password={password}");
        var fault = Assert.Single(Faults(Production(("Storage:Provider", "PostgreSql"), connection)));

        Assert.StartsWith("Storage:ConnectionString: found a password of", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(password, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.vrs.test;SSL Mode=VerifyFull", true)]
    [InlineData("Host=db.vrs.test;SSL Mode=VerifyCA;Root Certificate=/run/ca.pem", true)]
    [InlineData("Host=127.0.0.1", true)]
    [InlineData("Host=/run/postgresql", true)]
    [InlineData("Host=db.vrs.test", false)]
    [InlineData("Host=db.vrs.test;SSL Mode=Prefer", false)]
    [InlineData("Host=127.0.0.1,db.vrs.test;SSL Mode=Require", false)]
    public void A_database_elsewhere_is_reached_by_TLS_with_a_verified_server(string connection, bool good)
    {
        var faults = Faults(Production(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", connection)));

        Assert.Equal(good, faults.Count == 0);
        Assert.All(faults, f => Assert.Contains("must have SSL Mode=VerifyFull", f, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_on_the_command_line_is_refused()
    {
        var key = Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)(i * 7)).ToArray());
        var given = Production(("Gateway:SigningKey", key));

        Assert.Empty(Faults(given));
        var fault = Assert.Single(Faults(given with { IsCommandLine = true }));
        Assert.StartsWith("Gateway:SigningKey: found on the command line", fault, StringComparison.Ordinal);
        Assert.EndsWith("Set Gateway__SigningKey_FILE to a file with it.", fault, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private HostArguments Production(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(s => s.Name, s => (string?)s.Value);
        all["Storage:DataFolder"] = _folder.Path;
        all["Gateway:CertificatePath"] = _folder.File("tls.crt");
        all["Gateway:CertificateKeyPath"] = _folder.File("tls.key");
        TestCertificate.Make().Write(_folder.File("tls.crt"), _folder.File("tls.key"));
        return new HostArguments(all, Environment: "Production");
    }

    private static IReadOnlyList<string> Faults(HostArguments arguments)
    {
        try
        {
            using var app = VrsHost.Build(arguments);
            return [];
        }
        catch (ConfigurationFaultsException fault)
        {
            return fault.Faults;
        }
    }
}
