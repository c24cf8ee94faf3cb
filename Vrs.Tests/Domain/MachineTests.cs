using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Domain;

/// <summary>The tables themselves: total, without doubled cells, and as documented.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Every_event_has_a_row_in_every_phase() => Assert.Empty(MachineChecks.MissingCells());

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
