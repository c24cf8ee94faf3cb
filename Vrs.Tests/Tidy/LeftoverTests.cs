using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vrs.Tests.Tidy;

/// <summary>Nothing unfinished, switched off or swallowed is left on main.</summary>
[Trait("Suite", "Tidy")]
public sealed class LeftoverTests
{
    // Patterns are built from pieces so that this file does not find itself.
    private static readonly (Regex Pattern, string Remedy)[] Everywhere =
    [
        (Word("TO" + "DO|FIX" + "ME|HA" + "CK"), "a promise in a comment: do it now, or file it where it is tracked."),
        (Text(@"Not" + "ImplementedException"), "unfinished code: finish it or leave it out."),
        (Text(@"#pragma warning " + "disable"), "a silenced warning: mend its cause, or say why in .editorconfig."),
        (Text(@"^\s*#" + @"if\b"), "conditional compilation: use a file suffix, X.Embedded.cs or X.Orleans.cs."),
        (Text(@"\bSkip" + @"\s*=\s*"""), "a skipped test shows nothing: mend it or remove it."),
        (Text(@"Assert\.True\(" + @"true\)"), "an assertion that can't fail."),
        (Text(@"Thread\." + @"Sleep\("), "a sleep: wait for the condition with a deadline, or use a fake clock."),
        (Text(@"\b(test|it|describe)\.(only\(|" + @"skip\((['""`)]|true))"), "a test left out: run them all."),
        (Text("eslint-" + "disable|@ts-" + "ignore|@ts-" + "nocheck"), "a silenced warning: mend its cause."),
        (Text(@"catch\s*" + @"\{\s*\}"), "a swallowed error: handle it or let it go up."),
        (Text("(?<![\\w.~}$])/" + "(work|home|root|Users)/"), "a path of one machine: make it relative or an option."),
    ];

    [Fact]
    public void Nothing_unfinished_or_switched_off_is_left() =>
        Finding.AssertNone(SourceTree.Code.Concat(SourceTree.Documents).SelectMany(Leftovers));

    [Fact]
    public void No_exception_is_swallowed() => Finding.AssertNone(SourceTree.CSharp.SelectMany(SwallowedExceptions));

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        var samples = new[]
        {
            "// TO" + "DO: later.", "throw new Not" + "ImplementedException();", "#pragma warning " + "disable CA1",
            "#" + "if DEBUG", "[Fact(Skip" + " = \"slow\")]", "Assert.True(" + "true);", "Thread." + "Sleep(5);",
            "test." + "only('x')", "it." + "skip('x')", "// eslint-" + "disable-line", "} catch " + "{}",
            "cd /" + "home/me/vrs",
        };
        Assert.All(samples, sample => Assert.Single(Leftovers(new SourceFile("Bad.cs", sample))));

        var swallowing = new SourceFile("Bad.cs", """
            try { A(); } catch (Exception) { }
            try { A(); } catch (IOException) { }
            try { A(); } catch (OperationCanceledException)
            {
                // The caller asked for it.
            }
            """);
        Assert.Equal([1, 2], SwallowedExceptions(swallowing).Select(finding => finding.Line));
    }

    private static IEnumerable<Finding> Leftovers(SourceFile file) =>
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        from rule in Everywhere
        where rule.Pattern.IsMatch(line.Text)
        select file.At(line.Number, rule.Remedy);

    /// <summary>An empty handler is right only for a named exception and with the reason inside.</summary>
    private static IEnumerable<Finding> SwallowedExceptions(SourceFile file) =>
        from handler in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
        where handler.Block.Statements.Count == 0
        let anything = handler.Declaration is null or { Type: IdentifierNameSyntax { Identifier.Text: "Exception" } }
        let trivia = handler.Block.DescendantTrivia()
        let explained = trivia.Any(piece => piece.IsKind(SyntaxKind.SingleLineCommentTrivia))
        where anything || !explained
        select file.At(handler, "a swallowed exception: handle it, or name its type and say in the block why.");

    private static Regex Text(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private static Regex Word(string pattern) => Text($@"\b({pattern})\b");
}
