namespace Vrs.Grains.Interfaces.Calls;

/// <summary>Where one leg stands, as consoles see it.</summary>
[GenerateSerializer, Alias("vrs.LegState")]
public enum LegState
{
    /// <summary>INVITE received or sent; no answer yet.</summary>
    Inviting,

    /// <summary>The other end is alerting.</summary>
    Ringing,

    /// <summary>Answered.</summary>
    Established,

    /// <summary>The device's flow is lost; its grace runs.</summary>
    Interrupted,

    /// <summary>Over.</summary>
    Ended,
}
