using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>
/// Renders an overlay with the few features of kustomize that deploy/kubernetes uses: resources, namespace, images,
/// replicas, and patches by strategic merge. Anything else is refused, so it never renders less than it was asked.
/// </summary>
internal static class Kustomize
{
    private static readonly string[] Understood =
        ["apiVersion", "kind", "resources", "namespace", "images", "patches"];

    /// <summary>Fields by which items of a list are matched (strategic merge of Kubernetes).</summary>
    private static readonly string[] MergeKeys = ["name", "mountPath", "containerPort", "ip"];

    /// <summary>Lists that a patch replaces whole although their items look as if they had a key.</summary>
    private static readonly string[] Replaced = ["args", "command", "egress", "ingress", "rules"];

    /// <summary>Every object of a folder with a kustomization.yaml.</summary>
    public static IReadOnlyList<YamlMappingNode> Render(string folder)
    {
        var kustomization = Yaml.Read(Path.Combine(folder, "kustomization.yaml")).Single();
        var unknown = kustomization.Select(e => e.Key.ToString()).Except(Understood).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidDataException($"{folder}: {string.Join(", ", unknown)} is not rendered here.");
        }

        var objects = kustomization.Items("resources").SelectMany(r => Resource(folder, r.ToString())).ToList();
        var patches = kustomization.Items("patches").SelectMany(p => Yaml.Read(Path.Combine(folder, p.Text("path")!)));
        foreach (var patch in patches)
        {
            Merge(objects.Single(o => IdOf(o) == IdOf(patch)), patch);
        }

        SetNamespace(objects, kustomization.Text("namespace"));
        SetImages(objects, kustomization);
        return objects;
    }

    private static IEnumerable<YamlMappingNode> Resource(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return Directory.Exists(path) ? Render(path) : Yaml.Read(path);
    }

    private static string IdOf(YamlNode node) => $"{node.Text("kind")}/{node.Text("metadata/name")}";

    private static void Merge(YamlMappingNode into, YamlMappingNode patch)
    {
        foreach (var (key, value) in patch)
        {
            into.Children[key] = (into.At(key.ToString()), value) switch
            {
                (YamlMappingNode old, YamlMappingNode change) => Merged(old, change),
                (YamlSequenceNode old, YamlSequenceNode change) when !Replaced.Contains(key.ToString())
                    && KeyOf(change) is { } merge => Merged(old, change, merge),
                _ => Yaml.Copy(value),
            };
        }
    }

    private static YamlMappingNode Merged(YamlMappingNode old, YamlMappingNode change)
    {
        Merge(old, change);
        return old;
    }

    private static YamlSequenceNode Merged(YamlSequenceNode old, YamlSequenceNode change, string key)
    {
        foreach (var item in change.Cast<YamlMappingNode>())
        {
            if (old.FirstOrDefault(o => o.Text(key) == item.Text(key)) is YamlMappingNode same)
            {
                Merge(same, item);
            }
            else
            {
                old.Add(Yaml.Copy(item));
            }
        }

        return old;
    }

    private static string? KeyOf(YamlSequenceNode list) =>
        MergeKeys.FirstOrDefault(key => list.All(item => item.Text(key) is not null));

    private static void SetNamespace(IEnumerable<YamlMappingNode> objects, string? name)
    {
        foreach (var item in objects.Where(o => name is not null && o.Text("kind") != "Namespace"))
        {
            ((YamlMappingNode)item.At("metadata")!).Children["namespace"] = name!;
        }
    }

    private static void SetImages(IReadOnlyList<YamlMappingNode> objects, YamlMappingNode kustomization)
    {
        foreach (var image in kustomization.Items("images"))
        {
            var containers = objects.SelectMany(o => o.Items("spec/template/spec/containers")).Cast<YamlMappingNode>();
            foreach (var container in containers.Where(c => c.Text("image") == image.Text("name")))
            {
                container.Children["image"] = $"{image.Text("newName")}:{image.Text("newTag")}";
            }
        }
    }
}
