using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vrs.Tests.Tidy;

/// <summary>Files, functions and lines stay short enough to be read at one sitting.</summary>
[Trait("Suite", "Tidy")]
public sealed class LengthTests
{
    [Fact]
    public void No_file_is_longer_than_its_limit() =>
        Finding.AssertNone(
            SourceTree.Code.Where(file => !Exceptions.LongFiles.ContainsKey(file.Path)).SelectMany(LongFile));

    [Fact]
    public void No_function_is_longer_than_its_limit() =>
        Finding.AssertNone(
            from found in LongFunctions(SourceTree.CSharp)
            where !Exceptions.LongFunctions.ContainsKey(found.Name)
            select found.Finding);

    [Fact]
    public void No_line_is_longer_than_its_limit() =>
        Finding.AssertNone(SourceTree.Code.Where(file => !IsFormattedByPrettier(file)).SelectMany(LongLines));

    [Fact]
    public void No_exception_outlives_its_need()
    {
        var files = SourceTree.Code.SelectMany(LongFile).Select(finding => finding.Path);
        var functions = LongFunctions(SourceTree.CSharp).Select(found => found.Name);
        Assert.Empty(Exceptions.LongFiles.Keys.Except(files));
        Assert.Empty(Exceptions.LongFunctions.Keys.Except(functions));
    }

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        var body = string.Concat(Enumerable.Repeat("        Do();\n", Limits.FileLines));
        var file = new SourceFile("Long.cs", $"class Long\n{{\n    void Method()\n    {{\n{body}    }}\n}}\n");
        var wide = new SourceFile("wide.sh", new string('x', Limits.LineColumns + 1));

        Assert.Single(LongFile(file));
        Assert.Equal("Long.cs: Method", Assert.Single(LongFunctions([file])).Name);
        Assert.Single(LongLines(wide));
    }

    private static IEnumerable<Finding> LongFile(SourceFile file)
    {
        if (file.Lines.Count > Limits.FileLines)
        {
            yield return file.At(1, $"{file.Lines.Count} lines, limit {Limits.FileLines}: split it by subject.");
        }
    }

    private static IEnumerable<(string Name, Finding Finding)> LongFunctions(IEnumerable<SourceFile> files) =>
        from file in files
        from function in file.Syntax.DescendantNodes().Where(IsFunction)
        let name = NameOf(function)
        let span = function.SyntaxTree.GetLineSpan(BodyOf(function).Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > Limits.FunctionLines
        select ($"{file.Path}: {name}", file.At(
            function, $"{name} has {lines} lines, limit {Limits.FunctionLines}: give its steps names of their own."));

    private static IEnumerable<Finding> LongLines(SourceFile file) =>
        from line in file.Lines.Index()
        let columns = line.Item.Length
        where columns > Limits.LineColumns
        select file.At(line.Index + 1, $"{columns} columns, limit {Limits.LineColumns}: break the line.");

    /// <summary>Prettier breaks what can be broken; what is left is a string, such as the path of an icon.</summary>
    private static bool IsFormattedByPrettier(SourceFile file) => file.Extension is ".ts" or ".tsx" or ".css";

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    private static SyntaxNode BodyOf(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody ?? method,
        LocalFunctionStatementSyntax local => local.Body ?? (SyntaxNode?)local.ExpressionBody ?? local,
        _ => function,
    };

    private static string NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => function.Kind().ToString(),
    };
}
