using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vrs.Tests.Tidy;

/// <summary>One file of the source tree, read once.</summary>
/// <param name="path">Its path from the root of the repository, with forward slashes.</param>
/// <param name="text">What it holds.</param>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(text).GetRoot());

    public string Path { get; } = path;

    public string Text { get; } = text;

    public IReadOnlyList<string> Lines { get; } = text.TrimEnd('\n').Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public bool IsCSharp => Extension == ".cs";

    /// <summary>The C# syntax tree; exact where a search for braces would guess.</summary>
    public SyntaxNode Syntax => _syntax.Value;

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Finding At(int line, string remedy) => new(Path, line, remedy);

    public Finding At(SyntaxNode node, string remedy) => At(LineOf(node.SpanStart), remedy);

    public int LineOf(int position) => Syntax.SyntaxTree.GetText().Lines.GetLinePosition(position).Line + 1;
}
