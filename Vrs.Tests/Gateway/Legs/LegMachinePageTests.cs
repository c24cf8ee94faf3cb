using System.Text;
using Vrs.Gateway.Legs;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>docs/leg-machines.md is what the tables of the legs say.</summary>
public sealed class LegMachinePageTests
{
    private const string PagePath = "docs/leg-machines.md";

    /// <summary>VRS_REWRITE=1 rewrites the page; the difference is to be reviewed.</summary>
    [Fact]
    public void The_page_is_current()
    {
        var path = Path.Combine(SourceTree.Root, PagePath);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllText(path, Render());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == Render(),
            $"{PagePath} is not current; run this test with VRS_REWRITE=1, review the diff.");
    }

    private static string Render()
    {
        var page = new StringBuilder();
        page.Append("# The machines of legs\n\n")
            .Append("Rendered from `LegMachines`; a test compares this page with it. Every trigger has exactly one ")
            .Append("cell for every stage: a step,\n*ignored* because, or *refused* because.\n");
        Append(page, "A leg the device opened", LegMachines.Inbound);
        Append(page, "A leg the call opened", LegMachines.Outbound);
        Append(page, "A dialog that was set up elsewhere", LegMachines.Adopted);
        return page.ToString();
    }

    private static void Append(StringBuilder page, string title, LegTable table)
    {
        page.Append("\n## ").Append(title).Append("\n\n```mermaid\nstateDiagram-v2\n    [*] --> ")
            .Append(table.Initial).Append('\n');
        foreach (var (from, to, triggers) in Moves(table))
        {
            page.Append("    ").Append(from).Append(" --> ").Append(to).Append(" : ").AppendJoin(", ", triggers)
                .Append('\n');
        }

        page.Append("```\n\n| stage | trigger | then | does |\n| --- | --- | --- | --- |\n");
        foreach (var stage in table.Stages)
        {
            foreach (var trigger in table.Triggers)
            {
                page.Append("| ").Append(stage).Append(" | ").Append(trigger).Append(" | ")
                    .Append(Cell(table[stage, trigger])).Append(" |\n");
            }
        }
    }

    private static IEnumerable<(LegStage From, LegStage To, IEnumerable<LegTrigger> Triggers)> Moves(LegTable table) =>
        from stage in table.Stages
        from trigger in table.Triggers
        let next = table[stage, trigger].Next
        where next != stage
        group trigger by (stage, next) into move
        select (move.Key.stage, move.Key.next, move.AsEnumerable());

    private static string Cell(LegStep step)
    {
        if ((step.IgnoredBecause ?? step.RefusedBecause) is { } reason)
        {
            return $"| *{(step.IgnoredBecause is null ? "refused" : "ignored")}: {reason}*";
        }

        return $"{step.Next} | {string.Join(", ", step.Actions)}";
    }
}
