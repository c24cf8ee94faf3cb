using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vrs.Tests.Deploy;

/// <summary>YAML as a tree, with what anchors and merge keys stand for put in their place.</summary>
internal static class Yaml
{
    /// <summary>Every document of a file.</summary>
    public static IReadOnlyList<YamlMappingNode> Read(string path) => Parse(File.ReadAllText(path));

    public static IReadOnlyList<YamlMappingNode> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(text))));
        return [.. stream.Documents.Select(document => (YamlMappingNode)Copy(document.RootNode))];
    }

    /// <summary>The documents as one text.</summary>
    public static string Write(IEnumerable<YamlMappingNode> documents)
    {
        var writer = new StringWriter();
        var stream = new YamlStream(documents.Select(document => new YamlDocument(Copy(document))));
        stream.Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    /// <summary>A copy in which nothing is shared: anchors would tie two places together.</summary>
    public static YamlNode Copy(YamlNode node) => node switch
    {
        YamlMappingNode map => new YamlMappingNode(map.Select(entry =>
            KeyValuePair.Create(Copy(entry.Key), Copy(entry.Value)))),
        YamlSequenceNode list => new YamlSequenceNode(list.Select(Copy)),
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value) { Style = scalar.Style },
        _ => throw new InvalidDataException($"YAML of this kind is not understood: {node.NodeType}."),
    };

    /// <summary>What stands at a path of keys and numbers (<c>spec/0/name</c>); null when nothing does.</summary>
    public static YamlNode? At(this YamlNode? node, string path)
    {
        foreach (var step in path.Split('/'))
        {
            node = node switch
            {
                YamlMappingNode map when map.Children.TryGetValue(step, out var value) => value,
                YamlSequenceNode list when int.TryParse(step, out var i) && i < list.Children.Count => list[i],
                _ => null,
            };
        }

        return node;
    }

    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node, string path) =>
        node.At(path) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    public static IReadOnlyDictionary<string, string> Map(this YamlNode? node, string path) =>
        (node.At(path) as YamlMappingNode)?.ToDictionary(e => Key(e.Key), e => (e.Value as YamlScalarNode)?.Value ?? "")
        ?? [];

    public static IEnumerable<(string Name, YamlNode Value)> Entries(this YamlNode? node, string path) =>
        (node.At(path) as YamlMappingNode)?.Select(e => (Key(e.Key), e.Value)) ?? [];

    /// <summary>The tree as one line, with keys in order: equal trees have equal lines.</summary>
    public static string Canonical(this YamlNode node) => node switch
    {
        YamlMappingNode map => "{" + string.Join(",", map
            .OrderBy(e => Key(e.Key), StringComparer.Ordinal)
            .Select(e => $"{Key(e.Key)}:{e.Value.Canonical()}")) + "}",
        YamlSequenceNode list => "[" + string.Join(",", list.Select(Canonical)) + "]",
        _ => ((YamlScalarNode)node).Value ?? "null",
    };

    private static string Key(YamlNode node) => ((YamlScalarNode)node).Value!;
}
