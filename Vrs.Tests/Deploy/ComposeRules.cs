using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>What every service of the compose file must keep.</summary>
internal static partial class ComposeRules
{
    private static readonly string[] Secrets = ["SigningKey", "Turn__Secret", "ConnectionString", "PASSWORD"];

    /// <summary>
    /// What may be reached from outside the machine: TLS, and TURN over UDP, which carries DTLS-SRTP and has an
    /// integrity of its own.
    /// </summary>
    private static readonly string[] PublicPorts =
        ["8443:8443", "8444:8443", "5349:5349", "3478:3478/udp", "49152-49651:49152-49651/udp"];

    /// <summary>The faults; empty when every rule is kept.</summary>
    public static IReadOnlyList<string> FindFaults(YamlMappingNode compose) =>
    [
        .. compose.Entries("services").SelectMany(s => ForService(s.Name, s.Value)),
        .. compose.Entries("secrets")
            .Where(s => s.Value.Text("file")?.StartsWith("secrets/", StringComparison.Ordinal) != true)
            .Select(s => $"{s.Name}: not in the folder of secrets"),
    ];

    private static IEnumerable<string> ForService(string name, YamlNode service)
    {
        (bool Kept, string Fault)[] rules =
        [
            (PinnedImage().IsMatch(service.Text("image") ?? ""), "image is not pinned to a version"),
            (service.Text("read_only") == "true", "root file system can be written"),
            (Has(service, "cap_drop", "ALL"), "keeps capabilities"),
            (Has(service, "security_opt", "no-new-privileges:true"), "may gain privileges"),
            (Number().IsMatch(service.Text("user") ?? ""), "runs as root, or as nobody knows whom"),
            (service.Text("deploy/resources/limits/cpus") is not null, "no limit of CPU"),
            (service.Text("deploy/resources/limits/memory") is not null, "no limit of memory"),
            (IsOurs(service) || service.Items("healthcheck/test").Skip(1).All(t => t.ToString().Length > 0)
                && service.Items("healthcheck/test").Count() > 1, "no healthcheck"),
        ];
        return rules.Where(rule => !rule.Kept).Select(rule => $"{name}: {rule.Fault}")
            .Concat(service.Items("ports").Select(p => p.ToString())
                .Where(p => !PublicPorts.Contains(p) && !IsLocalTls(service, p))
                .Select(p => $"{name}: port {p} is published in the clear"))
            .Concat(service.Map("environment").Keys
                .Where(key => Secrets.Any(secret => key.EndsWith(secret, StringComparison.Ordinal)))
                .Select(key => $"{name}: {key}: a secret as a value, not as a file"));
    }

    private static bool Has(YamlNode service, string list, string value) =>
        service.Items(list).Any(item => item.ToString() == value);

    /// <summary>Our image has its health check in its Dockerfile.</summary>
    private static bool IsOurs(YamlNode service) => service.At("build") is not null;

    private static bool IsLocalTls(YamlNode service, string port) =>
        port.StartsWith("127.0.0.1:", StringComparison.Ordinal)
        && service.Text("environment/GF_SERVER_PROTOCOL") == "https";

    [GeneratedRegex(@"^[\w./-]+:v?\d+\.\d+[\w.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"^[1-9]\d*:[1-9]\d*$")]
    private static partial Regex Number();
}
