using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vrs.Tests.Tidy;

/// <summary>Who may know whom. The arrows are those of docs/architecture.md.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class DependencyTests
{
    /// <summary>Project by project, the projects it may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Vrs.Silo.Storage"] = [],
        ["Vrs.Silo.Embedded"] = ["Vrs.Silo.Storage"],
        ["Vrs.Grains.Interfaces"] = ["Vrs.Silo.Embedded"],
        ["Vrs.Grains"] = ["Vrs.Grains.Interfaces"],
        ["Vrs.Gateway"] = ["Vrs.Grains.Interfaces"],
        ["Vrs.Silo"] = ["Vrs.Grains", "Vrs.Gateway", "Vrs.Silo.Storage", "Vrs.Silo.Embedded"],
        ["Vrs.Bench"] = ["Vrs.Silo", "Vrs.Silo.Embedded", "Vrs.Gateway", "Vrs.Grains", "Vrs.Grains.Interfaces"],
        ["Vrs.Tests"] =
            ["Vrs.Silo", "Vrs.Bench", "Vrs.Silo.Embedded", "Vrs.Gateway", "Vrs.Grains", "Vrs.Grains.Interfaces"],
    };

    private static readonly string[] PureFolders =
        ["Vrs.Grains/Domain", "Vrs.Gateway/Sip", "Vrs.Gateway/Sdp", "Vrs.Gateway/SessionPolicy"];

    /// <summary>Tests of the embedded engine, and those that need its turn order; the build for Orleans has none of
    /// them.</summary>
    private static readonly string[] EmbeddedFolders =
    [
        "Vrs.Tests/Simulation", "Vrs.Tests/Domain/Grains", "Vrs.Tests/Callflows/Engine", "Vrs.Tests/Engine/Surface",
    ];

    [Fact]
    public void Projects_reference_only_what_they_may_know()
    {
        var projects = SourceTree.Files.Where(file => file.Extension == ".csproj").ToList();
        var names = projects.Select(file => Path.GetFileNameWithoutExtension(file.Name));
        Assert.Equal(Allowed.Keys.Order(), names.Order());
        Finding.AssertNone(projects.SelectMany(ForbiddenReferences));
    }

    [Fact]
    public void The_gateway_knows_grains_by_their_interfaces_only() =>
        Finding.AssertNone(SourceTree.CSharp.Where(file => file.IsUnder("Vrs.Gateway")).SelectMany(GrainsByName));

    [Fact]
    public void Pure_folders_know_neither_the_grain_engine_nor_the_web_server() =>
        Finding.AssertNone(SourceTree.CSharp.Where(IsPure).SelectMany(Frameworks));

    [Fact]
    public void Framework_edges_need_their_exception() =>
        Assert.All(
            SourceTree.CSharp.Where(file => Exceptions.FrameworkEdges.ContainsKey(file.Path)),
            file => Assert.NotEmpty(Frameworks(file)));

    [Fact]
    public void Engines_differ_in_a_few_files_of_the_same_shape()
    {
        var stems = SourceTree.CSharp.Where(file => file.Name.EndsWith(".Orleans.cs", StringComparison.Ordinal))
            .Select(file => file.Path[..^".Orleans.cs".Length]).ToList();
        Assert.True(stems.Count <= Limits.EnginePairs, $"More than {Limits.EnginePairs}: {string.Join(", ", stems)}");
        Assert.All(stems, stem => Assert.True(
            SourceTree.Exists(stem + ".Embedded.cs"), $"{stem}.Orleans.cs has no embedded twin."));
    }

    [Fact]
    public void Tests_that_both_engines_run_know_neither() =>
        Finding.AssertNone(SourceTree.CSharp.Where(RunsOnBothEngines).SelectMany(EmbeddedByName));

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        var project = new SourceFile("Vrs.Gateway/Vrs.Gateway.csproj",
            """<Project><ProjectReference Include="../Vrs.Grains/Vrs.Grains.csproj" /></Project>""");
        var grains = new SourceFile("Bad.cs", "using Vrs.Grains.Calls;\nusing Vrs.Grains.Interfaces.Calls;");

        Assert.Single(ForbiddenReferences(project));
        Assert.Single(GrainsByName(grains));
        Assert.Single(EmbeddedByName(new SourceFile("Bad.cs", "using Vrs.Silo.Embedded.Runtime;")));
        Assert.Single(EmbeddedByName(new SourceFile("Bad.cs", "using Vrs.Tests.Domain.Grains;")));
        Assert.Single(Frameworks(new SourceFile("Bad.cs", "using Orleans.Runtime;\nusing System;")));
        Assert.Single(Frameworks(new SourceFile("Bad.cs", "class A { Microsoft.AspNetCore.Http.HttpContext? B; }")));
    }

    private static bool IsPure(SourceFile file) =>
        PureFolders.Any(file.IsUnder) && !Exceptions.FrameworkEdges.ContainsKey(file.Path);

    private static IEnumerable<Finding> ForbiddenReferences(SourceFile project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Name);
        return XDocument.Parse(project.Text).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            .Where(reference => !Allowed[name].Contains(reference))
            .Select(reference => project.At(1, $"{name} must not know {reference}: share a contract instead."));
    }

    private static IEnumerable<Finding> GrainsByName(SourceFile file) =>
        file.Lines.Index().Where(line => GrainsNamespace().IsMatch(line.Item))
            .Select(line => file.At(line.Index + 1, "the gateway knows grains by Vrs.Grains.Interfaces only."));

    private static bool RunsOnBothEngines(SourceFile file) =>
        file.IsUnder("Vrs.Tests")
        && !EmbeddedFolders.Any(file.IsUnder)
        && !file.Name.EndsWith(".Embedded.cs", StringComparison.Ordinal);

    private static IEnumerable<Finding> EmbeddedByName(SourceFile file) =>
        file.Lines.Index().Where(line => EmbeddedNamespace().IsMatch(line.Item))
            .Select(line => file.At(
                line.Index + 1,
                "this file is built for Orleans too, which has none of that: move it to "
                    + $"{string.Join(" or ", EmbeddedFolders)}."));

    private static IEnumerable<Finding> Frameworks(SourceFile file) =>
        file.Syntax.DescendantNodes()
            .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax or UsingDirectiveSyntax)
            .Select(node => (Node: node, Name: ((node as UsingDirectiveSyntax)?.NamespaceOrType ?? node).ToString()))
            .Where(used => FrameworkNamespace().IsMatch(used.Name))
            .DistinctBy(used => file.LineOf(used.Node.SpanStart))
            .Select(used => file.At(used.Node, $"{used.Name} in a pure folder: move what needs it to the shell."));

    [GeneratedRegex(@"\bVrs\.Grains\.(?!Interfaces\b)\w")]
    private static partial Regex GrainsNamespace();

    [GeneratedRegex(@"^using Vrs\.(Silo\.Embedded|Tests\.Simulation|Tests\.Domain\.Grains)\b")]
    private static partial Regex EmbeddedNamespace();

    [GeneratedRegex(@"^(global::)?(Orleans|Microsoft\.AspNetCore)\b")]
    private static partial Regex FrameworkNamespace();
}
