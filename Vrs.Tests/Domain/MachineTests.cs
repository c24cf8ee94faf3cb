using Vrs.Grains.Domain.Machines;
using Vrs.Tests.Domain.Calls;
using Vrs.Tests.Domain.Interpreters;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Domain;

/// <summary>The tables themselves: total, without doubled cells, and as documented.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Every_event_has_a_row_in_every_phase() => Assert.Empty(MachineChecks.MissingCells());

    public static TheoryData<string> Pages => [.. MachineChecks.Pages.Select(page => page.Path)];

    /// <summary>VRS_REWRITE=1 rewrites the rendered sections; the difference is to be reviewed.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void The_document_is_what_the_tables_say(string path)
    {
        var page = MachineChecks.Pages.Single(page => page.Path == path);
        var file = Path.Combine(SourceTree.Root, path);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllText(file, page.Fill(File.ReadAllText(file)));
        }

        var faults = page.Faults(File.ReadAllText(file));

        Assert.True(
            faults.Count == 0,
            string.Join('\n', faults) + "\nRun this test with VRS_REWRITE=1, and review the difference.");
    }

    [Fact]
    public void A_page_that_is_stale_or_lacks_a_section_is_found()
    {
        var page = new MachinePage("page.md", [new PageSection("one", "1\n"), new PageSection("two", "2\n")]);
        const string Marked = "by hand\n<!-- rendered: one -->\nold\n<!-- end of rendered -->\nby hand";

        Assert.Equal(
            ["page.md: no line '<!-- rendered: two -->'; add it and a line '<!-- end of rendered -->'.",
                "page.md:3: the page differs from the tables."],
            page.Faults(Marked));
        Assert.Equal(
            "by hand\n<!-- rendered: one -->\n\n1\n\n<!-- end of rendered -->\nby hand", page.Fill(Marked));
        Assert.Contains("names nothing", Assert.Single(new MachinePage("page.md", []).Faults("<!-- rendered: x -->")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_invariant_of_a_page_is_held_by_a_test_that_exists(string path)
    {
        var page = SourceTree.Documents.Single(file => file.Path == path);
        var start = page.Text.IndexOf("\n| invariant | held by |\n", StringComparison.Ordinal);

        Assert.True(start >= 0, $"{path} has no table '| invariant | held by |'.");
        var rows = page.Text[(start + 1)..].Split('\n').Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.NotEmpty(rows);
        Assert.Equal([], rows.Where(row => !DocumentTests.NamesTests(row.Trim('|').Split('|')[1])));
        Assert.False(DocumentTests.NamesTests("`MachineTests.No_such_test`"));
        Assert.False(DocumentTests.NamesTests("nothing"));
    }

    /// <summary>What a search holds and no page tells is lost on its readers.</summary>
    [Theory]
    [InlineData("docs/call-machine.md", typeof(CallReachabilityTests))]
    [InlineData("docs/interpreter-machine.md", typeof(InterpreterReachabilityTests))]
    public void Every_invariant_of_a_search_is_on_its_page(string path, Type search)
    {
        var page = SourceTree.Documents.Single(file => file.Path == path).Text;
        var held = search.GetMethods()
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: false))
            .Select(method => method.Name)
            .Where(name => name != nameof(CallReachabilityTests.The_search_is_of_an_honest_size))
            .ToList();

        Assert.NotEmpty(held);
        Assert.Equal([], held.Where(name => !page.Contains($"`{search.Name}.{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cell_with_two_rows_fails_at_once()
    {
        var rows = new TableBuilder<Light, Light, Switch, string>("Light", (state, _) => state);
        rows.On<Switch.Flip>().Ignored([Light.Off], "once").Ignored([Light.Off, Light.On], "twice");

        var fault = Assert.Throws<InvalidOperationException>(rows.Build);

        Assert.Equal("Light: two rows for Flip in Off.", fault.Message);
    }

    [Fact]
    public void A_cell_without_a_row_is_found()
    {
        var rows = new TableBuilder<Light, Light, Switch, string>("Light", (state, _) => state);
        rows.On<Switch.Flip>().Ignored([Light.Off], "it is broken");

        Assert.Equal(["Light: no row for Flip in On"], rows.Build().Missing());
    }

    [Fact]
    public void A_step_to_a_phase_its_row_does_not_name_fails()
    {
        var rows = new TableBuilder<Light, Light, Switch, string>("Light", (state, _) => state);
        rows.On<Switch.Flip>().Step([Light.Off], [Light.On], (_, _) => new Dim());

        Assert.Throws<InvalidOperationException>(() => rows.Build().Apply(Light.Off, new Switch.Flip()));
    }

    [Fact]
    public void A_step_that_stays_must_stay()
    {
        var rows = new TableBuilder<Light, Light, Switch, string>("Light", (state, _) => state);
        rows.On<Switch.Flip>().Stay([Light.Off, Light.On], (_, _) => new Dim());

        Assert.Equal(Light.Off, rows.Build().Apply(Light.Off, new Switch.Flip()).Next);
        Assert.Throws<InvalidOperationException>(() => rows.Build().Apply(Light.On, new Switch.Flip()));
    }

    public enum Light
    {
        Off,
        On,
    }

    public abstract record Switch
    {
        public sealed record Flip : Switch;
    }

    private sealed record Dim() : Draft<Light, string>(Light.Off, default, []);
}
