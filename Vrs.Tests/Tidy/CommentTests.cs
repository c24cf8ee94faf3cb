using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vrs.Tests.Tidy;

/// <summary>Comments are sentences: they say why, and they end.</summary>
[Trait("Suite", "Tidy")]
public sealed class CommentTests
{
    private const string Remedy = "a comment is a sentence: end it with a period.";

    [Fact]
    public void Comments_end_with_a_period() => Finding.AssertNone(SourceTree.CSharp.SelectMany(Unfinished));

    [Fact]
    public void Summaries_end_with_a_period() => Finding.AssertNone(SourceTree.CSharp.SelectMany(UnfinishedSummaries));

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        var file = new SourceFile("Bad.cs", """
            /// <summary>No end</summary>
            class Bad
            {
                // A first line
                // and a second without an end
                int _a;

                // This one ends.
                int _b; // A label beside code may be a word
            }
            """);

        Assert.Equal(5, Assert.Single(Unfinished(file)).Line);
        Assert.Equal(1, Assert.Single(UnfinishedSummaries(file)).Line);
    }

    private static IEnumerable<Finding> Unfinished(SourceFile file)
    {
        for (var index = 0; index < file.Lines.Count; index++)
        {
            var last = index + 1 == file.Lines.Count || !IsComment(file.Lines[index + 1]);
            if (IsComment(file.Lines[index]) && last && !IsFinished(file.Lines[index]) && !IsInText(file, index))
            {
                yield return file.At(index + 1, Remedy);
            }
        }
    }

    private static IEnumerable<Finding> UnfinishedSummaries(SourceFile file) =>
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
        from element in trivia.GetStructure()!.ChildNodes().OfType<XmlElementSyntax>()
        where element.StartTag.Name.ToString() is "summary" or "remarks" or "param" or "returns"
        let text = element.Content.ToFullString().Replace("///", "", StringComparison.Ordinal)
        where !IsFinished(text)
        select file.At(element, Remedy);

    private static bool IsComment(string line)
    {
        var text = line.TrimStart();
        return text.StartsWith("//", StringComparison.Ordinal) && !text.StartsWith("///", StringComparison.Ordinal);
    }

    private static bool IsFinished(string text) => text.TrimEnd() is [.., '.' or ':' or '?' or '!' or '…' or '>'];

    /// <summary>True for a line of a raw string that only looks like a comment.</summary>
    private static bool IsInText(SourceFile file, int index)
    {
        var line = file.Syntax.SyntaxTree.GetText().Lines[index];
        var start = line.Start + file.Lines[index].Length - file.Lines[index].TrimStart().Length;
        return !file.Syntax.FindTrivia(start).IsKind(SyntaxKind.SingleLineCommentTrivia);
    }
}
