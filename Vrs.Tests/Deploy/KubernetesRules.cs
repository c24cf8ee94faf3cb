using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>What a rendered overlay must keep: bounds, probes, no root, pinned images, nothing in the clear.</summary>
internal static partial class KubernetesRules
{
    private const string PodSpec = "spec/template/spec";
    private const string ManagementPort = "9464";

    /// <summary>What the stop may take after the drain.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Each probe, and what it asks: who fails liveness is killed, which helps against no other fault.
    /// </summary>
    private static readonly (string Name, string Path)[] Probes =
    [
        ("startupProbe", "/health/startup"), ("readinessProbe", "/health/ready"), ("livenessProbe", "/health/live"),
    ];

    private static readonly string[] Secrets = ["SigningKey", "Secret", "ConnectionString", "Password"];

    /// <summary>The public ports that speak TLS.</summary>
    private static readonly string[] EncryptedPorts = ["443", "5349", "8443"];

    /// <summary>The faults; empty when every rule is kept.</summary>
    public static IReadOnlyList<string> FindFaults(IReadOnlyList<YamlMappingNode> objects)
    {
        var deployments = OfKind(objects, "Deployment").ToList();
        return
        [
            .. deployments.SelectMany(d => ForDeployment(d, objects)),
            .. deployments.SelectMany(d => d.Items($"{PodSpec}/containers").SelectMany(c => ForContainer(d, c))),
            .. ForNetwork(objects),
            .. ForSecrets(objects),
        ];
    }

    private static IEnumerable<string> ForDeployment(YamlNode deployment, IReadOnlyList<YamlMappingNode> objects)
    {
        var name = deployment.Text("metadata/name")!;
        var labels = deployment.Map("spec/template/metadata/labels");
        var pod = deployment.At(PodSpec);
        var disruption = OfKind(objects, "PodDisruptionBudget")
            .Any(budget => Selects(budget.Map("spec/selector/matchLabels"), labels));
        var scaled = OfKind(objects, "HorizontalPodAutoscaler").Any(h => h.Text("spec/scaleTargetRef/name") == name);
        return Faults(
            name,
            (deployment.Text("spec/strategy/rollingUpdate/maxUnavailable") == "0", "maxUnavailable is not 0"),
            (Selects(deployment.Map("spec/selector/matchLabels"), labels), "its selector does not select its pods"),
            (disruption, "no PodDisruptionBudget"),
            (scaled || IsCanary(deployment), "no HorizontalPodAutoscaler"),
            (!scaled || deployment.Text("spec/replicas") is null, "each rollout would undo what the autoscaler did"),
            (!IsCanary(deployment) || deployment.Text("spec/replicas") == "0", "a canary that nobody asked for"),
            (pod.Text("securityContext/runAsNonRoot") == "true", "may run as root"),
            (pod.Text("securityContext/runAsUser") is not (null or "0"), "may run as root"),
            (pod.Text("securityContext/seccompProfile/type") == "RuntimeDefault", "no seccomp profile"),
            (pod.Text("automountServiceAccountToken") == "false", "carries a token of the cluster"),
            (Seconds(pod.Text("terminationGracePeriodSeconds")) > Drain(pod, objects) + Stopping,
                "has too little time to drain"),
            (pod.Text("hostNetwork") is null, "shares the machine's network"),
            (pod.Text("hostPID") is null, "shares the machine's processes"));
    }

    private static bool IsCanary(YamlNode deployment) =>
        deployment.Map("metadata/labels").GetValueOrDefault("vrs/track") == "canary";

    private static IEnumerable<string> ForContainer(YamlNode deployment, YamlNode container)
    {
        var security = container.At("securityContext");
        return Faults(
            $"{deployment.Text("metadata/name")}/{container.Text("name")}",
            (PinnedImage().IsMatch(container.Text("image") ?? ""), "image is not pinned to a version"),
            (HasAll(container, "resources/requests"), "no request of CPU or memory"),
            (HasAll(container, "resources/limits"), "no limit of CPU or memory"),
            (container.At("lifecycle/preStop") is not null, "no preStop"),
            (security.Text("readOnlyRootFilesystem") == "true", "root file system can be written"),
            (security.Text("allowPrivilegeEscalation") == "false", "may gain privileges"),
            (security.Text("privileged") is null or "false", "is privileged"),
            (security.Items("capabilities/drop").Any(c => c.ToString() == "ALL"), "keeps capabilities"))
            .Concat(Probes.SelectMany(probe => Faults(
                $"{deployment.Text("metadata/name")}/{container.Text("name")}",
                (container.At(probe.Name) is not null, $"no {probe.Name}"),
                (container.Text($"{probe.Name}/httpGet/path") == probe.Path, $"{probe.Name} asks something else"),
                (container.Text($"{probe.Name}/httpGet/port") == "management", $"{probe.Name} asks somebody else"),
                (container.Text($"{probe.Name}/httpGet/scheme") == "HTTPS", $"{probe.Name} asks in the clear"))));
    }

