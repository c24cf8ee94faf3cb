namespace Vrs.Gateway.Admission;

/// <summary>How often something may be done.</summary>
public sealed record Rate
{
    /// <summary>How often, for ever.</summary>
    public double PerSecond { get; set; }

    /// <summary>How often at once, after a while without.</summary>
    public double Burst { get; set; }

    /// <summary>A rate in one line.</summary>
    public static Rate Of(double perSecond, double burst) => new() { PerSecond = perSecond, Burst = burst };
}
