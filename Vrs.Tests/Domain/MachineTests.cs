using Vrs.Grains.Domain.Machines;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Domain;

/// <summary>The tables themselves: total, without doubled cells, and as documented.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Every_event_has_a_row_in_every_phase() => Assert.Empty(MachineChecks.MissingCells());

    /// <summary>VRS_REWRITE=1 rewrites the page; the difference is to be reviewed.</summary>
    [Fact]
    public void The_document_is_what_the_tables_say()
    {
        var path = Path.Combine(SourceTree.Root, MachineChecks.DocumentPath);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllText(path, MachineChecks.Document());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == MachineChecks.Document(),
            $"{MachineChecks.DocumentPath} is not current; run this test with VRS_REWRITE=1, review the diff.");
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
