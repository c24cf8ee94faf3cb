using System.Diagnostics;
using k8s;
using k8s.Models;
using Vrs.Tests.Tidy;
using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>What deploy/kubernetes renders to is of the types of Kubernetes, and keeps our rules.</summary>
[Trait("Suite", "Tidy")]
public sealed class KubernetesTests
{
    public static TheoryData<string> Overlays => ["staging", "production"];

    private static readonly Dictionary<string, Type> Types = new()
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_object_is_of_its_type_and_has_no_field_that_the_type_has_not(string overlay)
    {
        var objects = Render(overlay);
        var typed = KubernetesYaml.LoadAllFromString(Yaml.Write(objects), Types, strict: true);

        Assert.Equal(objects.Count, typed.Count);
        Assert.All(typed.OfType<V1Deployment>(), d => Assert.NotEmpty(d.Spec.Template.Spec.Containers));
        Assert.Equal(3, typed.OfType<V1Deployment>().Count());
    }

    [Fact]
    public void A_field_that_no_type_has_is_seen()
    {
        var bad = Yaml.Write(Render("staging"))
            .Replace("readOnlyRootFilesystem", "readOnlyRootFileSystem", StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(bad, Types, strict: true));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_rule_is_kept(string overlay) => Assert.Empty(KubernetesRules.FindFaults(Render(overlay)));

    [Theory]
    [InlineData("limits:", "bounds:", "no limit")]
    [InlineData("readinessProbe:", "probe:", "no readinessProbe")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "may run as root")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "root file system")]
    [InlineData("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "gain privileges")]
    [InlineData("vrs:0.9.0", "vrs:latest", "image is not pinned")]
    [InlineData("vrs:0.9.0", "vrs", "image is not pinned")]
    [InlineData("maxUnavailable: 0", "maxUnavailable: 1", "maxUnavailable")]
    [InlineData("preStop:", "postStart:", "no preStop")]
    [InlineData("kind: PodDisruptionBudget", "kind: PodBudget", "no PodDisruptionBudget")]
    [InlineData("kind: HorizontalPodAutoscaler", "kind: Scaler", "no HorizontalPodAutoscaler")]
    [InlineData("podSelector: {}", "podSelector: { matchLabels: { a: b } }", "denies everything")]
    [InlineData("scheme: HTTPS", "scheme: HTTP", "in the clear")]
    [InlineData("path: /health/live", "path: /health/ready", "livenessProbe asks something else")]
    [InlineData("port: management", "port: https", "asks somebody else")]
    [InlineData("terminationGracePeriodSeconds: 120", "terminationGracePeriodSeconds: 100", "too little time")]
    [InlineData("00:01:15", "00:02:15", "too little time")]
    [InlineData("replicas: 0", "replicas: 1", "canary that nobody asked for")]
    [InlineData("    name: vrs-gateway\n  minReplicas", "    name: vrs-gateway-canary\n  minReplicas", "autoscaler")]
    [InlineData("targetPort: https", "targetPort: management", "leads to the management port")]
    [InlineData("vrs/monitoring:", "vrs/anybody:", "others than monitoring")]
    [InlineData("port: 443", "port: 80", "in the clear")]
    [InlineData("https://0.0.0.0:8443", "http://0.0.0.0:8443", "in the clear")]
    [InlineData("kind: ServiceAccount", "kind: Secret", "secret in the repository")]
    [InlineData("Gateway__SigningKey_FILE", "Gateway__SigningKey", "secret as a value")]
    public void Each_rule_sees_what_it_forbids(string good, string bad, string fault)
    {
        var text = Yaml.Write(Render("production"));
        Assert.Contains(good, text, StringComparison.Ordinal);

        var faults = KubernetesRules.FindFaults(Yaml.Parse(text.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    /// <summary>
    /// The renderer here is small; where the real one is installed, both must say the same. Where it is not, this shows
    /// only that ours repeats itself.
    /// </summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_real_renderer_says_the_same(string overlay)
    {
        var real = RealRenderer(FolderOf(overlay)) ?? Render(overlay);

        Assert.Equal(
            real.Select(o => o.Canonical()).Order(StringComparer.Ordinal),
            Render(overlay).Select(o => o.Canonical()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_not_understood_is_refused_not_left_out()
    {
        var folder = Directory.CreateTempSubdirectory("vrs-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), "resources: []\nnamePrefix: a-\n");

        Assert.Throws<InvalidDataException>(() => Kustomize.Render(folder));
        Directory.Delete(folder, recursive: true);
    }

    private static IReadOnlyList<YamlMappingNode> Render(string overlay) => Kustomize.Render(FolderOf(overlay));

    private static string FolderOf(string overlay) =>
        Path.Combine(SourceTree.Root, "deploy/kubernetes/overlays", overlay);

    private static IReadOnlyList<YamlMappingNode>? RealRenderer(string folder)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!paths.Any(path => File.Exists(Path.Combine(path, "kubectl"))))
        {
            return null;
        }

        using var process = Process.Start(
            new ProcessStartInfo("kubectl", ["kustomize", folder]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return Yaml.Parse(text);
    }
}
