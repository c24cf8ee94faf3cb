using System.Diagnostics;
using Vrs.Silo.Hosting;
using Vrs.Tests.Host;
using Vrs.Tests.Tidy;
using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>The compose file of the whole system keeps our rules and makes a good configuration.</summary>
[Trait("Suite", "Tidy")]
public sealed class ComposeTests : IDisposable
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "deploy/compose");
    private static readonly YamlMappingNode Compose = Yaml.Read(Path.Combine(Folder, "compose.yaml")).Single();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_whole_system_is_there() =>
        Assert.Superset(
            new HashSet<string>
            {
                "silo-1", "silo-2", "gateway-1", "gateway-2", "database",
                "turn", "prometheus", "alertmanager", "grafana",
            },
            Compose.Entries("services").Select(s => s.Name).ToHashSet());

    [Fact]
    public void Every_rule_is_kept() => Assert.Empty(ComposeRules.FindFaults(Compose));

    [Theory]
    [InlineData("read_only: true", "read_only: false", "root file system")]
    [InlineData("- ALL", "- NET_RAW", "keeps capabilities")]
    [InlineData("no-new-privileges:true", "no-new-privileges:false", "may gain privileges")]
    [InlineData("user: \"999:999\"", "user: root", "runs as root")]
    [InlineData("postgres:17.6-bookworm", "postgres:latest", "image is not pinned")]
    [InlineData("pg_isready", "", "no healthcheck")]
    [InlineData("memory: 2g", "swap: 2g", "no limit")]
    [InlineData("127.0.0.1:3000:3000", "80:3000", "in the clear")]
    [InlineData("POSTGRES_PASSWORD_FILE", "POSTGRES_PASSWORD", "secret as a value")]
    [InlineData("file: secrets/signing_key", "file: signing_key", "not in the folder of secrets")]
    public void Each_rule_sees_what_it_forbids(string good, string bad, string fault)
    {
        var text = Yaml.Write([Compose]);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var broken = Yaml.Parse(text.Replace(good, bad, StringComparison.Ordinal)).Single();

        Assert.Contains(ComposeRules.FindFaults(broken), f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_secrets_that_are_prepared_are_those_that_are_wanted_and_make_a_good_configuration()
    {
        var secrets = _folder.File("secrets");
        Prepare(secrets);

        Assert.All(
            Compose.Entries("secrets").Select(s => s.Value.Text("file")!),
            file => Assert.True(new FileInfo(_folder.File(file)).Length > 0, file));
        foreach (var service in (string[])["silo-1", "gateway-1"])
        {
            // Roles are of the Orleans build; whatever else it is told must be good in this one.
            var settings = Compose.Map($"services/{service}/environment")
                .Where(s => !s.Key.StartsWith("GrainEngine__", StringComparison.Ordinal))
                .ToDictionary(
                    s => s.Key.Replace("__", ":", StringComparison.Ordinal),
                    s => (string?)s.Value
                        .Replace("/run/secrets", secrets, StringComparison.Ordinal)
                        .Replace("${VRS_DOMAIN:?run prepare.sh first}", "vrs.example.org", StringComparison.Ordinal)
                        .Replace("${VRS_DOMAIN}", "vrs.example.org", StringComparison.Ordinal));
            using var app = VrsHost.Build(new HostArguments(settings, Environment: "Production"));
            Assert.NotEmpty(app.Configuration["Gateway:SigningKey"]!);
        }
    }

    [Fact]
    public void Preparing_again_keeps_what_is_there()
    {
        var secrets = _folder.File("secrets");
        Prepare(secrets);
        var before = Directory.GetFiles(secrets).Order().ToDictionary(f => f, File.ReadAllText);

        Prepare(secrets);

        Assert.Equal(before, Directory.GetFiles(secrets).Order().ToDictionary(f => f, File.ReadAllText));
    }

    public void Dispose() => _folder.Dispose();

    private static void Prepare(string secrets)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(Folder, "prepare.sh"),
            ["vrs.example.org", "203.0.113.7", "https://pager.example.org/hook", secrets])
        {
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