    /// <summary>From the wish that a pod goes to the end of its drain.</summary>
    private static TimeSpan Drain(YamlNode? pod, IReadOnlyList<YamlMappingNode> objects)
    {
        var settings = OfKind(objects, "ConfigMap").SelectMany(map => map.Map("data"))
            .Where(setting => setting.Key is "Drain__Notice" or "Drain__Limit")
            .Select(setting => TimeSpan.Parse(setting.Value, CultureInfo.InvariantCulture));
        var pauses = pod.Items("containers").Select(c => Seconds(c.Text("lifecycle/preStop/sleep/seconds")));
        return settings.Concat(pauses).Aggregate(TimeSpan.Zero, (sum, part) => sum + part);
    }

    private static TimeSpan Seconds(string? number) =>
        TimeSpan.FromSeconds(int.Parse(number ?? "0", CultureInfo.InvariantCulture));

    private static bool HasAll(YamlNode container, string path) =>
        container.Text($"{path}/cpu") is not null && container.Text($"{path}/memory") is not null;

    private static IEnumerable<string> ForNetwork(IReadOnlyList<YamlMappingNode> objects)
    {
        var deny = OfKind(objects, "NetworkPolicy").Any(p =>
            p.At("spec/podSelector") is YamlMappingNode { Children.Count: 0 }
            && p.At("spec/ingress") is null && p.At("spec/egress") is null
            && p.Items("spec/policyTypes").Count() == 2);
        var ports = from service in OfKind(objects, "Service")
                    from port in service.Items("spec/ports")
                    where !EncryptedPorts.Contains(port.Text("port"))
                    select $"Service {service.Text("metadata/name")}: port {port.Text("port")} is in the clear";
        var values = from map in OfKind(objects, "ConfigMap")
                     from value in map.Map("data")
                     where InTheClear().IsMatch(value.Value)
                     select $"ConfigMap {map.Text("metadata/name")}: {value.Key} is in the clear";
        var doors = from service in OfKind(objects, "Service")
                    from port in service.Items("spec/ports")
                    where port.Text("targetPort") is "management" or ManagementPort
                    select $"Service {service.Text("metadata/name")}: leads to the management port";
        var holes = from policy in OfKind(objects, "NetworkPolicy")
                    from rule in policy.Items("spec/ingress")
                    where rule.Items("ports").Any(port => port.Text("port") == ManagementPort)
                    where rule.Items("from").Any(who => !IsMonitoring(who)) || !rule.Items("from").Any()
                    select $"{policy.Text("metadata/name")}: lets others than monitoring to the management port";
        return Faults("namespace", (deny, "no NetworkPolicy denies everything by default"))
            .Concat(doors)
            .Concat(holes)
            .Concat(ports)
            .Concat(values);
    }

    private static bool IsMonitoring(YamlNode who) =>
        who.Map("namespaceSelector/matchLabels").GetValueOrDefault("vrs/monitoring") == "true";

    private static IEnumerable<string> ForSecrets(IReadOnlyList<YamlMappingNode> objects)
    {
        var values = OfKind(objects, "ConfigMap").SelectMany(map => map.Map("data").Keys)
            .Concat(OfKind(objects, "Deployment").SelectMany(d => d.Items($"{PodSpec}/containers"))
                .SelectMany(c => c.Items("env")).Where(e => e.At("value") is not null).Select(e => e.Text("name")!));
        return OfKind(objects, "Secret").Select(s => $"{s.Text("metadata/name")}: a secret in the repository")
            .Concat(values.Where(v => Secrets.Any(s => v.EndsWith(s, StringComparison.Ordinal)))
                .Select(v => $"{v}: a secret as a value, not as a file"));
    }

    private static IEnumerable<YamlMappingNode> OfKind(IEnumerable<YamlMappingNode> objects, string kind) =>
        objects.Where(o => o.Text("kind") == kind);

    private static bool Selects(
        IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(s => labels.GetValueOrDefault(s.Key) == s.Value);

    private static IEnumerable<string> Faults(string where, params (bool Kept, string Fault)[] rules) =>
        rules.Where(rule => !rule.Kept).Select(rule => $"{where}: {rule.Fault}");

    [GeneratedRegex(@"^[\w./-]+:v?\d+\.\d+[\w.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"\b(http|ws|sip)://|\bsip:.*transport=(udp|tcp)", RegexOptions.IgnoreCase)]
    private static partial Regex InTheClear();
}
